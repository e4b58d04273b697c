//! Lists that leave the profile, each refused by the rule and at the place where it does.

use super::*;
use crate::der::DerViolation;

#[test]
fn malformed_lists_are_refused_by_name() {
    let edited = |edit: fn(&mut Draft)| Draft::good().with(edit);
    let entries = |entries: Vec<Node>| Draft::good().with(|draft| draft.entries = entries.clone());
    let unknown = || extension(b"\x2a\x03\x04", true, b"\x05\x00");
    let wrong_tag = |expected, found| CrlViolation::Encoding(DerViolation::Tag { expected, found });
    let false_flag = CrlViolation::Encoding(DerViolation::Content("BOOLEAN other than TRUE"));
    let table: Vec<(&str, Draft, CrlViolation)> = vec![
        ("no nextUpdate", edited(|draft| draft.next_update = None), CrlViolation::NextUpdate),
        (
            "due before it was made",
            edited(|draft| draft.next_update = Some(NOW - DAY)),
            CrlViolation::NextUpdate,
        ),
        (
            "no authority key identifier",
            edited(|draft| drop(draft.extensions.remove(0))),
            CrlViolation::NoAuthorityKeyIdentifier,
        ),
        (
            "an unknown critical extension",
            Draft::good().with(|draft| draft.extensions.push(unknown())),
            CrlViolation::UnknownCriticalExtension("1.2.3.4".into()),
        ),
        (
            "an extension twice",
            edited(|draft| draft.extensions.push(scope(&[point()]))),
            CrlViolation::DuplicateExtension("2.5.29.28".into()),
        ),
        (
            "more extensions than are compared",
            edited(|draft| {
                draft.extensions =
                    (0..33).map(|last| extension(&[0x2a, 3, last], false, b"\x05\x00")).collect()
            }),
            CrlViolation::TooManyExtensions,
        ),
        (
            "an unknown critical extension of an entry",
            entries(vec![entry(b"\x05", NOW, &[unknown()])]),
            CrlViolation::UnknownCriticalExtension("1.2.3.4".into()),
        ),
        (
            "a flag of the scope that says FALSE",
            edited(|draft| draft.extensions[2] = scope(&[point(), Node::leaf(Tag(0x81), b"\x00")])),
            false_flag,
        ),
        (
            "a scope that is not DER",
            edited(|draft| draft.extensions[2] = extension(ISSUING_DISTRIBUTION_POINT, true, b"\x30\x80")),
            CrlViolation::Encoding(DerViolation::Length),
        ),
        (
            "a scope that need not be understood",
            edited(|draft| {
                let value = Node::branch(Tag::SEQUENCE, &[point()]).encode();
                draft.extensions[2] = extension(ISSUING_DISTRIBUTION_POINT, false, &value);
            }),
            CrlViolation::ScopeNotCritical,
        ),
        (
            "a number below zero",
            edited(|draft| draft.extensions[1] = extension(CRL_NUMBER, false, b"\x02\x01\x80")),
            CrlViolation::Number,
        ),
        (
            "a number that is a text",
            edited(|draft| draft.extensions[1] = extension(CRL_NUMBER, false, b"\x0c\x01\x37")),
            wrong_tag(0x02, 0x0c),
        ),
        (
            "a serial number twice",
            Draft::revoking(1).with(|draft| draft.entries.push(entry(&holder_serial(), NOW, &[]))),
            CrlViolation::DuplicateEntry,
        ),
        ("a serial number of zero", entries(vec![entry(b"\x00", NOW, &[])]), CrlViolation::Serial),
        ("a serial number below zero", entries(vec![entry(b"\x80", NOW, &[])]), CrlViolation::Serial),
        ("a serial number of 21 octets", entries(vec![entry(&[1; 21], NOW, &[])]), CrlViolation::Serial),
        ("a reason that only delta lists have", Draft::revoking(8), CrlViolation::Reason),
        ("a reason without meaning", Draft::revoking(11), CrlViolation::Reason),
        ("a reason that is not used", Draft::revoking(7), CrlViolation::Reason),
        (
            "a reason that is a number",
            entries(vec![entry(b"\x05", NOW, &[extension(REASON_CODE, false, b"\x02\x01\x01")])]),
            wrong_tag(0x0a, 0x02),
        ),
        (
            "an entry with something behind it",
            entries(vec![Node::branch(
                Tag::SEQUENCE,
                &[
                    Node::leaf(Tag::INTEGER, b"\x05"),
                    time(NOW),
                    Node::branch(Tag::SEQUENCE, &[reason(1)]),
                    Node::leaf(Tag::NULL, b""),
                ],
            )]),
            CrlViolation::Encoding(DerViolation::TrailingOctets),
        ),
        (
            "a date of another form",
            entries(vec![Node::branch(
                Tag::SEQUENCE,
                &[Node::leaf(Tag::INTEGER, b"\x05"), Node::leaf(Tag::GENERALIZED_TIME, b"20260101000000Z")],
            )]),
            CrlViolation::Time,
        ),
    ];
    for (name, draft, why) in table {
        let list = draft.encode();
        let error = Crl::parse(&list).unwrap_err();
        assert_eq!(error.why, why, "{name}");
        assert!((1..list.len()).contains(&error.offset), "{name}: octet {}", error.offset);
    }
}

#[test]
fn a_structure_that_is_not_a_list_is_refused_where_it_departs() {
    type Edit = fn(&mut Node);
    let tag = |expected, found| CrlViolation::Encoding(DerViolation::Tag { expected, found });
    let differ = CrlViolation::Algorithm(ProfileError::AlgorithmsDiffer);
    let table: [(&str, Edit, CrlViolation); 6] = [
        ("no version", |list| drop(list.at(&[0]).children.remove(0)), tag(0x02, 0x30)),
        ("version 1", |list| list.at(&[0, 0]).content = vec![0], CrlViolation::Version),
        ("algorithms that differ", |list| drop(list.at(&[1]).children.pop()), differ),
        ("an empty list of entries", |list| list.at(&[0, 5]).children.clear(), CrlViolation::NoEntries),
        (
            "something behind the extensions",
            |list| list.at(&[0]).children.push(Node::leaf(Tag::NULL, b"")),
            CrlViolation::Encoding(DerViolation::TrailingOctets),
        ),
        (
            "something behind the signature",
            |list| list.children.push(Node::leaf(Tag::NULL, b"")),
            CrlViolation::Encoding(DerViolation::TrailingOctets),
        ),
    ];
    for (name, edit, why) in table {
        let mut list = Node::parse(&Draft::good().encode());
        edit(&mut list);
        assert_eq!(Crl::parse(&list.encode()).unwrap_err().why, why, "{name}");
    }
}
