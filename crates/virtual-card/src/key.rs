//! A private key of the card and what COMPUTE DIGITAL SIGNATURE does with it.

use std::fmt;

use rsa::pkcs8::DecodePrivateKey;
use rsa::rand_core::OsRng;
use rsa::traits::PublicKeyParts;
use rsa::{Pkcs1v15Sign, Pss, RsaPrivateKey};
use sha2::{Digest, Sha256};
use shomei_apdu::StatusWord;
use thiserror::Error;

/// Bytes of a modulus, and so of every signature.
const KEY_SIZE: usize = 256;
/// Most bytes that PKCS #1 v1.5 padding leaves room for.
const MAX_PADDED: usize = KEY_SIZE - 11;
/// Most bytes a card hashes in one command.
const MAX_MESSAGE: usize = 255;
const DIGEST_SIZE: usize = 32;

/// An RSA key of 2048 bits. `Debug` prints nothing of it.
#[derive(Clone)]
pub struct SigningKey(RsaPrivateKey);

/// Bytes that are not a key of the card.
#[derive(Debug, Error)]
pub enum KeyError {
    /// Not a PKCS #8 structure holding an RSA key.
    #[error("not an RSA private key in PKCS #8")]
    Encoding(#[from] rsa::pkcs8::Error),
    /// A modulus of another size.
    #[error("a modulus of {bytes} bytes; the card holds keys of 256")]
    Size {
        /// Bytes of the modulus.
        bytes: usize,
    },
}

impl SigningKey {
    /// Reads a key.
    ///
    /// # Errors
    /// [`KeyError`]: anything but an RSA key of 2048 bits in PKCS #8 DER (RFC 5208).
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, KeyError> {
        let key = RsaPrivateKey::from_pkcs8_der(der)?;
        match key.size() {
            KEY_SIZE => Ok(Self(key)),
            bytes => Err(KeyError::Size { bytes }),
        }
    }

    /// Signs as P1 of `80 2A` says. 00: pads the input as it is (PKCS #1 v1.5); 01: pads a bare SHA-256 of
    /// it; 02: takes a SHA-256 digest, 03 a message, and makes sha256WithRSA; 04 and 05 likewise RSASSA-PSS.
    pub(crate) fn compute(&self, p1: u8, input: &[u8]) -> Result<Vec<u8>, StatusWord> {
        let (longest, digested) = match p1 {
            0x00 => (MAX_PADDED, false),
            0x01 | 0x03 | 0x05 => (MAX_MESSAGE, true),
            0x02 | 0x04 => (DIGEST_SIZE, false),
            _ => return Err(StatusWord::IncorrectParameters),
        };
        let shortest = if matches!(p1, 0x02 | 0x04) { DIGEST_SIZE } else { 1 };
        if !(shortest..=longest).contains(&input.len()) {
            return Err(StatusWord::ConditionsNotSatisfied);
        }
        let digest = Sha256::digest(input);
        let signed = if digested { digest.as_slice() } else { input };
        let signature = match p1 {
            0x00 | 0x01 => self.0.sign(Pkcs1v15Sign::new_unprefixed(), signed),
            0x02 | 0x03 => self.0.sign(Pkcs1v15Sign::new::<Sha256>(), signed),
            _ => self.0.sign_with_rng(&mut OsRng, Pss::new::<Sha256>(), signed),
        };
        signature.map_err(|_| StatusWord::ConditionsNotSatisfied)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(REDACTED)")
    }
}
