//! A line for every rule of the profile of signature certificates, each broken alone.

use super::*;
use crate::der::{DerError, DerViolation};

/// Numbers are the last arc of 2.5.29: 14 subjectKeyIdentifier, 15 keyUsage, 17 subjectAltName, 19 basicConstraints,
/// 31 cRLDistributionPoints, 32 certificatePolicies, 35 authorityKeyIdentifier, 37 extKeyUsage.
#[test]
fn every_departure_from_the_profile_has_its_own_refusal() {
    let table: &[(&str, Edit, ProfileError)] = &[
        ("version 2", |c| c.at(&[0, 0, 0]).content = vec![1], ProfileError::Version),
        ("serial zero", |c| c.at(&[0, 1]).content = vec![0], ProfileError::Serial),
        ("serial negative", |c| c.at(&[0, 1]).content = vec![0x80], ProfileError::Serial),
        ("serial of 21 octets", |c| c.at(&[0, 1]).content = vec![1; 21], ProfileError::Serial),
        (
            "algorithm without NULL inside",
            |c| drop(c.at(&[0, 2]).children.pop()),
            ProfileError::AlgorithmsDiffer,
        ),
        (
            "algorithm without NULL on both sides",
            |c| drop((c.at(&[0, 2]).children.pop(), c.at(&[1]).children.pop())),
            ProfileError::Algorithm,
        ),
        (
            "algorithm SHA-1 outside only",
            |c| *c.at(&[1, 0]).content.last_mut().unwrap() = 5,
            ProfileError::AlgorithmsDiffer,
        ),
        (
            "algorithm SHA-1",
            |c| {
                *c.at(&[0, 2, 0]).content.last_mut().unwrap() = 5;
                *c.at(&[1, 0]).content.last_mut().unwrap() = 5;
            },
            ProfileError::AlgorithmNotAccepted("sha1WithRSAEncryption"),
        ),
        (
            "issuer without organization",
            |c| drop(c.at(&[0, 3]).children.remove(1)),
            ProfileError::Organization,
        ),
        (
            "issuer with two organizations",
            |c| {
                let o = c.at(&[0, 3, 1]).clone();
                c.at(&[0, 3]).children.push(o)
            },
            ProfileError::Organization,
        ),
        ("subject empty", |c| c.at(&[0, 5]).children.clear(), ProfileError::Name),
        (
            "two attributes in one RDN",
            |c| {
                let l = c.at(&[0, 5, 1, 0]).clone();
                c.at(&[0, 5, 1]).children.push(l)
            },
            ProfileError::Name,
        ),
        ("validity reversed", |c| c.at(&[0, 4]).children.reverse(), ProfileError::ValidityReversed),
        (
            "GeneralizedTime before 2050",
            |c| *c.at(&[0, 4, 1]) = Node::leaf(Tag::GENERALIZED_TIME, b"20300217145959Z"),
            ProfileError::TimeForm,
        ),
        (
            "a time of another class than the universal",
            |c| c.at(&[0, 4, 1]).tag = Tag(0xd7),
            ProfileError::Encoding(DerError {
                offset: 186,
                why: DerViolation::Tag { expected: 0x17, found: 0xd7 },
            }),
        ),
        (
            "29 February of a year that has none",
            |c| *c.at(&[0, 4, 1]) = Node::leaf(Tag::GENERALIZED_TIME, b"21000229000000Z"),
            ProfileError::Encoding(DerError { offset: 186, why: DerViolation::Content("GeneralizedTime") }),
        ),
        ("key not RSA", |c| *c.at(&[0, 6, 0, 0]).content.last_mut().unwrap() = 10, ProfileError::Key),
        (
            "a duplicate extension",
            |c| {
                let e = c.extension(15).clone();
                c.extensions().push(e)
            },
            ProfileError::DuplicateExtension("2.5.29.15".into()),
        ),
        (
            "an unknown critical extension",
            |c| c.extensions().push(extension(b"\x2a\x03\x04", true, b"\x05\x00")),
            ProfileError::UnknownCriticalExtension("1.2.3.4".into()),
        ),
        (
            "nameConstraints, known to others",
            |c| c.extensions().push(extension(b"\x55\x1d\x1e", true, b"\x30\x00")),
            ProfileError::UnknownCriticalExtension("2.5.29.30".into()),
        ),
        (
            "keyUsage not critical",
            |c| drop(c.extension(15).children.remove(1)),
            ProfileError::NotCritical("keyUsage"),
        ),
        (
            "keyUsage missing",
            |c| c.extensions().retain(|e| e.children[0].content != [0x55, 0x1d, 15]),
            ProfileError::MissingExtension("keyUsage"),
        ),
        (
            "keyUsage without nonRepudiation",
            |c| c.set_extension(15, b"\x03\x02\x07\x80"),
            ProfileError::KeyUsage("signature"),
        ),
        (
            "keyUsage with one bit more",
            |c| c.set_extension(15, b"\x03\x02\x05\xe0"),
            ProfileError::KeyUsage("signature"),
        ),
        (
            "keyUsage not minimal",
            |c| c.set_extension(15, b"\x03\x02\x05\xc0"),
            ProfileError::KeyUsage("signature"),
        ),
        (
            "keyUsage not DER",
            |c| c.set_extension(15, b"\x03\x81\x02\x06\xc0"),
            ProfileError::Encoding(DerError { offset: 609, why: DerViolation::Length }),
        ),
        (
            "policy not critical",
            |c| drop(c.extension(32).children.remove(1)),
            ProfileError::NotCritical("certificatePolicies"),
        ),
        (
            "two policies",
            |c| {
                c.edit_extension(32, |p| {
                    let one = p.children[0].clone();
                    p.children.push(one)
                })
            },
            ProfileError::ExtensionValue("certificatePolicies"),
        ),
        (
            "no policy extension",
            |c| c.extensions().retain(|e| e.children[0].content != [0x55, 0x1d, 32]),
            ProfileError::MissingExtension("certificatePolicies"),
        ),
        (
            "no distribution point",
            |c| c.extensions().retain(|e| e.children[0].content != [0x55, 0x1d, 31]),
            ProfileError::MissingExtension("cRLDistributionPoints"),
        ),
        (
            "two distribution points",
            |c| {
                c.edit_extension(31, |p| {
                    let one = p.children[0].clone();
                    p.children.push(one)
                })
            },
            ProfileError::ExtensionValue("cRLDistributionPoints"),
        ),
        (
            "a distribution point for some reasons",
            |c| c.edit_extension(31, |p| p.at(&[0]).children.push(Node::leaf(Tag(0x81), b"\x06\x40"))),
            ProfileError::ExtensionValue("cRLDistributionPoints"),
        ),
        (
            "no authority key identifier",
            |c| c.extensions().retain(|e| e.children[0].content != [0x55, 0x1d, 35]),
            ProfileError::MissingExtension("authorityKeyIdentifier"),
        ),
        (
            "an authority named without key identifier",
            |c| c.edit_extension(35, |a| drop(a.children.remove(0))),
            ProfileError::ExtensionValue("authorityKeyIdentifier"),
        ),
        (
            "an authority named by issuer and not by number",
            |c| c.edit_extension(35, |a| drop(a.children.pop())),
            ProfileError::ExtensionValue("authorityKeyIdentifier"),
        ),
        (
            "an authority named by number and not by issuer",
            |c| c.edit_extension(35, |a| drop(a.children.remove(1))),
            ProfileError::ExtensionValue("authorityKeyIdentifier"),
        ),
        (
            "authorityKeyIdentifier critical",
            |c| c.extension(35).children.insert(1, Node::leaf(Tag::BOOLEAN, &[0xff])),
            ProfileError::Critical("authorityKeyIdentifier"),
        ),
        (
            "subjectKeyIdentifier critical",
            |c| c.extension(14).children.insert(1, Node::leaf(Tag::BOOLEAN, &[0xff])),
            ProfileError::Critical("subjectKeyIdentifier"),
        ),
        (
            "issuerAltName critical",
            |c| c.extension(18).children.insert(1, Node::leaf(Tag::BOOLEAN, &[0xff])),
            ProfileError::Critical("issuerAltName"),
        ),
        (
            "a third time in the validity",
            |c| {
                let time = c.at(&[0, 4, 1]).clone();
                c.at(&[0, 4]).children.push(time)
            },
            ProfileError::Encoding(DerError { offset: 201, why: DerViolation::TrailingOctets }),
        ),
        (
            "an element behind the value of an extension",
            |c| c.extension(15).children.push(Node::leaf(Tag::NULL, b"")),
            ProfileError::Encoding(DerError { offset: 613, why: DerViolation::TrailingOctets }),
        ),
        (
            "no subject key identifier",
            |c| c.extensions().retain(|e| e.children[0].content != [0x55, 0x1d, 14]),
            ProfileError::MissingExtension("subjectKeyIdentifier"),
        ),
        (
            "an empty subject key identifier",
            |c| c.set_extension(14, b"\x04\x00"),
            ProfileError::ExtensionValue("subjectKeyIdentifier"),
        ),
        (
            "a subject key identifier of another class than the universal",
            |c| c.edit_extension(14, |k| k.tag = Tag::context_primitive(4)),
            ProfileError::ExtensionValue("subjectKeyIdentifier"),
        ),
        (
            "a distribution point whose address is no IA5String",
            |c| {
                let address = Node::leaf(Tag::context_primitive(6), "署名".as_bytes());
                c.edit_extension(31, |p| p.at(&[0, 0, 0]).children = vec![address.clone()])
            },
            ProfileError::ExtensionValue("cRLDistributionPoints"),
        ),
        (
            "an electronic mail address that is no IA5String",
            |c| {
                let address = Node::leaf(Tag::context_primitive(1), "署名".as_bytes());
                c.edit_extension(17, |s| s.children.push(address.clone()))
            },
            ProfileError::ExtensionValue("subjectAltName"),
        ),
        (
            "extKeyUsage on a signature certificate",
            |c| {
                c.extensions().push(extension(
                    b"\x55\x1d\x25",
                    false,
                    b"\x30\x0a\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x02",
                ))
            },
            ProfileError::ForbiddenExtension("extKeyUsage"),
        ),
        (
            "basicConstraints on a holder's certificate",
            |c| c.extensions().push(extension(b"\x55\x1d\x13", true, b"\x30\x00")),
            ProfileError::ForbiddenExtension("basicConstraints"),
        ),
        (
            "no subjectAltName",
            |c| c.extensions().retain(|e| e.children[0].content != [0x55, 0x1d, 17]),
            HolderError::Missing("name").into(),
        ),
        (
            "no name",
            |c| c.edit_extension(17, |s| drop(s.children.remove(0))),
            HolderError::Missing("name").into(),
        ),
        (
            "no birth",
            |c| c.edit_extension(17, |s| drop(s.children.remove(1))),
            HolderError::Missing("birth").into(),
        ),
        (
            "no sex",
            |c| c.edit_extension(17, |s| drop(s.children.remove(2))),
            HolderError::Missing("sex").into(),
        ),
        (
            "no address",
            |c| c.edit_extension(17, |s| drop(s.children.remove(3))),
            HolderError::Missing("address").into(),
        ),
        (
            "no flags of the name",
            |c| c.edit_extension(17, |s| drop(s.children.remove(4))),
            HolderError::Missing("nameSubstitutes").into(),
        ),
        (
            "two names",
            |c| {
                c.edit_extension(17, |s| {
                    let one = s.children[0].clone();
                    s.children.push(one)
                })
            },
            HolderError::Duplicate("name").into(),
        ),
        (
            "a name in another string type",
            |c| c.edit_extension(17, |s| s.at(&[0, 1, 0]).tag = Tag::IA5_STRING),
            ProfileError::Encoding(DerError { offset: 643, why: DerViolation::Content("IA5String") }),
        ),
        (
            "sex as PrintableString",
            |c| c.edit_extension(17, |s| s.at(&[2, 1, 0]).tag = Tag::PRINTABLE_STRING),
            HolderError::NotText("sex").into(),
        ),
        (
            "an empty name",
            |c| c.edit_extension(17, |s| s.at(&[0, 1, 0]).content.clear()),
            HolderError::Text("name").into(),
        ),
        (
            "a bidi control in the name",
            |c| c.edit_extension(17, |s| s.at(&[0, 1, 0]).content = "山\u{202e}田太郎".as_bytes().to_vec()),
            HolderError::Text("name").into(),
        ),
        (
            "a criticality that is written and FALSE",
            |c| c.extension(17).children.insert(1, Node::leaf(Tag::BOOLEAN, &[0])),
            ProfileError::Encoding(DerError {
                offset: 621,
                why: DerViolation::Content("BOOLEAN other than TRUE"),
            }),
        ),
        (
            "a line feed in the address",
            |c| c.edit_extension(17, |s| s.at(&[3, 1, 0]).content = b"a\nb".to_vec()),
            HolderError::Text("address").into(),
        ),
        (
            "one flag too few",
            |c| c.edit_extension(17, |s| s.at(&[4, 1, 0]).content = b"0000".to_vec()),
            HolderError::Substitutes("nameSubstitutes").into(),
        ),
        (
            "a flag 2",
            |c| c.edit_extension(17, |s| s.at(&[4, 1, 0]).content = b"00002".to_vec()),
            HolderError::Substitutes("nameSubstitutes").into(),
        ),
        (
            "sex 4",
            |c| c.edit_extension(17, |s| s.at(&[2, 1, 0]).content = b"4".to_vec()),
            HolderError::Sex.into(),
        ),
        (
            "30 February",
            |c| c.edit_extension(17, |s| s.at(&[1, 1, 0]).content = b"319800230".to_vec()),
            HolderError::BirthDate.into(),
        ),
        (
            "born in Heisei before it began",
            |c| c.edit_extension(17, |s| s.at(&[1, 1, 0]).content = b"419800217".to_vec()),
            HolderError::BirthDate.into(),
        ),
    ];
    for (name, edit, error) in table {
        let mut certificate = Node::parse(SIGNING);
        edit(&mut certificate);
        assert_eq!(SigningCertificate::parse(&certificate.encode()).as_ref(), Err(error), "{name}");
    }
}
