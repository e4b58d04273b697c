//! OCSP over HTTP (RFC 6960 appendix A.1), one question for each answer.

use crate::Verifier;
use crate::exchange::{Client, HttpLimits};
use crate::url::ResponderUrl;
use shomei_pki::ocsp::{CertIdHash, MAX_RESPONSE_OCTETS, NONCE_OCTETS, OcspRequest, OcspSource};
use shomei_pki::{
    Authority, Certificate, RevocationAnswer, RevocationSource, SignatureVerifier, UnixTime, UnknownReason,
};
use std::fmt;
use std::time::Duration;

/// Bounds of one question: somebody waits for the answer.
pub const RESPONDER_LIMITS: HttpLimits =
    HttpLimits { octets: 65_536, connect: Duration::from_secs(3), whole: Duration::from_secs(10) };

const REQUEST: &str = "application/ocsp-request";

/// A responder that is asked anew every time, with a nonce of its own. Nothing is kept between two questions.
///
/// Its answers are of now. About an earlier time they can say that the certificate was revoked by then; good they say only
/// about a time within the clock tolerance of now.
pub struct OcspResponder {
    at: ResponderUrl,
    client: Client,
    verifier: Verifier,
}

impl OcspResponder {
    /// The responder at an address, for the authorities that it names.
    pub fn new(at: ResponderUrl, verifier: Verifier, limits: HttpLimits) -> Self {
        Self { at, client: Client::new(limits), verifier }
    }

    /// The octets of a response to a fresh question, and its nonce. Why none came is nobody's concern but the network's.
    fn ask(&self, certificate: &Certificate, issuer: &Authority) -> Option<(Vec<u8>, [u8; NONCE_OCTETS])> {
        let mut nonce = [0; NONCE_OCTETS];
        getrandom::fill(&mut nonce).ok()?;
        let question = OcspRequest::new(certificate, issuer, CertIdHash::Sha1, Some(nonce));
        let response = self.client.post(&self.at.url, REQUEST, question.der()).ok()?;
        Some((response, nonce))
    }
}

impl RevocationSource for OcspResponder {
    /// What the responder says. Not consulted if it is for another authority; no answer if the network brings none.
    fn answer(&self, certificate: &Certificate, issuer: &Authority, at: UnixTime) -> RevocationAnswer {
        if self.at.authority.as_deref().is_some_and(|authority| authority != issuer.key_identifier()) {
            return RevocationAnswer::unknown(UnknownReason::NotConsulted);
        }
        let Some((response, nonce)) = self.ask(certificate, issuer) else {
            return RevocationAnswer::unknown(UnknownReason::NoAnswer);
        };
        let verifier: &dyn SignatureVerifier = self.verifier.as_ref();
        OcspSource::new(&response, Some(nonce), verifier).answer(certificate, issuer, at)
    }
}

impl fmt::Debug for OcspResponder {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("OcspResponder").field("at", &self.at).finish_non_exhaustive()
    }
}

const _: () = assert!(MAX_RESPONSE_OCTETS == 65_536, "RESPONDER_LIMITS takes what the judge takes");
