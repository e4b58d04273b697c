//! Cross-reference sections: tables and streams, with their trailers (ISO 32000-1 §7.5.4, §7.5.5, §7.5.8).

use super::error::EnvelopeError;
use super::object::{Dictionary, Object, Reference};
use super::syntax::Reader;
use super::{MAX_OBJECTS, indirect, stream};
use std::collections::BTreeMap;

/// Where an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Nowhere any more.
    Free,
    /// At an octet of the file.
    At { offset: usize, generation: u16 },
    /// In an object stream, as the object of this index.
    In { stream: u32, index: usize },
}

/// One section, as an update of a file adds it.
#[derive(Clone, Debug)]
pub(super) struct Section {
    /// The octet that it begins at.
    pub(super) offset: usize,
    /// The octet after it, its trailer included.
    pub(super) end: usize,
    pub(super) places: BTreeMap<u32, Place>,
    pub(super) trailer: Dictionary,
    /// The object that it is, if it is a stream.
    pub(super) stream: Option<Reference>,
}

const ENTRY_LENGTH: usize = 20;

pub(super) fn read(input: &[u8], offset: usize) -> Result<Section, EnvelopeError> {
    let section = match Reader::new(input, offset).take(b"xref") {
        true => read_table(input, offset)?,
        false => read_stream(input, offset)?,
    };
    let size = section.size()?;
    let number = section.places.last_key_value().map_or(0, |(number, _)| *number);
    match usize::try_from(number).is_ok_and(|number| number < size) && size <= MAX_OBJECTS {
        true => Ok(section),
        false => Err(EnvelopeError::CrossReference { offset, why: "a number that Size does not allow" }),
    }
}

impl Section {
    /// One more than the highest number of an object.
    pub(super) fn size(&self) -> Result<usize, EnvelopeError> {
        self.integer("Size")?.ok_or_else(|| self.error("no Size"))
    }

    /// The section before this one.
    pub(super) fn previous(&self) -> Result<Option<usize>, EnvelopeError> {
        self.integer("Prev")
    }

    /// The stream that a table of a hybrid file has beside it (ISO 32000-1 §7.5.8.4).
    pub(super) fn beside(&self) -> Result<Option<usize>, EnvelopeError> {
        if self.stream.is_some() { Ok(None) } else { self.integer("XRefStm") }
    }

    /// Lets what this table hides as free stand where the stream beside it says. An object that both show, in two places,
    /// would be one thing to some readers and another to others.
    pub(super) fn show_hidden(&mut self, stream: &Section) -> Result<(), EnvelopeError> {
        for (number, place) in &stream.places {
            match self.places.get(number) {
                Some(Place::Free) => {
                    self.places.remove(number);
                }
                Some(shown) if *place != Place::Free && shown != place => {
                    return Err(stream.error("an object that the table has in another place"));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn integer(&self, key: &str) -> Result<Option<usize>, EnvelopeError> {
        let value = self.trailer.get(key).map(|value| value.as_integer().ok_or(value));
        value.transpose().map_err(|_| self.error("a trailer with something else than an integer"))
    }

    fn error(&self, why: &'static str) -> EnvelopeError {
        EnvelopeError::CrossReference { offset: self.offset, why }
    }
}

fn read_table(input: &[u8], offset: usize) -> Result<Section, EnvelopeError> {
    let mut reader = Reader::new(input, offset);
    reader.keyword("xref")?;
    let mut places = BTreeMap::new();
    while reader.clone().keyword("trailer").is_err() {
        let first = reader.integer()?;
        let count = reader.integer()?;
        check_range(offset, first, count)?;
        let _ = reader.take(b" ");
        if !reader.take(b"\r\n") && !reader.take(b"\n") && !reader.take(b"\r") {
            return Err(reader.error("the end of a line"));
        }
        for number in first..first.saturating_add(count) {
            reader.go_to(reader.at());
            add(&mut places, offset, number, read_entry(&mut reader, input)?)?;
        }
        reader.go_to(reader.at());
    }
    reader.keyword("trailer")?;
    let trailer = match reader.object()? {
        Object::Dictionary(trailer) => trailer,
        _ => return Err(reader.error("a trailer")),
    };
    Ok(Section { offset, end: reader.at(), places, trailer, stream: None })
}

/// Twenty octets: offset, generation, kind, and two for the end of the line.
fn read_entry(reader: &mut Reader<'_>, input: &[u8]) -> Result<Place, EnvelopeError> {
    let error = reader.error("an entry of 20 octets");
    let start = reader.at();
    let entry = start.checked_add(ENTRY_LENGTH).and_then(|end| input.get(start..end));
    let text = entry.and_then(|entry| std::str::from_utf8(entry).ok()).ok_or_else(|| error.clone())?;
    let (offset, text) = text.split_at_checked(10).ok_or_else(|| error.clone())?;
    let (generation, text) =
        text.strip_prefix(' ').and_then(|text| text.split_at_checked(5)).ok_or_else(|| error.clone())?;
    let digits = offset.bytes().chain(generation.bytes()).all(|octet| octet.is_ascii_digit());
    let place = match (offset.parse(), generation.parse(), text) {
        (Ok(offset), Ok(generation), " n \n" | " n \r" | " n\r\n") => Place::At { offset, generation },
        (Ok(_), Ok(_), " f \n" | " f \r" | " f\r\n") => Place::Free,
        _ => return Err(error),
    };
    reader.go_to(start + ENTRY_LENGTH);
    if digits { Ok(place) } else { Err(error) }
}

fn check_range(offset: usize, first: usize, count: usize) -> Result<(), EnvelopeError> {
    match first.checked_add(count).is_some_and(|end| end <= MAX_OBJECTS) {
        true => Ok(()),
        false => Err(EnvelopeError::CrossReference { offset, why: "more objects than a file may have" }),
    }
}

fn add(
    places: &mut BTreeMap<u32, Place>,
    offset: usize,
    number: usize,
    place: Place,
) -> Result<(), EnvelopeError> {
    let twice = EnvelopeError::CrossReference { offset, why: "an object that stands twice" };
    let number = u32::try_from(number).map_err(|_| twice.clone())?;
    match places.insert(number, place) {
        None => Ok(()),
        Some(_) => Err(twice),
    }
}

fn read_stream(input: &[u8], offset: usize) -> Result<Section, EnvelopeError> {
    let error = |why| EnvelopeError::CrossReference { offset, why };
    let found = indirect::read(input, offset, &|_| None)?;
    let (Some(raw), Object::Dictionary(trailer)) = (found.stream, found.object) else {
        return Err(error("neither a table nor a stream"));
    };
    if !trailer.is_of_type("XRef") {
        return Err(error("a stream of another type"));
    }
    let octets = stream::decode(&trailer, input.get(raw).unwrap_or_default(), offset)?;
    let widths = integers(&trailer, "W").ok_or_else(|| error("no widths"))?;
    let size = trailer.get("Size").and_then(Object::as_integer).ok_or_else(|| error("no Size"))?;
    let ranges = match trailer.get("Index") {
        None => vec![0, size],
        Some(_) => integers(&trailer, "Index").ok_or_else(|| error("an Index without numbers"))?,
    };
    let places = read_places(&octets, &widths, &ranges, offset)?;
    Ok(Section { offset, end: found.end, places, trailer, stream: Some(found.reference) })
}

fn integers(dictionary: &Dictionary, key: &str) -> Option<Vec<usize>> {
    dictionary.get(key)?.as_array()?.iter().map(Object::as_integer).collect()
}

fn read_places(
    octets: &[u8],
    widths: &[usize],
    ranges: &[usize],
    offset: usize,
) -> Result<BTreeMap<u32, Place>, EnvelopeError> {
    let error = |why| EnvelopeError::CrossReference { offset, why };
    let [kind, second, third] = *widths else { return Err(error("not three widths")) };
    if [kind, second, third].iter().any(|width| *width > 8) || second == 0 {
        return Err(error("a width that no field has"));
    }
    let mut entries = octets.chunks_exact(kind + second + third);
    let mut places = BTreeMap::new();
    for range in ranges.chunks(2) {
        let [first, count] = *range else { return Err(error("an Index that breaks off")) };
        check_range(offset, first, count)?;
        for number in first..first.saturating_add(count) {
            let entry = entries.next().ok_or_else(|| error("fewer entries than it says"))?;
            let place = read_place(entry, kind, second).ok_or_else(|| error("an entry of no known kind"))?;
            add(&mut places, offset, number, place)?;
        }
    }
    match entries.next().is_none() && entries.remainder().is_empty() {
        true => Ok(places),
        false => Err(error("more entries than it says")),
    }
}

/// ISO 32000-1 table 18. Where the first field has no width it is 1.
fn read_place(entry: &[u8], kind: usize, second: usize) -> Option<Place> {
    let (first, rest) = entry.split_at_checked(kind)?;
    let (second, third) = rest.split_at_checked(second)?;
    let (second, third) = (integer(second)?, integer(third)?);
    match if first.is_empty() { 1 } else { integer(first)? } {
        0 => Some(Place::Free),
        1 => Some(Place::At { offset: second, generation: u16::try_from(third).ok()? }),
        2 => Some(Place::In { stream: u32::try_from(second).ok()?, index: third }),
        _ => None,
    }
}

fn integer(octets: &[u8]) -> Option<usize> {
    octets.iter().try_fold(0_usize, |value, octet| {
        value.checked_mul(256).and_then(|value| value.checked_add(usize::from(*octet)))
    })
}
