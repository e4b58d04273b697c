//! Envelopes around application documents, of the kind that the document names in its member `container`.
//!
//! Both kinds are attached: the document is inside. A JAdES envelope is made in the compact serialization, which is
//! the one that pages get; both of its serializations are read.

use crate::{SignedApplication, cades, jades};
use shomei_application::{Container, Timestamp};

/// Octets of an envelope of either kind. JAdES is the longer, as it writes the document in base64url.
pub const MAX_ENVELOPE: usize = jades::MAX_ENVELOPE;
const _: () = assert!(cades::MAX_ENVELOPE <= MAX_ENVELOPE);

/// The first octet of DER: a SEQUENCE (X.690 §8.9).
const SEQUENCE: u8 = 0x30;

/// An envelope that lacks only its signature.
#[derive(Clone, Debug)]
pub enum Prepared {
    /// Made by [`cades::prepare()`].
    Cades(cades::Prepared),
    /// Made by [`jades::prepare()`].
    Jades(jades::Prepared),
}

/// Why no envelope can be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrepareError {
    /// Not in CAdES.
    #[error(transparent)]
    Cades(#[from] cades::PrepareError),
    /// Not in JAdES.
    #[error(transparent)]
    Jades(#[from] jades::PrepareError),
}

/// Why bytes are no envelope of either kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// The first octet promises CAdES.
    #[error(transparent)]
    Cades(#[from] cades::EnvelopeError),
    /// The first octet promises JAdES.
    #[error(transparent)]
    Jades(#[from] jades::EnvelopeError),
    /// Neither kind begins like this.
    #[error("octet 0: neither a CAdES nor a JAdES envelope begins like this")]
    NeitherKind {
        /// The first octet; there is none where nothing was given.
        found: Option<u8>,
    },
}

/// Builds everything around `content` that the signature covers. `container` is what the document in `content` names,
/// `certificate` the signer's certificate in DER; `signing_time` is the signer's claim and proves nothing.
///
/// # Errors
/// [`PrepareError`]; nothing was signed.
pub fn prepare(
    container: Container,
    content: &[u8],
    certificate: &[u8],
    signing_time: Timestamp,
) -> Result<Prepared, PrepareError> {
    Ok(match container {
        Container::Cades => Prepared::Cades(cades::prepare(content, certificate, signing_time)?),
        Container::Jades => Prepared::Jades(jades::prepare(content, certificate, signing_time)?),
    })
}

impl Prepared {
    /// SHA-256 of the bytes to be signed: what the card signs, inside a DigestInfo, with PKCS #1 v1.5 padding.
    pub fn digest(&self) -> [u8; 32] {
        match self {
            Self::Cades(prepared) => prepared.digest(),
            Self::Jades(prepared) => prepared.digest(),
        }
    }

    /// The finished envelope: DER, or the compact serialization of JSON Web Signature (RFC 7515 §7.1). The signature
    /// is not checked here; see [`crate::verify_own`].
    ///
    /// # Errors
    /// [`cades::CompleteError::SignatureLength`].
    pub fn complete(self, signature: &[u8]) -> Result<Vec<u8>, cades::CompleteError> {
        match self {
            Self::Cades(prepared) => prepared.complete(signature),
            Self::Jades(prepared) => prepared.complete(signature),
        }
    }
}

/// Reads an envelope of either kind; the first octet tells which. Whether that is the kind that the document inside
/// asks for is for [`crate::verify()`] or [`crate::verify_own`] to say.
///
/// # Errors
/// The first way in which the form differs from that of its kind.
pub fn parse(input: &[u8]) -> Result<SignedApplication, EnvelopeError> {
    match input.first() {
        Some(&SEQUENCE) => Ok(cades::parse(input)?),
        Some(b'e' | b'{') => Ok(jades::parse(input)?),
        other => Err(EnvelopeError::NeitherKind { found: other.copied() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Key, lab};

    #[test]
    fn the_first_octet_tells_the_kind() {
        let table = [
            ("nothing", b"".as_slice(), EnvelopeError::NeitherKind { found: None }),
            ("a PDF", b"%PDF-1.7", EnvelopeError::NeitherKind { found: Some(b'%') }),
            ("XML", b"<?xml version", EnvelopeError::NeitherKind { found: Some(b'<') }),
            ("white space before JSON", b" {}", EnvelopeError::NeitherKind { found: Some(b' ') }),
            ("DER cut short", b"\x30", cades::parse(b"\x30").unwrap_err().into()),
            ("a compact serialization cut short", b"eyJ", jades::EnvelopeError::Parts { count: 1 }.into()),
            ("an empty object", b"{}", jades::EnvelopeError::Member { pointer: "/protected" }.into()),
        ];
        for (name, input, error) in table {
            assert_eq!(parse(input), Err(error), "{name}");
        }
    }

    #[test]
    fn what_was_made_for_a_container_is_read_as_that_kind() {
        let lab = lab();
        for (container, first) in [(Container::Cades, SEQUENCE), (Container::Jades, b'e')] {
            let certificate = &lab.holder().signature.certificate;
            let prepared = prepare(container, b"{}", certificate, lab.now).unwrap();
            let signature = lab.sign(Key::Signature, &prepared.digest());
            let envelope = prepared.clone().complete(&signature).unwrap();
            assert_eq!(envelope.first(), Some(&first), "{container:?}");
            let read = parse(&envelope).unwrap();
            assert_eq!((read.container(), read.content()), (container, b"{}".as_slice()));
            let short = cades::CompleteError::SignatureLength { length: 255 };
            assert_eq!(prepared.complete(&signature[..255]), Err(short), "{container:?}");
        }
    }

    #[test]
    fn what_cannot_be_prepared_is_refused_in_the_words_of_its_kind() {
        let lab = lab();
        let certificate = &lab.holder().signature.certificate;
        let refused = |container| prepare(container, b"", certificate, lab.now).map(|_| ()).unwrap_err();
        let length = 0;
        assert_eq!(refused(Container::Cades), cades::PrepareError::ContentLength { length }.into());
        assert_eq!(refused(Container::Jades), jades::PrepareError::ContentLength { length }.into());
    }
}
