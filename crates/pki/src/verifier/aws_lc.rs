//! The same by AWS-LC, for programs that may link native code: servers and the command line.

use super::{Algorithm, SignatureMismatch, SignatureVerifier};
use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};

/// The implementation over `aws-lc-rs`, several times as fast as [`RsaVerifier`](super::RsaVerifier). Page and host use
/// that one, so that each checks the other's work. Needs the feature `aws-lc`.
#[derive(Clone, Copy, Debug, Default)]
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RsaVerifier;
    use crate::testing::{Node, SIGNATURE_2024, SIGNING};

    /// The signed part, the signature and the authority's key of a certificate read off a test card.
    fn real_signature() -> (Vec<u8>, Vec<u8>, Vec<u8>) {
        let certificate = Node::parse(SIGNING);
        let key = Node::parse(SIGNATURE_2024).children[0].children[6].encode();
        (certificate.children[0].encode(), certificate.children[2].content[1..].to_vec(), key)
    }

    #[test]
    fn both_implementations_agree_on_good_and_bad_signatures() {
        let (message, good, key) = real_signature();
        let flipped = |place: usize| {
            let mut changed = good.clone();
            changed[place] ^= 1;
            changed
        };
        let mut cases = vec![(message.clone(), good.clone(), key.clone(), true)];
        cases.extend(
            (0..good.len()).step_by(17).map(|place| (message.clone(), flipped(place), key.clone(), false)),
        );
        for signature in
            [vec![], good[1..].to_vec(), [&[0], good.as_slice()].concat(), vec![0; 256], vec![0xff; 256]]
        {
            cases.push((message.clone(), signature, key.clone(), false));
        }
        cases.push((message[1..].to_vec(), good.clone(), key.clone(), false));
        cases.push((message.clone(), good.clone(), key[1..].to_vec(), false));
        cases.push((message, good, vec![], false));
        for (index, (message, signature, key, holds)) in cases.iter().enumerate() {
            let verifiers: [&dyn SignatureVerifier; 2] = [&AwsLcVerifier, &RsaVerifier];
            let answers =
                verifiers.map(|one| one.verify(Algorithm::RsaPkcs1Sha256, key, message, signature).is_ok());
            assert_eq!(answers, [*holds; 2], "case {index}");
        }
    }
}
