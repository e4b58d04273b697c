//! RSA signatures (RFC 4055 §5) over anything that is encoded first.

use der::asn1::{BitString, ObjectIdentifier};
use der::{Any, Encode};
use rsa::{Pkcs1v15Sign, RsaPrivateKey};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use spki::AlgorithmIdentifierOwned;

use super::IssueError;

/// What a signature hashes with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digest {
    /// sha256WithRSAEncryption, which is the profile's.
    Sha256,
    /// sha1WithRSAEncryption, which nobody may accept any more.
    Sha1,
}

impl Digest {
    /// The algorithm with the NULL parameters that it requires.
    pub(crate) fn algorithm(self) -> AlgorithmIdentifierOwned {
        let oid = match self {
            Self::Sha256 => ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11"),
            Self::Sha1 => ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.5"),
        };
        AlgorithmIdentifierOwned { oid, parameters: Some(Any::null()) }
    }

    /// The signature over the DER of a value.
    pub(crate) fn sign(self, key: &RsaPrivateKey, value: &impl Encode) -> Result<BitString, IssueError> {
        let encoded = value.to_der()?;
        let signature = match self {
            Self::Sha256 => key.sign(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(encoded))?,
            Self::Sha1 => key.sign(Pkcs1v15Sign::new::<Sha1>(), &Sha1::digest(encoded))?,
        };
        Ok(BitString::from_bytes(&signature)?)
    }
}

/// The algorithm of everything that does not deviate.
pub(crate) fn algorithm() -> AlgorithmIdentifierOwned {
    Digest::Sha256.algorithm()
}

/// The signature over the DER of a value, with that algorithm.
pub(crate) fn sign(key: &RsaPrivateKey, value: &impl Encode) -> Result<BitString, IssueError> {
    Digest::Sha256.sign(key, value)
}
