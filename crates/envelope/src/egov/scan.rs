//! Bounds that are held before a tree is built, in one pass over the markup.
//!
//! The parser has bounds of its own, but not for the attributes of an element, and its refusal of a DTD has no name. Some
//! things it reads in another way than the standard, so they are refused here: carriage returns in CDATA sections, tabs
//! and line breaks in the values of attributes, and characters that XML does not have.

use super::error::EnvelopeError;
use super::{MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS};

/// Markup that is no tag, by its beginning and its end (XML 1.0 §2.5, §2.6, §2.7).
const DELIMITED: [(&str, &str); 3] = [("<!--", "-->"), (CDATA, "]]>"), ("<?", "?>")];
const CDATA: &str = "<![CDATA[";
/// What may follow `&`: the five entities that need no DTD (XML 1.0 §4.6), or a character reference.
const REFERENCES: [&str; 6] = ["amp;", "lt;", "gt;", "quot;", "apos;", "#"];

/// Refuses by name what is never read: a DTD, entities of one, too much of anything.
pub(super) fn check(text: &str) -> Result<(), EnvelopeError> {
    check_characters(text)?;
    let mut counts = Counts { depth: 0, elements: 0 };
    let mut offset = 0;
    while let Some(rest) = text.get(offset..).filter(|rest| !rest.is_empty()) {
        let characters = rest.find('<').unwrap_or(rest.len());
        let length = match characters {
            0 => counts.markup(rest, offset)?,
            _ => check_references(rest.get(..characters).unwrap_or(rest), offset).map(|()| characters)?,
        };
        offset += length;
    }
    Ok(())
}

/// Only the characters of XML 1.0 §2.2.
fn check_characters(text: &str) -> Result<(), EnvelopeError> {
    let is_allowed =
        |character: char| matches!(character, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    match text.char_indices().find(|(_, character)| !is_allowed(*character)) {
        None => Ok(()),
        Some((offset, character)) => Err(EnvelopeError::Character { offset, character }),
    }
}

struct Counts {
    depth: u32,
    elements: usize,
}

impl Counts {
    /// The octets of the markup that `rest` begins with.
    fn markup(&mut self, rest: &str, offset: usize) -> Result<usize, EnvelopeError> {
        let unterminated = EnvelopeError::Unterminated { offset };
        if let Some((open, close)) = DELIMITED.into_iter().find(|(open, _)| rest.starts_with(open)) {
            let content = rest.get(open.len()..).unwrap_or_default();
            let length = content.find(close).ok_or(unterminated)?;
            let content = content.get(..length).unwrap_or_default();
            if open == CDATA && content.contains('\r') {
                return Err(EnvelopeError::CDataLineEnd { offset });
            }
            return Ok(open.len() + length + close.len());
        }
        if rest.starts_with("<!") {
            return Err(EnvelopeError::DocumentType { offset });
        }
        let tag = Tag::at(rest).ok_or(unterminated)?;
        self.tag(&tag, offset)?;
        Ok(tag.text.len())
    }

    fn tag(&mut self, tag: &Tag<'_>, offset: usize) -> Result<(), EnvelopeError> {
        let Tag { text: tag, values, broken } = *tag;
        check_references(tag, offset)?;
        if broken {
            return Err(EnvelopeError::AttributeWhiteSpace { offset });
        }
        if tag.starts_with("</") {
            self.depth = self.depth.saturating_sub(1);
            return Ok(());
        }
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            return Err(EnvelopeError::TooManyElements { offset });
        }
        if values > MAX_ATTRIBUTES {
            return Err(EnvelopeError::TooManyAttributes { offset, count: values });
        }
        if self.depth >= MAX_DEPTH {
            return Err(EnvelopeError::TooDeep { offset });
        }
        self.depth += u32::from(!tag.ends_with("/>"));
        Ok(())
    }
}

struct Tag<'a> {
    text: &'a str,
    /// Quoted values.
    values: usize,
    /// Whether a tab or a line break stands in a value.
    broken: bool,
}

impl<'a> Tag<'a> {
    /// The tag that `markup` begins with. `>` may stand in a value.
    fn at(markup: &'a str) -> Option<Self> {
        let (mut quote, mut values, mut broken) = (None, 0, false);
        for (place, octet) in markup.bytes().enumerate() {
            match (quote, octet) {
                (None, b'>') => return Some(Self { text: markup.get(..=place)?, values, broken }),
                (None, b'"' | b'\'') => {
                    quote = Some(octet);
                    values += 1;
                }
                (Some(open), _) if open == octet => quote = None,
                (Some(_), b'\t' | b'\r' | b'\n') => broken = true,
                _ => {}
            }
        }
        None
    }
}

fn check_references(text: &str, offset: usize) -> Result<(), EnvelopeError> {
    let known = |name: &str| REFERENCES.iter().any(|known| name.starts_with(known));
    let mut references = text.match_indices('&');
    match references.find(|(place, _)| !text.get(place + 1..).is_some_and(known)) {
        None => Ok(()),
        Some((place, _)) => Err(EnvelopeError::EntityReference { offset: offset + place }),
    }
}
