use super::*;
use crate::certificate::SigningCertificate;
use crate::revocation::NotConsulted;
use crate::testing::{Node, SIGNATURE_2019, SIGNATURE_2024, SIGNING, Seal, extension};
use crate::world::World;
use proptest::prelude::*;

/// Seconds of a day in 2026 that everything happens around.
const NOW: i64 = 1_790_000_000;
const DAY: i64 = 86_400;

/// A list to be written: every part that a case may change.
#[derive(Clone)]
struct Draft {
    authority: Node,
    this_update: i64,
    next_update: Option<i64>,
    extensions: Vec<Node>,
    entries: Vec<Node>,
    spoil_signature: bool,
}

fn time(seconds: i64) -> Node {
    Node::leaf(Tag::UTC_TIME, UnixTime::from_seconds(seconds).to_utc_time().unwrap().as_bytes())
}

fn point() -> Node {
    let value = Node::parse(SIGNING).extension(31).children[1].content.clone();
    Node::parse(&value).children[0].children[0].clone()
}

fn scope(parts: &[Node]) -> Node {
    extension(ISSUING_DISTRIBUTION_POINT, true, &Node::branch(Tag::SEQUENCE, parts).encode())
}

fn key_identifier(authority: &mut Node) -> Node {
    let identifier = Node::parse(&authority.extension(14).children[1].content).content;
    let value = Node::branch(Tag::SEQUENCE, &[Node::leaf(Tag(0x80), &identifier)]);
    extension(AUTHORITY_KEY_IDENTIFIER, false, &value.encode())
}

fn entry(serial: &[u8], at: i64, extensions: &[Node]) -> Node {
    let mut parts = vec![Node::leaf(Tag::INTEGER, serial), time(at)];
    parts.extend((!extensions.is_empty()).then(|| Node::branch(Tag::SEQUENCE, extensions)));
    Node::branch(Tag::SEQUENCE, &parts)
}

fn reason(code: u8) -> Node {
    extension(REASON_CODE, false, &[0x0a, 1, code])
}

fn holder_serial() -> Vec<u8> {
    SigningCertificate::parse(SIGNING).unwrap().certificate().serial().to_vec()
}

impl Draft {
    /// The list that answers for the test card: made an hour ago, due tomorrow, with somebody else on it.
    fn good() -> Self {
        let mut authority = Node::parse(SIGNATURE_2024);
        let number = extension(CRL_NUMBER, false, b"\x02\x01\x07");
        let extensions = vec![key_identifier(&mut authority), number, scope(&[point()])];
        Self {
            authority,
            this_update: NOW - 3600,
            next_update: Some(NOW + DAY),
            extensions,
            entries: vec![entry(b"\x05", NOW - DAY, &[reason(4)])],
            spoil_signature: false,
        }
    }

    fn with(mut self, edit: impl Fn(&mut Self)) -> Self {
        edit(&mut self);
        self
    }

    fn revoking(code: u8) -> Self {
        Self::good().with(|draft| draft.entries.push(entry(&holder_serial(), NOW - 2 * DAY, &[reason(code)])))
    }

    fn encode(&self) -> Vec<u8> {
        let mut authority = self.authority.clone();
        let algorithm = Node::parse(crate::certificate::SHA256_WITH_RSA);
        let name = authority.at(&[0, 5]).clone();
        let mut parts = vec![Node::leaf(Tag::INTEGER, &[1]), algorithm.clone(), name, time(self.this_update)];
        parts.extend(self.next_update.map(time));
        parts.extend((!self.entries.is_empty()).then(|| Node::branch(Tag::SEQUENCE, &self.entries)));
        let extensions = Node::branch(Tag::SEQUENCE, &self.extensions);
        parts.push(Node::branch(Tag::context(0), &[extensions]));
        let signed = Node::branch(Tag::SEQUENCE, &parts);
        let mut seal = Seal::make(&authority.at(&[0, 6]).encode(), &signed.encode());
        seal[0] ^= u8::from(self.spoil_signature);
        let signature = Node::leaf(Tag::BIT_STRING, &[vec![0], seal].concat());
        Node::branch(Tag::SEQUENCE, &[signed, algorithm, signature]).encode()
    }
}

/// The status of the test card at NOW plus `offset`, by these lists.
fn status(drafts: &[Draft], offset: i64) -> RevocationStatus {
    let anchors = Anchors::load(World::JlisTest, &[SIGNATURE_2019, SIGNATURE_2024], &[]).unwrap();
    let lists = drafts.iter().map(|draft| Crl::parse(&draft.encode()).unwrap()).collect();
    let store = CrlStore::new(lists, &anchors, &Seal);
    let issuer = Authority::parse(SIGNATURE_2024).unwrap();
    let signing = SigningCertificate::parse(SIGNING).unwrap();
    store.status(signing.certificate(), &issuer, UnixTime::from_seconds(NOW + offset))
}

fn good(seconds: i64) -> RevocationStatus {
    RevocationStatus::Good { as_of: UnixTime::from_seconds(seconds) }
}

fn revoked(seconds: i64, reason: RevocationReason) -> RevocationStatus {
    RevocationStatus::Revoked { at: UnixTime::from_seconds(seconds), reason }
}

#[test]
fn a_current_list_that_covers_the_certificate_answers() {
    assert_eq!(status(&[Draft::good()], 0), good(NOW - 3600));
    let empty = Draft::good().with(|draft| draft.entries.clear());
    assert_eq!(status(&[empty], 0), good(NOW - 3600));
}

#[test]
fn every_reason_counts_as_revoked() {
    let since = NOW - 2 * DAY;
    for (code, reason) in [
        (0, RevocationReason::Unspecified),
        (1, RevocationReason::KeyCompromise),
        (2, RevocationReason::AuthorityCompromise),
        (3, RevocationReason::AffiliationChanged),
        (4, RevocationReason::Superseded),
        (5, RevocationReason::CessationOfOperation),
        (6, RevocationReason::Hold),
        (9, RevocationReason::Withdrawn(9)),
    ] {
        assert_eq!(status(&[Draft::revoking(code)], 0), revoked(since, reason), "{code}");
    }
    let silent = Draft::good().with(|draft| draft.entries.push(entry(&holder_serial(), since, &[])));
    assert_eq!(status(&[silent], 0), revoked(since, RevocationReason::Unspecified));
}

#[test]
fn whatever_cannot_answer_leaves_it_unknown_with_its_reason() {
    let later = UnixTime::from_seconds(NOW - 3600);
    let next_update = UnixTime::from_seconds(NOW + DAY);
    let no_list: Draft = Draft::good().with(|draft| drop(draft.extensions.pop()));
    let other_city = Draft::good().with(|draft| {
        let mut other = point();
        other.at(&[0, 0, 0, 5, 0, 1]).content = b"Mihon-shi CRLDP".to_vec();
        *draft.extensions.last_mut().unwrap() = scope(&[other]);
    });
    let other_generation = Draft::good().with(|draft| {
        draft.authority = Node::parse(SIGNATURE_2019);
        draft.extensions[0] = key_identifier(&mut draft.authority.clone());
    });
    let flagged = |flag: u8, content: &'static [u8]| {
        Draft::good().with(|draft| {
            *draft.extensions.last_mut().unwrap() = scope(&[point(), Node::leaf(Tag(flag), content)])
        })
    };
    let delta =
        Draft::good().with(|draft| draft.extensions.push(extension(DELTA_INDICATOR, true, b"\x02\x01\x01")));
    let foreign = Draft::good().with(|draft| {
        let issuer = Node::branch(
            Tag::SEQUENCE,
            &[Node::branch(Tag::context(4), &[draft.authority.clone().at(&[0, 5]).clone()])],
        );
        draft.entries =
            vec![entry(b"\x05", NOW - DAY, &[extension(CERTIFICATE_ISSUER, true, &issuer.encode())])];
    });
    let table = [
        ("no list", vec![], 0, UnknownReason::NoList),
        ("a list without distribution point", vec![no_list], 0, UnknownReason::NoList),
        ("the list of another city", vec![other_city], 0, UnknownReason::NoList),
        ("the list of another generation", vec![other_generation], 0, UnknownReason::NoList),
        (
            "a list that nobody signed",
            vec![Draft::good().with(|draft| draft.spoil_signature = true)],
            0,
            UnknownReason::List(CrlProblem::Signature),
        ),
        ("an outdated list", vec![Draft::good()], DAY + 1, UnknownReason::Outdated { next_update }),
        ("a list from later", vec![Draft::good()], -3601, UnknownReason::FromLater { this_update: later }),
        ("a delta list", vec![delta], 0, UnknownReason::List(CrlProblem::Delta)),
        ("an indirect list", vec![flagged(0x84, b"\xff")], 0, UnknownReason::List(CrlProblem::Indirect)),
        ("an entry of another issuer", vec![foreign], 0, UnknownReason::List(CrlProblem::Indirect)),
        ("a list of authorities", vec![flagged(0x82, b"\xff")], 0, UnknownReason::List(CrlProblem::Partial)),
        (
            "a list for some reasons",
            vec![flagged(0x83, b"\x06\x40")],
            0,
            UnknownReason::List(CrlProblem::Partial),
        ),
        ("a list of attributes", vec![flagged(0x85, b"\xff")], 0, UnknownReason::List(CrlProblem::Partial)),
    ];
    for (name, drafts, offset, why) in table {
        assert_eq!(status(&drafts, offset), RevocationStatus::Unknown { why }, "{name}");
    }
    assert_eq!(
        status(&[flagged(0x81, b"\xff")], 0),
        good(NOW - 3600),
        "a list of holders' certificates only"
    );
}

#[test]
fn among_several_lists_revocation_wins_and_then_the_newest() {
    let old = Draft::good().with(|draft| {
        draft.this_update = NOW - 10 * DAY;
        draft.next_update = Some(NOW - 9 * DAY);
    });
    assert_eq!(status(&[old.clone(), Draft::good()], 0), good(NOW - 3600));
    assert_eq!(status(&[Draft::good(), old.clone()], 0), good(NOW - 3600));
    let outdated = Draft::revoking(1).with(|draft| draft.next_update = Some(draft.this_update));
    let since = revoked(NOW - 2 * DAY, RevocationReason::KeyCompromise);
    assert_eq!(status(&[Draft::good(), outdated.clone()], 0), since);
    assert_eq!(status(&[outdated], DAY), since);
    let forged = Draft::revoking(1).with(|draft| draft.spoil_signature = true);
    assert_eq!(status(&[Draft::good(), forged], 0), good(NOW - 3600));
}

#[test]
fn a_later_list_tells_of_earlier_revocations_only() {
    let at = |offset| status(&[Draft::revoking(1)], offset);
    assert_eq!(at(-2 * DAY), revoked(NOW - 2 * DAY, RevocationReason::KeyCompromise));
    let this_update = UnixTime::from_seconds(NOW - 3600);
    assert_eq!(at(-2 * DAY - 1), RevocationStatus::Unknown { why: UnknownReason::FromLater { this_update } });
}

#[test]
fn who_asks_nobody_gets_unknown() {
    let issuer = Authority::parse(SIGNATURE_2024).unwrap();
    let signing = SigningCertificate::parse(SIGNING).unwrap();
    let status = NotConsulted.status(signing.certificate(), &issuer, UnixTime::from_seconds(NOW));
    assert_eq!(status, RevocationStatus::Unknown { why: UnknownReason::NotConsulted });
}

#[test]
fn malformed_lists_are_refused_by_name() {
    let table: Vec<(&str, Draft, CrlError)> = vec![
        ("no nextUpdate", Draft::good().with(|draft| draft.next_update = None), CrlError::NextUpdate),
        (
            "due before it was made",
            Draft::good().with(|draft| draft.next_update = Some(NOW - DAY)),
            CrlError::NextUpdate,
        ),
        (
            "no authority key identifier",
            Draft::good().with(|draft| drop(draft.extensions.remove(0))),
            CrlError::NoAuthorityKeyIdentifier,
        ),
        (
            "an unknown critical extension",
            Draft::good().with(|draft| draft.extensions.push(extension(b"\x2a\x03\x04", true, b"\x05\x00"))),
            CrlError::UnknownCriticalExtension("1.2.3.4".into()),
        ),
        (
            "an extension twice",
            Draft::good().with(|draft| draft.extensions.push(scope(&[point()]))),
            CrlError::DuplicateExtension("2.5.29.28".into()),
        ),
        (
            "more extensions than are compared",
            Draft::good().with(|draft| {
                draft.extensions =
                    (0..33).map(|last| extension(&[0x2a, 3, last], false, b"\x05\x00")).collect()
            }),
            CrlError::TooManyExtensions(33),
        ),
        (
            "an unknown critical extension of an entry",
            Draft::good().with(|draft| {
                draft.entries = vec![entry(b"\x05", NOW, &[extension(b"\x2a\x03\x04", true, b"\x05\x00")])]
            }),
            CrlError::UnknownCriticalExtension("1.2.3.4".into()),
        ),
        (
            "a flag of the scope that says FALSE",
            Draft::good()
                .with(|draft| draft.extensions[2] = scope(&[point(), Node::leaf(Tag(0x81), b"\x00")])),
            CrlError::ExtensionValue("issuingDistributionPoint"),
        ),
        (
            "a scope that is not DER",
            Draft::good()
                .with(|draft| draft.extensions[2] = extension(ISSUING_DISTRIBUTION_POINT, true, b"\x30\x80")),
            CrlError::ExtensionValue("issuingDistributionPoint"),
        ),
        (
            "a serial number twice",
            Draft::revoking(1).with(|draft| draft.entries.push(entry(&holder_serial(), NOW, &[]))),
            CrlError::DuplicateEntry,
        ),
        ("a reason that only delta lists have", Draft::revoking(8), CrlError::ExtensionValue("reasonCode")),
        ("a reason without meaning", Draft::revoking(11), CrlError::ExtensionValue("reasonCode")),
    ];
    for (name, draft, error) in table {
        assert_eq!(Crl::parse(&draft.encode()), Err(error), "{name}");
    }
    let mut first = Node::parse(&Draft::good().encode());
    first.at(&[0]).children.remove(0);
    assert_eq!(Crl::parse(&first.encode()), Err(CrlError::Structure));
    let mut differing = Node::parse(&Draft::good().encode());
    differing.at(&[1]).children.pop();
    assert_eq!(Crl::parse(&differing.encode()), Err(CrlError::Algorithm(ProfileError::AlgorithmsDiffer)));
}

proptest! {
    #[test]
    fn a_changed_octet_never_makes_it_panic(place in 0..700_usize, octet: u8) {
        let mut changed = Draft::revoking(1).encode();
        let place = place % changed.len();
        changed[place] = octet;
        let _ = Crl::parse(&changed);
    }

    #[test]
    fn no_change_of_several_octets_makes_it_panic(
        changes in proptest::collection::vec((any::<u16>(), any::<u8>()), 2..8),
        length in 0..800_usize,
    ) {
        let mut changed = Draft::revoking(1).encode();
        for (place, octet) in changes {
            let place = usize::from(place) % changed.len();
            changed[place] = octet;
        }
        let _ = Crl::parse(&changed);
        changed.truncate(length);
        let _ = Crl::parse(&changed);
    }
}
