//! The structure of names and general names, element by element: nothing left out, nothing left over.

use crate::der::{DerError, DerViolation, Element, Reader, Tag};

/// `[4]` in GeneralName: a directory name.
const DIRECTORY_NAME: Tag = Tag::context(4);
/// `[0]` in GeneralName: another kind of name.
const OTHER_NAME: Tag = Tag::context(0);

/// Reads one Name: RDNs of attributes, each a type and a text (RFC 5280 §4.1.2.4).
///
/// That it is not empty and has one attribute in each RDN is left to the profile.
pub(crate) fn read_name<'a>(reader: &mut Reader<'a>) -> Result<Element<'a>, DerError> {
    let name = reader.expect(Tag::SEQUENCE)?;
    let mut steps = name.children();
    while !steps.is_empty() {
        let mut attributes = steps.expect(Tag::SET)?.children();
        // An RDN has at least one attribute.
        read_attribute(&mut attributes)?;
        while !attributes.is_empty() {
            read_attribute(&mut attributes)?;
        }
    }
    Ok(name)
}

fn read_attribute(reader: &mut Reader<'_>) -> Result<(), DerError> {
    let mut attribute = reader.expect(Tag::SEQUENCE)?.children();
    attribute.expect(Tag::OID)?;
    match attribute.peek() {
        Some(Tag::PRINTABLE_STRING | Tag::IA5_STRING) => attribute.read()?,
        _ => attribute.expect(Tag::UTF8_STRING)?,
    };
    attribute.finish()
}

/// Reads GeneralNames inside an element whose tag the caller has checked; at least one (RFC 5280 §4.2.1.6).
/// The names in DER, of those that are directory names.
pub(super) fn read_general_names<'a>(names: &Element<'a>) -> Result<Vec<&'a [u8]>, DerError> {
    let mut directory_names = Vec::new();
    let mut reader = names.children();
    directory_names.extend(read_general_name(&mut reader)?);
    while !reader.is_empty() {
        directory_names.extend(read_general_name(&mut reader)?);
    }
    Ok(directory_names)
}

fn read_general_name<'a>(reader: &mut Reader<'a>) -> Result<Option<&'a [u8]>, DerError> {
    let general = reader.read()?;
    let mut inside = general.children();
    match general.tag() {
        DIRECTORY_NAME => {
            let name = read_name(&mut inside)?;
            inside.finish()?;
            Ok(Some(name.raw()))
        }
        OTHER_NAME => {
            inside.expect(Tag::OID)?;
            let mut value = inside.expect(Tag::context(0))?.children();
            inside.finish()?;
            value.read()?;
            value.finish()?;
            Ok(None)
        }
        // rfc822Name, dNSName, uniformResourceIdentifier, iPAddress, registeredID; never used by the profile.
        Tag(0x81 | 0x82 | 0x86 | 0x87 | 0x88) => Ok(None),
        Tag(found) => Err(general.error(DerViolation::UnknownType(found))),
    }
}
