//! Wrong structure: each is refused by name and place, and judged as malformed there.

use super::*;
use crate::der::DerViolation;
use OcspViolation::Encoding;

fn violation(octets: &[u8]) -> OcspViolation {
    let error = OcspResponse::parse(octets).unwrap_err();
    assert!(error.offset <= octets.len(), "{error}");
    let judged = unknown(OcspProblem::Malformed { offset: error.offset });
    assert_eq!(status_of(octets, 0), judged);
    error.why
}

fn edited(edit: impl Fn(&mut Draft)) -> Vec<u8> {
    Draft::good().with(edit).encode()
}

fn saying(status: Node) -> Vec<u8> {
    Draft::saying(status).encode()
}

/// A good answer whose ResponseData is changed as a tree before it is signed.
fn data(edit: impl Fn(&mut Node)) -> Vec<u8> {
    let draft = Draft::good();
    let mut data = Node::parse(&draft.basic()).children[0].clone();
    edit(&mut data);
    successful(&draft.sign(&data))
}

/// The whole response, changed as a tree.
fn whole(edit: impl Fn(&mut Node)) -> Vec<u8> {
    let mut response = Node::parse(&Draft::good().encode());
    edit(&mut response);
    response.encode()
}

fn responder(edit: impl Fn(&mut Node)) -> Vec<u8> {
    Draft::delegated(appointed_by(SIGNATURE_2024, edit)).encode()
}

fn tag(expected: Tag, found: u8) -> OcspViolation {
    Encoding(DerViolation::Tag { expected: expected.0, found })
}

#[test]
fn what_stands_around_an_answer_is_strict() {
    let trailing = Encoding(DerViolation::TrailingOctets);
    let good = Draft::good().encode();
    let basic = Draft::good().basic();
    let table = vec![
        ("nothing", vec![], Encoding(DerViolation::Truncated)),
        ("an octet after it", [good.clone(), vec![0]].concat(), trailing.clone()),
        (
            "an octet after the answer inside",
            successful(&[basic.clone(), vec![0]].concat()),
            trailing.clone(),
        ),
        ("too long", vec![0; MAX_RESPONSE_OCTETS + 1], OcspViolation::TooLong(MAX_RESPONSE_OCTETS + 1)),
        ("no status", whole(|one| drop(one.children.remove(0))), tag(Tag::ENUMERATED, 0xa0)),
        ("the status that is not used", b"\x30\x03\x0a\x01\x04".to_vec(), OcspViolation::Status),
        ("a status above", b"\x30\x03\x0a\x01\x07".to_vec(), OcspViolation::Status),
        ("a status of two octets", b"\x30\x04\x0a\x02\x01\x00".to_vec(), OcspViolation::Status),
        ("success without answer", b"\x30\x03\x0a\x01\x00".to_vec(), OcspViolation::StatusWithoutAnswer),
        (
            "a refusal with an answer",
            whole(|one| one.at(&[0]).content = vec![3]),
            OcspViolation::StatusWithoutAnswer,
        ),
        (
            "another type of answer",
            whole(|one| one.at(&[1, 0, 0]).content = b"\x2a\x03\x04".to_vec()),
            OcspViolation::ResponseType("1.2.3.4".into()),
        ),
        ("an answer that is a SET", successful(&element(Tag::SET, b"")), tag(Tag::SEQUENCE, 0x31)),
        ("an empty answer", successful(b"\x30\x00"), Encoding(DerViolation::Truncated)),
        (
            "an answer in a string of its own",
            whole(|one| one.at(&[1, 0, 1]).tag = Tag(0x84)),
            tag(Tag::OCTET_STRING, 0x84),
        ),
        (
            "two answers",
            whole(|one| {
                let again = one.at(&[1, 0, 1]).clone();
                one.at(&[1, 0]).children.push(again);
            }),
            trailing.clone(),
        ),
        (
            "a signature with unused bits",
            {
                let mut basic = Node::parse(&basic);
                basic.at(&[2]).content = vec![1, 0];
                successful(&basic.encode())
            },
            Encoding(DerViolation::Content("BIT STRING")),
        ),
    ];
    for (name, octets, why) in table {
        assert_eq!(violation(&octets), why, "{name}");
    }
}

#[test]
fn what_stands_in_an_answer_is_strict() {
    let wrapped = |node| Node::branch(Tag::context(0), &[node]);
    let extra = |critical| extension(b"\x2a\x03\x04", critical, b"\x05\x00");
    let single_extensions =
        |list: &[Node]| Node::branch(Tag::context(1), &[Node::branch(Tag::SEQUENCE, list)]);
    let critical = || OcspViolation::UnknownCriticalExtension("1.2.3.4".into());
    let table = vec![
        (
            "the version that DER leaves out",
            data(|one| one.children.insert(0, wrapped(Node::leaf(Tag::INTEGER, &[0])))),
            OcspViolation::Version,
        ),
        (
            "another version",
            data(|one| one.children.insert(0, wrapped(Node::leaf(Tag::INTEGER, &[1])))),
            OcspViolation::Version,
        ),
        ("a responder by neither", data(|one| one.at(&[0]).tag = Tag::context(3)), OcspViolation::Responder),
        (
            "a key hash that is too short",
            data(|one| {
                let hash = Node::leaf(Tag::OCTET_STRING, &[1; 19]);
                *one.at(&[0]) = Node::branch(Tag::context(2), &[hash]);
            }),
            OcspViolation::Responder,
        ),
        ("no single answer", edited(|draft| draft.singles.clear()), OcspViolation::Empty),
        (
            "producedAt as UTCTime",
            data(|one| one.at(&[1]).tag = Tag::UTC_TIME),
            Encoding(DerViolation::Content("UTCTime")),
        ),
        (
            "a day that does not exist",
            data(|one| one.at(&[1]).content = b"20260230000000Z".to_vec()),
            Encoding(DerViolation::Content("GeneralizedTime")),
        ),
        (
            "a time with a fraction",
            data(|one| one.at(&[1]).content = b"20260921000000.5Z".to_vec()),
            Encoding(DerViolation::Content("GeneralizedTime")),
        ),
        (
            "a time without seconds",
            data(|one| one.at(&[1]).content = b"202609210000Z".to_vec()),
            Encoding(DerViolation::Content("GeneralizedTime")),
        ),
        (
            "a time of another century",
            data(|one| one.at(&[1]).content = b"21260921000000Z".to_vec()),
            OcspViolation::Time,
        ),
        (
            "due before it was made",
            edited(|draft| draft.singles[0].children[3] = wrapped(time(NOW - 61))),
            OcspViolation::NextUpdate,
        ),
        ("good with content", saying(Node::leaf(Tag(0x80), b"\x05\x00")), OcspViolation::CertStatus),
        (
            "good as a constructed value",
            saying(Node::branch(Tag::context(0), &[])),
            OcspViolation::CertStatus,
        ),
        ("a fourth status", saying(Node::leaf(Tag(0x83), b"")), OcspViolation::CertStatus),
        ("removeFromCRL", saying(says_revoked(NOW, Some(8))), OcspViolation::Reason),
        ("the reason that is not used", saying(says_revoked(NOW, Some(7))), OcspViolation::Reason),
        ("a reason above", saying(says_revoked(NOW, Some(11))), OcspViolation::Reason),
        (
            "a negative serial number",
            edited(|draft| draft.singles[0].at(&[0, 3]).content = vec![0x80]),
            OcspViolation::Serial,
        ),
        ("an empty nonce", edited(|draft| draft.extensions = vec![nonce(b"")]), OcspViolation::Nonce),
        (
            "a nonce of 129 octets",
            edited(|draft| draft.extensions = vec![nonce(&[7; 129])]),
            OcspViolation::Nonce,
        ),
        (
            "a nonce that is an INTEGER",
            edited(|draft| draft.extensions[0].children[1].content = b"\x02\x01\x07".to_vec()),
            OcspViolation::Nonce,
        ),
        (
            "the nonce twice",
            edited(|draft| draft.extensions.push(nonce(&SENT))),
            OcspViolation::DuplicateExtension("1.3.6.1.5.5.7.48.1.2".into()),
        ),
        ("a critical extension", edited(|draft| draft.extensions.push(extra(true))), critical()),
        (
            "a critical extension of a single answer",
            edited(|draft| draft.singles[0].children.push(single_extensions(&[extra(true)]))),
            critical(),
        ),
        (
            "a certificate of version 1",
            responder(|one| one.at(&[0, 0, 0]).content = vec![0]),
            OcspViolation::Version,
        ),
        (
            "a certificate whose validity is text",
            responder(|one| one.at(&[0, 4, 0]).tag = Tag::PRINTABLE_STRING),
            OcspViolation::Time,
        ),
        (
            "a certificate with an extension twice",
            responder(|one| {
                let again = one.extensions()[0].clone();
                one.extensions().push(again);
            }),
            OcspViolation::DuplicateExtension("2.5.29.15".into()),
        ),
    ];
    for (name, octets, why) in table {
        assert_eq!(violation(&octets), why, "{name}");
    }
}

/// The ways to every element that holds elements.
fn branches(node: &Node, way: &[usize], found: &mut Vec<Vec<usize>>) {
    if node.tag.is_constructed() {
        found.push(way.to_vec());
    }
    for (index, child) in node.children.iter().enumerate() {
        branches(child, &[way, &[index]].concat(), found);
    }
}

#[test]
fn nothing_can_be_added_anywhere_even_when_it_is_signed() {
    /// The subject of the responder's certificate, where the authority may write what it likes.
    const SUBJECT: &[usize] = &[3, 0, 0, 0, 5];
    let ignored = extension(b"\x2a\x03\x04", false, b"\x05\x00");
    let list = Node::branch(Tag::context(1), &[Node::branch(Tag::SEQUENCE, &[ignored])]);
    for says in [says_good(), says_revoked(NOW - DAY, Some(1))] {
        let draft = Draft::delegated(appointed_by(SIGNATURE_2024, |_| {})).with(|draft| {
            draft.singles = vec![single(holder_id(), says.clone())];
            draft.singles[0].children.push(list.clone());
        });
        let basic = Node::parse(&draft.basic());
        let mut ways = Vec::new();
        branches(&basic, &[], &mut ways);
        for way in ways.iter().filter(|way| !way.starts_with(SUBJECT)) {
            let mut longer = basic.clone();
            longer.at(way).children.push(Node::leaf(Tag::NULL, b""));
            issue(longer.at(&[3, 0, 0]), SIGNATURE_2024);
            let seal = Seal::make(&draft.key, &longer.at(&[0]).encode());
            longer.at(&[2]).content = [vec![0], seal].concat();
            let judged = status_of(&successful(&longer.encode()), 0);
            assert!(matches!(judged, RevocationStatus::Unknown { .. }), "{way:?}");
        }
    }
    for way in [&[][..], &[1], &[1, 0]] {
        violation(&whole(|one| one.at(way).children.push(Node::leaf(Tag::NULL, b""))));
    }
}

#[test]
fn encodings_that_only_ber_allows_are_refused() {
    let basic = Draft::good().basic();
    let content = Node::parse(&basic).children.iter().map(Node::encode).collect::<Vec<_>>().concat();
    let long_length = u16::try_from(content.len()).unwrap().to_be_bytes();
    let split = |octets: &[u8]| {
        let (one, other) = octets.split_at(octets.len() / 2);
        [element(Tag::OCTET_STRING, one), element(Tag::OCTET_STRING, other)].concat()
    };
    let table = [
        ("indefinite length", successful(&[b"\x30\x80".as_slice(), &content, b"\0\0"].concat())),
        ("a length with a zero", successful(&[b"\x30\x83\0".as_slice(), &long_length, &content].concat())),
        (
            "an answer in two pieces",
            whole(|one| {
                let pieces = split(&basic);
                *one.at(&[1, 0, 1]) = Node { children: vec![], ..Node::parse(&element(Tag(0x24), &pieces)) };
            }),
        ),
        (
            "a nonce in two pieces",
            edited(|draft| {
                draft.extensions[0].children[1].content = element(Tag(0x24), &split(&SENT));
            }),
        ),
        ("an INTEGER with a spare zero", edited(|draft| draft.singles[0].at(&[0, 3]).content.insert(0, 0))),
        (
            "FALSE, which DER leaves out",
            edited(|draft| {
                draft.extensions[0].children.insert(1, Node::leaf(Tag::BOOLEAN, &[0]));
            }),
        ),
        (
            "TRUE as one",
            edited(|draft| {
                draft.extensions[0].children.insert(1, Node::leaf(Tag::BOOLEAN, &[1]));
            }),
        ),
    ];
    for (name, octets) in table {
        assert!(matches!(violation(&octets), Encoding(_)), "{name}");
    }
}

#[test]
fn an_error_points_into_what_is_wrapped() {
    let octets = edited(|draft| draft.extensions = vec![nonce(b"")]);
    let place = octets.len()
        - octets.iter().rev().zip(octets.iter().rev().skip(1)).position(|pair| pair == (&0, &4)).unwrap()
        - 2;
    assert_eq!(OcspResponse::parse(&octets).unwrap_err().offset, place);
    let inside = data(|one| one.at(&[1]).content[14] = b'z');
    let place = inside.windows(2).position(|pair| pair == [0x18, 15]).unwrap();
    assert_eq!(OcspResponse::parse(&inside).unwrap_err().offset, place);
}
