//! The question (RFC 6960 §4.1).

use super::certificate_id::{CertId, CertIdHash};
use super::read::NONCE;
use crate::certificate::{Authority, Certificate};
use crate::der::{Tag, element, sequence};

/// Octets of the nonce in a question (RFC 9654 §2.1 asks for 32).
pub const NONCE_OCTETS: usize = 32;

/// A question about one certificate, unsigned. The sender keeps it: the answer must carry its nonce.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OcspRequest {
    der: Vec<u8>,
    nonce: Option<[u8; NONCE_OCTETS]>,
}

impl OcspRequest {
    /// A question about `certificate`, issued by `issuer` (RFC 6960 §4.1.1).
    ///
    /// `nonce` are fresh random octets that only the sender knows; without them an old answer can be played back for
    /// as long as it promised to hold (RFC 6960 §4.4.1).
    pub fn new(
        certificate: &Certificate,
        issuer: &Authority,
        hash: CertIdHash,
        nonce: Option<[u8; NONCE_OCTETS]>,
    ) -> Self {
        let id = CertId::of(certificate, issuer, hash).encode();
        let requests = sequence(Tag::SEQUENCE, &[&sequence(Tag::SEQUENCE, &[&id])]);
        let extensions = nonce.map(|nonce| nonce_extension(&nonce)).unwrap_or_default();
        let to_be_signed = sequence(Tag::SEQUENCE, &[&requests, &extensions]);
        Self { der: sequence(Tag::SEQUENCE, &[&to_be_signed]), nonce }
    }

    /// The OCSPRequest in DER, as it is sent.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The nonce in it, if any.
    pub fn nonce(&self) -> Option<[u8; NONCE_OCTETS]> {
        self.nonce
    }
}

/// requestExtensions with the nonce alone. Its value is an OCTET STRING inside the OCTET STRING of every extension.
fn nonce_extension(nonce: &[u8]) -> Vec<u8> {
    let value = element(Tag::OCTET_STRING, &element(Tag::OCTET_STRING, nonce));
    let extension = sequence(Tag::SEQUENCE, &[&element(Tag::OID, NONCE), &value]);
    sequence(Tag::context(2), &[&sequence(Tag::SEQUENCE, &[&extension])])
}
