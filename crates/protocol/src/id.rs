//! Ids of messages.

use crate::limits::MAX_ID;
use core::fmt;
use serde::{Deserialize, Serialize};

/// 1 to 64 characters of `A–Z a–z 0–9 _ -`, chosen by the caller and used once on a connection.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Id(String);

/// The text is no [`Id`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id of 1 to {MAX_ID} characters of A–Z a–z 0–9 _ -")]
pub struct IdError;

impl Id {
    /// Reads an id.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        Self::try_from(text.to_owned())
    }

    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Id {
    type Error = IdError;

    fn try_from(text: String) -> Result<Self, IdError> {
        let fits = (1..=MAX_ID).contains(&text.len());
        let spelled = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        if fits && spelled { Ok(Self(text)) } else { Err(IdError) }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
