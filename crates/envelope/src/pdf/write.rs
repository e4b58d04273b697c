//! Writing objects and an incremental update of them (ISO 32000-1 §7.5.6).

use super::document::Document;
use super::error::EnvelopeError;
use super::object::{Dictionary, Object, Reference};
use super::signature::hexadecimal;
use super::xref::Section;

/// Writes an object.
pub(super) fn object(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.extend(b"null"),
        Object::Boolean(value) => out.extend(value.to_string().bytes()),
        Object::Number(number) => out.extend(number.0.bytes()),
        Object::Text(text) => out.extend(hexadecimal(&text.octets)),
        Object::Name(value) => name(out, value),
        Object::Reference(Reference { number, generation }) => {
            out.extend(format!("{number} {generation} R").bytes());
        }
        Object::Dictionary(value) => dictionary(out, value),
        Object::Array(array) => {
            out.push(b'[');
            for (index, value) in array.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                self::object(out, value);
            }
            out.push(b']');
        }
    }
}

fn dictionary(out: &mut Vec<u8>, dictionary: &Dictionary) {
    out.extend(b"<<");
    for (key, value) in dictionary.entries() {
        out.push(b'\n');
        name(out, key);
        out.push(b' ');
        object(out, value);
    }
    out.extend(b"\n>>");
}

/// ISO 32000-1 §7.3.5: everything but letters, digits and a few marks as `#xx`.
fn name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for octet in name {
        match octet {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' | b'+' => out.push(*octet),
            other => out.extend(format!("#{other:02X}").bytes()),
        }
    }
}

/// Octets to come after a file, and where in the whole file its objects begin.
pub(super) struct Update<'a> {
    document: &'a Document<'a>,
    octets: Vec<u8>,
    places: Vec<(Reference, usize)>,
    /// The lowest number that no object has.
    next: usize,
}

impl<'a> Update<'a> {
    pub(super) fn new(document: &'a Document<'a>) -> Result<Self, EnvelopeError> {
        let next = document.newest()?.size()?;
        Ok(Self { document, octets: b"\n".to_vec(), places: Vec::new(), next })
    }

    /// A number for a new object.
    pub(super) fn number(&mut self) -> Result<Reference, EnvelopeError> {
        let number = u32::try_from(self.next).map_err(|_| EnvelopeError::Structure("Size"))?;
        self.next += 1;
        Ok(Reference { number, generation: 0 })
    }

    /// Where the next octet will stand in the whole file.
    pub(super) fn at(&self) -> usize {
        self.document.input.len() + self.octets.len()
    }

    pub(super) fn begin(&mut self, reference: Reference) {
        self.places.push((reference, self.at()));
        self.raw(format!("{} {} obj\n", reference.number, reference.generation).as_bytes());
    }

    pub(super) fn raw(&mut self, octets: &[u8]) {
        self.octets.extend_from_slice(octets);
    }

    pub(super) fn object(&mut self, object: &Object) {
        self::object(&mut self.octets, object);
    }

    pub(super) fn end(&mut self) {
        self.raw(b"\nendobj\n");
    }

    pub(super) fn whole(&mut self, reference: Reference, object: &Object) {
        self.begin(reference);
        self.object(object);
        self.end();
    }

    /// The update with a cross-reference section of the kind that the file's newest is.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, EnvelopeError> {
        let earlier = self.document.newest()?;
        let start = match earlier.stream {
            None => self.table(earlier),
            Some(_) => self.stream(earlier)?,
        };
        self.raw(format!("startxref\n{start}\n%%EOF\n").as_bytes());
        Ok(self.octets)
    }

    fn trailer(&self, earlier: &Section) -> Dictionary {
        let mut trailer = Dictionary::default().with("Size", Object::integer(self.next));
        for key in ["Root", "Info", "ID"] {
            if let Some(value) = earlier.trailer.get(key) {
                trailer = trailer.with(key, value.clone());
            }
        }
        trailer.with("Prev", Object::integer(earlier.offset))
    }

    fn sorted(&mut self) -> Vec<(Reference, usize)> {
        self.places.sort_unstable();
        self.places.clone()
    }

    fn table(&mut self, earlier: &Section) -> usize {
        let start = self.at();
        let mut text = "xref\n0 1\n0000000000 65535 f \n".to_owned();
        for (Reference { number, generation }, offset) in self.sorted() {
            text += &format!("{number} 1\n{offset:010} {generation:05} n \n");
        }
        self.raw(text.as_bytes());
        self.raw(b"trailer\n");
        let trailer = self.trailer(earlier);
        self.object(&Object::Dictionary(trailer));
        self.raw(b"\n");
        start
    }

    /// Fields of 1, 4 and 2 octets, not compressed; the stream itself is among its entries.
    fn stream(&mut self, earlier: &Section) -> Result<usize, EnvelopeError> {
        let (own, start) = (self.number()?, self.at());
        self.places.push((own, start));
        let (mut index, mut entries) = (Vec::new(), Vec::new());
        for (Reference { number, generation }, offset) in self.sorted() {
            index
                .extend([Object::integer(usize::try_from(number).unwrap_or(usize::MAX)), Object::integer(1)]);
            let offset = u32::try_from(offset).map_err(|_| EnvelopeError::Structure("offset"))?;
            entries.push(1);
            entries.extend(offset.to_be_bytes());
            entries.extend(generation.to_be_bytes());
        }
        let trailer = self
            .trailer(earlier)
            .with("Type", Object::name("XRef"))
            .with("W", Object::Array([1, 4, 2].map(Object::integer).to_vec()))
            .with("Index", Object::Array(index))
            .with("Length", Object::integer(entries.len()));
        self.raw(format!("{} 0 obj\n", own.number).as_bytes());
        self.object(&Object::Dictionary(trailer));
        self.raw(b"\nstream\n");
        self.raw(&entries);
        self.raw(b"\nendstream");
        self.end();
        Ok(start)
    }
}
