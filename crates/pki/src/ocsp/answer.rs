//! The answer (RFC 6960 §4.2), read into what judging needs. Nothing in it is believed yet.

use super::certificate_id::{CertId, key_hash};
use super::error::{OcspError, OcspViolation, fault};
use super::read::{NONCE, extensions, generalized_time, ignore};
use super::responder::ResponderCertificate;
use crate::certificate::known_algorithm;
use crate::der::{self, Element, Reader, Tag, oid_to_string};
use crate::extension::{der_inside, sequence_inside};
use crate::revocation::RevocationReason;
use crate::time::UnixTime;
use crate::verifier::Algorithm;

/// The longest answer that is looked at. One about one certificate, with the responder's own, has about 2,000 octets.
pub const MAX_RESPONSE_OCTETS: usize = 65_536;

/// One OCSPResponse, read but not yet believed. [`OcspSource`](super::OcspSource) judges it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OcspResponse {
    pub(super) answer: Result<BasicAnswer, OcspRefusal>,
}

/// A responseStatus other than successful (RFC 6960 §4.2.1). Anyone can send one: it is not signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OcspRefusal {
    /// 1
    #[error("malformedRequest")]
    MalformedRequest,
    /// 2
    #[error("internalError")]
    InternalError,
    /// 3
    #[error("tryLater")]
    TryLater,
    /// 5
    #[error("sigRequired")]
    SignatureRequired,
    /// 6
    #[error("unauthorized")]
    Unauthorized,
}

/// Who says to have signed the answer (RFC 6960 §4.2.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponderId {
    /// A Name in DER.
    Name(Vec<u8>),
    /// SHA-1 of the key's bits.
    KeyHash([u8; 20]),
}

/// A BasicOCSPResponse with its ResponseData.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BasicAnswer {
    pub(super) signed: Vec<u8>,
    /// None for a scheme that is not accepted, such as those with SHA-1.
    pub(super) algorithm: Option<Algorithm>,
    /// The AlgorithmIdentifier in DER, also one that is not accepted.
    pub(super) algorithm_identifier: Vec<u8>,
    pub(super) signature: Vec<u8>,
    pub(super) certificates: Vec<ResponderCertificate>,
    pub(super) responder: ResponderId,
    pub(super) produced_at: UnixTime,
    pub(super) answers: Vec<SingleAnswer>,
    pub(super) nonce: Option<Vec<u8>>,
}

/// What the answer says about one certificate (SingleResponse, RFC 6960 §4.2.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SingleAnswer {
    pub(super) id: CertId,
    pub(super) status: CertStatus,
    pub(super) this_update: UnixTime,
    pub(super) next_update: Option<UnixTime>,
}

/// What a responder says of one certificate (RFC 6960 §2.2). Whether to believe it is judged elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertStatus {
    /// Not revoked, as far as the responder knows.
    Good,
    /// Revoked.
    Revoked {
        /// Since when.
        at: UnixTime,
        /// Why; unspecified where the answer gives no reason.
        reason: RevocationReason,
    },
    /// The responder does not know the certificate.
    Unknown,
}

/// id-pkix-ocsp-basic, 1.3.6.1.5.5.7.48.1.1.
const BASIC: &[u8] = b"\x2b\x06\x01\x05\x05\x07\x30\x01\x01";

impl OcspResponse {
    /// Parses a response in DER, all the way down to the certificates in it.
    ///
    /// # Errors
    /// The first rule that does not hold, with its place.
    pub fn parse(input: &[u8]) -> Result<Self, OcspError> {
        if input.len() > MAX_RESPONSE_OCTETS {
            return Err(OcspError { offset: 0, why: OcspViolation::TooLong(input.len()) });
        }
        der::check(input)?;
        let mut parts = Reader::new(input).expect(Tag::SEQUENCE)?.children();
        let status = parts.expect(Tag::ENUMERATED)?;
        let bytes = parts.optional(Tag::context(0))?;
        parts.finish()?;
        let answer = match (read_status(&status)?, bytes) {
            (None, Some(bytes)) => Ok(BasicAnswer::read(response_bytes(&bytes)?)?),
            (Some(refusal), None) => Err(refusal),
            _ => return Err(fault(&status, OcspViolation::StatusWithoutAnswer)),
        };
        Ok(Self { answer })
    }

    /// Why the responder refuses to answer, if it does.
    pub fn refusal(&self) -> Option<OcspRefusal> {
        self.answer.as_ref().err().copied()
    }

    /// When the answer says to have been signed (producedAt); none on a refusal.
    pub fn produced_at(&self) -> Option<UnixTime> {
        self.answer.as_ref().ok().map(|answer| answer.produced_at)
    }

    /// Who says to have signed it; none on a refusal.
    pub fn responder(&self) -> Option<&ResponderId> {
        self.answer.as_ref().ok().map(|answer| &answer.responder)
    }

    /// The nonce in the answer, if any (RFC 6960 §4.4.1).
    pub fn nonce(&self) -> Option<&[u8]> {
        self.answer.as_ref().ok().and_then(|answer| answer.nonce.as_deref())
    }

    /// What it says, certificate by certificate, in its own order; nothing on a refusal.
    pub fn answers(&self) -> &[SingleAnswer] {
        self.answer.as_ref().map(|answer| answer.answers.as_slice()).unwrap_or_default()
    }

    /// The AlgorithmIdentifier of its signature in DER, also one that is not accepted; none on a refusal.
    pub fn signature_algorithm(&self) -> Option<&[u8]> {
        self.answer.as_ref().ok().map(|answer| answer.algorithm_identifier.as_slice())
    }

    /// The certificates that came along, each in DER. That they are here makes nobody a responder.
    pub fn certificates(&self) -> impl Iterator<Item = &[u8]> {
        let certificates = self.answer.as_ref().map(|answer| answer.certificates.as_slice());
        certificates.unwrap_or_default().iter().map(|certificate| certificate.der.as_slice())
    }
}

impl SingleAnswer {
    /// The certificate that it is about.
    pub fn id(&self) -> &CertId {
        &self.id
    }

    /// What it says of that certificate.
    pub fn status(&self) -> CertStatus {
        self.status
    }

    /// When this was known to be so (thisUpdate).
    pub fn this_update(&self) -> UnixTime {
        self.this_update
    }

    /// When something newer is due (nextUpdate), if it says so.
    pub fn next_update(&self) -> Option<UnixTime> {
        self.next_update
    }
}

impl ResponderId {
    /// Whether it names who has this Name and this SubjectPublicKeyInfo.
    pub(super) fn names(&self, subject: &[u8], public_key: &[u8]) -> bool {
        match self {
            ResponderId::Name(name) => name == subject,
            ResponderId::KeyHash(hash) => *hash == key_hash(public_key),
        }
    }

    /// Both alternatives are EXPLICIT: the module of RFC 6960 §B.1 has explicit tags.
    fn read(id: &Element<'_>) -> Result<Self, OcspError> {
        let mut inside = id.children();
        let read = match id.tag() {
            tag if tag == Tag::context(1) => ResponderId::Name(inside.expect(Tag::SEQUENCE)?.raw().to_vec()),
            tag if tag == Tag::context(2) => {
                let hash = inside.expect(Tag::OCTET_STRING)?;
                let octets = <[u8; 20]>::try_from(hash.content());
                ResponderId::KeyHash(octets.map_err(|_| fault(&hash, OcspViolation::Responder))?)
            }
            _ => return Err(fault(id, OcspViolation::Responder)),
        };
        inside.finish()?;
        Ok(read)
    }
}

fn read_status(status: &Element<'_>) -> Result<Option<OcspRefusal>, OcspError> {
    Ok(Some(match status.content() {
        [0] => return Ok(None),
        [1] => OcspRefusal::MalformedRequest,
        [2] => OcspRefusal::InternalError,
        [3] => OcspRefusal::TryLater,
        [5] => OcspRefusal::SignatureRequired,
        [6] => OcspRefusal::Unauthorized,
        _ => return Err(fault(status, OcspViolation::Status)),
    }))
}

/// The BasicOCSPResponse inside ResponseBytes (RFC 6960 §4.2.1).
fn response_bytes<'a>(wrapped: &Element<'a>) -> Result<Reader<'a>, OcspError> {
    let mut outer = wrapped.children();
    let mut parts = outer.expect(Tag::SEQUENCE)?.children();
    outer.finish()?;
    let kind = parts.expect(Tag::OID)?;
    if kind.content() != BASIC {
        return Err(fault(&kind, OcspViolation::ResponseType(oid_to_string(kind.content()))));
    }
    let response = parts.expect(Tag::OCTET_STRING)?;
    parts.finish()?;
    Ok(sequence_inside(&response)?)
}

impl BasicAnswer {
    fn read(mut outer: Reader<'_>) -> Result<Self, OcspError> {
        let signed = outer.expect(Tag::SEQUENCE)?;
        let algorithm = outer.expect(Tag::SEQUENCE)?;
        let signature = outer.expect(Tag::BIT_STRING)?.bit_string_octets()?.remaining();
        let certificates = outer.optional(Tag::context(0))?;
        outer.finish()?;
        let mut data = signed.children();
        if let Some(version) = data.optional(Tag::context(0))? {
            return Err(fault(&version, OcspViolation::Version));
        }
        let responder = ResponderId::read(&data.read()?)?;
        let produced_at = generalized_time(&data.expect(Tag::GENERALIZED_TIME)?)?;
        let answers = read_answers(&data.expect(Tag::SEQUENCE)?)?;
        let nonce = data.optional(Tag::context(1))?.map(|list| read_nonce(&list)).transpose()?.flatten();
        data.finish()?;
        Ok(Self {
            signed: signed.raw().to_vec(),
            algorithm: known_algorithm(algorithm.raw()).ok(),
            algorithm_identifier: algorithm.raw().to_vec(),
            signature: signature.to_vec(),
            certificates: certificates.map(|list| read_certificates(&list)).transpose()?.unwrap_or_default(),
            responder,
            produced_at,
            answers,
            nonce,
        })
    }
}

fn read_certificates(wrapped: &Element<'_>) -> Result<Vec<ResponderCertificate>, OcspError> {
    let mut outer = wrapped.children();
    let mut list = outer.expect(Tag::SEQUENCE)?.children();
    outer.finish()?;
    let mut read = Vec::new();
    while !list.is_empty() {
        read.push(ResponderCertificate::read(&list.expect(Tag::SEQUENCE)?)?);
    }
    Ok(read)
}

fn read_answers(list: &Element<'_>) -> Result<Vec<SingleAnswer>, OcspError> {
    let mut rest = list.children();
    let mut read = Vec::new();
    while !rest.is_empty() {
        read.push(SingleAnswer::read(&rest.expect(Tag::SEQUENCE)?)?);
    }
    if read.is_empty() { Err(fault(list, OcspViolation::Empty)) } else { Ok(read) }
}

impl SingleAnswer {
    fn read(single: &Element<'_>) -> Result<Self, OcspError> {
        let mut parts = single.children();
        let id = CertId::read(&parts.expect(Tag::SEQUENCE)?)?;
        let status = CertStatus::read(&parts.read()?)?;
        let this_update = generalized_time(&parts.expect(Tag::GENERALIZED_TIME)?)?;
        let mut next_update = None;
        if let Some(wrapped) = parts.optional(Tag::context(0))? {
            let mut inside = wrapped.children();
            let next = generalized_time(&inside.expect(Tag::GENERALIZED_TIME)?)?;
            inside.finish()?;
            if next < this_update {
                return Err(fault(&wrapped, OcspViolation::NextUpdate));
            }
            next_update = Some(next);
        }
        if let Some(list) = parts.optional(Tag::context(1))? {
            extensions(&list)?.iter().try_for_each(ignore)?;
        }
        parts.finish()?;
        Ok(Self { id, status, this_update, next_update })
    }
}

impl CertStatus {
    /// `[0]` and `[2]` are IMPLICIT NULL, `[1]` is an IMPLICIT RevokedInfo (RFC 6960 §4.2.1).
    fn read(status: &Element<'_>) -> Result<Self, OcspError> {
        match (status.tag(), status.content()) {
            (tag, []) if tag == Tag::context_primitive(0) => Ok(CertStatus::Good),
            (tag, []) if tag == Tag::context_primitive(2) => Ok(CertStatus::Unknown),
            (tag, _) if tag == Tag::context(1) => {
                let mut parts = status.children();
                let at = generalized_time(&parts.expect(Tag::GENERALIZED_TIME)?)?;
                let reason =
                    parts.optional(Tag::context(0))?.map(|wrapped| read_reason(&wrapped)).transpose()?;
                parts.finish()?;
                Ok(CertStatus::Revoked { at, reason: reason.unwrap_or(RevocationReason::Unspecified) })
            }
            _ => Err(fault(status, OcspViolation::CertStatus)),
        }
    }
}

/// A CRLReason. 7 is not used, and 8, removeFromCRL, belongs to delta lists only (RFC 5280 §5.3.1).
fn read_reason(wrapped: &Element<'_>) -> Result<RevocationReason, OcspError> {
    let mut inside = wrapped.children();
    let code = inside.expect(Tag::ENUMERATED)?;
    inside.finish()?;
    match code.content() {
        [code @ (0..=6 | 9 | 10)] => Ok(RevocationReason::from_code(*code)),
        _ => Err(fault(&code, OcspViolation::Reason)),
    }
}

/// The nonce among responseExtensions. Others there are only refused when critical.
fn read_nonce(wrapped: &Element<'_>) -> Result<Option<Vec<u8>>, OcspError> {
    let mut nonce = None;
    for extension in extensions(wrapped)? {
        if extension.oid.content() == NONCE {
            let inside = der_inside(&extension.value)?;
            let octets = inside.content();
            if inside.tag() != Tag::OCTET_STRING || octets.is_empty() || octets.len() > 128 {
                return Err(fault(&inside, OcspViolation::Nonce));
            }
            nonce = Some(octets.to_vec());
        } else {
            ignore(&extension)?;
        }
    }
    Ok(nonce)
}
