//! The structure of a certificate: what `x509-parser` reads, and beside it a walk over every element, as the parser
//! passes over some that are too many.

use super::algorithms::known_algorithm;
use super::{ProfileError, extensions, names};
use crate::der::{self, DerError, Element, Reader, Tag};
use crate::verifier::{Algorithm, RSA_ENCRYPTION};
use x509_parser::prelude::{FromDer, X509Certificate, X509Version};

/// The longest certificate: six times the longest of the profile, which have about 2,600 octets.
const MAX_OCTETS: usize = 16 * 1024;

/// A certificate of version 3 in DER from its first octet to its last, and its outer parts.
pub(super) fn read(input: &[u8]) -> Result<(X509Certificate<'_>, Outer<'_>), ProfileError> {
    if input.len() > MAX_OCTETS {
        return Err(ProfileError::TooLong { octets: input.len() });
    }
    der::check(input)?;
    let (rest, parsed) = X509Certificate::from_der(input).map_err(|_| ProfileError::Structure)?;
    if !rest.is_empty() {
        return Err(ProfileError::Structure);
    }
    let outer = Outer::read(input)?;
    let tbs = &parsed.tbs_certificate;
    if tbs.version != X509Version::V3 {
        return Err(ProfileError::Version);
    }
    if tbs.issuer_uid.is_some() || tbs.subject_uid.is_some() {
        return Err(ProfileError::UniqueIdentifier);
    }
    Ok((parsed, outer))
}

/// The three parts of `SEQUENCE { signed, algorithm, signature }`, shared by certificates and CRLs
/// (RFC 5280 §4.1.1, §5.1.1), and the serial number of a certificate.
pub(super) struct Outer<'a> {
    pub(super) signed: &'a [u8],
    pub(super) signature: &'a [u8],
    pub(super) algorithm: Algorithm,
    pub(super) serial: &'a [u8],
}

impl<'a> Outer<'a> {
    fn read(input: &'a [u8]) -> Result<Self, ProfileError> {
        let mut reader = Reader::new(input).expect(Tag::SEQUENCE)?.children();
        let signed = reader.expect(Tag::SEQUENCE)?;
        let outside = reader.expect(Tag::SEQUENCE)?;
        let signature = reader.expect(Tag::BIT_STRING)?.bit_string_octets()?.remaining();
        reader.finish()?;
        let mut inside = signed.children();
        if let Some(version) = inside.optional(Tag::context(0))? {
            read_only(version, Tag::INTEGER)?;
        }
        let serial = inside.expect(Tag::INTEGER)?;
        let algorithm = inside.expect(Tag::SEQUENCE)?;
        if algorithm.raw() != outside.raw() {
            return Err(ProfileError::AlgorithmsDiffer);
        }
        let algorithm = known_algorithm(algorithm.raw())?;
        check_rest(inside)?;
        Ok(Self { signed: signed.raw(), signature, algorithm, serial: serial.content() })
    }
}

/// The one element of this tag that an element holds.
fn read_only<'a>(outer: Element<'a>, tag: Tag) -> Result<Element<'a>, DerError> {
    let mut inside = outer.children();
    let only = inside.expect(tag)?;
    inside.finish()?;
    Ok(only)
}

/// Walks what follows the algorithm in TBSCertificate, as `x509-parser` passes over elements that are too many
/// (RFC 5280 §4.1).
fn check_rest(mut fields: Reader<'_>) -> Result<(), DerError> {
    names::read_name(&mut fields)?;
    let mut validity = fields.expect(Tag::SEQUENCE)?.children();
    validity.read()?;
    validity.read()?;
    validity.finish()?;
    names::read_name(&mut fields)?;
    check_key_octets(&fields.expect(Tag::SEQUENCE)?)?;
    fields.optional(Tag::context_primitive(1))?;
    fields.optional(Tag::context_primitive(2))?;
    if let Some(extensions) = fields.optional(Tag::context(3))? {
        check_extensions(read_only(extensions, Tag::SEQUENCE)?.children())?;
    }
    fields.finish()
}

/// An RSA key is DER inside its BIT STRING; what other kinds of keys are is not looked at.
fn check_key_octets(info: &Element<'_>) -> Result<(), DerError> {
    let mut parts = info.children();
    let algorithm = parts.expect(Tag::SEQUENCE)?;
    let bits = parts.expect(Tag::BIT_STRING)?;
    parts.finish()?;
    if algorithm.raw() == RSA_ENCRYPTION {
        check_inside(&bits, bits.bit_string_octets()?.remaining())
    } else {
        Ok(())
    }
}

/// Checks DER at the end of an element, with offsets from the start of the certificate.
fn check_inside(outer: &Element<'_>, inside: &[u8]) -> Result<(), DerError> {
    let begins = outer.offset() + (outer.raw().len() - inside.len());
    der::check(inside).map_err(|error| DerError { offset: begins + error.offset, ..error })
}

/// Each is an identifier, perhaps a criticality, and a value, and nothing more (RFC 5280 §4.1).
fn check_extensions(mut list: Reader<'_>) -> Result<(), DerError> {
    while !list.is_empty() {
        let mut extension = list.expect(Tag::SEQUENCE)?.children();
        let identifier = extension.expect(Tag::OID)?;
        extension.optional(Tag::BOOLEAN)?;
        let value = extension.expect(Tag::OCTET_STRING)?;
        extension.finish()?;
        if extensions::is_known(identifier.content()) {
            check_inside(&value, value.content())?;
        }
    }
    Ok(())
}
