use super::*;
use crate::der::Tag;
use crate::testing::{
    AUTHENTICATION, AUTHENTICATION_2019, AUTHENTICATION_2023, Node, SIGNATURE_2019, SIGNATURE_2024, SIGNING,
    extension,
};
use proptest::prelude::*;

mod departures;

/// One change to the tree of a certificate.
type Edit = fn(&mut Node);

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
    assert_eq!(authentication.certificate().policy().as_deref(), Some("1.2.392.200149.8.5.1.0.30"));
    for der in [SIGNATURE_2019, SIGNATURE_2024, AUTHENTICATION_2019, AUTHENTICATION_2023] {
        let authority = Authority::parse(der).unwrap();
        assert_eq!(authority.key_identifier().len(), 20);
        assert_eq!(authority.certificate().policy(), None);
    }
}

#[test]
fn no_certificate_passes_for_another_purpose() {
    assert_eq!(SigningCertificate::parse(AUTHENTICATION), Err(ProfileError::KeyUsage("signature")));
    assert_eq!(SigningCertificate::parse(SIGNATURE_2024), Err(ProfileError::KeyUsage("signature")));
    assert_eq!(AuthenticationCertificate::parse(SIGNING), Err(ProfileError::KeyUsage("authentication")));
    assert_eq!(Authority::parse(SIGNING), Err(ProfileError::KeyUsage("authority")));
}

#[test]
fn what_the_profile_leaves_open_is_accepted() {
    let table: &[(&str, Edit)] = &[
        ("an unknown extension that is not critical", |c| {
            c.extensions().push(extension(b"\x2a\x03\x04", false, b"\x05\x00"))
        }),
        ("extensions in another order", |c| c.extensions().reverse()),
        ("a serial of 20 octets", |c| c.at(&[0, 1]).content = vec![0x7f; 20]),
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
        ("names of the Internet beside the otherNames", |c| {
            c.edit_extension(17, |s| {
                s.children.push(Node::leaf(Tag::context_primitive(1), b"taro@example.jp"));
                s.children.push(Node::leaf(Tag::context_primitive(7), &[192, 0, 2, 1]))
            })
        }),
        ("valid beyond 2049, as GeneralizedTime", |c| {
            *c.at(&[0, 4, 1]) = Node::leaf(Tag::GENERALIZED_TIME, b"20500101000000Z")
        }),
        ("an unknown day of birth", |c| {
            c.edit_extension(17, |s| s.at(&[1, 1, 0]).content = b"319800200".to_vec())
        }),
        ("a common name of another form", |c| c.at(&[0, 5, 3, 0, 1]).content = "氏名".as_bytes().to_vec()),
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
    assert_eq!(refusal(&|key| key.at(&[0]).content.truncate(129)), ProfileError::KeySize { octets: 128 });
    assert_eq!(refusal(&|key| key.at(&[0]).content = vec![0x7f; 256]), ProfileError::KeySize { octets: 256 });
    assert_eq!(refusal(&|key| key.at(&[1]).content = vec![3]), ProfileError::KeyNumbers);
    assert_eq!(refusal(&|key| *key.at(&[0]).content.last_mut().unwrap() &= 0xfe), ProfileError::KeyNumbers);
    assert_eq!(refusal(&|key| drop(key.children.pop())), ProfileError::Key);
}

#[test]
fn an_authority_that_departs_from_its_profile_is_refused() {
    let table: &[(&str, Edit, ProfileError)] = &[
        ("CA:FALSE", |c| c.set_extension(19, b"\x30\x00"), ProfileError::BasicConstraints),
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
            |c| c.extensions().retain(|e| e.children[0].content != [0x55, 0x1d, 14]),
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
        assert_eq!(Authority::parse(&certificate.encode()).as_ref(), Err(error), "{name}");
    }
}

#[test]
fn an_authentication_certificate_needs_exactly_client_authentication() {
    let mut without = Node::parse(AUTHENTICATION);
    without.extensions().retain(|extension| extension.children[0].content != [0x55, 0x1d, 37]);
    assert_eq!(AuthenticationCertificate::parse(&without.encode()), Err(ProfileError::ExtendedKeyUsage));
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

/// Every parser of this crate on the same octets; what one accepts is what it was given.
fn read_by_every_parser(input: &[u8]) {
    if let Ok(parsed) = SigningCertificate::parse(input) {
        assert_eq!(parsed.certificate().der(), input);
    }
    if let Ok(parsed) = AuthenticationCertificate::parse(input) {
        assert_eq!(parsed.certificate().der(), input);
    }
    if let Ok(parsed) = Authority::parse(input) {
        assert_eq!(parsed.certificate().der(), input);
    }
    let _ = crate::crl::Crl::parse(input);
}

/// One step of a mutation: a place, what to do there, and an octet to do it with.
type Step = (u16, u8, u8);

fn mutate(octets: &mut Vec<u8>, (place, how, octet): Step) {
    let place = usize::from(place) % (octets.len() + 1);
    match how % 5 {
        0 => octets.insert(place, octet),
        1 => drop((place < octets.len()).then(|| octets.remove(place))),
        2 => octets.truncate(place),
        3 => octets.extend_from_within(..place.min(64)),
        _ => octets.iter_mut().skip(place).take(1).for_each(|old| *old = octet),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn no_mutation_of_a_real_certificate_makes_any_parser_panic(
        which in 0..3_usize,
        steps in proptest::collection::vec(any::<Step>(), 1..6),
    ) {
        let mut octets = [SIGNING, AUTHENTICATION, SIGNATURE_2024][which].to_vec();
        steps.into_iter().for_each(|step| mutate(&mut octets, step));
        read_by_every_parser(&octets);
    }

    #[test]
    fn no_value_of_an_extension_makes_any_parser_panic(
        place in 0..7_usize,
        value in proptest::collection::vec(any::<u8>(), 0..60),
    ) {
        let mut certificate = Node::parse(SIGNING);
        certificate.extensions()[place].children.last_mut().unwrap().content = value;
        read_by_every_parser(&certificate.encode());
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
