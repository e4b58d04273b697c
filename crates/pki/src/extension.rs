//! Extensions as certificates, lists and answers carry them (RFC 5280 §4.1.2.9, §5.2, §5.3), and the DER inside them.

use crate::der::{self, DerError, DerViolation, Element, Reader, Tag};

/// RFC 5280 knows at most eight in one place; comparing more with each other would take time without end.
const MAX_EXTENSIONS: usize = 32;

/// One extension.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extension<'a> {
    pub(crate) oid: Element<'a>,
    pub(crate) critical: bool,
    /// The OCTET STRING around the value.
    pub(crate) value: Element<'a>,
}

/// Why a list of extensions cannot be used.
#[derive(Clone, Debug)]
pub(crate) enum ExtensionFault<'a> {
    /// Not the structure.
    Encoding(DerError),
    /// This identifier occurred before.
    Duplicate(Element<'a>),
    /// This one is more than are compared.
    TooMany(Element<'a>),
}

impl From<DerError> for ExtensionFault<'_> {
    fn from(error: DerError) -> Self {
        ExtensionFault::Encoding(error)
    }
}

/// Reads the extensions of a list or an answer to their end, none twice.
pub(crate) fn read(mut list: Reader<'_>) -> Result<Vec<Extension<'_>>, ExtensionFault<'_>> {
    let mut read: Vec<Extension<'_>> = Vec::new();
    while !list.is_empty() {
        let extension = read_one(&mut list)?;
        if read.iter().any(|other| other.oid.content() == extension.oid.content()) {
            return Err(ExtensionFault::Duplicate(extension.oid));
        }
        if read.len() == MAX_EXTENSIONS {
            return Err(ExtensionFault::TooMany(extension.oid));
        }
        read.push(extension);
    }
    Ok(read)
}

/// Reads the next extension: an identifier, perhaps a criticality, and a value, and nothing more.
pub(crate) fn read_one<'a>(list: &mut Reader<'a>) -> Result<Extension<'a>, DerError> {
    let mut parts = list.expect(Tag::SEQUENCE)?.children();
    let oid = parts.expect(Tag::OID)?;
    let critical = parts.optional(Tag::BOOLEAN)?.is_some();
    let value = parts.expect(Tag::OCTET_STRING)?;
    parts.finish()?;
    Ok(Extension { oid, critical, value })
}

/// The one element of DER inside an OCTET STRING, checked all the way down, with offsets from the start of the input.
pub(crate) fn der_inside<'a>(string: &Element<'a>) -> Result<Element<'a>, DerError> {
    let mut inside = string.children();
    let base = string.offset() + (string.raw().len() - string.content().len());
    der::check(string.content()).map_err(|error| DerError { offset: base + error.offset, ..error })?;
    inside.read()
}

/// A reader over the one SEQUENCE inside an OCTET STRING, likewise checked.
pub(crate) fn sequence_inside<'a>(string: &Element<'a>) -> Result<Reader<'a>, DerError> {
    Ok(only_inside(string, Tag::SEQUENCE)?.children())
}

/// The one element of this tag inside an OCTET STRING, likewise checked.
pub(crate) fn only_inside<'a>(string: &Element<'a>, tag: Tag) -> Result<Element<'a>, DerError> {
    let inside = der_inside(string)?;
    match inside.tag() {
        found if found == tag => Ok(inside),
        found => Err(inside.error(DerViolation::Tag { expected: tag.0, found: found.0 })),
    }
}
