//! Facts 42 to 49: what stands in the certificates.

use super::{
    Named, authentication_certificates, authorities, holders_certificates, signature_certificates, tree,
    value,
};
use crate::certificate::{
    AuthenticationCertificate, Authority, BirthDate, HolderError, ProfileError, SHA256_WITH_RSA, Sex,
    SigningCertificate, check_key,
};
use crate::der::{Tag, oid_to_string};
use crate::testing::{Node, SIGNING};
use sha1::{Digest, Sha1};

/// The test card's certificate with one otherName given another text; `place` counts from 0 in the order of fact 45.
fn with_text(place: usize, text: &str) -> Result<SigningCertificate, ProfileError> {
    let mut changed = Node::parse(SIGNING);
    changed.edit_extension(17, |names| names.at(&[place, 1, 0]).content = text.as_bytes().to_vec());
    SigningCertificate::parse(&changed.encode())
}

#[test]
fn fact_42_version_algorithm_key_and_times_of_a_holders_certificate() {
    for (name, der) in holders_certificates() {
        let mut certificate = Node::parse(&der);
        assert_eq!(certificate.at(&[0, 0, 0]).content, [2], "{name}");
        for path in [&[0, 2][..], &[1]] {
            assert_eq!(certificate.at(path).encode(), SHA256_WITH_RSA, "{name}");
        }
        assert!(check_key(&certificate.at(&[0, 6]).encode()).is_ok(), "{name}");
        assert_eq!([0, 1].map(|end| certificate.at(&[0, 4, end]).tag), [Tag::UTC_TIME; 2], "{name}");
        assert!(certificate.at(&[0, 4, 1]).content.ends_with(b"145959Z"), "{name}");
    }
    for (serial, accepted) in [
        (vec![1], true),
        (vec![0x1e, 0xe6, 0x07], true),
        (vec![0x55; 4], true),
        (vec![0x7f; 20], true),
        (vec![0x55; 21], false),
        (vec![0], false),
        (vec![0xff], false),
    ] {
        let mut certificate = Node::parse(SIGNING);
        certificate.at(&[0, 1]).content = serial.clone();
        assert_eq!(SigningCertificate::parse(&certificate.encode()).is_ok(), accepted, "{serial:?}");
    }
}

#[test]
fn fact_43_a_country_is_printable_and_everything_else_utf8() {
    let all: Vec<Named> = [holders_certificates(), authorities()].concat();
    for (name, der) in all {
        for field in [3, 5] {
            for step in &Node::parse(&der).at(&[0, field]).children {
                let [attribute] = step.children.as_slice() else { panic!("{name}: {step:?}") };
                let country = attribute.children[0].content == [0x55, 4, 6];
                let expected = if country { Tag::PRINTABLE_STRING } else { Tag::UTF8_STRING };
                assert_eq!(attribute.children[1].tag, expected, "{name}");
            }
        }
    }
}

#[test]
fn fact_44_an_authentication_certificate() {
    for (name, der) in authentication_certificates() {
        assert!(AuthenticationCertificate::parse(&der).is_ok(), "{name}");
        assert_eq!(value(&der, 15), Some((true, b"\x03\x02\x07\x80".to_vec())), "{name}");
        let client = b"\x30\x0a\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x02".to_vec();
        assert_eq!(value(&der, 37), Some((false, client)), "{name}");
        assert!(value(&der, 32).is_some_and(|(critical, _)| critical), "{name}");
        assert_eq!(value(&der, 17), None, "{name}");
        let responder = b"\x2b\x06\x01\x05\x05\x07\x30\x01";
        assert!(der.windows(responder.len()).any(|octets| octets == responder), "{name}");
    }
}

#[test]
fn fact_45_a_signature_certificate() {
    for (name, der) in signature_certificates() {
        assert!(SigningCertificate::parse(&der).is_ok(), "{name}");
        assert_eq!(value(&der, 15), Some((true, b"\x03\x02\x06\xc0".to_vec())), "{name}");
        assert!(value(&der, 32).is_some_and(|(critical, _)| critical), "{name}");
        assert_eq!(value(&der, 37), None, "{name}");
        let names = tree(&der, 17);
        let kinds: Vec<_> =
            names.children.iter().map(|one| oid_to_string(&one.children[0].content)).collect();
        let order = [1, 4, 3, 5, 2, 6].map(|number| format!("1.2.392.200149.8.5.5.{number}"));
        assert_eq!(kinds, order, "{name}");
    }
}

#[test]
fn fact_46_substitute_flags_pair_with_the_characters_they_mark() {
    let flags = |place, field| {
        let refused = Err(ProfileError::Holder(HolderError::Substitutes(field)));
        let wrong = ["", "0000", "000000", "00002", "0000 ", "０００００", "0000\u{0}"];
        for text in wrong {
            assert_eq!(with_text(place, text), refused, "{field}: {text:?}");
        }
    };
    flags(4, "nameSubstitutes");
    flags(5, "addressSubstitutes");
    let signing = with_text(4, "01000").unwrap();
    let holder = signing.holder();
    let marked: Vec<_> = holder.name.chars().zip(holder.name_substitutes.chars()).collect();
    assert_eq!(marked, [('黒', '0'), ('桐', '1'), ('\u{3000}', '0'), ('幹', '0'), ('也', '0')]);
    // Characters are counted, neither octets nor UTF-16 units: 𠮷 lies outside the basic plane.
    assert!(with_text(0, "𠮷田\u{3000}幹也").is_ok());
}

#[test]
fn fact_47_a_date_of_birth_is_an_era_and_a_gregorian_date() {
    let table = [
        ("319800217", Some("1980-02-17")),
        ("119120729", Some("1912-07-29")),
        ("219120730", Some("1912-07-30")),
        ("219261224", Some("1926-12-24")),
        ("319261225", Some("1926-12-25")),
        ("319890107", Some("1989-01-07")),
        ("419890108", Some("1989-01-08")),
        ("420190430", Some("2019-04-30")),
        ("520190501", Some("2019-05-01")),
        ("019800217", Some("1980-02-17")),
        ("319800200", Some("1980-02-00")),
        ("319800000", Some("1980-00-00")),
        ("300000000", Some("0000-00-00")),
        ("419800217", None),
        ("519890108", None),
        ("118670101", None),
        ("619800217", None),
        ("319800230", None),
        ("319801301", None),
        ("31980021", None),
        ("3198002170", None),
        ("３19800217", None),
    ];
    for (text, expected) in table {
        let read = with_text(1, text).map(|signing| signing.holder().birth);
        assert_eq!(read.as_ref().ok().map(BirthDate::to_string).as_deref(), expected, "{text}");
        assert!(expected.is_some() || read == Err(HolderError::BirthDate.into()), "{text}");
    }
    for (text, sex) in
        [("1", Some(Sex::Male)), ("2", Some(Sex::Female)), ("3", Some(Sex::Other)), ("9", Some(Sex::Other))]
    {
        assert_eq!(with_text(2, text).ok().map(|signing| signing.holder().sex), sex);
    }
    for text in ["", "0", "4", "8", "11", "male"] {
        assert_eq!(with_text(2, text), Err(HolderError::Sex.into()), "{text}");
    }
}

#[test]
fn fact_48_key_identifiers_are_sha_1_of_the_key() {
    let all: Vec<Named> = [holders_certificates(), authorities()].concat();
    for (name, der) in all {
        let key = Node::parse(&der).at(&[0, 6, 1]).content.clone();
        assert_eq!(tree(&der, 14).content, Sha1::digest(&key[1..]).to_vec(), "{name}");
    }
    let known = authorities();
    for (name, der) in holders_certificates() {
        let named = tree(&der, 35);
        assert_eq!(named.children.iter().map(|part| part.tag.0).collect::<Vec<_>>(), [0x80, 0xa1, 0x82]);
        let issuer =
            known.iter().find(|(_, authority)| tree(authority, 14).content == named.children[0].content);
        let mut issuer = Node::parse(&issuer.unwrap_or_else(|| panic!("{name}")).1);
        assert_eq!(named.children[1].children[0].children[0], *issuer.at(&[0, 3]), "{name}");
        assert_eq!(named.children[2].content, issuer.at(&[0, 1]).content, "{name}");
    }
}

#[test]
fn fact_49_an_authority() {
    for (name, der) in authorities() {
        assert!(Authority::parse(&der).is_ok(), "{name}");
        assert_eq!(value(&der, 15), Some((true, b"\x03\x02\x01\x06".to_vec())), "{name}");
        assert_eq!(value(&der, 19), Some((true, b"\x30\x03\x01\x01\xff".to_vec())), "{name}");
        assert_eq!(value(&der, 35), None, "{name}");
        assert_eq!(value(&der, 32), None, "{name}");
        let japanese = tree(&der, 17);
        assert_eq!(japanese.children[0].tag, Tag::context(4), "{name}");
        let point = tree(&der, 31).children[0].children[0].children[0].children[0].children[0].clone();
        assert_eq!(point, *Node::parse(&der).at(&[0, 5]), "{name}");
    }
}
