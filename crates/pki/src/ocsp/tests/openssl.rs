//! OpenSSL on the other side: it reads our questions, and we judge its answers.

use super::lab::{WORLD, at, authority, holder, judged_at};
use super::*;
use crate::testing::SIGNATURE_2019;
use std::fs;
use std::process::Command;
use std::time::SystemTime;
use tempfile::TempDir;

/// What OpenSSL says, run in `folder`. `line` has no quotes.
fn openssl(folder: &TempDir, line: &str) -> String {
    let mut openssl = Command::new("openssl");
    let output = openssl.args(line.split_whitespace()).current_dir(folder.path()).output().unwrap();
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

fn put(folder: &TempDir, name: &str, content: &[u8]) {
    fs::write(folder.path().join(name), content).unwrap();
}

fn get(folder: &TempDir, name: &str) -> Vec<u8> {
    fs::read(folder.path().join(name)).unwrap()
}

#[test]
fn a_question_is_octet_for_octet_the_one_of_openssl() {
    let folder = TempDir::new().unwrap();
    for (authority, hash, option) in [
        (SIGNATURE_2024, CertIdHash::Sha1, "-sha1"),
        (SIGNATURE_2024, CertIdHash::Sha256, "-sha256"),
        (SIGNATURE_2019, CertIdHash::Sha1, "-sha1"),
    ] {
        put(&folder, "authority.der", authority);
        put(&folder, "certificate.der", SIGNING);
        let files = "-issuer authority.der -cert certificate.der";
        openssl(&folder, &format!("ocsp -no_nonce {option} {files} -reqout theirs.der"));
        let issuer = Authority::parse(authority).unwrap();
        let ours = OcspRequest::new(certificate().certificate(), &issuer, hash, None);
        assert_eq!(ours.der(), get(&folder, "theirs.der"), "{option}");
        assert_eq!(ours.nonce(), None);
    }
}

#[test]
fn openssl_reads_a_question_with_a_nonce() {
    let folder = TempDir::new().unwrap();
    let question = OcspRequest::new(certificate().certificate(), &issuer(), CertIdHash::Sha256, Some(SENT));
    assert_eq!(question.nonce(), Some(SENT));
    put(&folder, "request.der", question.der());
    let said = openssl(&folder, "ocsp -reqin request.der -req_text");
    let serial = format!("Serial Number: {}", certificate().certificate().serial_hex().to_uppercase());
    let nonce = format!("0420{}", "07".repeat(32));
    let flat: String = said.chars().filter(char::is_ascii_alphanumeric).collect();
    for expected in ["Hash Algorithm: sha256", "OCSP Nonce", &serial] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    assert!(flat.contains(&nonce), "{said}");
}

/// A folder with the lab's authority, a responder that OpenSSL appoints, and our question.
fn counter() -> TempDir {
    let folder = TempDir::new().unwrap();
    let own = WORLD.signature.own().unwrap();
    put(&folder, "ca.der", &own.certificate);
    put(&folder, "ca.key", &own.key);
    let rights = "keyUsage = critical, digitalSignature\nnoCheck = ignored\nextendedKeyUsage = OCSPSigning\n";
    put(&folder, "rights.cnf", rights.as_bytes());
    let subject = "/C=JP/O=SHOMEI-LAB/CN=Responder-by-OpenSSL";
    let request = "req -new -newkey rsa:2048 -nodes -keyout responder.key -out responder.csr";
    openssl(&folder, &format!("{request} -subj {subject}"));
    openssl(
        &folder,
        "x509 -req -in responder.csr -CA ca.der -CAkey ca.key -CAform DER -CAkeyform DER -set_serial 77 \
         -days 2 -sha256 -extfile rights.cnf -out responder.pem",
    );
    let question = OcspRequest::new(holder().certificate(), &authority(), CertIdHash::Sha1, Some(SENT));
    put(&folder, "request.der", question.der());
    folder
}

/// What the octets say now: OpenSSL has no other time.
fn judged(octets: &[u8]) -> RevocationStatus {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    judged_at(octets, UnixTime::from_seconds(now.as_secs().try_into().unwrap()))
}

/// OpenSSL's answer to our question, by its list of certificates.
fn answer(folder: &TempDir, line: &str, options: &str) -> Vec<u8> {
    put(folder, "index.txt", line.as_bytes());
    let said = openssl(
        folder,
        &format!("ocsp -index index.txt -CA ca.der -reqin request.der -respout answer.der {options}"),
    );
    assert!(folder.path().join("answer.der").exists(), "{said}");
    get(folder, "answer.der")
}

const BY_AUTHORITY: &str = "-rsigner ca.der -rkey ca.key";
const BY_RESPONDER: &str = "-rsigner responder.pem -rkey responder.key";

/// A line of OpenSSL's list about the resident's certificate.
fn line(state: &str, revoked: &str) -> String {
    let serial = holder().certificate().serial_hex().to_uppercase();
    format!("{state}\t401231235959Z\t{revoked}\t{serial}\tunknown\t/CN=resident\n")
}

#[test]
fn answers_of_openssl_are_judged_for_what_they_say() {
    let folder = counter();
    let since = at(-7200);
    let revocation = |reason: &str| line("R", &format!("{}{reason}", since.to_utc_time().unwrap()));
    let revoked = |reason| Some(RevocationStatus::Revoked { at: since, reason });
    let table = [
        (line("V", ""), None),
        (revocation(""), revoked(RevocationReason::Unspecified)),
        (revocation(",keyCompromise"), revoked(RevocationReason::KeyCompromise)),
        (revocation(",CACompromise"), revoked(RevocationReason::AuthorityCompromise)),
        (revocation(",affiliationChanged"), revoked(RevocationReason::AffiliationChanged)),
        (revocation(",superseded"), revoked(RevocationReason::Superseded)),
        (revocation(",cessationOfOperation"), revoked(RevocationReason::CessationOfOperation)),
        (revocation(",certificateHold"), revoked(RevocationReason::Hold)),
        (String::new(), Some(unknown(OcspProblem::NotKnown))),
    ];
    for (line, expected) in table {
        for signer in [BY_AUTHORITY, BY_RESPONDER] {
            for naming in ["", "-resp_key_id"] {
                let octets = answer(&folder, &line, &format!("{signer} {naming} -nmin 60"));
                match (judged(&octets), &expected) {
                    (RevocationStatus::Good { .. }, None) => {}
                    (judged, expected) => assert_eq!(Some(judged), *expected, "{line} {signer} {naming}"),
                }
            }
        }
    }
}

#[test]
fn what_openssl_is_told_to_do_wrong_is_noticed() {
    let folder = counter();
    put(&folder, "fewer.cnf", b"keyUsage = critical, digitalSignature\nnoCheck = ignored\n");
    let twin = "-rsigner twin.pem -rkey responder.key";
    openssl(
        &folder,
        "x509 -req -in responder.csr -CA ca.der -CAkey ca.key -CAform DER -CAkeyform DER \
         -set_serial 78 -days 2 -sha256 -extfile fewer.cnf -out twin.pem",
    );
    let alone = "-rsigner alone.pem -rkey responder.key";
    openssl(
        &folder,
        "x509 -req -in responder.csr -signkey responder.key \
         -days 2 -sha256 -extfile rights.cnf -out alone.pem",
    );
    let table = [
        (format!("{BY_AUTHORITY} -nmin 60 -rmd sha1"), OcspProblem::Algorithm),
        (format!("{BY_AUTHORITY} -nmin 60 -rmd sha512"), OcspProblem::Algorithm),
        (BY_AUTHORITY.to_owned(), OcspProblem::NoNextUpdate),
        (format!("{BY_RESPONDER} -nmin 60 -resp_no_certs"), OcspProblem::Responder),
        (format!("{twin} -nmin 60"), OcspProblem::ResponderPurpose),
        (format!("{alone} -nmin 60"), OcspProblem::ResponderIssuer),
        (format!("{BY_AUTHORITY} -nmin 60 -rsigopt rsa_padding_mode:pss"), OcspProblem::Algorithm),
    ];
    for (options, problem) in table {
        assert_eq!(judged(&answer(&folder, &line("V", ""), &options)), unknown(problem), "{options}");
    }
    let silent = OcspRequest::new(holder().certificate(), &authority(), CertIdHash::Sha256, None);
    put(&folder, "request.der", silent.der());
    let octets = answer(&folder, &line("V", ""), &format!("{BY_AUTHORITY} -nmin 60"));
    assert_eq!(judged(&octets), unknown(OcspProblem::NonceMissing));
}
