//! Making an envelope in two steps, with the card between them.

use super::SIGNATURE_LENGTH;
use crate::FileDigest;
use crate::cms::{self, ContentType, Parts, Signer};
use sha2::{Digest, Sha256};
use shomei_application::Timestamp;
use shomei_application::limits::MAX_DOCUMENT_BYTES;
use shomei_pki::{ProfileError, TimeError};

/// An envelope that lacks only its signature.
#[derive(Clone, Debug)]
pub struct Prepared {
    content: Option<Vec<u8>>,
    signer: Signer,
    digest: [u8; 32],
}

/// Why no envelope can be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrepareError {
    /// The content is empty or longer than a document may be.
    #[error("the content has {length} octets, not 1 to {MAX_DOCUMENT_BYTES}")]
    ContentLength {
        /// Octets of the content.
        length: usize,
    },
    /// The certificate is not a signature certificate.
    #[error("the certificate: {0}")]
    Certificate(#[from] ProfileError),
    /// The time does not fit UTCTime.
    #[error("the signing time: {0}")]
    SigningTime(#[from] TimeError),
}

/// Why a signature does not complete an envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompleteError {
    /// Not as long as the key of the profile makes it.
    #[error("the signature has {length} octets, not {SIGNATURE_LENGTH}")]
    SignatureLength {
        /// Octets given.
        length: usize,
    },
}

/// Builds everything around `content`, an application document, that the signature covers. `certificate` is the signer's
/// certificate in DER; `signing_time` is the signer's claim and proves nothing.
///
/// The content is taken as it is; that it is an application document is for the caller to know before a password
/// is asked for.
///
/// # Errors
/// [`PrepareError`]; nothing was signed.
pub fn prepare(
    content: &[u8],
    certificate: &[u8],
    signing_time: Timestamp,
) -> Result<Prepared, PrepareError> {
    if !(1..=MAX_DOCUMENT_BYTES).contains(&content.len()) {
        return Err(PrepareError::ContentLength { length: content.len() });
    }
    let digest = Sha256::digest(content).into();
    let signer =
        cms::signer::<PrepareError>(ContentType::Application, digest, certificate, Some(signing_time))?;
    Ok(Prepared::new(Some(content.to_vec()), signer))
}

/// As [`prepare`], over a file that stays outside the envelope. The file's name is not signed: what CAdES has no
/// attribute for in this baseline, a name on a disk can lie about anyway.
///
/// # Errors
/// [`PrepareError`]; nothing was signed.
pub fn prepare_detached(
    file: &FileDigest,
    certificate: &[u8],
    signing_time: Timestamp,
) -> Result<Prepared, PrepareError> {
    let signer =
        cms::signer::<PrepareError>(ContentType::File, file.sha256, certificate, Some(signing_time))?;
    Ok(Prepared::new(None, signer))
}

impl Prepared {
    fn new(content: Option<Vec<u8>>, signer: Signer) -> Self {
        let digest = Sha256::digest(signer.attributes.to_be_signed()).into();
        Self { content, signer, digest }
    }

    /// SHA-256 of the signed attributes: what the card signs, inside a DigestInfo, with PKCS #1 v1.5 padding.
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// The finished envelope in DER. The signature is not checked here; see [`crate::verify_own`].
    ///
    /// # Errors
    /// [`CompleteError::SignatureLength`].
    pub fn complete(mut self, signature: &[u8]) -> Result<Vec<u8>, CompleteError> {
        if signature.len() != SIGNATURE_LENGTH {
            return Err(CompleteError::SignatureLength { length: signature.len() });
        }
        self.signer.signature = signature.to_vec();
        let content_type = self.signer.attributes.content_type;
        Ok(Parts { content: self.content, content_type, signers: vec![self.signer] }.encode())
    }
}
