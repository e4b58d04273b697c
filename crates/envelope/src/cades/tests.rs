mod detached;
mod household;

use super::*;
use crate::cms::form::{self, ContentType, Parts, SignedAttributes, Signer, issuer_and_serial};
use crate::report::{CheckName, Failure, Outcome};
use crate::testing::{Key, Lab, digest, lab};
use crate::{OwnCheckError, Signed as _, Verdict, verify, verify_own};
use proptest::prelude::*;
use shomei_application::Timestamp;
use shomei_pki::der::{Tag, element, sequence};
use shomei_pki::{AuthenticationCertificate, ProfileError, RsaVerifier, TimeError};
use std::path::Path;
use std::process::Command;

/// A good envelope, taken apart, with the document that it holds.
fn parts(lab: &Lab) -> Parts {
    let content = lab.application().to_canonical();
    let certificate = shomei_pki::SigningCertificate::parse(&lab.holder().signature.certificate).unwrap();
    let common = certificate.certificate();
    let signer = Signer {
        attributes: SignedAttributes {
            content_type: ContentType::Application,
            message_digest: digest(&content),
            signing_time: Some(b"261123120000Z".to_vec()),
            certificate_digest: common.fingerprint(),
            issuer_serial: None,
        },
        certificate: common.der().to_vec(),
        identifier: issuer_and_serial(common.issuer(), common.serial()),
        signature: vec![0x55; SIGNATURE_LENGTH],
    };
    Parts { content: Some(content), content_type: ContentType::Application, signers: vec![signer] }
}

/// What a recipient with every means to check would say; nothing where the bytes are no envelope.
fn recipient(lab: &Lab) -> impl Fn(&[u8]) -> Option<Verdict> {
    let (anchors, revocation, expectations, now) =
        (lab.anchors(), lab.revocation(None), lab.expectations(), lab.now);
    move |envelope| {
        let envelope = parse(envelope).ok()?;
        Some(verify(&envelope, &anchors, &revocation, now, &expectations, &RsaVerifier).verdict())
    }
}

#[test]
fn an_envelope_reads_back_what_was_put_in() {
    let lab = lab();
    let content = lab.application().to_canonical();
    let bytes = lab.signed();
    let envelope = parse(&bytes).unwrap();
    assert_eq!(envelope.content(), content);
    assert_eq!(envelope.signatures()[0].certificate, lab.holder().signature.certificate);
    assert_eq!(envelope.signatures()[0].claimed, Some(lab.now));
    assert_eq!(envelope.to_octets(), bytes);
    let own = verify_own(&bytes, &content, &RsaVerifier).unwrap();
    assert_eq!(own.holder.name, lab.holder().resident.name);
    assert_eq!(recipient(lab)(&bytes), Some(Verdict::Valid));
}

#[test]
fn every_changed_octet_is_refused() {
    let lab = lab();
    let (good, content) = (lab.signed(), lab.application().to_canonical());
    let verdict = recipient(lab);
    for place in 0..good.len() {
        for flip in [0x01, 0x80] {
            let mut changed = good.clone();
            changed[place] ^= flip;
            assert!(verify_own(&changed, &content, &RsaVerifier).is_err(), "octet {place} with {flip:#x}");
            assert!(verdict(&changed).is_none_or(|verdict| verdict == Verdict::Invalid), "octet {place}");
        }
    }
    for length in 0..good.len() {
        assert!(parse(&good[..length]).is_err(), "{length}");
    }
    assert!(parse(&[good.as_slice(), &[0]].concat()).is_err());
}

#[test]
fn what_cannot_be_prepared_or_completed_is_refused_before_the_card() {
    let lab = lab();
    let time = lab.now;
    let signature = &lab.holder().signature.certificate;
    let authentication = &lab.holder().authentication.certificate;
    let prepared = |content: &[u8], certificate: &[u8], time| prepare(content, certificate, time).map(|_| ());
    let late = Timestamp::parse("2050-01-01T00:00:00Z").unwrap();
    let outside = shomei_pki::UnixTime::from_seconds(late.unix_seconds());
    let long = vec![b' '; MAX_DOCUMENT_BYTES + 1];
    for (name, result, error) in [
        ("no content", prepared(b"", signature, time), PrepareError::ContentLength { length: 0 }),
        (
            "too much content",
            prepared(&long, signature, time),
            PrepareError::ContentLength { length: long.len() },
        ),
        (
            "the authentication certificate",
            prepared(b"{}", authentication, time),
            PrepareError::Certificate(ProfileError::KeyUsage("signature")),
        ),
        (
            "a time that UTCTime cannot hold",
            prepared(b"{}", signature, late),
            PrepareError::SigningTime(TimeError::OutsideUtcTime(outside)),
        ),
    ] {
        assert_eq!(result, Err(error), "{name}");
    }
    let prepared = prepare(b"{}", signature, time).unwrap();
    assert_eq!(prepared.complete(&[0; 255]), Err(CompleteError::SignatureLength { length: 255 }));
}

/// Replaces the first occurrence of a series of octets in an envelope by another of any length, rebuilding nothing.
fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let place = bytes.windows(from.len()).position(|window| window == from).unwrap();
    [&bytes[..place], to, &bytes[place + from.len()..]].concat()
}

#[test]
fn every_other_form_is_refused_by_name() {
    let good = parts(lab());
    let bytes = good.encode();
    let signer = &good.signers[0];
    let signer_info = signer.signer_info();
    let attributes = signer.attributes.to_be_signed();
    let attributes = shomei_pki::der::Reader::new(&attributes).read().unwrap();
    let attributes = element(Tag::context(0), attributes.content());
    let rebuilt = |certificates: &[&[u8]], signers: &[&[u8]]| {
        let content =
            sequence(Tag::context(0), &[&element(Tag::OCTET_STRING, good.content.as_ref().unwrap())]);
        let signed_data = sequence(
            Tag::SEQUENCE,
            &[
                b"\x02\x01\x03",
                &sequence(Tag::SET, &[form::SHA256]),
                &sequence(Tag::SEQUENCE, &[&element(Tag::OID, form::APPLICATION), &content]),
                &sequence(Tag::context(0), certificates),
                &sequence(Tag::SET, signers),
            ],
        );
        let explicit = sequence(Tag::context(0), &[&signed_data]);
        sequence(Tag::SEQUENCE, &[&element(Tag::OID, form::SIGNED_DATA), &explicit])
    };
    let certificate = signer.certificate.as_slice();
    assert!(parse(&rebuilt(&[certificate], &[&signer_info])).is_ok(), "the rebuilt form itself");
    let bare = sequence(
        Tag::SEQUENCE,
        &[
            b"\x02\x01\x01",
            &signer.identifier,
            form::SHA256,
            form::SHA256_WITH_RSA,
            &element(Tag::OCTET_STRING, &signer.signature),
        ],
    );
    let counted = sequence(
        Tag::SEQUENCE,
        &[
            b"\x02\x01\x01",
            &signer.identifier,
            form::SHA256,
            &attributes,
            form::SHA256_WITH_RSA,
            &element(Tag::OCTET_STRING, &signer.signature),
            b"\xa1\x00",
        ],
    );
    assert!(matches!(
        parse(&rebuilt(&[certificate], &[&bare])),
        Err(EnvelopeError::NoSignedAttributes { .. })
    ));
    assert!(
        matches!(parse(&rebuilt(&[certificate], &[&counted])), Err(EnvelopeError::Encoding(_))),
        "unsigned attributes"
    );
    assert_eq!(
        parse(&rebuilt(&[certificate], &[&signer_info, &signer_info])),
        Err(EnvelopeError::Certificates { count: 1 })
    );
    assert_eq!(
        parse(&rebuilt(&[certificate, certificate], &[&signer_info, &signer_info])),
        Err(EnvelopeError::Certificates { count: 2 }),
        "one person twice"
    );
    let eleven = vec![signer_info.as_slice(); 11];
    assert_eq!(parse(&rebuilt(&[certificate; 11], &eleven)), Err(EnvelopeError::Signers { count: 11 }));
    assert_eq!(parse(&rebuilt(&[certificate], &[])), Err(EnvelopeError::Signers { count: 0 }));
    assert_eq!(
        parse(&rebuilt(&[certificate, certificate], &[&signer_info])),
        Err(EnvelopeError::Certificates { count: 2 })
    );
    assert_eq!(parse(&rebuilt(&[], &[&signer_info])), Err(EnvelopeError::Certificates { count: 0 }));
    let fixed = |from: &[u8], to: &[u8]| match parse(&replaced(&bytes, from, to)) {
        Err(EnvelopeError::Fixed { what, .. }) => what,
        other => panic!("{other:?}"),
    };
    assert_eq!(fixed(form::SIGNED_DATA, b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03"), "contentType");
    assert_eq!(
        fixed(form::APPLICATION, &[form::APPLICATION.split_last().unwrap().1, &[2]].concat()),
        "eContentType"
    );
    let long = vec![0; MAX_ENVELOPE + 1];
    assert_eq!(parse(&long), Err(EnvelopeError::TooLong { length: long.len() }));
}

#[test]
fn attributes_other_than_the_four_are_refused() {
    let good = parts(lab());
    let bytes = good.encode();
    // The same length, so that the lengths around it stay right.
    let unknown = replaced(&bytes, form::SIGNING_TIME, b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x02");
    assert!(matches!(parse(&unknown), Err(EnvelopeError::Attributes { .. })));
    let repeated = replaced(&bytes, form::MESSAGE_DIGEST, form::SIGNING_TIME);
    assert!(matches!(parse(&repeated), Err(EnvelopeError::Attributes { .. })));
    let rsa_encryption = b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00";
    let tail = [form::SHA256_WITH_RSA, b"\x04\x82\x01\x00"].concat();
    let other = [rsa_encryption.as_slice(), b"\x04\x82\x01\x00"].concat();
    let two_names = replaced(&bytes, &tail, &other);
    assert!(matches!(parse(&two_names), Err(EnvelopeError::Fixed { what: "signatureAlgorithm", .. })));
}

#[test]
fn an_envelope_by_the_authentication_key_is_refused_by_us_and_by_openssl() {
    let lab = lab();
    let authentication = AuthenticationCertificate::parse(&lab.holder().authentication.certificate).unwrap();
    let common = authentication.certificate();
    let mut forged = parts(lab);
    let signer = &mut forged.signers[0];
    signer.certificate = common.der().to_vec();
    signer.identifier = issuer_and_serial(common.issuer(), common.serial());
    signer.attributes.certificate_digest = common.fingerprint();
    signer.signature = lab.sign(Key::Authentication, &digest(&signer.attributes.to_be_signed()));
    let bytes = forged.encode();
    let content = forged.content.clone().unwrap();
    let refusal = OwnCheckError::Certificate(ProfileError::KeyUsage("signature"));
    assert_eq!(verify_own(&bytes, &content, &RsaVerifier), Err(refusal));
    let envelope = parse(&bytes).unwrap();
    let report =
        verify(&envelope, &lab.anchors(), &lab.revocation(None), lab.now, &lab.expectations(), &RsaVerifier);
    let failure = Failure::Profile(ProfileError::KeyUsage("signature"));
    assert_eq!(report.check(CheckName::Chain).unwrap().outcome, Outcome::Failed(vec![failure]));
    assert_eq!(report.verdict(), Verdict::Invalid);
    assert!(!openssl_accepts(lab, &bytes, "lab-ca.pem"));
    assert!(!openssl_accepts(lab, &bytes, "lab-authentication-ca.pem"), "not even by its own authority");
}

fn openssl_accepts(lab: &Lab, envelope: &[u8], authority: &str) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("application.p7m");
    std::fs::write(&file, envelope).unwrap();
    let arguments = ["cms", "-verify", "-cades", "-x509_strict", "-inform", "DER", "-binary", "-in"];
    let output = Command::new("openssl")
        .args(arguments)
        .arg(&file)
        .arg("-CAfile")
        .arg(lab.path().join(authority))
        .arg("-out")
        .arg(folder.path().join("content.json"))
        .output()
        .unwrap();
    let content = || std::fs::read(folder.path().join("content.json")).unwrap();
    output.status.success() && parse(envelope).is_ok_and(|envelope| envelope.content() == content())
}

#[test]
fn openssl_accepts_what_we_make_and_refuses_it_with_one_octet_changed() {
    let lab = lab();
    let good = lab.signed();
    assert!(openssl_accepts(lab, &good, "lab-ca.pem"));
    assert!(!openssl_accepts(lab, &good, "lab-authentication-ca.pem"));
    let changed = replaced(&good, "山田".as_bytes(), "川田".as_bytes());
    assert!(!openssl_accepts(lab, &changed, "lab-ca.pem"));
    assert_eq!(recipient(lab)(&changed), Some(Verdict::Invalid));
}

#[test]
fn openssl_reads_the_structure_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("application.p7m");
    let bytes = lab().signed();
    std::fs::write(&file, &bytes).unwrap();
    let listing = openssl_listing(&file);
    assert!(listing.contains("pkcs7-signedData"), "{listing}");
    assert!(listing.contains("id-smime-aa-signingCertificateV2"), "{listing}");
    assert!(listing.contains("UTCTIME"), "{listing}");
}

fn openssl_listing(file: &Path) -> String {
    let output =
        Command::new("openssl").args(["asn1parse", "-inform", "DER", "-in"]).arg(file).output().unwrap();
    assert!(output.status.success());
    String::from_utf8_lossy(&output.stdout).into_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_input_makes_the_parser_panic(input in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(parse(&input).is_err());
    }

    #[test]
    fn whatever_is_read_writes_the_same_octets(places in proptest::collection::vec((any::<u16>(), any::<u8>()), 1..4)) {
        let mut changed = parts(lab()).encode();
        for (place, octet) in places {
            let place = usize::from(place) % changed.len();
            changed[place] = octet;
        }
        if let Ok(envelope) = parse(&changed) {
            prop_assert_eq!(envelope.to_octets(), changed);
        }
    }
}
