//! Messages from the host.

use crate::limits::MAX_REPLY_FRAME;
use crate::request::{present, read_object};
use crate::{ErrorCode, Id};
use serde::{Deserialize, Serialize};

/// The capability of a host that signs applications.
pub const CAPABILITY_SIGN: &str = "sign";

/// A message from the host; each quotes the id that it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reply", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Reply {
    /// The version to speak and what this host does.
    Hello {
        /// The message that this answers.
        id: Id,
        /// The agreed version.
        protocol: u32,
        /// The host's own version, for people.
        version: String,
        /// What the host does; unknown words are to be ignored.
        capabilities: Vec<String>,
    },
    /// The window is open.
    Opened {
        /// The operation.
        id: Id,
    },
    /// The operation's good end.
    Signed {
        /// The operation.
        id: Id,
        /// The envelope in base64 with padding (RFC 4648 §4): the DER of CAdES or the compact serialization of JAdES,
        /// as the document's `container` asks.
        envelope: String,
    },
    /// The cancel was heard; the operation's own end follows.
    Cancelling {
        /// The message that this answers.
        id: Id,
    },
    /// The bad end of an operation or the refusal of a message.
    Error {
        /// The message or operation; `null` if its id could not be read.
        id: Option<Id>,
        /// Why.
        code: ErrorCode,
        /// The place in the document as a JSON Pointer, with `bad-document`.
        #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
        path: Option<String>,
    },
}

/// Why bytes are not a reply, or a reply cannot be sent.
#[derive(Debug, thiserror::Error)]
pub enum ReplyError {
    /// Longer than [`MAX_REPLY_FRAME`].
    #[error("longer than {MAX_REPLY_FRAME} bytes")]
    TooLarge,
    /// Not a reply.
    #[error("not a reply: {0}")]
    Json(#[from] serde_json::Error),
}

impl Reply {
    /// An error without a place.
    pub fn error(id: Option<Id>, code: ErrorCode) -> Self {
        Self::Error { id, code, path: None }
    }

    /// The frame's JSON in UTF-8, at most [`MAX_REPLY_FRAME`] bytes.
    pub fn to_json(&self) -> Result<Vec<u8>, ReplyError> {
        let json = serde_json::to_vec(self)?;
        if json.len() > MAX_REPLY_FRAME { Err(ReplyError::TooLarge) } else { Ok(json) }
    }

    /// Reads a reply, for callers of the host.
    pub fn parse(message: &[u8]) -> Result<Self, ReplyError> {
        if message.len() > MAX_REPLY_FRAME {
            return Err(ReplyError::TooLarge);
        }
        Ok(read_object(message)?)
    }

    /// The id that this quotes.
    pub fn id(&self) -> Option<&Id> {
        match self {
            Self::Hello { id, .. }
            | Self::Opened { id }
            | Self::Signed { id, .. }
            | Self::Cancelling { id } => Some(id),
            Self::Error { id, .. } => id.as_ref(),
        }
    }

    /// Whether no further reply to this id follows.
    pub fn is_last(&self) -> bool {
        !matches!(self, Self::Opened { .. })
    }
}
