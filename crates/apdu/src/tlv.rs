//! BER-TLV as cards use it (ISO 7816-4 §5.2.2): tags of one to three bytes, definite lengths of up to four.
//!
//! A reader, not a judge: DER's rule of the shortest length is for whoever checks the certificate.

use crate::{DecodeError, Malformed};

/// A tag and a length, with or without the value behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The tag's bytes as one big-endian number, for example `0x30` or `0xDF21`.
    pub tag: u32,
    /// Bytes of tag and length together.
    pub header_length: usize,
    /// Bytes of the value, as announced.
    pub value_length: usize,
}

impl Header {
    /// Reads the tag and length at the start of `bytes`; the value need not be there, which is how the size of
    /// a file is known from its first few bytes.
    ///
    /// # Errors
    /// [`DecodeError`], never for a missing value.
    pub fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        let (tag, tag_length) = tag(bytes)?;
        let (value_length, length_length) = length(bytes.get(tag_length..).unwrap_or_default(), tag_length)?;
        let header_length = tag_length + length_length;
        if header_length.checked_add(value_length).is_none() {
            return Err(DecodeError::new(Malformed::LengthOverflow, tag_length));
        }
        Ok(Self { tag, header_length, value_length })
    }

    /// Bytes of tag, length and value together.
    #[must_use]
    pub const fn total_length(&self) -> usize {
        self.header_length.saturating_add(self.value_length)
    }
}

/// One data object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tlv<'a> {
    /// The tag's bytes as one big-endian number.
    pub tag: u32,
    /// Exactly as many bytes as the length said.
    pub value: &'a [u8],
    /// Bytes from the start of what is being read to the value.
    pub offset: usize,
}

/// The data objects that stand one after another in some bytes.
///
/// Ends after the first error, whose offset counts from the start of those bytes.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
    offset: usize,
}

impl<'a> Reader<'a> {
    /// Reads from the start of `bytes`.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, offset: 0 }
    }

    fn read(&mut self) -> Result<Tlv<'a>, DecodeError> {
        let header = Header::parse(self.rest)?;
        let (object, rest) = self
            .rest
            .split_at_checked(header.total_length())
            .ok_or(DecodeError::new(Malformed::ValueTruncated, self.rest.len()))?;
        let value = object.get(header.header_length..).unwrap_or_default();
        let offset = self.offset + header.header_length;
        self.rest = rest;
        self.offset += object.len();
        Ok(Tlv { tag: header.tag, value, offset })
    }
}

impl<'a> Iterator for Reader<'a> {
    type Item = Result<Tlv<'a>, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let start = self.offset;
        let object = self.read().map_err(|error| DecodeError::new(error.what, start + error.offset));
        if object.is_err() {
            self.rest = &[];
        }
        Some(object)
    }
}

fn tag(bytes: &[u8]) -> Result<(u32, usize), DecodeError> {
    let truncated = DecodeError::new(Malformed::TagTruncated, bytes.len());
    match bytes {
        [first, ..] if first & 0x1F != 0x1F => Ok((u32::from(*first), 1)),
        [first, second, ..] if second & 0x80 == 0 => Ok((u32::from_be_bytes([0, 0, *first, *second]), 2)),
        [first, second, third, ..] if third & 0x80 == 0 => {
            Ok((u32::from_be_bytes([0, *first, *second, *third]), 3))
        }
        [_, _, _, ..] => Err(DecodeError::new(Malformed::TagTooLong, 3)),
        _ => Err(truncated),
    }
}

/// The length at the start of `bytes`, which itself starts at `offset`; and how many bytes it took.
fn length(bytes: &[u8], offset: usize) -> Result<(usize, usize), DecodeError> {
    let (first, rest) = bytes.split_first().ok_or(DecodeError::new(Malformed::LengthTruncated, offset))?;
    let count = match first {
        0x00..=0x7F => return Ok((usize::from(*first), 1)),
        0x81..=0x84 => usize::from(first & 0x0F),
        _ => return Err(DecodeError::new(Malformed::LengthForm, offset)),
    };
    let digits =
        rest.get(..count).ok_or(DecodeError::new(Malformed::LengthTruncated, offset + bytes.len()))?;
    let value = digits.iter().fold(0_u32, |value, digit| value << 8 | u32::from(*digit));
    let value = usize::try_from(value).map_err(|_| DecodeError::new(Malformed::LengthOverflow, offset))?;
    Ok((value, 1 + count))
}

#[cfg(test)]
mod tests;
