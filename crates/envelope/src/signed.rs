//! An envelope of either kind, as the checks see it.

use crate::{cades, jades};
use shomei_application::{Container, Timestamp};
use shomei_pki::{SignatureMismatch, SignatureVerifier};

/// An envelope of the right form. Nothing about it is believed yet: [`crate::verify()`] judges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignedApplication {
    /// Read by [`cades::parse()`].
    Cades(cades::Envelope),
    /// Read by [`jades::parse()`].
    Jades(jades::Envelope),
}

impl SignedApplication {
    /// The kind of envelope, which the document inside has to name as its container.
    pub fn container(&self) -> Container {
        match self {
            Self::Cades(_) => Container::Cades,
            Self::Jades(_) => Container::Jades,
        }
    }

    /// The content: the canonical bytes of a document, if the signer kept to the rules.
    pub fn content(&self) -> &[u8] {
        match self {
            Self::Cades(envelope) => envelope.content(),
            Self::Jades(envelope) => envelope.content(),
        }
    }

    /// The signer's certificate in DER, as it stands in the envelope.
    pub fn certificate(&self) -> &[u8] {
        match self {
            Self::Cades(envelope) => envelope.certificate(),
            Self::Jades(envelope) => envelope.certificate(),
        }
    }

    /// When the signer claims to have signed.
    pub fn signing_time(&self) -> Timestamp {
        match self {
            Self::Cades(envelope) => envelope.signing_time(),
            Self::Jades(envelope) => envelope.signing_time(),
        }
    }

    /// The envelope as it was read, octet for octet: DER, or one of the serializations of JSON Web Signature.
    pub fn to_octets(&self) -> Vec<u8> {
        match self {
            Self::Cades(envelope) => envelope.to_der(),
            Self::Jades(envelope) => envelope.to_octets(),
        }
    }

    /// Whether the signature is over this content. In JAdES the content itself is signed and not its digest, so there
    /// the signature alone says it.
    pub(crate) fn content_is_covered(&self) -> bool {
        match self {
            Self::Cades(envelope) => envelope.content_is_covered(),
            Self::Jades(_) => true,
        }
    }

    /// Whether the signer named the certificate of this envelope, whose issuer (a Name in DER) and serial number
    /// (content octets) are given. JAdES names it by its digest only.
    pub(crate) fn names_certificate(&self, issuer: &[u8], serial: &[u8]) -> bool {
        match self {
            Self::Cades(envelope) => {
                envelope.certificate_is_covered() && envelope.names_signer(issuer, serial)
            }
            Self::Jades(envelope) => envelope.certificate_is_covered(),
        }
    }

    pub(crate) fn check_signature(
        &self,
        public_key: &[u8],
        verifier: &dyn SignatureVerifier,
    ) -> Result<(), SignatureMismatch> {
        match self {
            Self::Cades(envelope) => envelope.check_signature(public_key, verifier),
            Self::Jades(envelope) => envelope.check_signature(public_key, verifier),
        }
    }
}
