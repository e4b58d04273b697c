mod merging;

use super::*;
use crate::anchors::Anchors;
use crate::certificate::{Authority, SigningCertificate};
use crate::revocation::{
    Evidence, ListEvidence, NotConsulted, RevocationAnswer, RevocationReason, RevocationSource,
    RevocationStatus, UnknownReason,
};
use crate::testing::{Node, SIGNATURE_2019, SIGNATURE_2024, SIGNING, Seal, extension};
use crate::world::World;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

mod malformed;

const AUTHORITY_KEY_IDENTIFIER: &[u8] = b"\x55\x1d\x23";
const CRL_NUMBER: &[u8] = b"\x55\x1d\x14";
const DELTA_INDICATOR: &[u8] = b"\x55\x1d\x1b";
const ISSUING_DISTRIBUTION_POINT: &[u8] = b"\x55\x1d\x1c";
const REASON_CODE: &[u8] = b"\x55\x1d\x15";
const CERTIFICATE_ISSUER: &[u8] = b"\x55\x1d\x1d";

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

fn anchors() -> Anchors {
    Anchors::load(World::JlisTest, &[SIGNATURE_2019, SIGNATURE_2024], &[]).unwrap()
}

/// An index with these lists, as far as they go in.
fn index(drafts: &[Draft]) -> CrlIndex {
    let mut index = CrlIndex::default();
    for draft in drafts {
        let _ = index.insert(Crl::parse(&draft.encode()).unwrap(), &anchors(), &Seal);
    }
    index
}

fn ask(index: &CrlIndex, offset: i64) -> RevocationAnswer {
    let issuer = Authority::parse(SIGNATURE_2024).unwrap();
    let signing = SigningCertificate::parse(SIGNING).unwrap();
    index.answer(signing.certificate(), &issuer, UnixTime::from_seconds(NOW + offset))
}

/// The status of the test card at NOW plus `offset`, by these lists.
fn status(drafts: &[Draft], offset: i64) -> RevocationStatus {
    ask(&index(drafts), offset).status
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
        (
            "a list without a number",
            vec![Draft::good().with(|draft| drop(draft.extensions.remove(1)))],
            0,
            UnknownReason::List(CrlProblem::NoNumber),
        ),
        (
            "a list from after the certificate's end",
            vec![Draft::good().with(|draft| {
                draft.this_update = 1_900_000_000;
                draft.next_update = Some(1_900_000_000 + DAY);
            })],
            1_900_000_000 - NOW,
            UnknownReason::AfterExpiry {
                not_after: SigningCertificate::parse(SIGNING).unwrap().certificate().not_after(),
            },
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

/// The good list with another number.
fn numbered(number: u8) -> Draft {
    Draft::good().with(|draft| draft.extensions[1] = extension(CRL_NUMBER, false, &[2, 1, number]))
}

#[test]
fn a_list_of_full_scope_answers_too() {
    let full = |draft: Draft| draft.with(|draft| drop(draft.extensions.pop()));
    assert_eq!(status(&[full(Draft::good())], 0), good(NOW - 3600));
    let since = revoked(NOW - 2 * DAY, RevocationReason::KeyCompromise);
    assert_eq!(status(&[Draft::good(), full(Draft::revoking(1))], 0), since);
    let outdated = Draft::good().with(|draft| draft.next_update = Some(draft.this_update));
    assert_eq!(status(&[outdated, full(Draft::good())], 0), good(NOW - 3600));
}

#[test]
fn of_several_lists_the_one_with_the_highest_number_answers() {
    let since = revoked(NOW - 2 * DAY, RevocationReason::KeyCompromise);
    let newer = Draft::revoking(1).with(|draft| draft.extensions[1] = numbered(8).extensions[1].clone());
    for drafts in [[numbered(7), newer.clone()], [newer.clone(), numbered(7)]] {
        assert_eq!(status(&drafts, 0), since);
    }
    let outdated = newer.clone().with(|draft| draft.next_update = Some(draft.this_update));
    assert_eq!(status(&[outdated.clone(), numbered(7)], 0), since, "an outdated list revokes still");
    assert_eq!(status(&[outdated], DAY), since);
    let forged = newer.with(|draft| draft.spoil_signature = true);
    assert_eq!(status(&[numbered(7), forged], 0), good(NOW - 3600), "who signs nothing takes nothing away");
}

#[test]
fn an_older_list_than_one_seen_before_is_refused_after_a_restart_too() {
    let mut first = CrlIndex::default();
    let insert = |index: &mut CrlIndex, draft: &Draft| {
        index.insert(Crl::parse(&draft.encode()).unwrap(), &anchors(), &Seal)
    };
    assert_eq!(insert(&mut first, &numbered(8)), Ok(()));
    assert_eq!(insert(&mut first, &numbered(7)), Err(CrlProblem::Older));
    assert_eq!(ask(&first, 0).status, good(NOW - 3600));
    let remembered: SeenNumbers = first.seen().to_string().parse().unwrap();
    let mut second = CrlIndex::new(remembered);
    assert_eq!(insert(&mut second, &numbered(7)), Err(CrlProblem::Older));
    let why = UnknownReason::List(CrlProblem::Older);
    assert_eq!(ask(&second, 0).status, RevocationStatus::Unknown { why });
    assert_eq!(insert(&mut second, &numbered(8)), Ok(()));
    assert_eq!(ask(&second, 0).status, good(NOW - 3600));
}

#[test]
fn the_evidence_is_the_list_by_number_and_digest() {
    let draft = Draft::revoking(3);
    let list = ListEvidence {
        number: CrlNumber::new(&[7]).unwrap(),
        sha256: Sha256::digest(draft.encode()).into(),
        this_update: UnixTime::from_seconds(NOW - 3600),
        next_update: UnixTime::from_seconds(NOW + DAY),
    };
    assert_eq!(ask(&index(&[draft]), 0).evidence, Some(Evidence::List(list)));
    assert_eq!(ask(&index(&[Draft::good()]), DAY + 1).evidence, None);
}

#[test]
fn an_issuer_with_the_same_key_identifier_and_another_key_is_not_answered_for() {
    let mut twin = Node::parse(SIGNATURE_2024);
    let mut key = Node::parse(&twin.at(&[0, 6, 1]).content[1..]);
    key.at(&[0]).content[200] ^= 1;
    twin.at(&[0, 6, 1]).content = [vec![0], key.encode()].concat();
    let twin = Authority::parse(&twin.encode()).unwrap();
    let signing = SigningCertificate::parse(SIGNING).unwrap();
    let answer = index(&[Draft::good()]).answer(signing.certificate(), &twin, UnixTime::from_seconds(NOW));
    assert_eq!(answer, RevocationAnswer::unknown(UnknownReason::NoList));
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
    let answer = NotConsulted.answer(signing.certificate(), &issuer, UnixTime::from_seconds(NOW));
    assert_eq!(answer, RevocationAnswer::unknown(UnknownReason::NotConsulted));
}

#[test]
fn what_a_list_says_can_be_read() {
    let octets = Draft::revoking(3).encode();
    let crl = Crl::parse(&octets).unwrap();
    assert_eq!((crl.number(), crl.problem(), crl.len()), (Some(&[7][..]), None, 2));
    assert_eq!(crl.distribution_point(), Some(point().encode().as_slice()));
    let reasons: Vec<_> = crl.entries().map(|entry| entry.reason).collect();
    assert_eq!(reasons, [RevocationReason::Superseded, RevocationReason::AffiliationChanged]);
    let unnumbered = Draft::good().with(|draft| drop(draft.extensions.remove(1))).encode();
    assert_eq!(Crl::parse(&unnumbered).unwrap().problem(), Some(CrlProblem::NoNumber));
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
