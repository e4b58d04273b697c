//! CertID (RFC 6960 §4.1.1): a certificate named by hashes of its issuer's name and key, and its serial number.

use super::error::{OcspError, OcspViolation, fault};
use crate::certificate::{Authority, Certificate};
use crate::der::{DerError, Element, Reader, Tag, element, sequence};
use sha1::{Digest, Sha1};
use sha2::Sha256;

/// The hash in a CertID. It only names; nothing rests on its strength, because the answer is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertIdHash {
    /// SHA-1: the one that every responder knows (RFC 5019 §2.1.1).
    Sha1,
    /// SHA-256, for responders that have left SHA-1 behind.
    Sha256,
}

const SHA1: &[u8] = b"\x2b\x0e\x03\x02\x1a";
const SHA256: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x02\x01";

impl CertIdHash {
    const fn identifier(self) -> &'static [u8] {
        match self {
            CertIdHash::Sha1 => SHA1,
            CertIdHash::Sha256 => SHA256,
        }
    }

    fn digest(self, message: &[u8]) -> Vec<u8> {
        match self {
            CertIdHash::Sha1 => Sha1::digest(message).to_vec(),
            CertIdHash::Sha256 => Sha256::digest(message).to_vec(),
        }
    }
}

/// One CertID. Without `hash` it was made with a function that is not known here, and names nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertId {
    hash: Option<CertIdHash>,
    issuer_name_hash: Vec<u8>,
    issuer_key_hash: Vec<u8>,
    serial: Vec<u8>,
}

impl CertId {
    /// The function that made the two hashes; none when it is not known here.
    pub fn hash(&self) -> Option<CertIdHash> {
        self.hash
    }

    /// The hash of the issuer's Name in DER.
    pub fn issuer_name_hash(&self) -> &[u8] {
        &self.issuer_name_hash
    }

    /// The hash of the bits of the issuer's key.
    pub fn issuer_key_hash(&self) -> &[u8] {
        &self.issuer_key_hash
    }

    /// The serial number as content octets of an INTEGER.
    pub fn serial(&self) -> &[u8] {
        &self.serial
    }

    pub(super) fn of(certificate: &Certificate, issuer: &Authority, hash: CertIdHash) -> Self {
        let authority = issuer.certificate();
        Self {
            hash: Some(hash),
            issuer_name_hash: hash.digest(authority.subject()),
            issuer_key_hash: hash.digest(key_bits(authority.public_key())),
            serial: certificate.serial().to_vec(),
        }
    }

    /// Whether it names this certificate of this authority, by whichever hash.
    pub(super) fn names(&self, certificate: &Certificate, issuer: &Authority) -> bool {
        self.hash.is_some_and(|hash| *self == CertId::of(certificate, issuer, hash))
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let identifier = self.hash.map(CertIdHash::identifier).unwrap_or_default();
        // The NULL is what responders of the time of SHA-1 expect and the others accept.
        let algorithm = sequence(Tag::SEQUENCE, &[&element(Tag::OID, identifier), &element(Tag::NULL, b"")]);
        let parts = [
            algorithm,
            element(Tag::OCTET_STRING, &self.issuer_name_hash),
            element(Tag::OCTET_STRING, &self.issuer_key_hash),
            element(Tag::INTEGER, &self.serial),
        ];
        element(Tag::SEQUENCE, &parts.concat())
    }

    pub(super) fn read(id: &Element<'_>) -> Result<Self, OcspError> {
        let mut parts = id.children();
        let hash = read_hash(&parts.expect(Tag::SEQUENCE)?)?;
        let issuer_name_hash = parts.expect(Tag::OCTET_STRING)?.content().to_vec();
        let issuer_key_hash = parts.expect(Tag::OCTET_STRING)?.content().to_vec();
        let serial = parts.expect(Tag::INTEGER)?;
        parts.finish()?;
        serial.positive_integer().map_err(|_| fault(&serial, OcspViolation::Serial))?;
        Ok(Self { hash, issuer_name_hash, issuer_key_hash, serial: serial.content().to_vec() })
    }
}

/// An AlgorithmIdentifier with NULL or without parameters: both are in use for hashes (RFC 5754 §2).
fn read_hash(algorithm: &Element<'_>) -> Result<Option<CertIdHash>, OcspError> {
    let mut parts = algorithm.children();
    let identifier = parts.expect(Tag::OID)?.content();
    let hash =
        [CertIdHash::Sha1, CertIdHash::Sha256].into_iter().find(|hash| hash.identifier() == identifier);
    if hash.is_some() {
        parts.optional(Tag::NULL)?;
        parts.finish()?;
    }
    Ok(hash)
}

/// SHA-1 of a key's bits, as responders name themselves (RFC 6960 §4.2.1, KeyHash).
pub(super) fn key_hash(public_key: &[u8]) -> [u8; 20] {
    Sha1::digest(key_bits(public_key)).into()
}

/// The bits of the key inside a SubjectPublicKeyInfo, without the count of unused bits. Certificates whose key is
/// none do not come here, so what such a key hashes to does not matter.
fn key_bits(public_key: &[u8]) -> &[u8] {
    let read = || {
        let mut info = Reader::new(public_key).expect(Tag::SEQUENCE)?.children();
        info.expect(Tag::SEQUENCE)?;
        Ok::<_, DerError>(info.expect(Tag::BIT_STRING)?.bit_string_octets()?.remaining())
    };
    read().unwrap_or_default()
}
