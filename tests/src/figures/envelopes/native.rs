//! The arithmetic by AWS-LC, as servers have it.

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use shomei_pki::{Algorithm, SignatureMismatch, SignatureVerifier};

#[derive(Clone, Copy, Debug)]
pub(super) struct AwsLcVerifier;

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
