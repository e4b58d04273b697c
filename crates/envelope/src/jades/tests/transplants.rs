//! A signature made for one purpose, offered for another.

use super::*;
use crate::cades;
use shomei_application::json::{Error as JsonError, ErrorKind};
use shomei_pki::Algorithm;

/// A login statement, as the authentication key signs them.
const LOGIN: &[u8] =
    b"shomei-login/1\n{\"challenge\":\"c\",\"issuedAt\":\"2026-01-01T00:00:00Z\",\"origin\":\"https://a.example\"}";

/// The signature of a CAdES envelope, which is its last element.
fn cades_signature(lab: &Lab, content: &[u8]) -> Vec<u8> {
    let envelope = lab.envelope(content);
    envelope[envelope.len() - SIGNATURE_LENGTH..].to_vec()
}

#[test]
fn a_signature_for_the_other_kind_of_envelope_does_not_match() {
    let lab = lab();
    let content = document(lab);
    let mut parts = signed(lab, &content);
    let own_signature = std::mem::replace(&mut parts.signature, cades_signature(lab, &content));
    for serialization in BOTH {
        let report = recipient(lab)(parts.encode(serialization).as_bytes()).unwrap();
        assert_eq!(failures(&report, CheckName::Signature), [Failure::Signature]);
        assert_eq!(report.verdict(), Verdict::Invalid);
    }
    let mut back = lab.signed();
    let place = back.len() - SIGNATURE_LENGTH;
    back[place..].copy_from_slice(&own_signature);
    let envelope = cades::parse(&back).unwrap();
    let report =
        verify(&envelope, &lab.anchors(), &lab.revocation(None), lab.now, &lab.expectations(), &RsaVerifier);
    assert_eq!(failures(&report, CheckName::Signature), [Failure::Signature]);
}

#[test]
fn a_document_for_the_other_kind_of_envelope_is_refused_in_both() {
    let lab = lab();
    let (for_cades, for_jades) = (lab.application().to_canonical(), document(lab));
    let verify = |envelope: &crate::SignedApplication| {
        verify(envelope, &lab.anchors(), &lab.revocation(None), lab.now, &lab.expectations(), &RsaVerifier)
    };
    let in_jades = parse(signed(lab, &for_cades).encode(Serialization::Compact).as_bytes()).unwrap();
    let in_cades = cades::parse(&lab.envelope(&for_jades)).unwrap();
    for envelope in [in_jades, in_cades] {
        let report = verify(&envelope);
        assert_eq!(failures(&report, CheckName::Binding), [Failure::Container]);
        assert_eq!(report.check(CheckName::Signature).unwrap().outcome, Outcome::Passed);
        assert_eq!(report.verdict(), Verdict::Invalid);
    }
}

#[test]
fn neither_parser_reads_the_other_kind() {
    let lab = lab();
    assert_eq!(parse(&lab.signed()), Err(EnvelopeError::NeitherForm { found: Some(0x30) }));
    for serialization in BOTH {
        assert!(cades::parse(&good(serialization)).is_err());
    }
}

#[test]
fn a_login_statement_is_no_payload_and_no_header() {
    let lab = lab();
    let payload = signed(lab, LOGIN).encode(Serialization::Compact);
    let report = recipient(lab)(payload.as_bytes()).unwrap();
    let found: Vec<_> = failures(&report, CheckName::Binding).iter().map(Failure::code).collect();
    assert_eq!(found, ["not-an-application"]);
    assert_eq!(report.verdict(), Verdict::Invalid);
    let header = HeaderError::Json(JsonError { offset: 0, kind: ErrorKind::UnexpectedByte });
    assert_eq!(header::read(LOGIN), Err(header));
    let as_header = format!("{}.{}", form::signing_input(LOGIN, b"{}"), "A".repeat(342));
    assert_eq!(parse(as_header.as_bytes()), Err(EnvelopeError::NeitherForm { found: Some(b'c') }));
}

#[test]
fn the_bytes_that_are_signed_begin_differently_for_every_purpose() {
    let lab = lab();
    let message = signed(lab, &document(lab)).to_be_signed();
    assert!(message.starts_with("eyJ"));
    assert!(!LOGIN.starts_with(b"e"));
    let certificate = shomei_pki::SigningCertificate::parse(&lab.holder().signature.certificate).unwrap();
    let key = certificate.certificate().public_key();
    let content = document(lab);
    let matches = |message: &[u8], signature: &[u8]| {
        use shomei_pki::SignatureVerifier as _;
        RsaVerifier.verify(Algorithm::RsaPkcs1Sha256, key, message, signature).is_ok()
    };
    assert!(matches(message.as_bytes(), &signed(lab, &content).signature));
    assert!(!matches(&content, &signed(lab, &content).signature), "the bare document");
    assert!(!matches(message.as_bytes(), &cades_signature(lab, &content)));
}

#[test]
fn the_authentication_key_signs_no_application() {
    let lab = lab();
    let certificate = lab.holder().authentication.certificate.clone();
    let mut forged = signed(lab, &document(lab));
    forged.header = Header { certificate_digest: digest(&certificate), certificate, ..forged.header };
    forged.signature = lab.sign(Key::Authentication, &digest(forged.to_be_signed().as_bytes()));
    let report = recipient(lab)(forged.encode(Serialization::Compact).as_bytes()).unwrap();
    assert_eq!(failures(&report, CheckName::Chain), [Failure::Profile(ProfileError::KeyUsage("signature"))]);
    assert_eq!(report.verdict(), Verdict::Invalid);
}

#[test]
fn a_digest_of_another_certificate_is_refused() {
    let lab = lab();
    let mut parts = signed(lab, &document(lab));
    parts.header.certificate_digest = digest(&lab.holder().authentication.certificate);
    parts.signature = lab.sign(Key::Signature, &digest(parts.to_be_signed().as_bytes()));
    let report = recipient(lab)(parts.encode(Serialization::Flattened).as_bytes()).unwrap();
    assert_eq!(failures(&report, CheckName::Signature), [Failure::OtherCertificate]);
}
