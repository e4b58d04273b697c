//! Who is asked about revocation: files, addresses of lists, responders.

use crate::desk::{desk, verify};
use shomei_lab::Reason;
use shomei_lab::ocsp::{Answer, Period, Saying};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// A server on loopback that answers every request with what `body` makes of the request's body. It ends with the
/// test.
fn serve(body: impl Fn(&[u8]) -> Vec<u8> + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let answer = body(&request_body(&stream));
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", answer.len());
            stream.write_all(&[head.as_bytes(), &answer].concat()).unwrap();
        }
    });
    url
}

fn request_body(stream: &TcpStream) -> Vec<u8> {
    let mut reader = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0);
    while line != "\r\n" {
        line.clear();
        reader.read_line(&mut line).unwrap();
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    body
}

fn lab_time(seconds: i64) -> der::DateTime {
    let at = u64::try_from(desk().now.unix_seconds() + seconds).unwrap();
    der::DateTime::from_unix_duration(std::time::Duration::from_secs(at)).unwrap()
}

fn responder(saying: Saying) -> String {
    serve(move |question| {
        let period = Period { from: lab_time(0), until: Some(lab_time(3600)) };
        let answer = Answer::to(question, lab_time(0), period, |_| saying).unwrap();
        answer.signed_by_authority(&desk().world.signature).unwrap()
    })
}

#[test]
fn lists_and_responders_are_asked_where_the_arguments_say() {
    let list = serve(|_| fs::read(desk().folder.path().join("crl/signature-mihon-shi.crl")).unwrap());
    let page = serve(|_| b"<html>".to_vec());
    let good = responder(Saying::Good);
    let revoked = responder(Saying::Revoked { at: lab_time(-60), reason: Reason::KeyCompromise });
    let other = format!("00ff={good}");
    // A port that was free a moment ago.
    let gone = format!("http://{}/", TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap());
    let table: [(&str, &[&str], i32, bool); 12] = [
        ("a list", &["--crl-url", &list], 0, true),
        ("a page that is none", &["--crl-url", &page], 3, false),
        ("both", &["--crl-url", &page, "--crl-url", &list], 0, false),
        ("nobody there", &["--crl-url", &gone], 3, false),
        ("a file", &["--crl", "crl/signature-mihon-shi.crl"], 0, true),
        ("a responder", &["--ocsp", &good], 0, true),
        ("a responder that says revoked", &["--ocsp", &revoked, "--crl", "crl"], 1, true),
        ("a responder that is gone", &["--ocsp", &gone], 3, true),
        ("a responder that is gone, and a list", &["--ocsp", &gone, "--crl", "crl"], 0, true),
        ("another authority's responder", &["--ocsp", &other], 3, true),
        ("TLS", &["--crl-url", "https://crl.example.jp/"], 2, false),
        ("a password", &["--ocsp", "http://a:b@ocsp.example.jp/"], 2, false),
    ];
    for (name, more, code, silent) in table {
        let output = verify("application.p7m", &[&["--expect", "expect.json"], more].concat());
        assert_eq!(output.status.code(), Some(code), "{name}: {output:?}");
        assert_eq!(output.stderr.is_empty(), silent, "{name}: {output:?}");
    }
}

#[test]
fn numbers_of_lists_are_remembered_in_a_file() {
    let memory = tempfile::tempdir().unwrap();
    let seen = memory.path().join("seen");
    let list = memory.path().join("mihon.crl");
    let old = fs::read(desk().folder.path().join("crl/signature-mihon-shi.crl")).unwrap();
    let city = shomei_lab::Municipality::Mihon;
    let new = desk().world.signature.renew_list(city, &old, lab_time(0)).unwrap();
    for (name, octets, code) in [("old", &old, 0), ("new", &new, 0), ("old again", &old, 3)] {
        fs::write(&list, octets).unwrap();
        let arguments = ["--crl", list.to_str().unwrap(), "--seen", seen.to_str().unwrap()];
        let output = verify("application.p7m", &[&["--expect", "expect.json"][..], &arguments].concat());
        assert_eq!(output.status.code(), Some(code), "{name}: {output:?}");
    }
    fs::write(&seen, "broken").unwrap();
    let output = verify("application.p7m", &["--seen", seen.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
}
