//! Every octet of a file belongs to something that its cross-reference sections name.
//!
//! A reader that repairs broken files looks for objects everywhere. What only such a reader would find is refused: it
//! would show something else than what the sections show.

use super::document::Document;
use super::error::EnvelopeError;
use super::object::Object;
use super::syntax::is_white_space;
use super::xref::Place;
use std::collections::BTreeMap;

/// What begins at an octet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    Object(u32),
    /// A table with its trailer, and the octet after it.
    Table(usize),
}

/// Refuses what lies between objects or over them. From `strict` on, comments may not even stand between them. Returns
/// the numbers of every signature dictionary that any revision had, with their places.
pub(super) fn check(document: &Document<'_>, strict: usize) -> Result<Vec<(u32, usize)>, EnvelopeError> {
    let mut signatures = Vec::new();
    let mut at = 0;
    for (offset, piece) in pieces(document)? {
        skip(document.input, at, offset, strict)?;
        at = match piece {
            Piece::Table(end) => end,
            Piece::Object(number) => {
                let found = document.indirect(offset)?;
                if found.reference.number != number {
                    return Err(EnvelopeError::Object { number, why: "another object in its place" });
                }
                if is_signature(&found.object) {
                    signatures.push((number, offset));
                }
                found.end
            }
        };
    }
    skip(document.input, at, document.input.len(), strict)?;
    Ok(signatures)
}

fn pieces(document: &Document<'_>) -> Result<BTreeMap<usize, Piece>, EnvelopeError> {
    let mut pieces = BTreeMap::new();
    let mut add = |offset, piece| match pieces.insert(offset, piece) {
        Some(other) if other != piece => Err(EnvelopeError::Overlap { offset }),
        _ => Ok(()),
    };
    for section in &document.sections {
        match section.stream {
            Some(reference) => add(section.offset, Piece::Object(reference.number))?,
            None => add(section.offset, Piece::Table(section.end))?,
        }
        for (number, place) in &section.places {
            if let Place::At { offset, .. } = place {
                add(*offset, Piece::Object(*number))?;
            }
        }
    }
    Ok(pieces)
}

/// A dictionary that a reader could take for a signature (ISO 32000-1 §12.8.1).
fn is_signature(object: &Object) -> bool {
    object.as_dictionary().is_some_and(|dictionary| {
        dictionary.is_of_type("Sig")
            || dictionary.is_of_type("DocTimeStamp")
            || dictionary.get("ByteRange").is_some()
    })
}

/// White space, comments and `startxref` with its number, and nothing else, from one octet to another.
fn skip(input: &[u8], from: usize, to: usize, strict: usize) -> Result<(), EnvelopeError> {
    let mut rest = input.get(from..to).ok_or(EnvelopeError::Overlap { offset: to })?;
    loop {
        let blank = rest.iter().take_while(|octet| is_white_space(**octet)).count();
        rest = rest.get(blank..).unwrap_or_default();
        if rest.is_empty() {
            return Ok(());
        }
        let gap = EnvelopeError::Gap { offset: to - rest.len() };
        rest = match rest.strip_prefix(b"startxref") {
            Some(after) => after_number(after).ok_or(gap)?,
            None if rest.first() == Some(&b'%') => {
                let length = rest.iter().take_while(|octet| !matches!(octet, b'\r' | b'\n')).count();
                let (comment, after) = rest.split_at_checked(length).unwrap_or_default();
                let swallows = after.is_empty() && to < input.len();
                if swallows || (from >= strict && comment != b"%%EOF") {
                    return Err(gap);
                }
                after
            }
            None => return Err(gap),
        };
    }
}

fn after_number(input: &[u8]) -> Option<&[u8]> {
    let blank = input.iter().take_while(|octet| is_white_space(**octet)).count();
    let input = input.get(blank..)?;
    let digits = input.iter().take_while(|octet| octet.is_ascii_digit()).count();
    input.get(digits..).filter(|_| blank > 0 && digits > 0)
}
