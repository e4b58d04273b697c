use super::*;
use crate::testing::{
    AUTHENTICATION, AUTHENTICATION_2019, AUTHENTICATION_2023, Node, SIGNATURE_2019, SIGNATURE_2024, SIGNING,
    extension,
};
use proptest::prelude::*;

#[test]
fn the_signature_certificate_of_a_test_card_is_read_in_full() {
    let signing = SigningCertificate::parse(SIGNING).unwrap();
    let holder = signing.holder();
    assert_eq!(holder.name, "黒桐　幹也");
    assert_eq!(holder.name_substitutes, "00000");
    assert_eq!(holder.address, "東京都清瀬市観布子南１２－７－２０２");
    assert_eq!(holder.address_substitutes, "0".repeat(18));
    assert_eq!(holder.birth.complete().as_deref(), Some("1980-02-17"));
    assert_eq!((holder.birth.era, holder.sex), (Era::Showa, Sex::Male));
    let certificate = signing.certificate();
    assert_eq!(certificate.serial_hex(), "1ee607");
    assert_eq!(certificate.policy().as_deref(), Some("1.2.392.200149.8.5.1.0.20"));
    assert_eq!(certificate.issuer_organization(), "JPKI-TEST");
    assert_eq!(certificate.not_before().to_string(), "2025-10-27T01:35:57Z");
    assert_eq!(certificate.not_after().to_string(), "2030-02-17T14:59:59Z");
    assert_eq!(certificate.der(), SIGNING);
}

#[test]
fn the_other_certificates_of_test_cards_are_read() {
    let authentication = AuthenticationCertificate::parse(AUTHENTICATION).unwrap();
    assert_eq!(
        authentication.certificate().policy().as_deref(),
        Some("1.2.392.200149.8.5.1.0.30")
    );
    for der in [
        SIGNATURE_2019,
        SIGNATURE_2024,
        AUTHENTICATION_2019,
        AUTHENTICATION_2023,
    ] {
        let authority = Authority::parse(der).unwrap();
        assert_eq!(authority.key_identifier().len(), 20);
        assert_eq!(authority.certificate().policy(), None);
    }
}

#[test]
fn no_certificate_passes_for_another_purpose() {
    assert_eq!(
        SigningCertificate::parse(AUTHENTICATION),
        Err(ProfileError::KeyUsage("signature"))
    );
    assert_eq!(
        SigningCertificate::parse(SIGNATURE_2024),
        Err(ProfileError::KeyUsage("signature"))
    );
    assert_eq!(
        AuthenticationCertificate::parse(SIGNING),
        Err(ProfileError::KeyUsage("authentication"))
    );
    assert_eq!(
        Authority::parse(SIGNING),
        Err(ProfileError::KeyUsage("authority"))
    );
}

type Edit = fn(&mut Node);

/// Numbers are the last arc of 2.5.29: 14 subjectKeyIdentifier, 15 keyUsage, 17 subjectAltName, 19 basicConstraints,
/// 31 cRLDistributionPoints, 32 certificatePolicies, 35 authorityKeyIdentifier, 37 extKeyUsage.
#[test]
fn every_departure_from_the_profile_has_its_own_refusal() {
    let table: &[(&str, Edit, ProfileError)] = &[
        (
            "version 2",
            |c| c.at(&[0, 0, 0]).content = vec![1],
            ProfileError::Version,
        ),
        (
            "serial zero",
            |c| c.at(&[0, 1]).content = vec![0],
            ProfileError::Serial,
        ),
        (
            "serial negative",
            |c| c.at(&[0, 1]).content = vec![0x80],
            ProfileError::Serial,
        ),
        (
            "serial of 21 octets",
            |c| c.at(&[0, 1]).content = vec![1; 21],
            ProfileError::Serial,
        ),
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
            ProfileError::Algorithm,
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
        (
            "subject empty",
            |c| c.at(&[0, 5]).children.clear(),
            ProfileError::Name,
        ),
        (
            "two attributes in one RDN",
            |c| {
                let l = c.at(&[0, 5, 1, 0]).clone();
                c.at(&[0, 5, 1]).children.push(l)
            },
            ProfileError::Name,
        ),
        (
            "validity reversed",
            |c| c.at(&[0, 4]).children.reverse(),
            ProfileError::ValidityReversed,
        ),
        (
            "GeneralizedTime before 2050",
            |c| *c.at(&[0, 4, 1]) = Node::leaf(Tag::GENERALIZED_TIME, b"20300217145959Z"),
            ProfileError::TimeForm,
        ),
        (
            "key not RSA",
            |c| *c.at(&[0, 6, 0, 0]).content.last_mut().unwrap() = 10,
            ProfileError::Key,
        ),
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
            |c| {
                c.extensions()
                    .retain(|e| e.children[0].content != [0x55, 0x1d, 15])
            },
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
            ProfileError::ExtensionValue("keyUsage"),
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
            |c| {
                c.extensions()
                    .retain(|e| e.children[0].content != [0x55, 0x1d, 32])
            },
            ProfileError::MissingExtension("certificatePolicies"),
        ),
        (
            "no distribution point",
            |c| {
                c.extensions()
                    .retain(|e| e.children[0].content != [0x55, 0x1d, 31])
            },
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
            |c| {
                c.edit_extension(31, |p| {
                    p.at(&[0]).children.push(Node::leaf(Tag(0x81), b"\x06\x40"))
                })
            },
            ProfileError::ExtensionValue("cRLDistributionPoints"),
        ),
        (
            "no authority key identifier",
            |c| {
                c.extensions()
                    .retain(|e| e.children[0].content != [0x55, 0x1d, 35])
            },
            ProfileError::MissingExtension("authorityKeyIdentifier"),
        ),
        (
            "an authority named without key identifier",
            |c| c.edit_extension(35, |a| drop(a.children.remove(0))),
            ProfileError::ExtensionValue("authorityKeyIdentifier"),
        ),
        (
            "no subject key identifier",
            |c| {
                c.extensions()
                    .retain(|e| e.children[0].content != [0x55, 0x1d, 14])
            },
            ProfileError::MissingExtension("subjectKeyIdentifier"),
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
            |c| {
                c.extensions()
                    .retain(|e| e.children[0].content != [0x55, 0x1d, 17])
            },
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
            ProfileError::ExtensionValue("subjectAltName"),
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
        assert_eq!(
            SigningCertificate::parse(&certificate.encode()).as_ref(),
            Err(error),
            "{name}"
        );
    }
}

#[test]
fn what_the_profile_leaves_open_is_accepted() {
    let table: &[(&str, Edit)] = &[
        ("an unknown extension that is not critical", |c| {
            c.extensions()
                .push(extension(b"\x2a\x03\x04", false, b"\x05\x00"))
        }),
        ("extensions in another order", |c| c.extensions().reverse()),
        ("a serial of 20 octets", |c| {
            c.at(&[0, 1]).content = vec![0x7f; 20]
        }),
        ("a serial of one octet", |c| c.at(&[0, 1]).content = vec![1]),
        ("an attribute of another number", |c| {
            c.edit_extension(17, |s| {
                let mut reading = s.children[0].clone();
                *reading.at(&[0]).content.last_mut().unwrap() = 7;
                s.children.push(reading);
            })
        }),
        ("an otherName of another kind", |c| {
            c.edit_extension(17, |s| {
                let mut other = s.children[0].clone();
                other.at(&[0]).content = b"\x2a\x03\x04".to_vec();
                s.children.push(other);
            })
        }),
        ("an unknown day of birth", |c| {
            c.edit_extension(17, |s| s.at(&[1, 1, 0]).content = b"319800200".to_vec())
        }),
        ("a common name of another form", |c| {
            c.at(&[0, 5, 3, 0, 1]).content = "氏名".as_bytes().to_vec()
        }),
    ];
    for (name, edit) in table {
        let mut certificate = Node::parse(SIGNING);
        edit(&mut certificate);
        assert!(SigningCertificate::parse(&certificate.encode()).is_ok(), "{name}");
    }
}

#[test]
fn keys_of_other_sizes_and_exponents_are_refused() {
    let refusal = |edit: &dyn Fn(&mut Node)| {
        let mut certificate = Node::parse(SIGNING);
        let mut key = Node::parse(&certificate.at(&[0, 6, 1]).content[1..]);
        edit(&mut key);
        certificate.at(&[0, 6, 1]).content = [vec![0], key.encode()].concat();
        SigningCertificate::parse(&certificate.encode()).unwrap_err()
    };
    assert_eq!(
        refusal(&|key| key.at(&[0]).content.truncate(129)),
        ProfileError::KeySize { octets: 128 }
    );
    assert_eq!(
        refusal(&|key| key.at(&[0]).content = vec![0x7f; 256]),
        ProfileError::KeySize { octets: 256 }
    );
    assert_eq!(
        refusal(&|key| key.at(&[1]).content = vec![3]),
        ProfileError::KeyNumbers
    );
    assert_eq!(
        refusal(&|key| *key.at(&[0]).content.last_mut().unwrap() &= 0xfe),
        ProfileError::KeyNumbers
    );
    assert_eq!(refusal(&|key| drop(key.children.pop())), ProfileError::Key);
}

#[test]
fn an_authority_that_departs_from_its_profile_is_refused() {
    let table: &[(&str, Edit, ProfileError)] = &[
        (
            "CA:FALSE",
            |c| c.set_extension(19, b"\x30\x00"),
            ProfileError::BasicConstraints,
        ),
        (
            "a path length",
            |c| c.set_extension(19, b"\x30\x06\x01\x01\xff\x02\x01\x00"),
            ProfileError::BasicConstraints,
        ),
        (
            "basicConstraints not critical",
            |c| drop(c.extension(19).children.remove(1)),
            ProfileError::NotCritical("basicConstraints"),
        ),
        (
            "issued by another",
            |c| c.at(&[0, 3, 2, 0, 1]).content = b"Another".to_vec(),
            ProfileError::NotSelfIssued,
        ),
        (
            "no key identifier",
            |c| {
                c.extensions()
                    .retain(|e| e.children[0].content != [0x55, 0x1d, 14])
            },
            ProfileError::MissingExtension("subjectKeyIdentifier"),
        ),
        (
            "keyUsage of certificates only",
            |c| c.set_extension(15, b"\x03\x02\x02\x04"),
            ProfileError::KeyUsage("authority"),
        ),
    ];
    for (name, edit, error) in table {
        let mut certificate = Node::parse(SIGNATURE_2024);
        edit(&mut certificate);
        assert_eq!(
            Authority::parse(&certificate.encode()).as_ref(),
            Err(error),
            "{name}"
        );
    }
}

#[test]
fn an_authentication_certificate_needs_exactly_client_authentication() {
    let mut without = Node::parse(AUTHENTICATION);
    without
        .extensions()
        .retain(|extension| extension.children[0].content != [0x55, 0x1d, 37]);
    assert_eq!(
        AuthenticationCertificate::parse(&without.encode()),
        Err(ProfileError::ExtendedKeyUsage)
    );
    let mut named = Node::parse(AUTHENTICATION);
    let names = Node::parse(SIGNING).extension(17).clone();
    named.extensions().push(names);
    assert_eq!(
        AuthenticationCertificate::parse(&named.encode()),
        Err(ProfileError::ForbiddenExtension("subjectAltName"))
    );
}

#[test]
fn nothing_may_follow_and_nothing_may_be_missing() {
    assert!(SigningCertificate::parse(&[SIGNING, b"\x00"].concat()).is_err());
    for length in 0..SIGNING.len() {
        assert!(SigningCertificate::parse(&SIGNING[..length]).is_err(), "{length}");
    }
}

proptest! {
    #[test]
    fn a_changed_octet_never_makes_it_panic(place in 0..SIGNING.len(), octet: u8) {
        let mut changed = SIGNING.to_vec();
        changed[place] = octet;
        if let Ok(parsed) = SigningCertificate::parse(&changed) {
            prop_assert_eq!(parsed.certificate().der(), changed.as_slice());
        }
    }

    #[test]
    fn no_input_makes_it_panic(input in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(SigningCertificate::parse(&input).is_err());
    }
}
