//! sha256WithRSAEncryption (RFC 4055 §5) over anything that is encoded first.

use der::asn1::{BitString, ObjectIdentifier};
use der::{Any, Encode};
use rsa::{Pkcs1v15Sign, RsaPrivateKey};
use sha2::{Digest, Sha256};
use spki::AlgorithmIdentifierOwned;

use super::IssueError;

/// The algorithm with the NULL parameters that it requires.
pub(crate) fn algorithm() -> AlgorithmIdentifierOwned {
    const SHA256_WITH_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
    AlgorithmIdentifierOwned { oid: SHA256_WITH_RSA, parameters: Some(Any::null()) }
}

/// The signature over the DER of a value.
pub(crate) fn sign(key: &RsaPrivateKey, value: &impl Encode) -> Result<BitString, IssueError> {
    let digest = Sha256::digest(value.to_der()?);
    let signature = key.sign(Pkcs1v15Sign::new::<Sha256>(), &digest)?;
    Ok(BitString::from_bytes(&signature)?)
}
