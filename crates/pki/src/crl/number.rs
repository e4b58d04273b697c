//! Numbers of lists (RFC 5280 §5.2.3), and the highest ones seen, so that an older list is not taken for the newest.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::ops::Deref;
use std::str::FromStr;

/// RFC 5280 §5.2.3: at most 20 octets.
const MAX_OCTETS: usize = 20;

/// cRLNumber (RFC 5280 §5.2.3): the content octets of its INTEGER, which `Deref` gives. It is kept in place, as every
/// answer of a list carries it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct CrlNumber {
    octets: [u8; MAX_OCTETS + 1],
    length: usize,
}

impl CrlNumber {
    /// A number by the content octets of an INTEGER of 0 or more with at most 20 octets; none for others.
    pub fn new(content: &[u8]) -> Option<Self> {
        let mut octets = [0; MAX_OCTETS + 1];
        let place = octets.get_mut(..content.len()).filter(|_| is_number(content))?;
        place.copy_from_slice(content);
        Some(Self { octets, length: content.len() })
    }
}

impl Deref for CrlNumber {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.octets.get(..self.length).unwrap_or_default()
    }
}

impl fmt::Debug for CrlNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "CrlNumber({})", hexadecimal(self))
    }
}

/// The highest number seen of every list, by the authority's key identifier and the distribution point.
///
/// As text it is a line for each: key identifier, distribution point (`-` for a list of full scope) and the content of
/// the number's INTEGER, in hexadecimal, with a space between. It says nothing about any person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeenNumbers {
    highest: BTreeMap<ListName, Vec<u8>>,
}

/// The authority's key identifier and the distribution point; none for a list of full scope.
type ListName = (Vec<u8>, Option<Vec<u8>>);

/// Why a text does not hold seen numbers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: not a key identifier, a distribution point and a number in hexadecimal")]
pub struct SeenNumbersError {
    /// The line, from 1 on.
    pub line: usize,
}

impl SeenNumbers {
    /// Whether a list with this number (content of its INTEGER) is older than one that was seen.
    pub fn is_older(&self, authority: &[u8], point: Option<&[u8]>, number: &[u8]) -> bool {
        let key = (authority.to_vec(), point.map(<[u8]>::to_vec));
        self.highest.get(&key).is_some_and(|highest| compare(number, highest) == Ordering::Less)
    }

    /// Remembers a number if it is higher than what was seen.
    pub fn see(&mut self, authority: &[u8], point: Option<&[u8]>, number: &[u8]) {
        let key = (authority.to_vec(), point.map(<[u8]>::to_vec));
        let highest = self.highest.entry(key).or_insert_with(|| number.to_vec());
        if compare(number, highest) == Ordering::Greater {
            number.clone_into(highest);
        }
    }

    /// Takes over whatever is higher in `other`.
    pub fn merge(&mut self, other: &Self) {
        for ((authority, point), number) in &other.highest {
            self.see(authority, point.as_deref(), number);
        }
    }
}

impl fmt::Display for SeenNumbers {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for ((authority, point), number) in &self.highest {
            let point = point.as_deref().map_or_else(|| "-".to_owned(), hexadecimal);
            writeln!(out, "{} {point} {}", hexadecimal(authority), hexadecimal(number))?;
        }
        Ok(())
    }
}

impl FromStr for SeenNumbers {
    type Err = SeenNumbersError;

    fn from_str(text: &str) -> Result<Self, SeenNumbersError> {
        let mut seen = Self::default();
        for (line, content) in (1..).zip(text.lines()) {
            let ((authority, point), number) = read_line(content).ok_or(SeenNumbersError { line })?;
            seen.see(&authority, point.as_deref(), &number);
        }
        Ok(seen)
    }
}

fn read_line(line: &str) -> Option<(ListName, Vec<u8>)> {
    let mut parts = line.split(' ');
    let (authority, point, number) = (parts.next()?, parts.next()?, parts.next()?);
    let point = if point == "-" { None } else { Some(octets(point)?) };
    let number = octets(number).filter(|number| is_number(number))?;
    parts.next().is_none().then_some(((octets(authority)?, point), number))
}

/// Whether the content octets of an INTEGER in DER are a number that a list can have.
pub(super) fn is_number(content: &[u8]) -> bool {
    let minimal = match content {
        [] => false,
        [0, second, ..] => second & 0x80 != 0,
        [first, ..] => first & 0x80 == 0,
    };
    minimal && magnitude(content).len() <= MAX_OCTETS
}

/// Compares two numbers of lists, as content octets of their INTEGERs.
pub(super) fn compare(one: &[u8], other: &[u8]) -> Ordering {
    let (one, other) = (magnitude(one), magnitude(other));
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

fn magnitude(content: &[u8]) -> &[u8] {
    content.strip_prefix(&[0]).unwrap_or(content)
}

fn hexadecimal(octets: &[u8]) -> String {
    octets.iter().fold(String::new(), |mut text, octet| {
        // Writing to a String does not fail.
        let _ = write!(text, "{octet:02x}");
        text
    })
}

fn octets(text: &str) -> Option<Vec<u8>> {
    let digit = |digit: &u8| char::from(*digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = text.as_bytes().chunks(2);
    let octet = |pair: &[u8]| match pair {
        [high, low] => Some(digit(high)? << 4 | digit(low)?),
        _ => None,
    };
    pairs.map(octet).collect::<Option<Vec<u8>>>().filter(|octets| !octets.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_as_numbers() {
        let ascending: [&[u8]; 7] = [&[0], &[1], &[9], &[0x7f], &[0, 0x80], &[0, 0xff], &[1, 0]];
        for (place, one) in ascending.iter().enumerate() {
            assert!(is_number(one));
            for (other_place, other) in ascending.iter().enumerate() {
                assert_eq!(compare(one, other), place.cmp(&other_place), "{one:?} {other:?}");
            }
        }
        for content in [&[][..], &[0x80], &[0, 1], &[1; 21], &[0xff, 0xff]] {
            assert!(!is_number(content), "{content:?}");
        }
    }

    #[test]
    fn only_a_lower_number_of_the_same_list_is_older() {
        let mut seen = SeenNumbers::default();
        seen.see(b"key", Some(b"point"), &[7]);
        seen.see(b"key", Some(b"point"), &[5]);
        let table = [
            ("key", Some("point"), 6, true),
            ("key", Some("point"), 7, false),
            ("key", Some("point"), 8, false),
            ("key", Some("other"), 1, false),
            ("key", None, 1, false),
            ("other", Some("point"), 1, false),
        ];
        for (authority, point, number, older) in table {
            let found = seen.is_older(authority.as_bytes(), point.map(str::as_bytes), &[number]);
            assert_eq!(found, older, "{authority} {point:?} {number}");
        }
    }

    #[test]
    fn they_read_back_from_their_text_and_nothing_else_is_read() {
        let mut seen = SeenNumbers::default();
        seen.see(&[0x0d, 0xff], Some(&[0xa0, 0]), &[0, 0x80]);
        seen.see(&[0x0d, 0xff], None, &[0]);
        assert_eq!(seen.to_string(), "0dff - 00\n0dff a000 0080\n");
        assert_eq!(seen.to_string().parse(), Ok(seen));
        for (text, line) in [
            ("0d a0", 1),
            ("0d - 01\n0d", 2),
            ("0d - 81", 1),
            ("0d - 01 02", 1),
            ("0g - 01", 1),
            ("0 - 01", 1),
        ] {
            assert_eq!(text.parse::<SeenNumbers>(), Err(SeenNumbersError { line }), "{text}");
        }
    }
}
