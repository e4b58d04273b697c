//! From a file to octets in DER and what they are. The content decides, never the file's name.

use super::InspectError;
use crate::files::MAX_SMALL;
use pem_rfc7468 as pem;
use shomei_pki::der::{self, Reader, Tag};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Octets of one revocation list, in DER or PEM: all municipalities of a large prefecture, with room.
const MAX_LIST: u64 = 256 * 1024 * 1024;
/// Standard input.
const STANDARD_INPUT: &str = "-";
const LIST_BEGINS: &[u8] = b"-----BEGIN X509 CRL-----";
const PEM_BEGINS: &[u8] = b"-----BEGIN ";

/// One file: what it is, and its octets in DER.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) kind: Kind,
    pub(super) der: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Certificate,
    List,
    Answer,
}

impl Source {
    pub(super) fn read(path: &Path) -> Result<Self, InspectError> {
        let mut input: Box<dyn Read> = if path.as_os_str() == STANDARD_INPUT {
            Box::new(io::stdin())
        } else {
            Box::new(File::open(path)?)
        };
        Self::of(read_bounded(&mut input, MAX_LIST)?)
    }

    fn of(octets: Vec<u8>) -> Result<Self, InspectError> {
        match octets.first() {
            None => Err(InspectError::Empty),
            Some(first) if *first == Tag::SEQUENCE.0 => {
                Ok(Self { kind: Kind::of(&octets).ok_or_else(|| what_else(&octets))?, der: octets })
            }
            Some(_) if !contains(&octets, PEM_BEGINS) => Err(InspectError::NeitherForm),
            Some(_) => {
                let (label, der) = pem::decode_vec(&octets)?;
                let kind = Kind::of(&der).ok_or_else(|| what_else(&der))?;
                if kind.label() == Some(label) {
                    Ok(Self { kind, der })
                } else {
                    Err(InspectError::Label(label.to_owned()))
                }
            }
        }
    }
}

impl Kind {
    /// What octets are that begin like this. An answer begins with its status, a certificate and a list with the part
    /// that is signed; in that part a list has its time where a certificate has its validity.
    fn of(beginning: &[u8]) -> Option<Self> {
        let outer = Reader::new(inside_sequence(beginning)?);
        match outer.peek()? {
            Tag::ENUMERATED => Some(Kind::Answer),
            Tag::SEQUENCE => Self::of_signed(Reader::new(inside_sequence(outer.remaining())?)),
            _ => None,
        }
    }

    fn of_signed(mut fields: Reader<'_>) -> Option<Self> {
        if fields.peek()? == Tag::context(0) {
            return Some(Kind::Certificate);
        }
        fields.optional(Tag::INTEGER).ok()?;
        fields.expect(Tag::SEQUENCE).ok()?;
        fields.expect(Tag::SEQUENCE).ok()?;
        match fields.peek()? {
            Tag::SEQUENCE => Some(Kind::Certificate),
            Tag::UTC_TIME | Tag::GENERALIZED_TIME => Some(Kind::List),
            _ => None,
        }
    }

    /// The label in PEM (RFC 7468 §5, §6); answers have none.
    const fn label(self) -> Option<&'static str> {
        match self {
            Kind::Certificate => Some("CERTIFICATE"),
            Kind::List => Some("X509 CRL"),
            Kind::Answer => None,
        }
    }
}

/// What follows the identifier and the length of a SEQUENCE, though it may be cut off.
fn inside_sequence(octets: &[u8]) -> Option<&[u8]> {
    let [0x30, length, rest @ ..] = octets else {
        return None;
    };
    let more = length.checked_sub(0x80).map_or(0, usize::from);
    rest.get(more..)
}

/// Only what begins like a list is read beyond the length of the others, up to `longest` octets.
fn read_bounded(input: &mut dyn Read, longest: u64) -> Result<Vec<u8>, InspectError> {
    let mut octets = Vec::new();
    input.take(MAX_SMALL + 1).read_to_end(&mut octets)?;
    if octets.len() <= to_size(MAX_SMALL) {
        return Ok(octets);
    }
    if Kind::of(&octets) != Some(Kind::List) && !contains(&octets, LIST_BEGINS) {
        return Err(InspectError::TooLong { limit: MAX_SMALL });
    }
    input.take(longest.saturating_sub(MAX_SMALL)).read_to_end(&mut octets)?;
    if octets.len() > to_size(longest) {
        return Err(InspectError::TooLong { limit: longest });
    }
    Ok(octets)
}

fn to_size(limit: u64) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}

fn what_else(octets: &[u8]) -> InspectError {
    match der::check(octets) {
        Err(error) => InspectError::Encoding(error),
        Ok(()) => InspectError::OtherStructure,
    }
}

fn contains(octets: &[u8], part: &[u8]) -> bool {
    octets.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list of version 2 up to its time, without anything in its names.
    const LIST: &[u8] =
        b"\x30\x84\x10\x00\x00\x00\x30\x84\x10\x00\x00\x00\x02\x01\x01\x30\x00\x30\x00\x17\x00";
    const CERTIFICATE: &[u8] = b"\x30\x84\x10\x00\x00\x00\x30\x84\x10\x00\x00\x00\xa0\x00";

    #[test]
    fn nothing_is_read_beyond_the_length_of_its_kind() {
        let small = to_size(MAX_SMALL);
        for (name, beginning, length, read) in [
            ("a certificate of full length", CERTIFICATE, small, true),
            ("a longer certificate", CERTIFICATE, small + 1, false),
            ("text of that length", b"-----BEGIN CERTIFICATE-----", small + 1, false),
            ("a list longer than others", LIST, small + 1, true),
            ("a list of full length", LIST, small + 100, true),
            ("a longer list", LIST, small + 101, false),
            ("a list without end", LIST, usize::MAX, false),
            ("a list in PEM", LIST_BEGINS, small + 100, true),
        ] {
            let rest = u64::try_from(length - beginning.len()).unwrap();
            let mut input = beginning.chain(io::repeat(0).take(rest));
            let found = read_bounded(&mut input, MAX_SMALL + 100);
            assert_eq!(found.as_ref().ok().map(Vec::len), read.then_some(length), "{name}: {found:?}");
        }
    }
}
