//! OCSP answers: what they say of each certificate, and what makes them weak.

use crate::shown::{changed, openssl, report, shown, world};
use der::DateTime;
use shomei_lab::ocsp::{Answer, Appointment, Naming, Period, Refusal, Saying};
use shomei_lab::{Purpose, Reason};
use std::time::Duration;

const SHA256: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b\x05\x00";
const SHA1: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x05\x05\x00";

fn hours(hours: u64) -> DateTime {
    let made = world().made.unix_duration() + Duration::from_secs(hours * 60 * 60);
    DateTime::from_unix_duration(made).unwrap()
}

fn answer(saying: Saying, until: Option<DateTime>) -> Answer {
    let holder = &world().holders[0].signature.certificate;
    let period = Period { from: hours(0), until };
    let answer = Answer::at(hours(0)).with_nonce(Some(&[0xab; 32]));
    answer.about(world().authority(Purpose::Signature), holder, saying, period).unwrap()
}

fn signed(answer: &Answer) -> Vec<u8> {
    answer.signed_by_authority(world().authority(Purpose::Signature)).unwrap()
}

/// Name, octets, hours after it was made, what it says, the warnings.
type Case<'a> = (&'a str, Vec<u8>, u64, &'a str, &'a [&'a str]);

#[test]
fn every_answer_is_shown_with_its_warnings() {
    let until = Some(hours(24));
    let good = answer(Saying::Good, until);
    let revoked = Saying::Revoked { at: hours(0), reason: Reason::KeyCompromise };
    let proper = Appointment::proper(hours(0), hours(48));
    let responder = world().authority(Purpose::Signature).appoint(proper).unwrap();
    let by_responder = good.signed_by(&responder).unwrap();
    let sha1 = ["sha1Signature", "sha1Certificate"];
    let table: [Case<'_>; 9] = [
        ("good", signed(&good), 1, "good", &[]),
        ("revoked", signed(&answer(revoked, until)), 1, "revoked", &[]),
        ("unknown", signed(&answer(Saying::Unknown, until)), 1, "unknown", &[]),
        ("outdated", signed(&good), 25, "good", &["outdated"]),
        ("without an end", signed(&answer(Saying::Good, None)), 1, "good", &["noNextUpdate"]),
        ("without a nonce", signed(&good.clone().with_nonce(None)), 1, "good", &["noNonce"]),
        ("signed with SHA-1", changed(&signed(&good), SHA256, SHA1), 1, "good", &sha1[..1]),
        ("by a responder", by_responder.clone(), 1, "good", &[]),
        ("all with SHA-1", changed(&by_responder, SHA256, SHA1), 1, "good", &sha1),
    ];
    for (name, der, hour, status, warnings) in table {
        let (report, codes) = report(&der, &hours(hour).to_string());
        assert_eq!(report["responseStatus"], "successful", "{name}");
        assert_eq!(report["answers"][0]["status"], status, "{name}");
        assert_eq!(codes, warnings, "{name}");
    }
}

#[test]
fn an_answer_is_shown_as_openssl_reads_it() {
    let at = hours(0);
    let revoked = answer(Saying::Revoked { at, reason: Reason::KeyCompromise }, Some(hours(24)));
    let proper = Appointment::proper(hours(0), hours(48));
    let responder = world().authority(Purpose::Signature).appoint(proper).unwrap();
    let der = revoked.signed_by(&responder).unwrap();
    let (report, _) = report(&der, &hours(1).to_string());
    let judge = openssl(&der, &["ocsp", "-respin", "/dev/stdin", "-noverify", "-resp_text"]);
    let single = &report["answers"][0];
    for (label, value) in [
        ("Issuer Name Hash", &single["issuerNameHash"]),
        ("Issuer Key Hash", &single["issuerKeyHash"]),
        ("Serial Number", &single["serial"]),
    ] {
        let line = format!("{label}: {}", value.as_str().unwrap().to_uppercase());
        assert!(judge.contains(&line), "{line} in:\n{judge}");
    }
    for part in ["Cert Status: revoked", "keyCompromise", "OCSP Signing"] {
        assert!(judge.contains(part), "{part} in:\n{judge}");
    }
    assert_eq!(single["hashAlgorithm"], "SHA-1");
    assert_eq!((&single["reason"], &single["revokedAt"]), (&"keyCompromise".into(), &at.to_string().into()));
    assert_eq!(report["nonce"], "ab".repeat(32));
    assert_eq!(report["certificates"][0]["extKeyUsage"][0], "OCSPSigning");
    assert_eq!(report["responderName"], report["certificates"][0]["subject"]);
    let by_key = signed(&revoked.named_by(Naming::Key));
    let (report, _) = crate::shown::report(&by_key, &hours(1).to_string());
    assert_eq!(report["responderKeyHash"], single["issuerKeyHash"]);
}

#[test]
fn a_refusal_is_shown_with_its_word() {
    let words = ["malformedRequest", "internalError", "tryLater", "sigRequired", "unauthorized"];
    for (refusal, word) in Refusal::ALL.into_iter().zip(words) {
        let (report, codes) = report(&refusal.response().unwrap(), &hours(0).to_string());
        assert_eq!(
            (&report["responseStatus"], codes.as_slice()),
            (&word.into(), &["refused".to_owned()][..])
        );
    }
}

#[test]
fn people_read_an_answer_in_their_language() {
    let der = signed(&answer(Saying::Good, Some(hours(24))));
    let at = hours(1).to_string();
    for (language, parts) in [
        (
            "ja",
            [
                "種類：OCSPの応答",
                "　状態：失効していないとの答え",
                "確かめていないもの：署名、答えた者の資格",
            ],
        ),
        (
            "en",
            [
                "kind: OCSP answer",
                "  status: said to be good",
                "Not checked: the signature, the responder's right to answer",
            ],
        ),
    ] {
        let text = shown(&der, &["--at", &at, "--language", language]).out;
        for part in parts {
            assert!(text.contains(part), "{part} in:\n{text}");
        }
    }
}
