//! The walk that refuses every encoding that DER does not allow.

use super::{DerError, DerViolation, Element, Reader, Tag};
use crate::time::UnixTime;

/// Deeper than any certificate, CRL or envelope (which end at about 12).
const MAX_DEPTH: u8 = 24;

/// Checks that `input` is exactly one element in DER, all the way down (X.690 §10, §11).
///
/// The content of primitive context-specific elements is opaque, as their type is not known here; likewise DER inside
/// OCTET STRING and BIT STRING, which the caller checks where it knows that DER is inside. Values equal to their
/// DEFAULT are absent in DER (X.690 §11.5): every BOOLEAN of certificates, lists and CMS is DEFAULT FALSE, so FALSE is
/// refused; other defaults stay with the caller.
///
/// # Errors
/// The first violation, with its place.
pub fn check(input: &[u8]) -> Result<(), DerError> {
    let mut reader = Reader::new(input);
    let element = reader.read()?;
    reader.finish()?;
    check_element(&element, MAX_DEPTH)
}

fn check_element(element: &Element<'_>, depth: u8) -> Result<(), DerError> {
    let Some(deeper) = depth.checked_sub(1) else {
        return Err(element.error(DerViolation::Depth));
    };
    if element.tag().is_constructed() {
        return check_children(element, deeper);
    }
    check_primitive(element.tag(), element.content()).map_err(|why| element.error(why))
}

fn check_children(element: &Element<'_>, depth: u8) -> Result<(), DerError> {
    let universal = element.tag().0 < 0x40;
    if universal && !matches!(element.tag(), Tag::SEQUENCE | Tag::SET) {
        return Err(element.error(DerViolation::UnknownType(element.tag().0)));
    }
    let mut children = element.children();
    let mut previous: Option<&[u8]> = None;
    while !children.is_empty() {
        let child = children.read()?;
        check_element(&child, depth)?;
        // SET and SET OF are both ascending in their encodings when no two elements differ only by context.
        if element.tag() == Tag::SET && previous.is_some_and(|previous| previous > child.raw()) {
            return Err(child.error(DerViolation::SetOrder));
        }
        previous = Some(child.raw());
    }
    Ok(())
}

fn check_primitive(tag: Tag, content: &[u8]) -> Result<(), DerViolation> {
    let (holds, name) = match tag {
        Tag::BOOLEAN => (content == [0xff], "BOOLEAN other than TRUE"),
        Tag::INTEGER => (is_minimal_integer(content), "INTEGER"),
        Tag::ENUMERATED => (is_minimal_integer(content), "ENUMERATED"),
        Tag::BIT_STRING => (is_bit_string(content), "BIT STRING"),
        Tag::OCTET_STRING => (true, "OCTET STRING"),
        Tag::NULL => (content.is_empty(), "NULL"),
        Tag::OID => (is_object_identifier(content), "OBJECT IDENTIFIER"),
        Tag::UTF8_STRING => (std::str::from_utf8(content).is_ok(), "UTF8String"),
        Tag::PRINTABLE_STRING => (content.iter().all(is_printable), "PrintableString"),
        Tag::IA5_STRING => (content.is_ascii(), "IA5String"),
        Tag::UTC_TIME => (UnixTime::from_utc_time(content).is_ok(), "UTCTime"),
        Tag::GENERALIZED_TIME => (UnixTime::from_generalized_time(content).is_ok(), "GeneralizedTime"),
        Tag(other) if other >= 0x80 => (true, "context-specific value"),
        Tag(other) => return Err(DerViolation::UnknownType(other)),
    };
    if holds { Ok(()) } else { Err(DerViolation::Content(name)) }
}

fn is_minimal_integer(content: &[u8]) -> bool {
    match content {
        [] => false,
        [0x00, second, ..] => second & 0x80 != 0,
        [0xff, second, ..] => second & 0x80 == 0,
        _ => true,
    }
}

fn is_bit_string(content: &[u8]) -> bool {
    match content {
        [] => false,
        [unused] => *unused == 0,
        [unused, .., last] => *unused < 8 && u32::from(*unused) <= last.trailing_zeros(),
    }
}

fn is_object_identifier(content: &[u8]) -> bool {
    let mut arc_begins = true;
    for octet in content {
        if arc_begins && *octet == 0x80 {
            return false;
        }
        arc_begins = octet & 0x80 == 0;
    }
    !content.is_empty() && arc_begins
}

fn is_printable(octet: &u8) -> bool {
    octet.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(octet)
}
