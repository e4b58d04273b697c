//! A small strict reader and writer of DER (ITU-T X.690 §10, §11): definite minimal lengths, one-octet tags.
//!
//! It exists because "almost DER" is where two programs read one certificate differently: [`check`] refuses every
//! encoding that DER does not allow before anything else looks at the bytes. It is not a general ASN.1 library:
//! tags above 30, REAL, and string types that the JPKI profile does not use are refused.

mod read;
mod strict;
mod write;

pub use read::{Element, Reader};
pub use strict::check;
pub use write::{element, integer, sequence, set_of};

use std::fmt::{self, Write as _};

/// The identifier octet of an element: class, constructed bit and a number up to 30.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tag(pub u8);

impl Tag {
    /// BOOLEAN.
    pub const BOOLEAN: Tag = Tag(0x01);
    /// INTEGER.
    pub const INTEGER: Tag = Tag(0x02);
    /// BIT STRING, primitive.
    pub const BIT_STRING: Tag = Tag(0x03);
    /// OCTET STRING, primitive.
    pub const OCTET_STRING: Tag = Tag(0x04);
    /// NULL.
    pub const NULL: Tag = Tag(0x05);
    /// OBJECT IDENTIFIER.
    pub const OID: Tag = Tag(0x06);
    /// ENUMERATED.
    pub const ENUMERATED: Tag = Tag(0x0a);
    /// UTF8String.
    pub const UTF8_STRING: Tag = Tag(0x0c);
    /// PrintableString.
    pub const PRINTABLE_STRING: Tag = Tag(0x13);
    /// IA5String.
    pub const IA5_STRING: Tag = Tag(0x16);
    /// UTCTime.
    pub const UTC_TIME: Tag = Tag(0x17);
    /// GeneralizedTime.
    pub const GENERALIZED_TIME: Tag = Tag(0x18);
    /// SEQUENCE and SEQUENCE OF.
    pub const SEQUENCE: Tag = Tag(0x30);
    /// SET and SET OF.
    pub const SET: Tag = Tag(0x31);

    /// `[number]` constructed, as EXPLICIT tags are written. `number` is taken modulo 32.
    pub const fn context(number: u8) -> Tag {
        Tag(0xa0 | (number & 0x1f))
    }

    /// `[number]` primitive, as IMPLICIT tags over primitive types are written. `number` is taken modulo 32.
    pub const fn context_primitive(number: u8) -> Tag {
        Tag(0x80 | (number & 0x1f))
    }

    /// Whether the content is a series of elements.
    pub const fn is_constructed(self) -> bool {
        self.0 & 0x20 != 0
    }
}

/// What is wrong, and at which octet of the input the offending element begins.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("octet {offset}: {why}")]
pub struct DerError {
    /// Offset of the first octet of the element, from the start of the input given to the reader.
    pub offset: usize,
    /// What DER or the expected structure does not allow.
    pub why: DerViolation,
}

/// The ways in which octets fail to be the DER that was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DerViolation {
    /// The element ends after the input does.
    #[error("the element is cut off")]
    Truncated,
    /// Octets follow where the structure has ended.
    #[error("unexpected octets follow")]
    TrailingOctets,
    /// A tag number above 30, which no structure here has.
    #[error("the tag has more than one octet")]
    LongTag,
    /// A length that is indefinite or not in its shortest form (X.690 §10.1).
    #[error("the length is not in its shortest definite form")]
    Length,
    /// Another element was expected here.
    #[error("expected the tag {expected:#04x}, found {found:#04x}")]
    Tag {
        /// The identifier octet expected.
        expected: u8,
        /// The identifier octet found.
        found: u8,
    },
    /// A type that this reader does not know.
    #[error("the type {0:#04x} is not used here")]
    UnknownType(u8),
    /// The content is not the one DER encoding of a value of its type.
    #[error("the content is not a DER {0}")]
    Content(&'static str),
    /// The elements of a SET are not in ascending order (X.690 §10.3, §11.6).
    #[error("the elements of a SET are out of order")]
    SetOrder,
    /// More nesting than any structure here has.
    #[error("nested too deeply")]
    Depth,
}

/// The dotted form of the content octets of an OBJECT IDENTIFIER; `?` stands where an arc is broken or above 128 bits.
pub fn oid_to_string(content: &[u8]) -> String {
    let mut text = String::new();
    let mut rest = content;
    let mut first = true;
    while !rest.is_empty() {
        let (arc, after) = next_arc(rest);
        rest = after;
        let _ = match arc {
            None => write!(text, "{}?", if first { "" } else { "." }),
            Some(arc) if first => write!(text, "{}.{}", (arc / 40).min(2), arc - 40 * (arc / 40).min(2)),
            Some(arc) => write!(text, ".{arc}"),
        };
        first = false;
    }
    text
}

fn next_arc(content: &[u8]) -> (Option<u128>, &[u8]) {
    let end = content.iter().position(|octet| octet & 0x80 == 0).map_or(content.len(), |last| last + 1);
    let (arc, rest) = content.split_at(end);
    let mut value = Some(0_u128);
    for octet in arc {
        value = value.and_then(|value| value.checked_mul(128)).map(|value| value + u128::from(octet & 0x7f));
    }
    (value.filter(|_| arc.last().is_some_and(|last| last & 0x80 == 0)), rest)
}

impl fmt::Display for Tag {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:#04x}", self.0)
    }
}

#[cfg(test)]
mod tests;
