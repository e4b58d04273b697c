//! Authentic structure, wrong content: each departure from a good answer has its own reason, and none is good.

use super::*;
use crate::testing::{AUTHENTICATION_2023, SIGNATURE_2019};

/// A responder's certificate changed by `edit` and issued by the right authority.
fn appointed(edit: impl Fn(&mut Node)) -> Draft {
    Draft::delegated(appointed_by(SIGNATURE_2024, edit))
}

fn edited(edit: impl Fn(&mut Draft)) -> Draft {
    Draft::good().with(edit)
}

/// A good answer with another CertID.
fn about(id: &Node) -> Draft {
    edited(|draft| draft.singles = vec![single(id.clone(), says_good())])
}

fn check(table: Vec<(&str, Draft, OcspProblem)>) {
    for (name, draft, problem) in table {
        assert_eq!(status(&draft, 0), unknown(problem), "{name}");
    }
}

#[test]
fn an_answer_about_something_else_is_none() {
    use OcspProblem::{OtherCertificate, Several};
    let serial = certificate().certificate().serial().to_vec();
    let changed = |path: &'static [usize], edit: fn(&mut Node)| {
        let mut id = holder_id();
        edit(id.at(path));
        about(&id)
    };
    let other_hash = |node: &mut Node| node.content = b"\x60\x86\x48\x01\x65\x03\x04\x02\x02".to_vec();
    check(vec![
        ("another serial number", about(&id(SIGNATURE_2024, b"\x05")), OtherCertificate),
        ("the other generation's key", about(&id(SIGNATURE_2019, &serial)), OtherCertificate),
        ("the other purpose's authority", about(&id(AUTHENTICATION_2023, &serial)), OtherCertificate),
        ("another name's hash", changed(&[1], |node| node.content[0] ^= 1), OtherCertificate),
        ("another key's hash", changed(&[2], |node| node.content[19] ^= 1), OtherCertificate),
        ("half a name's hash", changed(&[1], |node| node.content.truncate(10)), OtherCertificate),
        ("no hash of a key", changed(&[2], |node| node.content.clear()), OtherCertificate),
        ("a hash function that is not known", changed(&[0, 0], other_hash), OtherCertificate),
        (
            "SHA-1 hashes named SHA-256",
            changed(&[0, 0], |node| node.content = b"\x60\x86\x48\x01\x65\x03\x04\x02\x01".to_vec()),
            OtherCertificate,
        ),
        (
            "a serial number with a digit more",
            about(&id(SIGNATURE_2024, &[&serial[..], &[1]].concat())),
            OtherCertificate,
        ),
        ("good twice", edited(|draft| draft.singles.push(draft.singles[0].clone())), Several),
        (
            "revoked and then good",
            edited(|draft| draft.singles.insert(0, single(holder_id(), says_revoked(NOW - DAY, None)))),
            Several,
        ),
        ("the responder does not know it", Draft::saying(says_unknown()), OcspProblem::NotKnown),
    ]);
}

#[test]
fn an_answer_from_another_time_or_to_another_question_is_none() {
    use OcspProblem::{FromLater, NoNextUpdate, NonceDiffers, NonceMissing, Outdated};
    let seconds = UnixTime::from_seconds;
    let next = |draft: &mut Draft, at| draft.singles[0].at(&[3]).children = vec![time(at)];
    let sending = |octets: &'static [u8]| edited(|draft| draft.extensions = vec![nonce(octets)]);
    check(vec![
        ("no nextUpdate", edited(|draft| drop(draft.singles[0].children.pop())), NoNextUpdate),
        (
            "outdated",
            edited(|draft| {
                draft.singles[0].children[2] = time(NOW - DAY);
                next(draft, NOW - 301);
            }),
            Outdated { next_update: seconds(NOW - 301) },
        ),
        (
            "thisUpdate in the future",
            edited(|draft| draft.singles[0].children[2] = time(NOW + 301)),
            FromLater { made: seconds(NOW + 301) },
        ),
        (
            "producedAt in the future",
            edited(|draft| draft.produced_at = time(NOW + 301)),
            FromLater { made: seconds(NOW + 301) },
        ),
        (
            "a later answer about a later revocation",
            Draft::saying(says_revoked(NOW + DAY, None)).with(|draft| draft.produced_at = time(NOW + DAY)),
            FromLater { made: seconds(NOW + DAY) },
        ),
        ("no nonce", edited(|draft| draft.extensions.clear()), NonceMissing),
        ("another nonce", sending(&[8; 32]), NonceDiffers),
        ("the beginning of the nonce", sending(&[7; 31]), NonceDiffers),
        ("the nonce and more", sending(&[7; 33]), NonceDiffers),
        (
            "revoked, in answer to another question",
            Draft::saying(says_revoked(NOW - DAY, None))
                .with(|draft| draft.extensions = vec![nonce(&[8; 32])]),
            NonceDiffers,
        ),
    ]);
}

#[test]
fn an_answer_by_somebody_else_is_none() {
    use OcspProblem::{Algorithm, Responder, ResponderIssuer, Signature};
    let foreign = |authority| Draft::delegated(appointed_by(authority, |_| {}));
    let named_foreign = |authority: &'static [u8]| {
        let issuer = Node::parse(authority).at(&[0, 5]).clone();
        Draft::delegated(appointed_by(authority, |one| *one.at(&[0, 3]) = issuer.clone()))
    };
    let algorithm = |identifier: &[u8]| {
        let identifier = Node::parse(identifier);
        edited(|draft| draft.algorithm = identifier.clone())
    };
    let mut self_signed = appointed_by(SIGNATURE_2024, |_| {});
    let own = key_of(&mut self_signed);
    let seal = Seal::make(&own, &self_signed.at(&[0]).encode());
    self_signed.at(&[2]).content = [vec![0], seal].concat();
    check(vec![
        ("nobody's signature", edited(|draft| draft.spoil_signature = true), Signature),
        (
            "the other generation in this one's name",
            edited(|draft| draft.key = key_of(&mut Node::parse(SIGNATURE_2019))),
            Signature,
        ),
        (
            "the responder's signature by the authority",
            appointed(|_| {}).with(|draft| draft.key = Draft::good().key),
            Signature,
        ),
        (
            "the authority's name over the responder's signature",
            appointed(|_| {}).with(|draft| draft.responder = Draft::good().responder),
            Signature,
        ),
        (
            "a responder without its certificate",
            appointed(|_| {}).with(|draft| draft.certificates.clear()),
            Responder,
        ),
        (
            "a responder with another's certificate",
            appointed(|_| {}).with(|draft| draft.certificates = vec![Node::parse(SIGNING)]),
            Responder,
        ),
        ("a responder of the other generation", foreign(SIGNATURE_2019), ResponderIssuer),
        ("a responder of the other purpose", named_foreign(AUTHENTICATION_2023), ResponderIssuer),
        ("a responder that appointed itself", Draft::delegated(self_signed), ResponderIssuer),
        (
            "a responder under another issuer's name",
            appointed(|one| one.at(&[0, 3, 0, 0, 1]).content = b"US".to_vec()),
            ResponderIssuer,
        ),
        (
            "a responder's certificate signed with SHA-1",
            appointed(|one| {
                for path in [&[0, 2][..], &[1][..]] {
                    *one.at(path) =
                        Node::parse(b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x05\x05\x00");
                }
            }),
            ResponderIssuer,
        ),
        (
            "SHA-1 with RSA",
            algorithm(b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x05\x05\x00"),
            Algorithm,
        ),
        (
            "SHA-384 with RSA",
            algorithm(b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0c\x05\x00"),
            Algorithm,
        ),
        (
            "SHA-256 with RSA without NULL",
            algorithm(b"\x30\x0b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b"),
            Algorithm,
        ),
    ]);
}

/// A responder with another RSAPublicKey.
fn with_key(edit: impl Fn(&mut Node)) -> Draft {
    appointed(|one| {
        let bits = one.at(&[0, 6, 1]);
        let mut key = Node::parse(&bits.content[1..]);
        edit(&mut key);
        bits.content = [vec![0], key.encode()].concat();
    })
}

/// A responder whose id-pkix-ocsp-nocheck has this value.
fn unchecked_by(value: &'static [u8]) -> Draft {
    appointed(|one| one.extensions()[2].children[1].content = value.to_vec())
}

#[test]
fn a_responder_needs_every_right() {
    use OcspProblem::{
        ResponderKey, ResponderKeyUsage, ResponderProfile, ResponderPurpose, ResponderUnchecked,
        ResponderValidity,
    };
    let without = |index| appointed(move |one| drop(one.extensions().remove(index)));
    let with = |extra: &Node| appointed(|one| one.extensions().push(extra.clone()));
    let valid = |place, seconds| {
        appointed(move |one| {
            let moved = UnixTime::from_seconds(NOW + seconds).to_utc_time().unwrap();
            one.at(&[0, 4, place]).content = moved.into_bytes();
        })
    };
    check(vec![
        ("no keyUsage", without(0), ResponderKeyUsage),
        (
            "keyUsage nonRepudiation",
            appointed(|one| one.set_extension(15, b"\x03\x02\x06\x40")),
            ResponderKeyUsage,
        ),
        ("keyUsage without bits", appointed(|one| one.set_extension(15, b"\x03\x01\x00")), ResponderKeyUsage),
        (
            "keyUsage that is no BIT STRING",
            appointed(|one| one.set_extension(15, b"\x04\x02\x07\x80")),
            ResponderKeyUsage,
        ),
        ("no extKeyUsage", without(1), ResponderPurpose),
        (
            "extKeyUsage clientAuth",
            appointed(|one| one.set_extension(37, b"\x30\x0a\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x02")),
            ResponderPurpose,
        ),
        (
            "anyExtendedKeyUsage",
            appointed(|one| one.set_extension(37, b"\x30\x06\x06\x04\x55\x1d\x25\x00")),
            ResponderPurpose,
        ),
        ("no id-pkix-ocsp-nocheck", without(2), ResponderUnchecked),
        (
            "a resident's certificate",
            appointed(|one| *one.extensions() = Node::parse(SIGNING).extensions().clone()),
            ResponderPurpose,
        ),
        ("no extensions", appointed(|one| drop(one.at(&[0]).children.pop())), ResponderPurpose),
        ("not yet valid", valid(0, 1), ResponderValidity),
        ("expired", valid(1, -1), ResponderValidity),
        ("an authority", with(&extension(b"\x55\x1d\x13", true, b"\x30\x03\x01\x01\xff")), ResponderProfile),
        ("a critical extension", with(&extension(b"\x2a\x03\x04", true, b"\x05\x00")), ResponderProfile),
        ("id-pkix-ocsp-nocheck with a value", unchecked_by(b"\x01\x01\xff"), ResponderUnchecked),
        ("an exponent of 3", with_key(|key| key.at(&[1]).content = vec![3]), ResponderKey),
        ("1,024 bits", with_key(|key| key.at(&[0]).content.truncate(129)), ResponderKey),
        ("2,047 bits", with_key(|key| key.at(&[0]).content[..2].copy_from_slice(&[0, 0x7f])), ResponderKey),
        ("an even modulus", with_key(|key| key.at(&[0]).content[256] ^= 1), ResponderKey),
    ]);
}

#[test]
fn a_refusal_is_no_answer() {
    let table = [
        (1, OcspRefusal::MalformedRequest),
        (2, OcspRefusal::InternalError),
        (3, OcspRefusal::TryLater),
        (5, OcspRefusal::SignatureRequired),
        (6, OcspRefusal::Unauthorized),
    ];
    for (code, refusal) in table {
        let octets = [0x30, 3, 0x0a, 1, code];
        assert_eq!(status_of(&octets, 0), unknown(OcspProblem::Refused(refusal)));
        let response = OcspResponse::parse(&octets).unwrap();
        assert_eq!((response.refusal(), response.produced_at()), (Some(refusal), None));
        assert_eq!((response.responder(), response.nonce()), (None, None));
    }
}

#[test]
fn an_answer_is_not_used_for_a_certificate_of_another_authority() {
    let source = OcspSource::new(&Draft::good().encode(), Some(SENT), &Seal);
    let other = Authority::parse(SIGNATURE_2019).unwrap();
    let status = source.answer(certificate().certificate(), &other, UnixTime::from_seconds(NOW)).status;
    assert_eq!(status, unknown(OcspProblem::OtherAuthority));
}
