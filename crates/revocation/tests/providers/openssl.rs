//! OpenSSL answers our questions, with nonces that it has not chosen, behind a socket on loopback.

use crate::responder::responder;
use crate::server::{Server, answer};
use crate::world::*;
use shomei_pki::ocsp::OcspProblem;
use shomei_pki::{RevocationReason, RevocationStatus, UnixTime, UnknownReason};
use shomei_revocation::RESPONDER_LIMITS;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

/// A line of OpenSSL's list about the certificate of the resident of みほん市.
fn line(state: &str, revoked: &str) -> String {
    let serial = holder(0).certificate().serial_hex().to_uppercase();
    format!("{state}\t401231235959Z\t{revoked}\t{serial}\tunknown\t/CN=resident\n")
}

/// OpenSSL's answer to a question, by its list of certificates; signed by the authority.
fn openssl(folder: &Path, list: &str, question: &[u8]) -> Vec<u8> {
    fs::write(folder.join("index.txt"), list).unwrap();
    fs::write(folder.join("request.der"), question).unwrap();
    let line = "ocsp -index index.txt -CA ca.der -rsigner ca.der -rkey ca.key -nmin 60 -reqin request.der \
                -respout answer.der";
    let output = Command::new("openssl").args(line.split_whitespace()).current_dir(folder).output().unwrap();
    fs::read(folder.join("answer.der")).unwrap_or_else(|_| panic!("{output:?}"))
}

#[test]
fn a_responder_of_other_people_is_understood_and_understands() {
    let since = at(-7200);
    let revoked = line("R", &format!("{},superseded", since.to_utc_time().unwrap()));
    let reason = RevocationReason::Superseded;
    let not_known = unknown(UnknownReason::Responder(OcspProblem::NotKnown));
    let table = [
        (line("V", ""), None),
        (revoked, Some(RevocationStatus::Revoked { at: since, reason })),
        (String::new(), Some(not_known)),
    ];
    for (list, expected) in table {
        let folder = tempfile::tempdir().unwrap();
        let own = world().signature.own().unwrap();
        fs::write(folder.path().join("ca.der"), &own.certificate).unwrap();
        fs::write(folder.path().join("ca.key"), &*own.key).unwrap();
        let (path, entries) = (folder.path().to_owned(), list.clone());
        let server = Server::start();
        server.does(move |request, stream| {
            let body = openssl(&path, &entries, &request.body);
            drop(stream.write_all(&answer("200 OK", "", &body)));
        });
        // OpenSSL lives in the present.
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
        let now = UnixTime::from_seconds(now.try_into().unwrap()).seconds() - at(0).seconds();
        match (status(&responder(&server, RESPONDER_LIMITS), 0, now), expected) {
            (RevocationStatus::Good { .. }, None) => {}
            (found, expected) => assert_eq!(Some(found), expected, "{list}"),
        }
    }
}
