//! What an answer is worth for one certificate at one time (RFC 6960 §3.2, §4.2.2).

use super::answer::{BasicAnswer, CertStatus, OcspRefusal, OcspResponse, SingleAnswer};
use super::error::OcspError;
use super::request::NONCE_OCTETS;
use super::responder::ResponderCertificate;
use crate::certificate::{Authority, Certificate};
use crate::revocation::{
    Evidence, ResponseEvidence, RevocationAnswer, RevocationSource, RevocationStatus, UnknownReason,
};
use crate::time::UnixTime;
use crate::verifier::SignatureVerifier;
use std::fmt;

/// How far the clocks of responder and asker may be apart, on either end of an answer's time, in seconds.
pub const CLOCK_TOLERANCE_SECONDS: i64 = 300;

/// Why an answer says neither good nor revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OcspProblem {
    /// The octets are not an OCSP response; [`OcspSource::response`] has the details.
    #[error("it is malformed at octet {offset}")]
    Malformed {
        /// Offset of the first octet of the offending element.
        offset: usize,
    },
    /// The responder did not answer (RFC 6960 §4.2.1).
    #[error("the responder said {0}")]
    Refused(OcspRefusal),
    /// The certificate was issued by another key than that of the authority in question.
    #[error("the certificate names another authority's key")]
    OtherAuthority,
    /// Signed with a scheme that is not accepted, such as one with SHA-1.
    #[error("its signature algorithm is not accepted")]
    Algorithm,
    /// Signed by somebody who is not the authority and whose certificate did not come with it.
    #[error("its responder is neither the authority nor known")]
    Responder,
    /// The responder was not appointed by the authority's key (RFC 6960 §4.2.2.2).
    #[error("its responder was not appointed by the authority")]
    ResponderIssuer,
    /// The responder's certificate is not valid at the time in question.
    #[error("its responder's certificate is not valid at that time")]
    ResponderValidity,
    /// extKeyUsage of the responder does not name id-kp-OCSPSigning (RFC 6960 §4.2.2.2).
    #[error("its responder's certificate is not for signing answers")]
    ResponderPurpose,
    /// keyUsage of the responder does not have digitalSignature.
    #[error("its responder's key is not for signatures")]
    ResponderKeyUsage,
    /// The responder's certificate is an authority's, or has a critical extension that is not known.
    #[error("its responder's certificate is an authority's or has unknown critical extensions")]
    ResponderProfile,
    /// The responder's key is not RSA with 2,048 bits and the exponent 65,537.
    #[error("its responder's key is not RSA with 2048 bits")]
    ResponderKey,
    /// The responder's certificate could itself be revoked: id-pkix-ocsp-nocheck is missing (RFC 6960 §4.2.2.2.1).
    #[error("its responder's own certificate would have to be asked about")]
    ResponderUnchecked,
    /// The responder's key did not make the signature.
    #[error("its signature is not the responder's")]
    Signature,
    /// A nonce was sent and none came back (RFC 6960 §4.4.1).
    #[error("it lacks the nonce of the question")]
    NonceMissing,
    /// Another nonce came back than was sent: it answers another question.
    #[error("it has the nonce of another question")]
    NonceDiffers,
    /// No SingleResponse is about this certificate of this authority.
    #[error("it is about another certificate")]
    OtherCertificate,
    /// Several are.
    #[error("it answers several times for one certificate")]
    Several,
    /// The responder does not know the certificate.
    #[error("the responder does not know the certificate")]
    NotKnown,
    /// It does not say how long it holds.
    #[error("it does not say when it is to be replaced")]
    NoNextUpdate,
    /// It held until before the time in question.
    #[error("it was to be replaced by {next_update}")]
    Outdated {
        /// nextUpdate.
        next_update: UnixTime,
    },
    /// It was made after the time in question.
    #[error("it was made later, at {made}")]
    FromLater {
        /// thisUpdate or producedAt, whichever is later.
        made: UnixTime,
    },
}

/// One answer, ready to be judged.
#[derive(Clone)]
pub struct OcspSource<'a> {
    response: Result<OcspResponse, OcspError>,
    octets: Vec<u8>,
    nonce: Option<[u8; NONCE_OCTETS]>,
    verifier: &'a dyn SignatureVerifier,
}

impl<'a> OcspSource<'a> {
    /// Takes the octets of a response and the nonce of the question that it is to answer; none when none was sent.
    /// Octets that are no response make a source that answers unknown.
    pub fn new(
        response: &[u8],
        nonce: Option<[u8; NONCE_OCTETS]>,
        verifier: &'a dyn SignatureVerifier,
    ) -> Self {
        let read = OcspResponse::parse(response);
        // Octets that are too many to be read are too many to be kept.
        let octets = if read.is_ok() { response.to_vec() } else { Vec::new() };
        Self { response: read, octets, nonce, verifier }
    }

    /// The response as it was read.
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn response(&self) -> Result<&OcspResponse, &OcspError> {
        self.response.as_ref()
    }

    fn judge(
        &self,
        certificate: &Certificate,
        issuer: &Authority,
        at: UnixTime,
    ) -> Result<RevocationAnswer, OcspProblem> {
        let malformed = |error: &OcspError| OcspProblem::Malformed { offset: error.offset };
        let response = self.response.as_ref().map_err(malformed)?;
        let answer = response.answer.as_ref().map_err(|refusal| OcspProblem::Refused(*refusal))?;
        if certificate.authority_key_identifier() != Some(issuer.key_identifier())
            || certificate.issuer() != issuer.certificate().subject()
        {
            return Err(OcspProblem::OtherAuthority);
        }
        self.check_signature(answer, issuer, at)?;
        self.check_nonce(answer)?;
        let mut about = answer.answers.iter().filter(|single| single.id.names(certificate, issuer));
        let single = about.next().ok_or(OcspProblem::OtherCertificate)?;
        if about.next().is_some() {
            return Err(OcspProblem::Several);
        }
        let status = verdict(answer, single, at)?;
        let evidence = ResponseEvidence { response: self.octets.clone(), this_update: single.this_update };
        Ok(RevocationAnswer { status, evidence: Some(Evidence::Response(evidence)) })
    }

    /// By the authority itself, or by a responder whose certificate came along.
    fn check_signature(
        &self,
        answer: &BasicAnswer,
        issuer: &Authority,
        at: UnixTime,
    ) -> Result<(), OcspProblem> {
        let algorithm = answer.algorithm.ok_or(OcspProblem::Algorithm)?;
        let authority = issuer.certificate();
        let key = if answer.responder.names(authority.subject(), authority.public_key()) {
            authority.public_key()
        } else {
            let named = |one: &&ResponderCertificate| answer.responder.names(&one.subject, &one.public_key);
            let responder = answer.certificates.iter().find(named).ok_or(OcspProblem::Responder)?;
            responder.check(issuer, at, self.verifier)?;
            &responder.public_key
        };
        self.verifier
            .verify(algorithm, key, &answer.signed, &answer.signature)
            .map_err(|_| OcspProblem::Signature)
    }

    fn check_nonce(&self, answer: &BasicAnswer) -> Result<(), OcspProblem> {
        match (&self.nonce, &answer.nonce) {
            (None, _) => Ok(()),
            (Some(_), None) => Err(OcspProblem::NonceMissing),
            (Some(sent), Some(received)) if sent.as_slice() == received => Ok(()),
            (Some(_), Some(_)) => Err(OcspProblem::NonceDiffers),
        }
    }
}

/// Revoked holds when the answer is outdated too: no revocation of JPKI is ever taken back. Good must be current.
fn verdict(
    answer: &BasicAnswer,
    single: &SingleAnswer,
    at: UnixTime,
) -> Result<RevocationStatus, OcspProblem> {
    let made = single.this_update.max(answer.produced_at);
    let from_later = made > at.plus(CLOCK_TOLERANCE_SECONDS);
    match single.status {
        CertStatus::Unknown => Err(OcspProblem::NotKnown),
        // An answer from later than `at` says nothing about a revocation that is later too.
        CertStatus::Revoked { at: since, reason } if !from_later || since <= at => {
            Ok(RevocationStatus::Revoked { at: since, reason })
        }
        _ if from_later => Err(OcspProblem::FromLater { made }),
        _ => match single.next_update {
            None => Err(OcspProblem::NoNextUpdate),
            Some(next_update) if at > next_update.plus(CLOCK_TOLERANCE_SECONDS) => {
                Err(OcspProblem::Outdated { next_update })
            }
            Some(_) => Ok(RevocationStatus::Good { as_of: single.this_update }),
        },
    }
}

impl RevocationSource for OcspSource<'_> {
    /// Good only from an authentic answer to this very question that is current at `at`; see [`OcspProblem`].
    fn answer(&self, certificate: &Certificate, issuer: &Authority, at: UnixTime) -> RevocationAnswer {
        self.judge(certificate, issuer, at)
            .unwrap_or_else(|problem| RevocationAnswer::unknown(UnknownReason::Responder(problem)))
    }
}

impl fmt::Debug for OcspSource<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { response, nonce, .. } = self;
        out.debug_struct("OcspSource")
            .field("response", response)
            .field("nonce", nonce)
            .finish_non_exhaustive()
    }
}
