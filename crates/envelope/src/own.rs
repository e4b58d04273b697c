//! The check of the side that has just made an envelope, or just received the one it asked for.
//!
//! It needs no anchors and no revocation: it answers "is this my document, signed by the certificate inside", which
//! is what a host can know before it replies and a page before it sends. It is not a verification for a relying party.

use crate::Signed as _;
use crate::cades::{self, EnvelopeError};
use shomei_pki::{BasicFourItems, ProfileError, SignatureVerifier, SigningCertificate};

/// What holds after the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnCheck {
    /// The certificate that signed.
    pub certificate: SigningCertificate,
    /// Its holder, as the certificate states it. Whether an authority stands behind it was not checked.
    pub holder: BasicFourItems,
}

/// Why the envelope is not the one that was to be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OwnCheckError {
    /// Not an envelope of the one form.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// Its content is another document.
    #[error("the content is not the document that was to be signed")]
    OtherContent,
    /// Somebody else has signed, too.
    #[error("{count} signers, where there must be one")]
    Signers {
        /// Signers found.
        count: usize,
    },
    /// Its certificate is not a signature certificate.
    #[error("the certificate: {0}")]
    Certificate(#[from] ProfileError),
    /// The signed digest is not that of the content.
    #[error("the signature is over another content")]
    ContentDigest,
    /// The signer named another certificate.
    #[error("the certificate is not the one that the signer named")]
    OtherCertificate,
    /// The signature does not match.
    #[error("the signature does not match")]
    Signature,
}

/// Checks that `envelope`, a CAdES one, holds exactly `expected_content`, signed by the certificate inside.
///
/// # Errors
/// The first difference.
pub fn verify_own(
    envelope: &[u8],
    expected_content: &[u8],
    verifier: &dyn SignatureVerifier,
) -> Result<OwnCheck, OwnCheckError> {
    let envelope = cades::parse(envelope)?;
    if envelope.content() != expected_content {
        return Err(OwnCheckError::OtherContent);
    }
    let signatures = envelope.signatures();
    let [signature] = signatures.as_slice() else {
        return Err(OwnCheckError::Signers { count: signatures.len() });
    };
    let certificate = SigningCertificate::parse(signature.certificate)?;
    if !signature.changed.is_empty() {
        return Err(OwnCheckError::ContentDigest);
    }
    if !signature.names(certificate.certificate()) {
        return Err(OwnCheckError::OtherCertificate);
    }
    signature.check(certificate.certificate(), verifier).map_err(|_| OwnCheckError::Signature)?;
    let holder = certificate.holder().clone();
    Ok(OwnCheck { certificate, holder })
}
