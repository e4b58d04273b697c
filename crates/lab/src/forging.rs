//! The bare operation of a private key, which no card offers: it makes signatures that have to be refused.

use rsa::pkcs8::DecodePrivateKey;
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use rsa::{BigUint, RsaPrivateKey};

use crate::{IssueError, Issued};

/// RSASP1 (RFC 8017 §5.2.1) over `block` as it is: padding, DigestInfo and everything else are the caller's. The
/// signature has as many octets as the modulus.
///
/// # Errors
/// [`IssueError::Key`]: not an RSA key in PKCS #8. [`IssueError::Block`]: the block is not below the modulus.
pub fn sign_block(key: &Issued, block: &[u8]) -> Result<Vec<u8>, IssueError> {
    let key = RsaPrivateKey::from_pkcs8_der(&key.key)?;
    let message = BigUint::from_bytes_be(block);
    if &message >= key.n() {
        return Err(IssueError::Block { octets: block.len() });
    }
    let signature = message.modpow(key.d(), key.n()).to_bytes_be();
    let zeros = key.size().saturating_sub(signature.len());
    Ok([vec![0; zeros], signature].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Authority, Purpose, RESIDENTS};
    use der::{DateTime, Decode};
    use rsa::pkcs8::DecodePublicKey;
    use rsa::{Pkcs1v15Sign, RsaPublicKey};
    use sha2::{Digest, Sha256};
    use spki::der::Encode;
    use std::time::SystemTime;
    use x509_cert::Certificate;

    #[test]
    fn a_proper_block_makes_a_proper_signature_and_one_above_the_modulus_none() {
        let now = DateTime::from_system_time(SystemTime::now()).unwrap();
        let issued = Authority::found(Purpose::Signature, now).unwrap().issue(&RESIDENTS[0], now).unwrap();
        let certificate = Certificate::from_der(&issued.certificate).unwrap();
        let info = certificate.tbs_certificate.subject_public_key_info.to_der().unwrap();
        let public = RsaPublicKey::from_public_key_der(&info).unwrap();
        let digest = Sha256::digest(b"abc");
        let prefix = b"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20";
        let block = [&[0, 1], [0xff; 202].as_slice(), &[0], prefix, &digest].concat();
        let signature = sign_block(&issued, &block).unwrap();
        assert_eq!(public.verify(Pkcs1v15Sign::new::<Sha256>(), &digest, &signature), Ok(()));
        assert!(matches!(sign_block(&issued, &[0xff; 256]), Err(IssueError::Block { octets: 256 })));
    }
}
