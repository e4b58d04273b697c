//! Objects of a PDF (ISO 32000-1 §7.3), compared by what they mean and written in one way.

use std::ops::Range;

/// The number and generation of an indirect object (ISO 32000-1 §7.3.10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reference {
    pub(super) number: u32,
    pub(super) generation: u16,
}

/// An object other than a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Object {
    Null,
    Boolean(bool),
    Number(Number),
    Text(Text),
    Name(Vec<u8>),
    Array(Vec<Object>),
    Dictionary(Dictionary),
    Reference(Reference),
}

/// A number as it was written: what is copied stays as it was.
#[derive(Clone, Debug)]
pub(super) struct Number(pub(super) Box<str>);

/// A string, and where it was written.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) octets: Vec<u8>,
    pub(super) place: Range<usize>,
}

/// A dictionary, in the order in which it was written. No key stands twice.
#[derive(Clone, Debug, Default)]
pub(super) struct Dictionary(Vec<(Vec<u8>, Object)>);

impl Object {
    pub(super) fn name(name: &str) -> Self {
        Self::Name(name.as_bytes().to_vec())
    }

    pub(super) fn text(octets: Vec<u8>) -> Self {
        Self::Text(Text { octets, place: 0..0 })
    }

    pub(super) fn integer(value: usize) -> Self {
        Self::Number(Number(value.to_string().into()))
    }

    pub(super) fn as_integer(&self) -> Option<usize> {
        match self {
            Self::Number(number) => number.0.parse().ok(),
            _ => None,
        }
    }

    pub(super) fn as_dictionary(&self) -> Option<&Dictionary> {
        match self {
            Self::Dictionary(dictionary) => Some(dictionary),
            _ => None,
        }
    }

    pub(super) fn as_array(&self) -> Option<&[Object]> {
        match self {
            Self::Array(array) => Some(array),
            _ => None,
        }
    }

    pub(super) fn as_text(&self) -> Option<&Text> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn as_reference(&self) -> Option<Reference> {
        match self {
            Self::Reference(reference) => Some(*reference),
            _ => None,
        }
    }

    pub(super) fn is_name(&self, name: &str) -> bool {
        matches!(self, Self::Name(found) if found == name.as_bytes())
    }
}

impl Number {
    /// Sign, digits before and after the point, without zeros that say nothing.
    fn meaning(&self) -> (bool, &str, &str) {
        let unsigned = self.0.trim_start_matches(['+', '-']);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        (self.0.starts_with('-') && !(whole.is_empty() && fraction.is_empty()), whole, fraction)
    }

    pub(super) fn is_zero(&self) -> bool {
        self.meaning() == (false, "", "")
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.meaning() == other.meaning()
    }
}

impl Eq for Number {}

impl PartialEq for Text {
    /// Where it stands and how it is written is not what it says.
    fn eq(&self, other: &Self) -> bool {
        self.octets == other.octets
    }
}

impl Eq for Text {}

impl PartialEq for Dictionary {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().all(|(key, value)| other.find(key) == Some(value))
    }
}

impl Eq for Dictionary {}

impl Dictionary {
    pub(super) fn get(&self, key: &str) -> Option<&Object> {
        self.find(key.as_bytes())
    }

    fn find(&self, key: &[u8]) -> Option<&Object> {
        self.0.iter().find(|(found, _)| found == key).map(|(_, value)| value)
    }

    pub(super) fn entries(&self) -> &[(Vec<u8>, Object)] {
        &self.0
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(|(key, _)| key.as_slice())
    }

    /// Adds an entry as it was read; whether the key is new is for the reader to know.
    pub(super) fn push(&mut self, key: Vec<u8>, value: Object) {
        self.0.push((key, value));
    }

    /// With this value for this key, in the place of an earlier one.
    pub(super) fn with(mut self, key: &str, value: Object) -> Self {
        match self.0.iter_mut().find(|(found, _)| found == key.as_bytes()) {
            Some((_, earlier)) => *earlier = value,
            None => self.push(key.as_bytes().to_vec(), value),
        }
        self
    }

    pub(super) fn without(mut self, keys: &[&str]) -> Self {
        self.0.retain(|(found, _)| !keys.iter().any(|key| key.as_bytes() == found));
        self
    }

    pub(super) fn is_of_type(&self, name: &str) -> bool {
        self.get("Type").is_some_and(|value| value.is_name(name))
    }
}
