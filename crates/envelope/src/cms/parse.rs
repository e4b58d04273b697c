//! Reading an envelope: take out the parts, write them again, compare every byte.

use super::form::{
    CONTENT_TYPE, ContentType, MESSAGE_DIGEST, Parts, SHA256, SHA256_NULL, SHA256_WITH_RSA, SIGNED_DATA,
    SIGNING_CERTIFICATE_V2, SIGNING_TIME, SignedAttributes, Signer, issuer_serial,
};
use crate::cades::{MAX_ENVELOPE, MAX_SIGNERS, SIGNATURE_LENGTH};
use sha2::{Digest, Sha256};
use shomei_application::Timestamp;
use shomei_pki::UnixTime;
use shomei_pki::der::{self, DerError, Element, Reader, Tag, integer};

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
    /// No signer, or more than one envelope may have.
    #[error("{count} signers, not 1 to {MAX_SIGNERS}")]
    Signers {
        /// SignerInfo elements found.
        count: usize,
    },
    /// There is not one certificate for each signer.
    #[error("{count} certificates, where there must be one for each signer and no two the same")]
    Certificates {
        /// Elements found.
        count: usize,
    },
    /// A signer named a certificate that is not there, or one that another signer has named.
    #[error("octet {offset}: no certificate of its own for this signer")]
    CertificateOf {
        /// Offset of the SignerInfo.
        offset: usize,
    },
    /// The content stands inside, where it must be outside, or the other way round.
    #[error("octet {offset}: the content of a signed application stands inside, a file outside")]
    Attachment {
        /// Offset of the content's type.
        offset: usize,
    },
    /// The signature of a file, where a signed application was asked for.
    #[error("the signature of a file, with no application in it")]
    NoContent,
    /// A signed application, where the signature of a file was asked for.
    #[error("a signed application, not the signature of a file")]
    NotOfAFile,
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

/// Reads an envelope in DER around content of one of `known` types. What is read, written again, is `input` byte for
/// byte.
pub(crate) fn read(input: &[u8], known: &[ContentType]) -> Result<Parts, EnvelopeError> {
    if input.len() > MAX_ENVELOPE {
        return Err(EnvelopeError::TooLong { length: input.len() });
    }
    der::check(input)?;
    let parts = read_content_info(input, known)?;
    let written = parts.encode();
    if written != input {
        let same = written.iter().zip(input).take_while(|(one, other)| one == other).count();
        return Err(EnvelopeError::NotCanonical { offset: same });
    }
    parts.signers.iter().try_for_each(|signer| signing_time(&signer.attributes).map(|_| ()))?;
    Ok(parts)
}

/// The signer's claim as a time.
pub(crate) fn signing_time(attributes: &SignedAttributes) -> Result<Option<Timestamp>, EnvelopeError> {
    let Some(content) = &attributes.signing_time else { return Ok(None) };
    let time = UnixTime::from_utc_time(content).map_err(|_| EnvelopeError::SigningTime)?;
    Timestamp::from_unix_seconds(time.seconds()).map(Some).map_err(|_| EnvelopeError::SigningTime)
}

fn read_content_info(input: &[u8], known: &[ContentType]) -> Result<Parts, EnvelopeError> {
    let mut content_info = Reader::new(input).expect(Tag::SEQUENCE)?.children();
    fixed(&content_info.expect(Tag::OID)?, SIGNED_DATA, "contentType")?;
    let mut explicit = content_info.expect(Tag::context(0))?.children();
    content_info.finish()?;
    let signed_data = explicit.expect(Tag::SEQUENCE)?;
    explicit.finish()?;
    read_signed_data(&signed_data, known)
}

fn read_signed_data(signed_data: &Element<'_>, known: &[ContentType]) -> Result<Parts, EnvelopeError> {
    let mut reader = signed_data.children();
    let version = reader.expect(Tag::INTEGER)?;
    let algorithms = reader.expect(Tag::SET)?;
    one_of(algorithms.content(), digest_algorithms(known), &algorithms, "digestAlgorithms")?;
    let (content_type, content) = read_content(&reader.expect(Tag::SEQUENCE)?, known)?;
    fixed_raw(&version, &integer(content_type.version()), "version")?;
    let certificates = elements(&reader.expect(Tag::context(0))?)?;
    let signers = elements(&reader.expect(Tag::SET)?)?;
    reader.finish()?;
    if !(1..=MAX_SIGNERS).contains(&signers.len()) {
        return Err(EnvelopeError::Signers { count: signers.len() });
    }
    if certificates.len() != signers.len() {
        return Err(EnvelopeError::Certificates { count: certificates.len() });
    }
    Ok(Parts { content, content_type, signers: read_signers(&signers, &certificates, content_type)? })
}

fn read_content(
    content_info: &Element<'_>,
    known: &[ContentType],
) -> Result<(ContentType, Option<Vec<u8>>), EnvelopeError> {
    let mut reader = content_info.children();
    let name = reader.expect(Tag::OID)?;
    let other = EnvelopeError::Fixed { offset: name.offset(), what: "eContentType" };
    let content_type =
        *known.iter().find(|content_type| content_type.oid() == name.content()).ok_or(other)?;
    let content = match reader.optional(Tag::context(0))? {
        None => None,
        Some(explicit) => {
            let mut explicit = explicit.children();
            let content = explicit.expect(Tag::OCTET_STRING)?;
            explicit.finish()?;
            Some(content.content().to_vec())
        }
    };
    reader.finish()?;
    match (content_type, &content) {
        (ContentType::Application, Some(_)) | (ContentType::File | ContentType::Pdf, None) => {
            Ok((content_type, content))
        }
        _ => Err(EnvelopeError::Attachment { offset: name.offset() }),
    }
}

/// Each signer with its certificate. A single one has the single certificate, whatever it named: that it named another
/// is for the checks to say. Of several, each is found by the digest that its signer signed.
fn read_signers(
    signers: &[Element<'_>],
    certificates: &[Element<'_>],
    content_type: ContentType,
) -> Result<Vec<Signer>, EnvelopeError> {
    let repeated = |(place, one): (usize, &Element<'_>)| {
        certificates.iter().take(place).any(|other| other.raw() == one.raw())
    };
    if certificates.iter().enumerate().any(repeated) {
        return Err(EnvelopeError::Certificates { count: certificates.len() });
    }
    let mut left = certificates.to_vec();
    let mut read = Vec::with_capacity(signers.len());
    for element in signers {
        let (identifier, attributes, signature) = read_signer(element, content_type)?;
        let is_named = |certificate: &Element<'_>| {
            attributes.certificate_digest == <[u8; 32]>::from(Sha256::digest(certificate.raw()))
        };
        let place = if certificates.len() == 1 { Some(0) } else { left.iter().position(is_named) };
        let missing = EnvelopeError::CertificateOf { offset: element.offset() };
        let certificate =
            left.remove(place.filter(|place| *place < left.len()).ok_or(missing)?).raw().to_vec();
        read.push(Signer { certificate, identifier, attributes, signature });
    }
    Ok(read)
}

fn read_signer(
    signer: &Element<'_>,
    content_type: ContentType,
) -> Result<(Vec<u8>, SignedAttributes, Vec<u8>), EnvelopeError> {
    let mut reader = signer.children();
    fixed(&reader.expect(Tag::INTEGER)?, &[1], "version of the signer")?;
    let identifier = reader.expect(Tag::SEQUENCE)?;
    let algorithm = reader.expect(Tag::SEQUENCE)?;
    one_of(algorithm.raw(), digest_algorithms(&[content_type]), &algorithm, "digestAlgorithm")?;
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
    let attributes = read_attributes(&attributes, content_type, &identifier)?;
    Ok((identifier.raw().to_vec(), attributes, signature.content().to_vec()))
}

/// Takes the values out; that the content type, and nothing else, stands beside them shows when they are written again.
fn read_attributes(
    attributes: &Element<'_>,
    content_type: ContentType,
    identifier: &Element<'_>,
) -> Result<SignedAttributes, EnvelopeError> {
    let missing = EnvelopeError::Attributes { offset: attributes.offset() };
    let (mut message_digest, mut signing_time, mut certificate) = (None, None, None);
    let issuer = (content_type == ContentType::Pdf).then_some(identifier);
    let mut reader = attributes.children();
    while !reader.is_empty() {
        let attribute = reader.expect(Tag::SEQUENCE)?;
        let unknown = EnvelopeError::Attributes { offset: attribute.offset() };
        let mut parts = attribute.children();
        let oid = parts.expect(Tag::OID)?;
        let value = only(&parts.expect(Tag::SET)?, &unknown)?;
        match oid.content() {
            CONTENT_TYPE => fixed(&value, content_type.oid(), "content type attribute")?,
            MESSAGE_DIGEST => message_digest = <[u8; 32]>::try_from(value.content()).ok(),
            SIGNING_TIME if value.tag() == Tag::UTC_TIME => signing_time = Some(value.content().to_vec()),
            SIGNING_CERTIFICATE_V2 => certificate = Some(read_signing_certificate(&value, issuer)?),
            _ => return Err(unknown),
        }
    }
    let in_a_pdf = content_type == ContentType::Pdf;
    match (message_digest, certificate) {
        (Some(message_digest), Some((Some(certificate_digest), issuer_serial)))
            if in_a_pdf || signing_time.is_some() =>
        {
            Ok(SignedAttributes {
                content_type,
                message_digest,
                signing_time,
                certificate_digest,
                issuer_serial,
            })
        }
        _ => Err(missing),
    }
}

/// The digest of a certificate, if it has the right length, and IssuerSerial where it stands.
type NamedCertificate = (Option<[u8; 32]>, Option<Vec<u8>>);

/// The digest of the certificate, and its issuer and serial number where they stand beside it: those of the signer's
/// identifier. They are looked for in PDFs only.
fn read_signing_certificate(
    value: &Element<'_>,
    identifier: Option<&Element<'_>>,
) -> Result<NamedCertificate, EnvelopeError> {
    let mut certificate_ids = value.children().expect(Tag::SEQUENCE)?.children();
    let mut certificate_id = certificate_ids.expect(Tag::SEQUENCE)?.children();
    let digest = certificate_id.expect(Tag::OCTET_STRING)?;
    let digest = <[u8; 32]>::try_from(digest.content()).ok();
    let Some(identifier) = identifier else { return Ok((digest, None)) };
    let Some(found) = certificate_id.optional(Tag::SEQUENCE)? else { return Ok((digest, None)) };
    let mut named = identifier.children();
    let expected = issuer_serial(named.read()?.raw(), named.read()?.raw());
    fixed_raw(&found, &expected, "issuerSerial")?;
    Ok((digest, Some(expected)))
}

/// How SHA-256 may be named: in a PDF in two ways, of which the signed attributes ask for one.
const fn digest_algorithms(known: &[ContentType]) -> &'static [&'static [u8]] {
    if let [ContentType::Pdf] = known { &[SHA256, SHA256_NULL] } else { &[SHA256] }
}

fn one_of(
    found: &[u8],
    known: &[&[u8]],
    element: &Element<'_>,
    what: &'static str,
) -> Result<(), EnvelopeError> {
    match known.contains(&found) {
        true => Ok(()),
        false => Err(EnvelopeError::Fixed { offset: element.offset(), what }),
    }
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

fn elements<'a>(set: &Element<'a>) -> Result<Vec<Element<'a>>, EnvelopeError> {
    let mut reader = set.children();
    let mut elements = Vec::new();
    while !reader.is_empty() {
        elements.push(reader.read()?);
    }
    Ok(elements)
}

fn only<'a>(set: &Element<'a>, otherwise: &EnvelopeError) -> Result<Element<'a>, EnvelopeError> {
    match elements(set)?.as_slice() {
        [element] => Ok(*element),
        _ => Err(otherwise.clone()),
    }
}
