//! The structure of a certificate (RFC 5280 §4.1), read element by element: nothing left out, nothing left over.

use super::algorithms::known_algorithm;
use super::{ProfileError, extensions, names};
use crate::der::{self, DerError, Element, Reader, Tag};
use crate::extension::{der_inside, read_one};
use crate::verifier::{Algorithm, RSA_ENCRYPTION};

/// The longest certificate: six times the longest of the profile, which have about 2,600 octets.
const MAX_OCTETS: usize = 16 * 1024;
/// The content octets of version 3.
const VERSION_3: &[u8] = &[2];

/// A certificate of version 3 in DER from its first octet to its last: what is around the names and what they are.
pub(super) fn read(input: &[u8]) -> Result<(Outer<'_>, Inner<'_>), ProfileError> {
    if input.len() > MAX_OCTETS {
        return Err(ProfileError::TooLong { octets: input.len() });
    }
    der::check(input)?;
    let (outer, rest) = Outer::read(input)?;
    let inner = Inner::read(rest)?;
    if outer.version != Some(VERSION_3) {
        return Err(ProfileError::Version);
    }
    if inner.has_unique_identifier {
        return Err(ProfileError::UniqueIdentifier);
    }
    Ok((outer, inner))
}

/// The three parts of `SEQUENCE { signed, algorithm, signature }` (RFC 5280 §4.1.1), and what stands in the signed one
/// before the issuer's name.
pub(super) struct Outer<'a> {
    pub(super) signed: &'a [u8],
    pub(super) signature: &'a [u8],
    pub(super) algorithm: Algorithm,
    /// Content octets of an INTEGER.
    pub(super) serial: &'a [u8],
    /// Content octets of an INTEGER; absent in version 1.
    version: Option<&'a [u8]>,
}

impl<'a> Outer<'a> {
    /// The parts, and a reader over what follows the algorithm in the signed one.
    fn read(input: &'a [u8]) -> Result<(Self, Reader<'a>), ProfileError> {
        let mut reader = Reader::new(input).expect(Tag::SEQUENCE)?.children();
        let signed = reader.expect(Tag::SEQUENCE)?;
        let outside = reader.expect(Tag::SEQUENCE)?;
        let signature = reader.expect(Tag::BIT_STRING)?.bit_string_octets()?.remaining();
        reader.finish()?;
        let mut inside = signed.children();
        let version = inside.optional(Tag::context(0))?;
        let version = version.map(|version| read_only(version, Tag::INTEGER)).transpose()?;
        let version = version.map(|version| version.content());
        let serial = inside.expect(Tag::INTEGER)?.content();
        let algorithm = inside.expect(Tag::SEQUENCE)?;
        if algorithm.raw() != outside.raw() {
            return Err(ProfileError::AlgorithmsDiffer);
        }
        let algorithm = known_algorithm(algorithm.raw())?;
        Ok((Self { signed: signed.raw(), signature, algorithm, serial, version }, inside))
    }
}

/// What follows the algorithm in TBSCertificate.
pub(super) struct Inner<'a> {
    pub(super) issuer: Element<'a>,
    /// notBefore and notAfter, each a UTCTime or a GeneralizedTime.
    pub(super) validity: [Element<'a>; 2],
    pub(super) subject: Element<'a>,
    /// SubjectPublicKeyInfo.
    pub(super) key: &'a [u8],
    /// The list of extensions; empty where there is none. The values of those of the profile are DER.
    pub(super) extensions: Reader<'a>,
    has_unique_identifier: bool,
}

impl<'a> Inner<'a> {
    fn read(mut fields: Reader<'a>) -> Result<Self, DerError> {
        let issuer = names::read_name(&mut fields)?;
        let mut validity = fields.expect(Tag::SEQUENCE)?.children();
        let times = [read_time(&mut validity)?, read_time(&mut validity)?];
        validity.finish()?;
        let subject = names::read_name(&mut fields)?;
        let key = fields.expect(Tag::SEQUENCE)?;
        check_key_octets(&key)?;
        let of_issuer = fields.optional(Tag::context_primitive(1))?;
        let of_subject = fields.optional(Tag::context_primitive(2))?;
        let extensions = match fields.optional(Tag::context(3))? {
            Some(extensions) => read_only(extensions, Tag::SEQUENCE)?.children(),
            None => Reader::new(&[]),
        };
        check_extensions(extensions.clone())?;
        fields.finish()?;
        let has_unique_identifier = of_issuer.or(of_subject).is_some();
        Ok(Self { issuer, validity: times, subject, key: key.raw(), extensions, has_unique_identifier })
    }
}

/// The one element of this tag that an element holds.
fn read_only<'a>(outer: Element<'a>, tag: Tag) -> Result<Element<'a>, DerError> {
    let mut inside = outer.children();
    let only = inside.expect(tag)?;
    inside.finish()?;
    Ok(only)
}

/// A Time (RFC 5280 §4.1): which of its forms belongs to which year is left to the profile.
fn read_time<'a>(reader: &mut Reader<'a>) -> Result<Element<'a>, DerError> {
    match reader.peek() {
        Some(Tag::GENERALIZED_TIME) => reader.read(),
        _ => reader.expect(Tag::UTC_TIME),
    }
}

/// An RSA key is DER inside its BIT STRING; what other kinds of keys are is not looked at.
fn check_key_octets(info: &Element<'_>) -> Result<(), DerError> {
    let mut parts = info.children();
    let algorithm = parts.expect(Tag::SEQUENCE)?;
    let bits = parts.expect(Tag::BIT_STRING)?;
    parts.finish()?;
    if algorithm.raw() != RSA_ENCRYPTION {
        return Ok(());
    }
    let inside = bits.bit_string_octets()?.remaining();
    let begins = bits.offset() + (bits.raw().len() - inside.len());
    der::check(inside).map_err(|error| DerError { offset: begins + error.offset, ..error })
}

fn check_extensions(mut list: Reader<'_>) -> Result<(), DerError> {
    while !list.is_empty() {
        let extension = read_one(&mut list)?;
        if extensions::is_known(extension.oid.content()) {
            der_inside(&extension.value)?;
        }
    }
    Ok(())
}
