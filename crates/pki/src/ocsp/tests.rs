//! Answers made by hand around certificates of test cards, with a seal in place of RSA; and OpenSSL as judge.

mod departures;
mod forms;
mod lab;
mod octets;
mod openssl;

use super::*;
use crate::certificate::{Authority, SHA256_WITH_RSA, SigningCertificate};
use crate::der::{Tag, element};
use crate::revocation::{RevocationReason, RevocationSource, RevocationStatus, UnknownReason};
use crate::testing::{AUTHENTICATION, Node, SIGNATURE_2024, SIGNING, Seal, extension};
use crate::time::UnixTime;
use sha1::{Digest, Sha1};

/// Seconds of a day in 2026 that everything happens around.
const NOW: i64 = 1_790_000_000;
const DAY: i64 = 86_400;
/// The nonce of the question.
const SENT: [u8; NONCE_OCTETS] = [7; NONCE_OCTETS];

/// An answer to be written: every part that a case may change.
#[derive(Clone)]
struct Draft {
    /// The SubjectPublicKeyInfo of whoever signs.
    key: Vec<u8>,
    responder: Node,
    produced_at: Node,
    singles: Vec<Node>,
    extensions: Vec<Node>,
    algorithm: Node,
    certificates: Vec<Node>,
    spoil_signature: bool,
}

fn general(text: &str) -> Node {
    Node::leaf(Tag::GENERALIZED_TIME, text.as_bytes())
}

fn time(seconds: i64) -> Node {
    general(&format!("20{}", UnixTime::from_seconds(seconds).to_utc_time().unwrap()))
}

fn certificate() -> SigningCertificate {
    SigningCertificate::parse(SIGNING).unwrap()
}

fn issuer() -> Authority {
    Authority::parse(SIGNATURE_2024).unwrap()
}

/// The octets of the key in a certificate's tree.
fn key_octets(certificate: &mut Node) -> Vec<u8> {
    certificate.at(&[0, 6, 1]).content[1..].to_vec()
}

fn key_of(certificate: &mut Node) -> Vec<u8> {
    certificate.at(&[0, 6]).encode()
}

/// A CertID by SHA-1, made from the parts of the authority's certificate.
fn id(authority: &[u8], serial: &[u8]) -> Node {
    let mut authority = Node::parse(authority);
    let algorithm = Node::parse(b"\x30\x09\x06\x05\x2b\x0e\x03\x02\x1a\x05\x00");
    let name = Sha1::digest(authority.at(&[0, 5]).encode());
    let key = Sha1::digest(key_octets(&mut authority));
    let hash = |octets: &[u8]| Node::leaf(Tag::OCTET_STRING, octets);
    Node::branch(Tag::SEQUENCE, &[algorithm, hash(&name), hash(&key), Node::leaf(Tag::INTEGER, serial)])
}

fn holder_id() -> Node {
    id(SIGNATURE_2024, certificate().certificate().serial())
}

fn single(id: Node, status: Node) -> Node {
    let next = Node::branch(Tag::context(0), &[time(NOW + DAY)]);
    Node::branch(Tag::SEQUENCE, &[id, status, time(NOW - 60), next])
}

fn says_good() -> Node {
    Node::leaf(Tag::context_primitive(0), b"")
}

fn says_unknown() -> Node {
    Node::leaf(Tag::context_primitive(2), b"")
}

fn says_revoked(at: i64, reason: Option<u8>) -> Node {
    let mut parts = vec![time(at)];
    let reason = reason.map(|code| Node::leaf(Tag::ENUMERATED, &[code]));
    parts.extend(reason.map(|code| Node::branch(Tag::context(0), &[code])));
    Node::branch(Tag::context(1), &parts)
}

fn nonce(octets: &[u8]) -> Node {
    extension(b"\x2b\x06\x01\x05\x05\x07\x30\x01\x02", false, &element(Tag::OCTET_STRING, octets))
}

/// Signs a certificate's tree with the key in the authority's.
fn issue(certificate: &mut Node, authority: &[u8]) {
    let seal = Seal::make(&key_of(&mut Node::parse(authority)), &certificate.at(&[0]).encode());
    certificate.at(&[2]).content = [vec![0], seal].concat();
}

/// A responder's certificate as the authority would issue it, changed by `edit` before it is signed.
fn appointed_by(authority: &[u8], edit: impl Fn(&mut Node)) -> Node {
    let mut responder = Node::parse(SIGNING);
    let utc = |seconds| {
        Node::leaf(Tag::UTC_TIME, UnixTime::from_seconds(seconds).to_utc_time().unwrap().as_bytes())
    };
    responder.at(&[0, 4]).children = vec![utc(NOW - DAY), utc(NOW + DAY)];
    *responder.at(&[0, 6]) = Node::parse(AUTHENTICATION).at(&[0, 6]).clone();
    *responder.extensions() = vec![
        extension(b"\x55\x1d\x0f", true, b"\x03\x02\x07\x80"),
        extension(b"\x55\x1d\x25", false, b"\x30\x0a\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x09"),
        extension(b"\x2b\x06\x01\x05\x05\x07\x30\x01\x05", false, b"\x05\x00"),
    ];
    edit(&mut responder);
    issue(&mut responder, authority);
    responder
}

impl Draft {
    /// The authority's own answer: the holder's certificate is good, made a minute ago, due tomorrow.
    fn good() -> Self {
        let mut authority = Node::parse(SIGNATURE_2024);
        let name = authority.at(&[0, 5]).clone();
        Self {
            key: key_of(&mut authority),
            responder: Node::branch(Tag::context(1), &[name]),
            produced_at: time(NOW - 60),
            singles: vec![single(holder_id(), says_good())],
            extensions: vec![nonce(&SENT)],
            algorithm: Node::parse(SHA256_WITH_RSA),
            certificates: Vec::new(),
            spoil_signature: false,
        }
    }

    fn saying(status: Node) -> Self {
        Self::good().with(|draft| draft.singles = vec![single(holder_id(), status.clone())])
    }

    /// The same by a responder whose certificate comes with it.
    fn delegated(mut responder: Node) -> Self {
        let hash = Sha1::digest(key_octets(&mut responder));
        let mut draft = Self::good();
        draft.key = key_of(&mut responder);
        draft.responder = Node::branch(Tag::context(2), &[Node::leaf(Tag::OCTET_STRING, &hash)]);
        draft.certificates = vec![responder];
        draft
    }

    fn with(mut self, edit: impl Fn(&mut Self)) -> Self {
        edit(&mut self);
        self
    }

    /// The BasicOCSPResponse.
    fn basic(&self) -> Vec<u8> {
        let mut data = vec![self.responder.clone(), self.produced_at.clone()];
        data.push(Node::branch(Tag::SEQUENCE, &self.singles));
        let extensions = Node::branch(Tag::SEQUENCE, &self.extensions);
        data.extend((!self.extensions.is_empty()).then(|| Node::branch(Tag::context(1), &[extensions])));
        self.sign(&Node::branch(Tag::SEQUENCE, &data))
    }

    /// A BasicOCSPResponse around any ResponseData.
    fn sign(&self, data: &Node) -> Vec<u8> {
        let mut seal = Seal::make(&self.key, &data.encode());
        seal[0] ^= u8::from(self.spoil_signature);
        let signature = Node::leaf(Tag::BIT_STRING, &[vec![0], seal].concat());
        let mut parts = vec![data.clone(), self.algorithm.clone(), signature];
        let certificates = Node::branch(Tag::SEQUENCE, &self.certificates);
        parts.extend((!self.certificates.is_empty()).then(|| Node::branch(Tag::context(0), &[certificates])));
        Node::branch(Tag::SEQUENCE, &parts).encode()
    }

    fn encode(&self) -> Vec<u8> {
        successful(&self.basic())
    }
}

/// A successful OCSPResponse around octets that should be a BasicOCSPResponse.
fn successful(basic: &[u8]) -> Vec<u8> {
    let kind = Node::leaf(Tag::OID, b"\x2b\x06\x01\x05\x05\x07\x30\x01\x01");
    let bytes = Node::branch(Tag::SEQUENCE, &[kind, Node::leaf(Tag::OCTET_STRING, basic)]);
    let status = Node::leaf(Tag::ENUMERATED, &[0]);
    Node::branch(Tag::SEQUENCE, &[status, Node::branch(Tag::context(0), &[bytes])]).encode()
}

/// What the octets say about the test card at NOW plus `offset`, when [`SENT`] was sent.
fn status_of(response: &[u8], offset: i64) -> RevocationStatus {
    let source = OcspSource::new(response, Some(SENT), &Seal);
    source.answer(certificate().certificate(), &issuer(), UnixTime::from_seconds(NOW + offset)).status
}

fn status(draft: &Draft, offset: i64) -> RevocationStatus {
    status_of(&draft.encode(), offset)
}

const fn good() -> RevocationStatus {
    RevocationStatus::Good { as_of: UnixTime::from_seconds(NOW - 60) }
}

fn unknown(problem: OcspProblem) -> RevocationStatus {
    RevocationStatus::Unknown { why: UnknownReason::Responder(problem) }
}

#[test]
fn the_authority_and_the_responder_that_it_appointed_answer() {
    let by_name = |draft: &mut Draft| {
        let subject = draft.certificates[0].at(&[0, 5]).clone();
        draft.responder = Node::branch(Tag::context(1), &[subject]);
    };
    let by_key = |draft: &mut Draft| {
        let hash = Sha1::digest(key_octets(&mut Node::parse(SIGNATURE_2024)));
        draft.responder = Node::branch(Tag::context(2), &[Node::leaf(Tag::OCTET_STRING, &hash)]);
    };
    let appointed = || Draft::delegated(appointed_by(SIGNATURE_2024, |_| {}));
    let also = single(id(SIGNATURE_2024, b"\x05"), says_unknown());
    let more_purposes =
        b"\x30\x14\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x02\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x09";
    let table = [
        ("the authority by its name", Draft::good()),
        ("the authority by its key", Draft::good().with(by_key)),
        ("a responder by its key", appointed()),
        ("a responder by its name", appointed().with(by_name)),
        (
            "a responder behind another certificate",
            appointed().with(|draft| draft.certificates.insert(0, Node::parse(SIGNATURE_2024))),
        ),
        (
            "a responder with a second purpose",
            Draft::delegated(appointed_by(SIGNATURE_2024, |one| one.set_extension(37, more_purposes))),
        ),
        (
            "a responder with a critical policy",
            Draft::delegated(appointed_by(SIGNATURE_2024, |one| {
                let policy = extension(b"\x55\x1d\x20", true, b"\x30\x06\x30\x04\x06\x02\x2a\x03");
                one.extensions().push(policy);
            })),
        ),
        (
            "an answer about another certificate too",
            Draft::good().with(|draft| draft.singles.push(also.clone())),
        ),
        (
            "extensions that may be ignored",
            Draft::good().with(|draft| {
                draft.extensions.push(extension(b"\x2a\x03\x04", false, b"\x05\x00"));
                let ignored = Node::branch(Tag::SEQUENCE, &[extension(b"\x2a\x03\x04", false, b"\x05\x00")]);
                draft.singles[0].children.push(Node::branch(Tag::context(1), &[ignored]));
            }),
        ),
        (
            "a hash without parameters",
            Draft::good().with(|draft| drop(draft.singles[0].at(&[0, 0]).children.pop())),
        ),
    ];
    for (name, draft) in table {
        assert_eq!(status(&draft, 0), good(), "{name}");
    }
}

#[test]
fn the_certificate_may_be_named_by_sha_256() {
    let asked = OcspRequest::new(certificate().certificate(), &issuer(), CertIdHash::Sha256, Some(SENT))
        .der()
        .to_vec();
    let id = Node::parse(&asked).at(&[0, 0, 0, 0]).clone();
    assert_eq!(id.children[1].content.len(), 32);
    let draft = Draft::good().with(|draft| draft.singles = vec![single(id.clone(), says_good())]);
    assert_eq!(status(&draft, 0), good());
    let twice = draft.with(|draft| draft.singles.push(single(holder_id(), says_good())));
    assert_eq!(status(&twice, 0), unknown(OcspProblem::Several), "once by each hash");
}

#[test]
fn every_reason_counts_as_revoked() {
    let since = NOW - 2 * DAY;
    for (code, reason) in [
        (None, RevocationReason::Unspecified),
        (Some(0), RevocationReason::Unspecified),
        (Some(1), RevocationReason::KeyCompromise),
        (Some(2), RevocationReason::AuthorityCompromise),
        (Some(3), RevocationReason::AffiliationChanged),
        (Some(4), RevocationReason::Superseded),
        (Some(5), RevocationReason::CessationOfOperation),
        (Some(6), RevocationReason::Hold),
        (Some(9), RevocationReason::Withdrawn(9)),
        (Some(10), RevocationReason::Withdrawn(10)),
    ] {
        let revoked = RevocationStatus::Revoked { at: UnixTime::from_seconds(since), reason };
        assert_eq!(status(&Draft::saying(says_revoked(since, code)), 0), revoked, "{code:?}");
    }
}

#[test]
fn a_revocation_outlives_the_answer_and_reaches_back_only_to_itself() {
    let since = NOW - 2 * DAY;
    let draft = Draft::saying(says_revoked(since, Some(1)));
    let reason = RevocationReason::KeyCompromise;
    let revoked = RevocationStatus::Revoked { at: UnixTime::from_seconds(since), reason };
    let undated = draft.clone().with(|draft| drop(draft.singles[0].children.pop()));
    let made = UnixTime::from_seconds(NOW - 60);
    assert_eq!(status(&draft, 40 * DAY), revoked);
    assert_eq!(status(&undated, 40 * DAY), revoked);
    assert_eq!(status(&draft, -2 * DAY), revoked);
    assert_eq!(status(&draft, -2 * DAY - 1), unknown(OcspProblem::FromLater { made }));
}

#[test]
fn clocks_may_differ_by_the_tolerance_and_not_by_a_second_more() {
    let made = UnixTime::from_seconds(NOW - 60);
    let next_update = UnixTime::from_seconds(NOW + DAY);
    for (offset, expected) in [
        (-60 - CLOCK_TOLERANCE_SECONDS, good()),
        (-61 - CLOCK_TOLERANCE_SECONDS, unknown(OcspProblem::FromLater { made })),
        (DAY + CLOCK_TOLERANCE_SECONDS, good()),
        (DAY + 1 + CLOCK_TOLERANCE_SECONDS, unknown(OcspProblem::Outdated { next_update })),
    ] {
        assert_eq!(status(&Draft::good(), offset), expected, "{offset}");
    }
}

#[test]
fn without_a_nonce_in_the_question_any_or_none_will_do() {
    for draft in [Draft::good(), Draft::good().with(|draft| draft.extensions.clear())] {
        let source = OcspSource::new(&draft.encode(), None, &Seal);
        let at = UnixTime::from_seconds(NOW);
        assert_eq!(source.answer(certificate().certificate(), &issuer(), at).status, good());
    }
}

#[test]
fn an_answer_tells_who_made_it_and_when() {
    let response = OcspResponse::parse(&Draft::good().encode()).unwrap();
    assert_eq!(response.produced_at(), Some(UnixTime::from_seconds(NOW - 60)));
    assert_eq!(response.nonce(), Some(SENT.as_slice()));
    let name = ResponderId::Name(issuer().certificate().subject().to_vec());
    assert_eq!((response.responder(), response.refusal()), (Some(&name), None));
}
