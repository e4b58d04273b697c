//! Names of X.500 as text, in the order in which they are encoded.

use shomei_pki::World;
use shomei_pki::der::{DerError, Element, Reader, Tag, oid_to_string};

/// Attribute types with the short names of RFC 4514 §3, and serialNumber.
const ATTRIBUTES: [(&str, &str); 7] = [
    ("2.5.4.3", "CN"),
    ("2.5.4.5", "serialNumber"),
    ("2.5.4.6", "C"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.10", ORGANIZATION),
    ("2.5.4.11", "OU"),
];
const ORGANIZATION: &str = "O";

/// One attribute: its type's name or number, and its text.
struct Attribute {
    kind: String,
    value: String,
}

/// A Name in DER as `C=JP, O=JPKI`; in hexadecimal what is none.
pub(super) fn to_text(name: &[u8]) -> String {
    let Ok(steps) = read(name) else {
        return format!("#{}", super::text::hex(name));
    };
    let steps: Vec<String> = steps.iter().map(|step| step_text(step)).collect();
    steps.join(", ")
}

/// The world of an authority, by the one organization in its name.
pub(super) fn world(name: &[u8]) -> Option<World> {
    let steps = read(name).ok()?;
    let mut organizations = steps.iter().flatten().filter(|attribute| attribute.kind == ORGANIZATION);
    let first = organizations.next()?;
    let alone = organizations.next().is_none();
    let worlds = [World::Production, World::JlisTest, World::Lab];
    worlds.into_iter().find(|world| alone && world.organization() == first.value)
}

/// The name inside a DistributionPointName, `[0] { [0] { [4] Name } }` (RFC 5280 §4.2.1.13).
pub(super) fn distribution_point(encoded: &[u8]) -> Option<String> {
    let mut point = Reader::new(encoded).expect(Tag::context(0)).ok()?.children();
    let mut full_name = point.expect(Tag::context(0)).ok()?.children();
    general_name(&full_name.read().ok()?)
}

/// A directory name or an address (RFC 5280 §4.2.1.6); none for the other kinds.
pub(super) fn general_name(name: &Element<'_>) -> Option<String> {
    match name.tag() {
        tag if tag == Tag::context(4) => Some(to_text(name.content())),
        tag if tag == Tag::context_primitive(6) => Some(String::from_utf8_lossy(name.content()).into_owned()),
        _ => None,
    }
}

fn read(name: &[u8]) -> Result<Vec<Vec<Attribute>>, DerError> {
    let mut outer = Reader::new(name);
    let mut steps = outer.expect(Tag::SEQUENCE)?.children();
    outer.finish()?;
    let mut read = Vec::new();
    while !steps.is_empty() {
        let mut attributes = steps.expect(Tag::SET)?.children();
        let mut step = Vec::new();
        while !attributes.is_empty() {
            step.push(attribute(attributes.expect(Tag::SEQUENCE)?.children())?);
        }
        read.push(step);
    }
    Ok(read)
}

fn attribute(mut parts: Reader<'_>) -> Result<Attribute, DerError> {
    let number = oid_to_string(parts.expect(Tag::OID)?.content());
    let value = parts.read()?;
    let short = ATTRIBUTES.iter().find(|(known, _)| *known == number).map(|(_, name)| (*name).to_owned());
    Ok(Attribute { kind: short.unwrap_or(number), value: text_of(&value) })
}

/// The text of the string types of the profile; in hexadecimal, as RFC 4514 §2.4 has it, what is none of them.
fn text_of(value: &Element<'_>) -> String {
    let known = [Tag::UTF8_STRING, Tag::PRINTABLE_STRING, Tag::IA5_STRING].contains(&value.tag());
    match std::str::from_utf8(value.content()) {
        Ok(text) if known => text.to_owned(),
        _ => format!("#{}", super::text::hex(value.raw())),
    }
}

fn step_text(step: &[Attribute]) -> String {
    let attributes: Vec<String> =
        step.iter().map(|attribute| format!("{}={}", attribute.kind, escaped(&attribute.value))).collect();
    attributes.join("+")
}

/// Without this a value could look like further steps (RFC 4514 §2.4).
fn escaped(value: &str) -> String {
    let mut text = String::new();
    for character in value.chars() {
        if matches!(character, ',' | '+' | '"' | '\\' | '<' | '>' | ';' | '=') {
            text.push('\\');
        }
        text.push(character);
    }
    text
}
