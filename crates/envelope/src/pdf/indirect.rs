//! An indirect object (ISO 32000-1 §7.3.10), a stream among them (§7.3.8), at its place in a file.

use super::error::EnvelopeError;
use super::object::{Object, Reference};
use super::syntax::Reader;
use std::ops::Range;

/// What stands between `obj` and `endobj`.
#[derive(Clone, Debug)]
pub(super) struct Indirect {
    pub(super) reference: Reference,
    /// The object; of a stream, its dictionary.
    pub(super) object: Object,
    /// The octets of the stream, if it is one, as they stand in the file.
    pub(super) stream: Option<Range<usize>>,
    /// The octet after `endobj`.
    pub(super) end: usize,
}

/// Reads the object that begins at an octet of `input`. `length` finds the integer that a reference in `Length` names.
pub(super) fn read(
    input: &[u8],
    at: usize,
    length: &dyn Fn(Reference) -> Option<usize>,
) -> Result<Indirect, EnvelopeError> {
    let mut reader = Reader::new(input, at);
    if !input.get(at).is_some_and(u8::is_ascii_digit) {
        return Err(reader.error("an object number"));
    }
    let reference = reader.number_and_generation()?;
    reader.keyword("obj")?;
    let object = reader.object()?;
    let stream = match reader.clone().keyword("stream") {
        Ok(()) => Some(read_stream(&mut reader, input, &object, length)?),
        Err(_) => None,
    };
    reader.keyword("endobj")?;
    Ok(Indirect { reference, object, stream, end: reader.at() })
}

fn read_stream(
    reader: &mut Reader<'_>,
    input: &[u8],
    object: &Object,
    length: &dyn Fn(Reference) -> Option<usize>,
) -> Result<Range<usize>, EnvelopeError> {
    let dictionary = object.as_dictionary().ok_or_else(|| reader.error("the dictionary of a stream"))?;
    let length = match dictionary.get("Length") {
        Some(Object::Reference(reference)) => length(*reference),
        Some(object) => object.as_integer(),
        None => None,
    };
    let length = length.ok_or_else(|| reader.error("a stream whose Length is known"))?;
    if dictionary.get("F").is_some() {
        return Err(reader.error("a stream inside the file"));
    }
    reader.keyword("stream")?;
    if !reader.take(b"\r\n") && !reader.take(b"\n") {
        return Err(reader.error("the end of the line after stream"));
    }
    let start = reader.at();
    let end = start.checked_add(length).filter(|end| *end <= input.len());
    let end = end.ok_or_else(|| reader.error("a stream that ends in the file"))?;
    reader.go_to(end);
    let _ = reader.take(b"\r\n") || reader.take(b"\n") || reader.take(b"\r");
    if !reader.take(b"endstream") {
        return Err(reader.error("endstream where Length has it"));
    }
    Ok(start..end)
}
