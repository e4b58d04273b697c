//! The values that can be signed.

use core::cmp::Ordering;

/// A JSON value without `null` and without fractions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number that every reader represents exactly.
    Integer(Integer),
    /// A string of Unicode scalar values.
    String(String),
    /// An array.
    Array(Vec<Value>),
    /// An object.
    Object(Object),
}

impl Value {
    /// The string, if this is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if this is one.
    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(number.get()),
            _ => None,
        }
    }

    /// The truth value, if this is one.
    pub fn as_boolean(&self) -> Option<bool> {
        match self {
            Self::Boolean(truth) => Some(*truth),
            _ => None,
        }
    }

    /// The elements, if this is an array.
    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The members, if this is an object.
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Boolean(truth)
    }
}

impl From<Integer> for Value {
    fn from(number: Integer) -> Self {
        Self::Integer(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Integer(Integer(i64::from(number)))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<Vec<Value>> for Value {
    fn from(elements: Vec<Value>) -> Self {
        Self::Array(elements)
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}

/// A whole number within ±(2^53−1), the range RFC 7493 §2.2 calls interoperable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Integer(i64);

impl Integer {
    /// The largest number, 2^53−1.
    pub const MAX: Self = Self(9_007_199_254_740_991);
    /// The smallest number, −(2^53−1).
    pub const MIN: Self = Self(-9_007_199_254_740_991);

    /// `number`, or `None` outside the range.
    pub fn new(number: i64) -> Option<Self> {
        (Self::MIN.0..=Self::MAX.0).contains(&number).then_some(Self(number))
    }

    /// The number.
    pub fn get(self) -> i64 {
        self.0
    }
}

/// The members of an object, each key once, kept in canonical order (RFC 8785 §3.2.3).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Object(Vec<(String, Value)>);

impl Object {
    /// An object without members.
    pub fn new() -> Self {
        Self::default()
    }

    /// This object with `key` set to `value`, in place of an earlier value of the same key.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        let entry = (key.to_owned(), value.into());
        match self.position(key) {
            Ok(at) => drop(self.0.splice(at..=at, [entry])),
            Err(at) => self.0.insert(at, entry),
        }
        self
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&Value> {
        let at = self.position(key).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    /// The members in canonical order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// The number of members.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sorts the entries of a parsed object; `Err` is the offset of a key that was there before.
    pub(super) fn from_parsed(mut entries: Vec<(usize, String, Value)>) -> Result<Self, usize> {
        entries.sort_by(|(_, a, _), (_, b, _)| canonical_order(a, b));
        for pair in entries.windows(2) {
            if let [(_, a, _), (at, b, _)] = pair
                && a == b
            {
                return Err(*at);
            }
        }
        Ok(Self(entries.into_iter().map(|(_, key, value)| (key, value)).collect()))
    }

    fn position(&self, key: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(present, _)| canonical_order(present, key))
    }
}

/// RFC 8785 §3.2.3: keys are compared as arrays of UTF-16 code units.
fn canonical_order(a: &str, b: &str) -> Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}
