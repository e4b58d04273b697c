//! Signature arithmetic by AWS-LC. Page and host use another implementation, so that each checks the other's work.

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use shomei_pki::{Algorithm, SignatureMismatch, SignatureVerifier};

/// [`SignatureVerifier`] over `aws-lc-rs`.
#[derive(Debug, Clone, Copy)]
pub struct AwsLcVerifier;

impl SignatureVerifier for AwsLcVerifier {
    fn verify(
        &self,
        algorithm: Algorithm,
        public_key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), SignatureMismatch> {
        let Algorithm::RsaPkcs1Sha256 = algorithm;
        let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public_key);
        key.verify(message, signature).map_err(|_| SignatureMismatch)
    }
}
