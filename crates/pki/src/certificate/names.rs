//! The structure of names and general names, element by element: nothing left out, nothing left over.

use super::ProfileError;
use crate::der::{DerError, DerViolation, Element, Reader, Tag};

/// `[4]` in GeneralName: a directory name.
const DIRECTORY_NAME: Tag = Tag::context(4);
/// `[0]` in GeneralName: another kind of name.
const OTHER_NAME: Tag = Tag::context(0);
const RFC822_NAME: Tag = Tag::context_primitive(1);
const DNS_NAME: Tag = Tag::context_primitive(2);
const RESOURCE_IDENTIFIER: Tag = Tag::context_primitive(6);
const IP_ADDRESS: Tag = Tag::context_primitive(7);
const REGISTERED_ID: Tag = Tag::context_primitive(8);

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

/// One attribute of a name: the content octets of its type and of its text.
pub(super) struct Attribute<'a> {
    pub(super) oid: &'a [u8],
    pub(super) text: &'a [u8],
}

/// The attributes of a Name that [`read_name`] has read, if there is at least one and each is alone in its RDN.
pub(super) fn single_attributes<'a>(name: &Element<'a>) -> Result<Vec<Attribute<'a>>, ProfileError> {
    let mut attributes = Vec::new();
    let mut steps = name.children();
    while !steps.is_empty() {
        let mut step = steps.read()?.children();
        let mut attribute = step.read()?.children();
        if !step.is_empty() {
            return Err(ProfileError::Name);
        }
        attributes.push(Attribute { oid: attribute.read()?.content(), text: attribute.read()?.content() });
    }
    if attributes.is_empty() { Err(ProfileError::Name) } else { Ok(attributes) }
}

/// A GeneralName, as far as the profile uses it (RFC 5280 §4.2.1.6).
pub(super) enum GeneralName<'a> {
    /// directoryName: a Name in DER.
    Directory(&'a [u8]),
    /// otherName: the content octets of its type, and its value.
    Other { oid: &'a [u8], value: Element<'a> },
    /// A name of the Internet; the profile has none.
    Internet,
}

impl<'a> GeneralName<'a> {
    /// The Name in DER, if it is a directory name.
    pub(super) fn directory(&self) -> Option<&'a [u8]> {
        match self {
            GeneralName::Directory(name) => Some(name),
            GeneralName::Other { .. } | GeneralName::Internet => None,
        }
    }
}

/// Reads GeneralNames inside an element whose tag the caller has checked; at least one (RFC 5280 §4.2.1.6).
pub(super) fn read_general_names<'a>(names: &Element<'a>) -> Result<Vec<GeneralName<'a>>, DerError> {
    let mut reader = names.children();
    let mut read = vec![read_general_name(&mut reader)?];
    while !reader.is_empty() {
        read.push(read_general_name(&mut reader)?);
    }
    Ok(read)
}

fn read_general_name<'a>(reader: &mut Reader<'a>) -> Result<GeneralName<'a>, DerError> {
    let general = reader.read()?;
    let mut inside = general.children();
    match general.tag() {
        DIRECTORY_NAME => {
            let name = read_name(&mut inside)?;
            inside.finish()?;
            Ok(GeneralName::Directory(name.raw()))
        }
        OTHER_NAME => {
            let oid = inside.expect(Tag::OID)?.content();
            let mut explicit = inside.expect(Tag::context(0))?.children();
            inside.finish()?;
            let value = explicit.read()?;
            explicit.finish()?;
            Ok(GeneralName::Other { oid, value })
        }
        RFC822_NAME | DNS_NAME | RESOURCE_IDENTIFIER if !general.content().is_ascii() => {
            Err(general.error(DerViolation::Content("IA5String")))
        }
        RFC822_NAME | DNS_NAME | RESOURCE_IDENTIFIER | IP_ADDRESS | REGISTERED_ID => {
            Ok(GeneralName::Internet)
        }
        Tag(found) => Err(general.error(DerViolation::UnknownType(found))),
    }
}
