//! Reading members of exact objects out of JSON, each failure with its place as a JSON Pointer (RFC 6901).

use crate::json::{self, Object, Value};
use crate::text;
use crate::{OriginError, TimestampError, challenge::ChallengeError};

/// Why bytes are not an application or a definition, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}", place = if path.is_empty() { "document" } else { path.as_str() })]
pub struct ParseError {
    /// The place as a JSON Pointer (RFC 6901), such as `/fields/3/value`; empty for the whole.
    pub path: String,
    /// What is wrong there.
    pub reason: Reason,
}

/// What is wrong at a place of a document or definition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The bytes are not strict JSON, or too many.
    #[error(transparent)]
    Json(#[from] json::Error),
    /// The bytes are not in canonical form (RFC 8785); they part from it at this offset.
    #[error("not canonical from byte {offset}")]
    NotCanonical {
        /// Offset in bytes of the first difference.
        offset: usize,
    },
    /// `schema` names something else.
    #[error("the schema is not {expected}")]
    Schema {
        /// The schema that this reader knows.
        expected: &'static str,
    },
    /// `container` is none of the containers that a page may ask for.
    #[error("not a known container")]
    Container {
        /// What stands there.
        found: String,
    },
    /// A member that must be there is missing.
    #[error("missing")]
    Missing,
    /// A member that this version does not know.
    #[error("unknown member")]
    Unknown,
    /// Another JSON type stands here.
    #[error("not {expected}")]
    Type {
        /// The type in words.
        expected: &'static str,
    },
    /// More characters or entries than allowed.
    #[error("longer than {max}")]
    TooLong {
        /// The maximum, in Unicode scalar values or entries.
        max: usize,
    },
    /// Nothing stands where something must.
    #[error("empty")]
    Empty,
    /// The number is out of its range.
    #[error("out of range")]
    Range,
    /// Another entry bears the same name.
    #[error("a name that was there before")]
    Duplicate,
    /// An identifier with characters outside its alphabet.
    #[error("not {expected}")]
    Identifier {
        /// What the identifier is made of, in words.
        expected: &'static str,
    },
    /// A text breaks a rule of [`crate::text`].
    #[error(transparent)]
    Text(#[from] text::Refusal),
    /// Not a point in time.
    #[error(transparent)]
    Timestamp(#[from] TimestampError),
    /// Not a web origin.
    #[error(transparent)]
    Origin(#[from] OriginError),
    /// Not a challenge.
    #[error(transparent)]
    Challenge(#[from] ChallengeError),
    /// A definition contradicts itself.
    #[error("{0}")]
    Definition(&'static str),
}

/// A value and the place where it stands.
#[derive(Clone)]
pub(crate) struct At<'a> {
    path: String,
    value: &'a Value,
}

/// An object of which every key is known, and the place where it stands.
pub(crate) struct Members<'a> {
    path: String,
    object: &'a Object,
}

/// An error at `path`.
pub(crate) fn refuse<T>(path: &str, reason: impl Into<Reason>) -> Result<T, ParseError> {
    Err(ParseError { path: path.to_owned(), reason: reason.into() })
}

impl<'a> At<'a> {
    /// The root of a document.
    pub(crate) fn root(value: &'a Value) -> Self {
        Self { path: String::new(), value }
    }

    /// An error here.
    pub(crate) fn refuse<T>(&self, reason: impl Into<Reason>) -> Result<T, ParseError> {
        refuse(&self.path, reason)
    }

    /// An object that has no key but `keys`.
    pub(crate) fn object(self, keys: &[&str]) -> Result<Members<'a>, ParseError> {
        let Some(object) = self.value.as_object() else {
            return self.refuse(Reason::Type { expected: "an object" });
        };
        match object.iter().find(|(key, _)| !keys.contains(key)) {
            Some((key, _)) => refuse(&member_path(&self.path, key), Reason::Unknown),
            None => Ok(Members { path: self.path, object }),
        }
    }

    /// The member `key` of an object whose other keys are not judged yet.
    pub(crate) fn member(&self, key: &str) -> Result<At<'a>, ParseError> {
        let Some(object) = self.value.as_object() else {
            return self.refuse(Reason::Type { expected: "an object" });
        };
        Members { path: self.path.clone(), object }.required(key)
    }

    /// The entries of an array of at most `max`.
    pub(crate) fn entries(self, max: usize) -> Result<impl Iterator<Item = At<'a>>, ParseError> {
        let Some(elements) = self.value.as_array() else {
            return self.refuse(Reason::Type { expected: "an array" });
        };
        if elements.len() > max {
            return self.refuse(Reason::TooLong { max });
        }
        let path = self.path;
        let place = move |(index, value)| At { path: format!("{path}/{index}"), value };
        Ok(elements.iter().enumerate().map(place))
    }

    /// A string.
    pub(crate) fn string(&self) -> Result<&'a str, ParseError> {
        self.value.as_str().map_or_else(|| self.refuse(Reason::Type { expected: "a string" }), Ok)
    }

    /// A truth value.
    pub(crate) fn boolean(&self) -> Result<bool, ParseError> {
        self.value.as_boolean().map_or_else(|| self.refuse(Reason::Type { expected: "a truth value" }), Ok)
    }

    /// A whole number from 0 to `max`.
    pub(crate) fn number(&self, max: u64) -> Result<u64, ParseError> {
        let Some(number) = self.value.as_integer() else {
            return self.refuse(Reason::Type { expected: "a whole number" });
        };
        match u64::try_from(number) {
            Ok(number) if number <= max => Ok(number),
            _ => self.refuse(Reason::Range),
        }
    }

    /// What `read` makes of the string here.
    pub(crate) fn parsed<T, E: Into<Reason>>(
        &self,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<T, ParseError> {
        read(self.string()?).or_else(|reason| self.refuse(reason))
    }
}

impl<'a> Members<'a> {
    /// The member `key`, which must be there.
    pub(crate) fn required(&self, key: &str) -> Result<At<'a>, ParseError> {
        let path = member_path(&self.path, key);
        match self.object.get(key) {
            Some(value) => Ok(At { path, value }),
            None => refuse(&path, Reason::Missing),
        }
    }

    /// The member `key`, if it is there.
    pub(crate) fn optional(&self, key: &str) -> Option<At<'a>> {
        let value = self.object.get(key)?;
        Some(At { path: member_path(&self.path, key), value })
    }

    /// A copy of the string member `key`, which must be there.
    pub(crate) fn string(&self, key: &str) -> Result<String, ParseError> {
        Ok(self.required(key)?.string()?.to_owned())
    }

    /// A copy of the string member `key`, if it is there.
    pub(crate) fn optional_string(&self, key: &str) -> Result<Option<String>, ParseError> {
        self.optional(key).map(|at| Ok(at.string()?.to_owned())).transpose()
    }
}

/// RFC 6901 §3: `~` and `/` are escaped.
fn member_path(path: &str, key: &str) -> String {
    format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"))
}
