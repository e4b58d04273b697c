//! Making an envelope in two steps, with the card between them.

use super::form::{Parts, SignedAttributes};
use super::{SIGNATURE_LENGTH, parse::issuer_and_serial};
use sha2::{Digest, Sha256};
use shomei_application::Timestamp;
use shomei_application::limits::MAX_DOCUMENT_BYTES;
use shomei_pki::{ProfileError, SigningCertificate, TimeError, UnixTime};

/// An envelope that lacks only its signature.
#[derive(Clone, Debug)]
pub struct Prepared {
    parts: Parts,
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

/// Builds everything around `content` that the signature covers. `certificate` is the signer's certificate in DER;
/// `signing_time` is the signer's claim and proves nothing.
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
    let parsed = SigningCertificate::parse(certificate)?;
    let time = UnixTime::from_seconds(signing_time.unix_seconds()).to_utc_time()?;
    let attributes = SignedAttributes {
        message_digest: Sha256::digest(content).into(),
        signing_time: time.into_bytes(),
        certificate_digest: parsed.certificate().fingerprint(),
    };
    let digest = Sha256::digest(attributes.to_be_signed()).into();
    let parts = Parts {
        content: content.to_vec(),
        certificate: certificate.to_vec(),
        signer: issuer_and_serial(parsed.certificate().issuer(), parsed.certificate().serial()),
        attributes,
        signature: Vec::new(),
    };
    Ok(Prepared { parts, digest })
}

impl Prepared {
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
        self.parts.signature = signature.to_vec();
        Ok(self.parts.encode())
    }
}
