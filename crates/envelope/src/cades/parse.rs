//! Reading an envelope: take out the parts, write them again, compare every byte.

use super::form::{
    APPLICATION, CONTENT_TYPE, MESSAGE_DIGEST, Parts, SHA256, SHA256_WITH_RSA, SIGNED_DATA,
    SIGNING_CERTIFICATE_V2, SIGNING_TIME, SignedAttributes,
};
use super::{MAX_ENVELOPE, SIGNATURE_LENGTH};
use crate::SignedApplication;
use sha2::{Digest, Sha256};
use shomei_application::Timestamp;
use shomei_pki::der::{self, DerError, Element, Reader, Tag, element, sequence};
use shomei_pki::{Algorithm, SignatureMismatch, SignatureVerifier, UnixTime};

/// What [`parse()`] reads, as part of a [`SignedApplication`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    parts: Parts,
    signing_time: Timestamp,
}

/// Why bytes are not an envelope of this form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// More octets than any envelope has.
    #[error("{length} octets are more than the {MAX_ENVELOPE} of any envelope")]
    TooLong {
        /// Octets given.
        length: usize,
    },
    /// The bytes are not DER, or a part is not where the form has it.
    #[error(transparent)]
    Encoding(#[from] DerError),
    /// A part with a fixed value has another one.
    #[error("octet {offset}: not the {what} of a signed application")]
    Fixed {
        /// Offset of the part.
        offset: usize,
        /// The part's name in RFC 5652.
        what: &'static str,
    },
    /// SignerInfo without signed attributes, which is never accepted.
    #[error("octet {offset}: the signer has no signed attributes")]
    NoSignedAttributes {
        /// Offset of what stands in their place.
        offset: usize,
    },
    /// Several signers, which this version does not know yet.
    #[error("{count} signers, where one is known")]
    Signers {
        /// SignerInfo elements found.
        count: usize,
    },
    /// Several certificates, or one of another form.
    #[error("{count} certificates, where there must be the signer's alone")]
    Certificates {
        /// Elements found.
        count: usize,
    },
    /// A signed attribute that is unknown, repeated or missing.
    #[error("octet {offset}: the signed attributes are not exactly the four of the form")]
    Attributes {
        /// Offset of the attributes, or of the attribute.
        offset: usize,
    },
    /// The signing time lies before 1970.
    #[error("the signing time lies before 1970")]
    SigningTime,
    /// Everything was found, but not written in the one way that it is written.
    #[error("octet {offset}: not in the one form of an envelope")]
    NotCanonical {
        /// The first octet that differs.
        offset: usize,
    },
}

/// Reads an envelope in DER. What is read, written again, is `input` byte for byte.
///
/// # Errors
/// The first way in which the form differs.
pub fn parse(input: &[u8]) -> Result<SignedApplication, EnvelopeError> {
    if input.len() > MAX_ENVELOPE {
        return Err(EnvelopeError::TooLong { length: input.len() });
    }
    der::check(input)?;
    let parts = read_content_info(input)?;
    let written = parts.encode();
    if written != input {
        let same = written.iter().zip(input).take_while(|(one, other)| one == other).count();
        return Err(EnvelopeError::NotCanonical { offset: same });
    }
    let seconds =
        UnixTime::from_utc_time(&parts.attributes.signing_time).map_err(|_| EnvelopeError::SigningTime)?;
    let signing_time =
        Timestamp::from_unix_seconds(seconds.seconds()).map_err(|_| EnvelopeError::SigningTime)?;
    Ok(SignedApplication::Cades(Envelope { parts, signing_time }))
}

impl Envelope {
    pub(crate) fn content(&self) -> &[u8] {
        &self.parts.content
    }

    pub(crate) fn certificate(&self) -> &[u8] {
        &self.parts.certificate
    }

    pub(crate) fn signing_time(&self) -> Timestamp {
        self.signing_time
    }

    pub(crate) fn to_der(&self) -> Vec<u8> {
        self.parts.encode()
    }

    /// Whether the signed digest is that of the content.
    pub(crate) fn content_is_covered(&self) -> bool {
        self.parts.attributes.message_digest == <[u8; 32]>::from(Sha256::digest(&self.parts.content))
    }

    /// Whether the signed certificate digest is that of the certificate in the envelope (RFC 5035 §5.4).
    pub(crate) fn certificate_is_covered(&self) -> bool {
        self.parts.attributes.certificate_digest == <[u8; 32]>::from(Sha256::digest(&self.parts.certificate))
    }

    /// Whether the signer identifier names this issuer and serial number.
    pub(crate) fn names_signer(&self, issuer: &[u8], serial: &[u8]) -> bool {
        self.parts.signer == issuer_and_serial(issuer, serial)
    }

    pub(crate) fn check_signature(
        &self,
        public_key: &[u8],
        verifier: &dyn SignatureVerifier,
    ) -> Result<(), SignatureMismatch> {
        let message = self.parts.attributes.to_be_signed();
        verifier.verify(Algorithm::RsaPkcs1Sha256, public_key, &message, &self.parts.signature)
    }
}

/// IssuerAndSerialNumber (RFC 5652 §10.2.4) from a Name in DER and the content octets of a serial number.
pub(super) fn issuer_and_serial(issuer: &[u8], serial: &[u8]) -> Vec<u8> {
    sequence(Tag::SEQUENCE, &[issuer, &element(Tag::INTEGER, serial)])
}

fn read_content_info(input: &[u8]) -> Result<Parts, EnvelopeError> {
    let mut content_info = Reader::new(input).expect(Tag::SEQUENCE)?.children();
    fixed(&content_info.expect(Tag::OID)?, SIGNED_DATA, "contentType")?;
    let mut explicit = content_info.expect(Tag::context(0))?.children();
    content_info.finish()?;
    let signed_data = explicit.expect(Tag::SEQUENCE)?;
    explicit.finish()?;
    read_signed_data(&signed_data)
}

fn read_signed_data(signed_data: &Element<'_>) -> Result<Parts, EnvelopeError> {
    let mut reader = signed_data.children();
    fixed(&reader.expect(Tag::INTEGER)?, &[3], "version")?;
    fixed(&reader.expect(Tag::SET)?, SHA256, "digestAlgorithms")?;
    let content = read_content(&reader.expect(Tag::SEQUENCE)?)?;
    let certificate = only(&reader.expect(Tag::context(0))?, |count| EnvelopeError::Certificates { count })?;
    let signer = only(&reader.expect(Tag::SET)?, |count| EnvelopeError::Signers { count })?;
    reader.finish()?;
    let (signer, attributes, signature) = read_signer(&signer)?;
    Ok(Parts { content, certificate: certificate.raw().to_vec(), signer, attributes, signature })
}

fn read_content(content_info: &Element<'_>) -> Result<Vec<u8>, EnvelopeError> {
    let mut reader = content_info.children();
    fixed(&reader.expect(Tag::OID)?, APPLICATION, "eContentType")?;
    let mut explicit = reader.expect(Tag::context(0))?.children();
    reader.finish()?;
    let content = explicit.expect(Tag::OCTET_STRING)?;
    explicit.finish()?;
    Ok(content.content().to_vec())
}

fn read_signer(signer: &Element<'_>) -> Result<(Vec<u8>, SignedAttributes, Vec<u8>), EnvelopeError> {
    let mut reader = signer.children();
    fixed(&reader.expect(Tag::INTEGER)?, &[1], "version of the signer")?;
    let identifier = reader.expect(Tag::SEQUENCE)?;
    fixed_raw(&reader.expect(Tag::SEQUENCE)?, SHA256, "digestAlgorithm")?;
    let Some(attributes) = reader.clone().optional(Tag::context(0))? else {
        return Err(EnvelopeError::NoSignedAttributes { offset: reader.read()?.offset() });
    };
    reader.read()?;
    fixed_raw(&reader.expect(Tag::SEQUENCE)?, SHA256_WITH_RSA, "signatureAlgorithm")?;
    let signature = reader.expect(Tag::OCTET_STRING)?;
    reader.finish()?;
    if signature.content().len() != SIGNATURE_LENGTH {
        return Err(EnvelopeError::Fixed { offset: signature.offset(), what: "signature length" });
    }
    Ok((identifier.raw().to_vec(), read_attributes(&attributes)?, signature.content().to_vec()))
}

/// Takes the three values out; that the fourth, and nothing else, stands beside them shows when they are written again.
fn read_attributes(attributes: &Element<'_>) -> Result<SignedAttributes, EnvelopeError> {
    let missing = EnvelopeError::Attributes { offset: attributes.offset() };
    let (mut message_digest, mut signing_time, mut certificate_digest) = (None, None, None);
    let mut reader = attributes.children();
    while !reader.is_empty() {
        let attribute = reader.expect(Tag::SEQUENCE)?;
        let unknown = EnvelopeError::Attributes { offset: attribute.offset() };
        let mut parts = attribute.children();
        let oid = parts.expect(Tag::OID)?;
        let value = only(&parts.expect(Tag::SET)?, |_| unknown.clone())?;
        match oid.content() {
            CONTENT_TYPE => fixed(&value, APPLICATION, "content type attribute")?,
            MESSAGE_DIGEST => message_digest = <[u8; 32]>::try_from(value.content()).ok(),
            SIGNING_TIME if value.tag() == Tag::UTC_TIME => signing_time = Some(value.content().to_vec()),
            SIGNING_CERTIFICATE_V2 => certificate_digest = read_signing_certificate(&value)?,
            _ => return Err(unknown),
        }
    }
    match (message_digest, signing_time, certificate_digest) {
        (Some(message_digest), Some(signing_time), Some(certificate_digest)) => {
            Ok(SignedAttributes { message_digest, signing_time, certificate_digest })
        }
        _ => Err(missing),
    }
}

fn read_signing_certificate(value: &Element<'_>) -> Result<Option<[u8; 32]>, EnvelopeError> {
    let mut certificate_ids = value.children().expect(Tag::SEQUENCE)?.children();
    let mut certificate_id = certificate_ids.expect(Tag::SEQUENCE)?.children();
    let digest = certificate_id.expect(Tag::OCTET_STRING)?;
    Ok(<[u8; 32]>::try_from(digest.content()).ok())
}

fn fixed(found: &Element<'_>, content: &[u8], what: &'static str) -> Result<(), EnvelopeError> {
    if found.content() == content {
        Ok(())
    } else {
        Err(EnvelopeError::Fixed { offset: found.offset(), what })
    }
}

fn fixed_raw(found: &Element<'_>, raw: &[u8], what: &'static str) -> Result<(), EnvelopeError> {
    if found.raw() == raw { Ok(()) } else { Err(EnvelopeError::Fixed { offset: found.offset(), what }) }
}

fn only<'a>(
    set: &Element<'a>,
    otherwise: impl Fn(usize) -> EnvelopeError,
) -> Result<Element<'a>, EnvelopeError> {
    let mut reader = set.children();
    let mut elements = Vec::new();
    while !reader.is_empty() {
        elements.push(reader.read()?);
    }
    match elements.as_slice() {
        [element] => Ok(*element),
        several => Err(otherwise(several.len())),
    }
}
