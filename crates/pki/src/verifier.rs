//! Where public-key arithmetic enters: one trait, so that a server can bring a faster implementation than the page.
//!
//! Verification only. No private key and no random number ever comes here.

#[cfg(feature = "aws-lc")]
mod aws_lc;
mod remembering;

#[cfg(feature = "aws-lc")]
pub use aws_lc::AwsLcVerifier;
pub use remembering::RememberingVerifier;

use crate::certificate::check_key;
use crate::der::{DerError, Reader, Tag};
use rsa::{BigUint, Pkcs1v15Sign, RsaPublicKey};
use sha2::{Digest, Sha256};

/// A signature scheme. Names are data, because the next generation of cards is announced with another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2), 2,048-bit keys with exponent 65,537.
    RsaPkcs1Sha256,
}

/// The signature does not belong to this message and key. There is no finer answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not match")]
pub struct SignatureMismatch;

/// Checks signatures. Implementations must be exact about padding and DigestInfo and must not panic on any input.
pub trait SignatureVerifier {
    /// Checks `signature` over `message` (not its digest) with `public_key`, a DER SubjectPublicKeyInfo (RFC 5280 §4.1).
    ///
    /// # Errors
    /// [`SignatureMismatch`] when it does not hold, or the key is not one of `algorithm`.
    fn verify(
        &self,
        algorithm: Algorithm,
        public_key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), SignatureMismatch>;
}

/// The portable implementation, over the crate `rsa`: small enough for a web page, about 0.2 ms native.
#[derive(Clone, Copy, Debug, Default)]
pub struct RsaVerifier;

impl SignatureVerifier for RsaVerifier {
    fn verify(
        &self,
        algorithm: Algorithm,
        public_key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), SignatureMismatch> {
        let Algorithm::RsaPkcs1Sha256 = algorithm;
        let key = check_key(public_key).map_err(|_| SignatureMismatch)?;
        let (modulus, exponent) = (BigUint::from_bytes_be(key.modulus), BigUint::from_bytes_be(key.exponent));
        let key = RsaPublicKey::new(modulus, exponent).map_err(|_| SignatureMismatch)?;
        let digest = Sha256::digest(message);
        key.verify(Pkcs1v15Sign::new::<Sha256>(), &digest, signature).map_err(|_| SignatureMismatch)
    }
}

/// `SEQUENCE { OBJECT IDENTIFIER rsaEncryption, NULL }` (RFC 3279 §2.3.1).
pub(crate) const RSA_ENCRYPTION: &[u8] = b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00";

/// The two numbers of an RSA public key, big-endian without a leading zero octet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RsaKey<'a> {
    pub(crate) modulus: &'a [u8],
    pub(crate) exponent: &'a [u8],
}

/// Why a SubjectPublicKeyInfo holds no RSA key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NotRsa<'a> {
    Encoding(DerError),
    /// Another AlgorithmIdentifier, in DER.
    Algorithm {
        identifier: &'a [u8],
    },
}

impl From<DerError> for NotRsa<'_> {
    fn from(error: DerError) -> Self {
        NotRsa::Encoding(error)
    }
}

impl<'a> RsaKey<'a> {
    /// Reads a SubjectPublicKeyInfo with an RSAPublicKey inside (RFC 3279 §2.3.1).
    pub(crate) fn from_spki(spki: &'a [u8]) -> Result<Self, NotRsa<'a>> {
        let mut reader = Reader::new(spki);
        let mut info = reader.expect(Tag::SEQUENCE)?.children();
        reader.finish()?;
        let identifier = info.expect(Tag::SEQUENCE)?.raw();
        if identifier != RSA_ENCRYPTION {
            return Err(NotRsa::Algorithm { identifier });
        }
        let bits = info.expect(Tag::BIT_STRING)?;
        info.finish()?;
        let mut outer = bits.bit_string_octets()?;
        let mut key = outer.expect(Tag::SEQUENCE)?.children();
        outer.finish()?;
        let modulus = key.expect(Tag::INTEGER)?.positive_integer()?;
        let exponent = key.expect(Tag::INTEGER)?.positive_integer()?;
        key.finish()?;
        Ok(RsaKey { modulus, exponent })
    }
}
