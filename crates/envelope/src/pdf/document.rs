//! A file as its cross-reference sections show it (ISO 32000-1 §7.5).

use super::error::EnvelopeError;
use super::indirect::{self, Indirect};
use super::object::{Dictionary, Object, Reference};
use super::syntax::{Reader, is_white_space};
use super::xref::{self, Place, Section};
use super::{MAX_DECODED, MAX_OBJECTS, MAX_PDF, MAX_SECTIONS, stream};
use std::collections::BTreeMap;

/// A file, or the beginning of one that is a file of its own: a revision.
#[derive(Clone, Debug)]
pub(super) struct Document<'a> {
    pub(super) input: &'a [u8],
    /// The newest first.
    pub(super) sections: Vec<Section>,
    /// The newest place of each object.
    places: BTreeMap<u32, Place>,
    /// Object streams, taken apart.
    streams: BTreeMap<u32, ObjectStream>,
}

/// ISO 32000-1 §7.5.7.
#[derive(Clone, Debug)]
struct ObjectStream {
    octets: Vec<u8>,
    /// Number and place of each object, by its index.
    objects: Vec<(usize, usize)>,
}

impl<'a> Document<'a> {
    pub(super) fn read(input: &'a [u8]) -> Result<Self, EnvelopeError> {
        if input.len() > MAX_PDF {
            return Err(EnvelopeError::TooLong { length: input.len() });
        }
        header(input)?;
        let sections = read_sections(input, last_section(input)?)?;
        let mut places = BTreeMap::new();
        for section in sections.iter().rev() {
            places.extend(section.places.iter().map(|(number, place)| (*number, *place)));
        }
        if sections.iter().any(|section| section.trailer.get("Encrypt").is_some()) {
            return Err(EnvelopeError::Encrypted);
        }
        let mut document = Self { input, sections, places, streams: BTreeMap::new() };
        document.read_streams()?;
        Ok(document)
    }

    pub(super) fn newest(&self) -> Result<&Section, EnvelopeError> {
        self.sections.first().ok_or(EnvelopeError::NoEnd)
    }

    pub(super) fn place(&self, number: u32) -> Option<Place> {
        self.places.get(&number).copied()
    }

    /// Takes the object streams apart that live objects are in.
    fn read_streams(&mut self) -> Result<(), EnvelopeError> {
        let numbers = self.places.values().filter_map(|place| match place {
            Place::In { stream, .. } => Some(*stream),
            _ => None,
        });
        let mut numbers: Vec<u32> = numbers.collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut left = MAX_DECODED;
        for number in numbers {
            let stream = self.read_stream(number)?;
            let limit = EnvelopeError::Limit { what: "octets of object streams", most: MAX_DECODED };
            left = left.checked_sub(stream.octets.len()).ok_or(limit)?;
            self.streams.insert(number, stream);
        }
        Ok(())
    }

    fn read_stream(&self, number: u32) -> Result<ObjectStream, EnvelopeError> {
        let error = |why| EnvelopeError::Object { number, why };
        let Some(Place::At { offset, .. }) = self.place(number) else {
            return Err(error("an object stream that is not there"));
        };
        let found = self.indirect(offset)?;
        let (Some(raw), Object::Dictionary(dictionary)) = (found.stream, found.object) else {
            return Err(error("not an object stream"));
        };
        if found.reference.number != number || !dictionary.is_of_type("ObjStm") {
            return Err(error("not an object stream"));
        }
        let octets = stream::decode(&dictionary, self.input.get(raw).unwrap_or_default(), offset)?;
        let integer = |key| dictionary.get(key).and_then(Object::as_integer);
        let (Some(count), Some(first)) = (integer("N"), integer("First")) else {
            return Err(error("an object stream without N or First"));
        };
        if count > MAX_OBJECTS {
            return Err(error("an object stream of more objects than a file may have"));
        }
        let (mut objects, mut reader) = (Vec::new(), Reader::new(&octets, 0));
        for _ in 0..count {
            let (number, place) = (reader.integer()?, reader.integer()?);
            objects.push((number, place.saturating_add(first)));
        }
        Ok(ObjectStream { octets, objects })
    }

    /// The object at an octet of the file.
    pub(super) fn indirect(&self, offset: usize) -> Result<Indirect, EnvelopeError> {
        indirect::read(self.input, offset, &|reference| self.length(reference))
    }

    /// The integer that the Length of a stream refers to.
    fn length(&self, reference: Reference) -> Option<usize> {
        match self.place(reference.number)? {
            Place::At { offset, .. } => {
                indirect::read(self.input, offset, &|_| None).ok()?.object.as_integer()
            }
            Place::In { stream, index } => self.compressed(stream, index, reference).ok()?.as_integer(),
            Place::Free => None,
        }
    }

    /// The object of this number and generation; null where there is none (ISO 32000-1 §7.3.10).
    pub(super) fn get(&self, reference: Reference) -> Result<Object, EnvelopeError> {
        let other = EnvelopeError::Object { number: reference.number, why: "another object in its place" };
        match self.place(reference.number) {
            None | Some(Place::Free) => Ok(Object::Null),
            Some(Place::At { generation, .. }) if generation != reference.generation => Ok(Object::Null),
            Some(Place::At { offset, .. }) => {
                let found = self.indirect(offset)?;
                if found.reference == reference { Ok(found.object) } else { Err(other) }
            }
            Some(Place::In { .. }) if reference.generation != 0 => Ok(Object::Null),
            Some(Place::In { stream, index }) => self.compressed(stream, index, reference),
        }
    }

    fn compressed(&self, stream: u32, index: usize, reference: Reference) -> Result<Object, EnvelopeError> {
        let error = EnvelopeError::Object { number: reference.number, why: "not in its object stream" };
        let stream = self.streams.get(&stream).ok_or_else(|| error.clone())?;
        let (number, place) = *stream.objects.get(index).ok_or_else(|| error.clone())?;
        match u32::try_from(number).is_ok_and(|number| number == reference.number) {
            true => Reader::new(&stream.octets, place).object(),
            false => Err(error),
        }
    }

    /// The object itself, or the one that it refers to.
    pub(super) fn resolve(&self, object: &Object) -> Result<Object, EnvelopeError> {
        match object {
            Object::Reference(reference) => match self.get(*reference)? {
                Object::Reference(other) => {
                    Err(EnvelopeError::Object { number: other.number, why: "a reference to a reference" })
                }
                found => Ok(found),
            },
            object => Ok(object.clone()),
        }
    }

    /// The value of a key, or what it refers to; null where there is none.
    pub(super) fn value(&self, dictionary: &Dictionary, key: &str) -> Result<Object, EnvelopeError> {
        dictionary.get(key).map_or(Ok(Object::Null), |value| self.resolve(value))
    }

    pub(super) fn root(&self) -> Result<Reference, EnvelopeError> {
        let root = self.newest()?.trailer.get("Root").and_then(Object::as_reference);
        root.ok_or(EnvelopeError::Structure("Root"))
    }

    /// ISO 32000-1 §7.7.2.
    pub(super) fn catalog(&self) -> Result<Dictionary, EnvelopeError> {
        match self.get(self.root()?)? {
            Object::Dictionary(catalog) if catalog.is_of_type("Catalog") => Ok(catalog),
            _ => Err(EnvelopeError::Structure("Catalog")),
        }
    }
}

/// `%PDF-1.0` to `%PDF-1.7` or `%PDF-2.0` and the end of a line (ISO 32000-1 §7.5.2).
fn header(input: &[u8]) -> Result<(), EnvelopeError> {
    match input.get(..9).unwrap_or_default() {
        [b'%', b'P', b'D', b'F', b'-', b'1', b'.', b'0'..=b'7', b'\r' | b'\n' | b' '] => Ok(()),
        b"%PDF-2.0\r" | b"%PDF-2.0\n" => Ok(()),
        _ => Err(EnvelopeError::Header),
    }
}

/// What the very last `startxref` names (ISO 32000-1 §7.5.5). Only white space may come after `%%EOF`.
fn last_section(input: &[u8]) -> Result<usize, EnvelopeError> {
    let rest = trimmed(input).strip_suffix(b"%%EOF").map(trimmed).ok_or(EnvelopeError::NoEnd)?;
    let digits = rest.iter().rev().take_while(|octet| octet.is_ascii_digit()).count();
    let (rest, digits) = rest.split_at_checked(rest.len() - digits).ok_or(EnvelopeError::NoEnd)?;
    let offset = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok());
    let named =
        rest.last().is_some_and(|last| is_white_space(*last)) && trimmed(rest).ends_with(b"startxref");
    offset.filter(|_| named).ok_or(EnvelopeError::NoEnd)
}

/// Without white space at its end.
fn trimmed(octets: &[u8]) -> &[u8] {
    let end = octets.iter().rposition(|octet| !is_white_space(*octet)).map_or(0, |last| last + 1);
    octets.get(..end).unwrap_or_default()
}

/// From the newest to the oldest. Each lies before the one that names it, but the oldest of a linearized file, whose
/// first page comes first (ISO 32000-1 annex F).
fn read_sections(input: &[u8], newest: usize) -> Result<Vec<Section>, EnvelopeError> {
    let mut sections: Vec<Section> = Vec::new();
    let mut next = Some(newest);
    while let Some(offset) = next {
        if sections.len() >= MAX_SECTIONS {
            return Err(EnvelopeError::Limit { what: "sections", most: MAX_SECTIONS });
        }
        let mut section = xref::read(input, offset)?;
        let (previous, beside) = (section.previous()?, section.beside()?);
        let later = sections.last().is_some_and(|last| offset >= last.offset);
        let beside = beside.map(|beside| xref::read(input, beside)).transpose()?;
        if let Some(stream) = &beside {
            if stream.stream.is_none() || stream.offset >= offset.max(newest) {
                return Err(EnvelopeError::CrossReference {
                    offset: stream.offset,
                    why: "not a stream before its table",
                });
            }
            section.show_hidden(stream)?;
        }
        sections.push(section);
        sections.extend(beside);
        if later && previous.is_some() {
            return Err(EnvelopeError::CrossReference {
                offset,
                why: "a section after the one that names it",
            });
        }
        next = previous;
    }
    let mut offsets: Vec<usize> = sections.iter().map(|section| section.offset).collect();
    offsets.sort_unstable();
    match offsets.is_sorted_by(|one, next| one < next) {
        true => Ok(sections),
        false => Err(EnvelopeError::CrossReference { offset: newest, why: "a section that comes twice" }),
    }
}
