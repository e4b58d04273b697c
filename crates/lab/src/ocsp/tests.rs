//! The lab's answers, judged by OpenSSL: to its own requests, about a certificate of the lab.

use std::fs;
use std::process::Command;
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::*;
use crate::{RESIDENTS, World, folder};

const CERTIFICATE: &str = "cards/yamada-taro/signature-certificate.der";

static WORLD: LazyLock<World> =
    LazyLock::new(|| World::with_residents(SystemTime::now(), &RESIDENTS[..1]).unwrap());
static RESPONDER: LazyLock<Responder> =
    LazyLock::new(|| WORLD.signature.appoint(Appointment::proper(hours(-1), hours(1))).unwrap());

/// The instant of the world, moved.
fn hours(hours: i64) -> DateTime {
    let moved = Duration::from_secs(3600 * hours.unsigned_abs());
    let made = WORLD.made.unix_duration();
    let moved = if hours < 0 { made.checked_sub(moved) } else { made.checked_add(moved) };
    DateTime::from_unix_duration(moved.unwrap()).unwrap()
}

fn current() -> Period {
    Period { from: hours(-1), until: Some(hours(1)) }
}

/// What OpenSSL says, run in the folder of the world.
fn openssl(folder: &TempDir, arguments: &str) -> String {
    let mut openssl = Command::new("openssl");
    let output = openssl.args(arguments.split_whitespace()).current_dir(folder.path()).output().unwrap();
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

/// A folder of the world with OpenSSL's request about the resident's certificate, and that request.
fn asked() -> (TempDir, Vec<u8>) {
    let folder = TempDir::new().unwrap();
    folder::write(&WORLD, folder.path()).unwrap();
    openssl(&folder, &format!("ocsp -issuer lab-ca.pem -cert {CERTIFICATE} -reqout request.der"));
    let request = fs::read(folder.path().join("request.der")).unwrap();
    (folder, request)
}

/// What OpenSSL thinks of an answer: to its request, for the nonce, and about the certificate.
fn judged(folder: &TempDir, answer: &[u8]) -> String {
    fs::write(folder.path().join("answer.der"), answer).unwrap();
    let ask = |about: &str| openssl(folder, &format!("ocsp {about} -respin answer.der -CAfile lab-ca.pem"));
    let said = [
        ask("-reqin request.der -issuer lab-ca.pem"),
        ask(&format!("-no_nonce -issuer lab-ca.pem -cert {CERTIFICATE}")),
    ];
    said.concat()
}

#[test]
fn openssl_believes_what_the_authority_and_its_responder_say() {
    let (folder, request) = asked();
    let revoked = |reason| Saying::Revoked { at: hours(-2), reason };
    let mut table = vec![(Saying::Good, ": good".to_owned()), (Saying::Unknown, ": unknown".to_owned())];
    for (name, reason) in Reason::NAMED {
        let said = if reason == Reason::Unspecified { ": revoked".into() } else { format!("Reason: {name}") };
        table.push((revoked(reason), said));
    }
    for (saying, expected) in table {
        for naming in [Naming::Name, Naming::Key] {
            let answer = Answer::to(&request, hours(0), current(), |_| saying).unwrap().named_by(naming);
            let by_authority = answer.signed_by_authority(&WORLD.signature).unwrap();
            let by_responder = answer.signed_by(&RESPONDER).unwrap();
            for octets in [by_authority, by_responder] {
                let said = judged(&folder, &octets);
                assert_eq!(said.matches("Response verify OK").count(), 2, "{saying:?}, {naming:?}: {said}");
                assert!(said.contains(&expected), "{saying:?}, {naming:?}: {said}");
                assert!(!said.contains("WARNING"), "{saying:?}, {naming:?}: {said}");
            }
        }
    }
}

#[test]
fn openssl_notices_what_is_deliberately_wrong() {
    let (folder, request) = asked();
    let proper = Appointment::proper(hours(-1), hours(1));
    let good = || Answer::to(&request, hours(0), current(), |_| Saying::Good).unwrap();
    let by = |authority: &Authority, appointment| {
        good().signed_by(&authority.appoint(appointment).unwrap()).unwrap()
    };
    let signed = |answer: Answer| answer.signed_by_authority(&WORLD.signature).unwrap();
    let during = |period| signed(Answer::to(&request, hours(0), period, |_| Saying::Good).unwrap());
    let own = Answer::at(hours(0)).about(&WORLD.authentication, &certificate(), Saying::Good, current());
    let table = [
        (
            "a purpose that is not answering",
            by(&WORLD.signature, Appointment { for_answers: false, ..proper }),
            "missing ocspsigning usage",
        ),
        ("another authority's responder", by(&WORLD.authentication, proper), "Response Verify Failure"),
        (
            "another authority",
            good().signed_by_authority(&WORLD.authentication).unwrap(),
            "Response Verify Failure",
        ),
        ("another nonce", signed(good().with_nonce(Some(&[1; 32]))), "Nonce Verify error"),
        ("no nonce", signed(good().with_nonce(None)), "no nonce in response"),
        ("outdated", during(Period { from: hours(-3), until: Some(hours(-2)) }), "Status times invalid"),
        ("from later", during(Period { from: hours(2), until: Some(hours(3)) }), "Status times invalid"),
        (
            "about one of another authority",
            signed(own.unwrap().with_nonce(good().nonce.as_deref())),
            "No Status found",
        ),
    ];
    for (name, answer, expected) in table {
        let said = judged(&folder, &answer);
        assert!(said.contains(expected), "{name}: {said}");
    }
}

fn certificate() -> Vec<u8> {
    WORLD.holders[0].signature.certificate.clone()
}

#[test]
fn openssl_reads_the_rights_of_a_responder() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("responder.der"), RESPONDER.certificate().unwrap()).unwrap();
    let said = openssl(&folder, "x509 -inform DER -in responder.der -noout -text");
    for expected in ["Digital Signature", "OCSP Signing", "OCSP No Check", "O = SHOMEI-LAB"] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
}

#[test]
fn a_refusal_is_one_that_openssl_names() {
    let (folder, _) = asked();
    let names =
        ["malformedrequest (1)", "internalerror (2)", "trylater (3)", "sigrequired (5)", "unauthorized (6)"];
    for (refusal, name) in Refusal::ALL.into_iter().zip(names) {
        assert!(judged(&folder, &refusal.response().unwrap()).contains(name), "{name}");
    }
}
