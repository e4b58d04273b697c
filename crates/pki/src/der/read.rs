//! Reading one element after another. Every error names the octet; nothing is copied.

use super::{DerError, DerViolation, Tag};

/// One element: identifier, length and content, borrowed from the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element<'a> {
    tag: Tag,
    raw: &'a [u8],
    content: &'a [u8],
    offset: usize,
}

/// A cursor over a series of elements.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
    offset: usize,
}

impl<'a> Reader<'a> {
    /// Reads from the first octet of `input`.
    pub fn new(input: &'a [u8]) -> Self {
        Self { rest: input, offset: 0 }
    }

    /// Whether every octet has been read.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The octets that have not been read, as they are.
    pub fn remaining(&self) -> &'a [u8] {
        self.rest
    }

    /// The tag of the next element, without reading it.
    pub fn peek(&self) -> Option<Tag> {
        self.rest.first().copied().map(Tag)
    }

    /// The next element.
    ///
    /// # Errors
    /// [`DerViolation::Truncated`], [`DerViolation::LongTag`] or [`DerViolation::Length`].
    pub fn read(&mut self) -> Result<Element<'a>, DerError> {
        let (tag, header, length) = read_header(self.rest).map_err(|why| self.error(why))?;
        let end = header.checked_add(length).ok_or_else(|| self.error(DerViolation::Truncated))?;
        let (raw, rest) =
            self.rest.split_at_checked(end).ok_or_else(|| self.error(DerViolation::Truncated))?;
        let content = raw.get(header..).unwrap_or_default();
        let element = Element { tag, raw, content, offset: self.offset };
        self.rest = rest;
        self.offset += end;
        Ok(element)
    }

    /// The next element, which must have this tag.
    ///
    /// # Errors
    /// As [`Reader::read`], and [`DerViolation::Tag`] for another tag.
    pub fn expect(&mut self, tag: Tag) -> Result<Element<'a>, DerError> {
        match self.peek() {
            Some(found) if found != tag => {
                Err(self.error(DerViolation::Tag { expected: tag.0, found: found.0 }))
            }
            _ => self.read(),
        }
    }

    /// The next element if it has this tag.
    ///
    /// # Errors
    /// As [`Reader::read`].
    pub fn optional(&mut self, tag: Tag) -> Result<Option<Element<'a>>, DerError> {
        if self.peek() == Some(tag) { self.read().map(Some) } else { Ok(None) }
    }

    /// Ends the series.
    ///
    /// # Errors
    /// [`DerViolation::TrailingOctets`] when something is left.
    pub fn finish(&self) -> Result<(), DerError> {
        if self.is_empty() { Ok(()) } else { Err(self.error(DerViolation::TrailingOctets)) }
    }

    fn error(&self, why: DerViolation) -> DerError {
        DerError { offset: self.offset, why }
    }
}

impl<'a> Element<'a> {
    /// The identifier octet.
    pub fn tag(&self) -> Tag {
        self.tag
    }

    /// The content octets.
    pub fn content(&self) -> &'a [u8] {
        self.content
    }

    /// Identifier, length and content together.
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// Offset of the identifier octet in the input of the outermost reader.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// A reader over the content, for a constructed element.
    pub fn children(&self) -> Reader<'a> {
        Reader { rest: self.content, offset: self.offset + (self.raw.len() - self.content.len()) }
    }

    /// A reader over the octets of a BIT STRING without unused bits.
    ///
    /// # Errors
    /// [`DerViolation::Content`] when the first content octet is not zero.
    pub fn bit_string_octets(&self) -> Result<Reader<'a>, DerError> {
        let mut inside = self.children();
        let [0, rest @ ..] = inside.rest else {
            return Err(self.error(DerViolation::Content("BIT STRING")));
        };
        inside.rest = rest;
        inside.offset += 1;
        Ok(inside)
    }

    /// The magnitude of an INTEGER above zero, without the leading zero octet of the encoding.
    ///
    /// # Errors
    /// [`DerViolation::Content`] when it is zero, negative or not minimal.
    pub fn positive_integer(&self) -> Result<&'a [u8], DerError> {
        match self.content {
            [0, magnitude @ ..] if magnitude.first().is_some_and(|first| first & 0x80 != 0) => Ok(magnitude),
            magnitude @ [0x01..=0x7f, ..] => Ok(magnitude),
            _ => Err(self.error(DerViolation::Content("positive INTEGER"))),
        }
    }

    /// An error that points at this element.
    pub fn error(&self, why: DerViolation) -> DerError {
        DerError { offset: self.offset, why }
    }
}

/// Tag, length of the header, length of the content (X.690 §8.1.2, §8.1.3, §10.1).
fn read_header(input: &[u8]) -> Result<(Tag, usize, usize), DerViolation> {
    let (identifier, first, rest) = match input {
        [identifier, first, rest @ ..] => (*identifier, *first, rest),
        _ => return Err(DerViolation::Truncated),
    };
    if identifier & 0x1f == 0x1f {
        return Err(DerViolation::LongTag);
    }
    if first < 0x80 {
        return Ok((Tag(identifier), 2, usize::from(first)));
    }
    let count = usize::from(first & 0x7f);
    if count == 0 || count > 4 {
        return Err(DerViolation::Length);
    }
    let octets = rest.get(..count).ok_or(DerViolation::Truncated)?;
    let length = octets.iter().fold(0_u64, |length, octet| (length << 8) | u64::from(*octet));
    let shortest = length >= 0x80 && octets.first() != Some(&0);
    let length = usize::try_from(length).map_err(|_| DerViolation::Length)?;
    if shortest { Ok((Tag(identifier), 2 + count, length)) } else { Err(DerViolation::Length) }
}
