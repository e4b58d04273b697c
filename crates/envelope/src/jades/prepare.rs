//! Making an envelope in two steps, with the card between them.

use super::form::{Header, Parts, Serialization};
use super::{CompleteError, MAX_FILES, SIGNATURE_LENGTH};
use crate::FileNameError;
use sha2::{Digest, Sha256};
use shomei_application::Timestamp;
use shomei_application::limits::MAX_DOCUMENT_BYTES;
use shomei_pki::{ProfileError, SigningCertificate};

/// An envelope that lacks only its signature.
#[derive(Clone, Debug)]
pub struct Prepared {
    parts: Parts,
    signed: String,
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
    /// No file, or more than one signature covers.
    #[error("{count} files, not 1 to {MAX_FILES}")]
    Files {
        /// Files given.
        count: usize,
    },
    /// A name cannot be that of a file beside the signature.
    #[error(transparent)]
    FileName(#[from] FileNameError),
    /// Two files have one name.
    #[error("two files are called {0:?}")]
    SameName(String),
}

/// Builds everything that the signature covers: a protected header, and `content` as the payload. `certificate` is the
/// signer's certificate in DER; `signing_time` is the signer's claim and proves nothing.
///
/// The content is taken as it is; that it is an application document whose container is `jades` is for the caller to
/// know before a password is asked for.
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
    let parsed = SigningCertificate::parse(certificate)?;
    let header = Header {
        certificate: certificate.to_vec(),
        certificate_digest: parsed.certificate().fingerprint(),
        signing_time,
    };
    let parts = Parts { header, content: content.to_vec(), signature: Vec::new() };
    Ok(Prepared { signed: parts.to_be_signed(), parts })
}

impl Prepared {
    /// The bytes to be signed: header and content in base64url with a full stop between them, ASCII (RFC 7515 §5.1).
    pub fn to_be_signed(&self) -> &str {
        &self.signed
    }

    /// SHA-256 of the bytes to be signed: what the card signs, inside a DigestInfo, with PKCS #1 v1.5 padding.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(&self.signed).into()
    }

    /// The finished envelope in the compact serialization (RFC 7515 §7.1), ASCII. The signature is not checked here.
    ///
    /// # Errors
    /// [`CompleteError::SignatureLength`].
    pub fn complete(self, signature: &[u8]) -> Result<Vec<u8>, CompleteError> {
        self.finish(signature, Serialization::Compact)
    }

    /// As [`Prepared::complete`], in the flattened serialization (RFC 7515 §7.2.2), canonical JSON.
    ///
    /// # Errors
    /// [`CompleteError::SignatureLength`].
    pub fn complete_flattened(self, signature: &[u8]) -> Result<Vec<u8>, CompleteError> {
        self.finish(signature, Serialization::Flattened)
    }

    fn finish(mut self, signature: &[u8], serialization: Serialization) -> Result<Vec<u8>, CompleteError> {
        if signature.len() != SIGNATURE_LENGTH {
            return Err(CompleteError::SignatureLength { length: signature.len() });
        }
        self.parts.signature = signature.to_vec();
        Ok(self.parts.encode(serialization).into_bytes())
    }
}
