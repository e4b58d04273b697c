//! Lists and OCSP answers over HTTP.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

use base64ct::{Base64, Encoding};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::desk::{Desk, lab};
use crate::http::{Headers, ask, get};

struct Publisher {
    process: Child,
    address: String,
}

impl Publisher {
    fn start(world: &Path, more: &[&str]) -> Self {
        let mut program = lab();
        program.args(["publish", "--listen", "127.0.0.1:0", "--world"]).arg(world).args(more);
        let mut process = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let event: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(event["event"], "publishing");
        Self { address: event["address"].as_str().unwrap().to_owned(), process }
    }

    /// What OpenSSL thinks of the answer about a certificate.
    fn judged(&self, desk: &Desk, about: &str) -> String {
        let url = format!("http://{}/ocsp", self.address);
        desk.openssl(&format!("ocsp -timeout 3 -url {url} {about}")).1
    }
}

impl Drop for Publisher {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        // It has ended, or the test has said what went wrong.
        let _ = self.process.wait();
    }
}

const SIGNATURE: &str =
    "-issuer lab-ca.pem -CAfile lab-ca.pem -cert cards/yamada-taro/signature-certificate.der";
const AUTHENTICATION: &str = "-issuer lab-authentication-ca.pem -CAfile lab-authentication-ca.pem \
                              -cert cards/yamada-taro/authentication-certificate.der";

#[test]
fn openssl_hears_good_and_after_an_action_revoked_with_its_reason() {
    let desk = Desk::open();
    let publisher = Publisher::start(desk.world(), &[]);
    let by_sha_256 = format!("-sha256 {SIGNATURE}");
    for about in [SIGNATURE, AUTHENTICATION, &by_sha_256] {
        let said = publisher.judged(&desk, about);
        assert!(said.contains("Response verify OK") && said.contains(": good"), "{about}: {said}");
        assert!(!said.contains("WARNING"), "{about}: {said}");
    }
    let steps = [
        ("report-loss --to helpline", [": revoked", "certificateHold"], [": revoked", "certificateHold"]),
        ("key-compromised", [": revoked", "keyCompromise"], [": revoked", "keyCompromise"]),
    ];
    desk.done("move --holder yamada-taro --address 千葉県みほん市港１番");
    let said = publisher.judged(&desk, SIGNATURE);
    assert!(said.contains(": revoked") && said.contains("Reason: affiliationChanged"), "{said}");
    assert!(publisher.judged(&desk, AUTHENTICATION).contains(": good"));
    desk.done("issue --holder yamada-taro --certificate signature");
    assert!(publisher.judged(&desk, SIGNATURE).contains(": good"), "the new one");
    for (action, signature, authentication) in steps {
        desk.done(&format!("{action} --holder yamada-taro"));
        for (about, expected) in [(SIGNATURE, signature), (AUTHENTICATION, authentication)] {
            let said = publisher.judged(&desk, about);
            assert!(expected.iter().all(|expected| said.contains(expected)), "{action}, {about}: {said}");
        }
    }
}

#[test]
fn what_was_never_issued_or_only_just_is_unknown() {
    let desk = Desk::open();
    let serial = "-issuer lab-ca.pem -CAfile lab-ca.pem -serial 0x41000000";
    assert!(Publisher::start(desk.world(), &[]).judged(&desk, serial).contains(": unknown"));
    let careful = Publisher::start(desk.world(), &["--known-after", "600"]);
    assert!(careful.judged(&desk, SIGNATURE).contains(": good"), "a day old");
    desk.done("revoke-on-request --holder yamada-taro --certificate signature");
    desk.done("issue --holder yamada-taro --certificate signature");
    assert!(careful.judged(&desk, SIGNATURE).contains(": unknown"), "just issued");
}

#[test]
fn a_request_can_come_by_get_and_a_wrong_one_is_named() {
    let desk = Desk::open();
    let publisher = Publisher::start(desk.world(), &[]);
    desk.openssl(&format!("ocsp {SIGNATURE} -reqout request.der"));
    let request = fs::read(desk.path("request.der")).unwrap();
    let encoded = Base64::encode_string(&request).replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    let answer = get(&publisher.address, &format!("/ocsp/{encoded}"), &[]);
    assert_eq!(answer.header("content-type"), Some("application/ocsp-response"));
    fs::write(desk.path("answer.der"), answer.body).unwrap();
    let judge = |about: &str| desk.openssl(&format!("ocsp {about} -respin answer.der")).1;
    let with_nonce = judge("-issuer lab-ca.pem -CAfile lab-ca.pem -reqin request.der");
    assert!(with_nonce.contains("Response verify OK") && !with_nonce.contains("WARNING"), "{with_nonce}");
    let about = judge(&format!("{SIGNATURE} -no_nonce"));
    assert!(about.contains("Response verify OK") && about.contains(": good"), "{about}");

    // The octets of a response without an answer: its status alone (RFC 6960 §4.2.1).
    let refusal = |status: u8| [0x30, 0x03, 0x0A, 0x01, status];
    let kind = [("Content-Type", "application/ocsp-request")];
    let post = |headers: Headers, body: &[u8]| {
        let answer = ask(&publisher.address, "POST /ocsp", headers, body);
        (answer.status, answer.body)
    };
    assert_eq!(post(&kind, b"no request"), (200, refusal(1).to_vec()));
    assert_eq!(post(&[], &request).0, 415);
    assert_eq!(post(&kind, &vec![0; 70_000]).0, 413);
    assert_eq!(get(&publisher.address, "/ocsp/%20", &[]).status, 400);
    let foreign = Desk::open();
    let other = "-issuer other.pem -serial 1 -reqout other.der -no_nonce";
    foreign.openssl("req -x509 -newkey rsa:2048 -nodes -keyout key.pem -subj /CN=other -out other.pem");
    foreign.openssl(&format!("ocsp {other}"));
    let other = fs::read(foreign.path("other.der")).unwrap();
    assert_eq!(post(&kind, &other), (200, refusal(6).to_vec()));
    fs::write(desk.path("register/yamada-taro.json"), "broken").unwrap();
    assert_eq!(post(&kind, &request), (200, refusal(2).to_vec()));
}

#[test]
fn a_list_is_sent_again_only_if_it_changed() {
    let desk = Desk::open();
    let publisher = Publisher::start(desk.world(), &[]);
    let path = "/crl/signature-mihon-shi.crl";
    let ask = |headers: Headers| get(&publisher.address, path, headers);
    let first = ask(&[]);
    assert_eq!(first.body, fs::read(desk.path("crl/signature-mihon-shi.crl")).unwrap());
    assert_eq!(first.header("content-type"), Some("application/pkix-crl"));
    let (tag, modified) = (first.header("etag").unwrap(), first.header("last-modified").unwrap());
    let cases: [(&str, Headers, u16); 6] = [
        ("the same tag", &[("If-None-Match", tag)], 304),
        ("the same tag among others", &[("If-None-Match", &format!("\"other\", W/{tag}"))], 304),
        ("another tag", &[("If-None-Match", "\"other\"")], 200),
        ("the same date", &[("If-Modified-Since", modified)], 304),
        ("an earlier date", &[("If-Modified-Since", "Thu, 01 Jan 2015 00:00:00 GMT")], 200),
        ("a tag before a date", &[("If-None-Match", "\"other\""), ("If-Modified-Since", modified)], 200),
    ];
    for (name, headers, status) in cases {
        let answer = ask(headers);
        assert_eq!((answer.status, answer.body.is_empty()), (status, status == 304), "{name}");
    }
    desk.done("revoke-on-request --holder yamada-taro");
    let changed = ask(&[("If-None-Match", tag)]);
    assert_eq!(changed.status, 200);
    fs::write(desk.path("list.der"), changed.body).unwrap();
    let (good, said) = desk.openssl("crl -inform DER -in list.der -noout -text -CAfile lab-ca.pem");
    assert!(good && said.contains("verify OK") && said.contains("Cessation Of Operation"), "{said}");
    for missing in ["/crl/none.crl", "/crl/..%2Fregister%2Fyamada-taro.json", "/crl/", "/register"] {
        assert_eq!(get(&publisher.address, missing, &[]).status, 404, "{missing}");
    }
}

#[test]
fn openssl_notices_whatever_is_done_wrong() {
    let desk = Desk::open();
    let cases = [
        ("slow", "Error querying OCSP responder"),
        ("huge", "Error querying OCSP responder"),
        ("truncated", "Error querying OCSP responder"),
        ("wrong-nonce", "Nonce Verify error"),
        ("no-nonce", "no nonce in response"),
        ("other-key", "Response Verify Failure"),
        ("expired-responder", "Response Verify Failure"),
        ("http-500", "Error querying OCSP responder"),
        ("redirect", "Error querying OCSP responder"),
    ];
    for (name, expected) in cases {
        let publisher = Publisher::start(desk.world(), &["--misbehave", name]);
        let said = publisher.judged(&desk, SIGNATURE);
        assert!(said.contains(expected), "{name}: {said}");
    }
}

#[test]
fn a_list_comes_wrong_too() {
    let desk = Desk::open();
    let length = fs::read(desk.path("crl/signature-mihon-shi.crl")).unwrap().len();
    let cases = [
        ("huge", 200, 16 * 1024 * 1024),
        ("truncated", 200, length / 2),
        ("http-500", 500, 0),
        ("redirect", 302, 0),
        ("wrong-nonce", 200, length),
    ];
    for (name, status, length) in cases {
        let publisher = Publisher::start(desk.world(), &["--misbehave", name]);
        let answer = get(&publisher.address, "/crl/signature-mihon-shi.crl", &[]);
        assert_eq!((answer.status, answer.body.len()), (status, length), "{name}");
    }
}

#[test]
fn it_listens_for_nobody_else_and_ends_when_told() {
    let desk = Desk::open();
    let world = desk.world();
    let open = lab().args(["publish", "--listen", "0.0.0.0:0", "--world"]).arg(world).output().unwrap();
    assert!(!open.status.success() && String::from_utf8_lossy(&open.stderr).contains("no loopback address"));

    let mut publisher = Publisher::start(world, &[]);
    drop(publisher.process.stdin.take());
    assert!(publisher.process.wait().unwrap().success(), "the end of its input");

    let mut publisher = Publisher::start(world, &[]);
    let id = i32::try_from(publisher.process.id()).unwrap();
    kill_process(Pid::from_raw(id).unwrap(), Signal::TERM).unwrap();
    assert!(publisher.process.wait().unwrap().success(), "SIGTERM");
}
