use super::form::{Header, Parts, Serialization};
use super::*;
use crate::report::{CheckName, Failure, Outcome};
use crate::testing::{Key, Lab, digest, lab};
use crate::{Report, Signed as _, Verdict, verify};
use proptest::prelude::*;
use shomei_application::{Container, Timestamp};
use shomei_pki::{ProfileError, RsaVerifier};
use std::sync::OnceLock;

mod forms;
mod judges;
mod transplants;

const BOTH: [Serialization; 2] = [Serialization::Compact, Serialization::Flattened];

/// The lab's document, made for this kind of envelope.
fn document(lab: &Lab) -> Vec<u8> {
    let mut application = lab.application();
    application.container = Container::Jades;
    application.to_canonical()
}

/// A good header for the holder of the lab.
fn header(lab: &Lab) -> Header {
    let certificate = lab.holder().signature.certificate.clone();
    Header { certificate_digest: digest(&certificate), certificate, signing_time: lab.now }
}

/// Any content under a good header, signed by the holder's signature key now.
fn signed(lab: &Lab, content: &[u8]) -> Parts {
    let mut parts = Parts { header: header(lab), content: content.to_vec(), signature: Vec::new() };
    parts.signature = lab.sign(Key::Signature, &digest(parts.to_be_signed().as_bytes()));
    parts
}

/// The good envelope, signed once for all tests.
fn good(serialization: Serialization) -> Vec<u8> {
    static PARTS: OnceLock<Parts> = OnceLock::new();
    let parts = PARTS.get_or_init(|| signed(lab(), &document(lab())));
    parts.encode(serialization).into_bytes()
}

/// What a recipient with every means to check reports; an error where the bytes are no envelope.
fn recipient(lab: &Lab) -> impl Fn(&[u8]) -> Result<Report, EnvelopeError> {
    let (anchors, revocation, expectations, now) =
        (lab.anchors(), lab.revocation(None), lab.expectations(), lab.now);
    move |envelope| Ok(verify(&parse(envelope)?, &anchors, &revocation, now, &expectations, &RsaVerifier))
}

fn failures(report: &Report, name: CheckName) -> Vec<Failure> {
    match &report.check(name).unwrap().outcome {
        Outcome::Failed(failures) => failures.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_envelope_reads_back_what_was_put_in() {
    let lab = lab();
    let content = document(lab);
    let prepare = || prepare(&content, &lab.holder().signature.certificate, lab.now).unwrap();
    assert_eq!(prepare().digest(), digest(prepare().to_be_signed().as_bytes()));
    let signature = lab.sign(Key::Signature, &prepare().digest());
    let compact = prepare().complete(&signature).unwrap();
    let flattened = prepare().complete_flattened(&signature).unwrap();
    assert!(compact.starts_with(b"eyJhbGciOiJSUzI1NiIsImlhdCI6"));
    assert!(flattened.starts_with(b"{\"payload\":\""));
    for bytes in [compact, flattened] {
        let envelope = parse(&bytes).unwrap();
        assert_eq!(envelope.container(), Container::Jades);
        assert_eq!(envelope.content(), content);
        assert_eq!(envelope.signatures()[0].certificate, lab.holder().signature.certificate);
        assert_eq!(envelope.signatures()[0].claimed, Some(lab.now));
        assert_eq!(envelope.to_octets(), bytes);
        let report = recipient(lab)(&bytes).unwrap();
        assert_eq!(report.verdict(), Verdict::Valid, "{report:#?}");
        assert_eq!(report.signatures[0].signing_time.unwrap().claimed, lab.now);
        assert_eq!(report.application.unwrap().to_canonical(), content);
    }
}

#[test]
fn every_changed_octet_is_refused() {
    let lab = lab();
    for serialization in BOTH {
        let good = good(serialization);
        let verdict = recipient(lab);
        for place in 0..good.len() {
            for flip in [0x01, 0x80] {
                let mut changed = good.clone();
                changed[place] ^= flip;
                let refused = verdict(&changed).map_or(true, |report| report.verdict() == Verdict::Invalid);
                assert!(refused, "{serialization:?}, octet {place} with {flip:#x}");
            }
        }
        for length in 0..good.len() {
            assert!(parse(&good[..length]).is_err(), "{serialization:?}, {length} octets");
        }
        for octet in [b' ', b'\n', b'=', b'.', b'A', 0] {
            assert!(parse(&[good.as_slice(), &[octet]].concat()).is_err(), "{octet:#x} at the end");
            assert!(parse(&[&[octet], good.as_slice()].concat()).is_err(), "{octet:#x} at the beginning");
        }
    }
}

#[test]
fn what_cannot_be_prepared_or_completed_is_refused_before_the_card() {
    let lab = lab();
    let signature = &lab.holder().signature.certificate;
    let authentication = &lab.holder().authentication.certificate;
    let prepared = |content: &[u8], certificate: &[u8]| prepare(content, certificate, lab.now).map(|_| ());
    let long = vec![b' '; MAX_DOCUMENT_BYTES + 1];
    let other_key = PrepareError::Certificate(ProfileError::KeyUsage("signature"));
    for (name, result, expected) in [
        ("no content", prepared(b"", signature), Err(PrepareError::ContentLength { length: 0 })),
        (
            "too much content",
            prepared(&long, signature),
            Err(PrepareError::ContentLength { length: long.len() }),
        ),
        ("the longest content", prepared(&long[1..], signature), Ok(())),
        ("the authentication certificate", prepared(b"{}", authentication), Err(other_key)),
    ] {
        assert_eq!(result, expected, "{name}");
    }
    let prepared = prepare(b"{}", signature, lab.now).unwrap();
    let short = CompleteError::SignatureLength { length: 255 };
    assert_eq!(prepared.clone().complete(&[0; 255]), Err(short));
    assert_eq!(prepared.complete_flattened(&[0; 255]), Err(short));
}

#[test]
fn the_longest_envelope_fits_its_maximum() {
    let certificate = vec![0xff; 16 * 1024];
    let signing_time = Timestamp::parse("9999-12-31T23:59:59Z").unwrap();
    let header = Header { certificate, certificate_digest: [0xff; 32], signing_time };
    let content = vec![b' '; MAX_DOCUMENT_BYTES];
    let longest = Parts { header, content, signature: vec![0xff; SIGNATURE_LENGTH] };
    for serialization in BOTH {
        let bytes = longest.encode(serialization).into_bytes();
        assert_eq!(
            parse(&bytes).map(|envelope| envelope.to_octets() == bytes),
            Ok(true),
            "{serialization:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_input_makes_the_parser_panic(
        first in prop::sample::select(b"e{0".as_slice()),
        rest in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        prop_assert!(parse(&[&[first], rest.as_slice()].concat()).is_err());
    }

    #[test]
    fn no_text_of_its_own_characters_makes_the_parser_panic(text in r#"[e{]([}.:",{\[\]eyJ0 _=-]|"payload"|"protected"){0,40}"#) {
        prop_assert!(parse(text.as_bytes()).is_err());
    }

    #[test]
    fn no_header_makes_the_parser_panic(
        header in r#"\{("(alg|iat|typ|x5c|x5t#S256|crit)":("RS256"|1|"shomei-application\+jose"|\["(AAAA)?"\]|\{\}),?){0,6}\}"#,
    ) {
        let text = format!("{}.{}", form::signing_input(header.as_bytes(), b"{}"), "A".repeat(342));
        prop_assert!(matches!(parse(text.as_bytes()), Err(EnvelopeError::Header(_))));
    }

    #[test]
    fn whatever_is_read_writes_the_same_octets(
        serialization in prop::sample::select(BOTH.as_slice()),
        places in prop::collection::vec((any::<prop::sample::Index>(), r#"[A-Za-z0-9_."-]"#), 1..4),
    ) {
        let mut changed = good(serialization);
        for (place, octet) in places {
            let place = place.index(changed.len());
            changed[place] = octet.as_bytes()[0];
        }
        if let Ok(envelope) = parse(&changed) {
            prop_assert_eq!(envelope.to_octets(), changed);
        }
    }
}
