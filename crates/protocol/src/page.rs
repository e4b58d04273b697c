//! Messages between a page and the extension's content script.
//!
//! The page posts `{"shomei":"connect"}` to its own window and origin and transfers a `MessagePort`; every further
//! message goes over that port as a JSON object. There is no origin in them: the extension takes it from the browser.

use crate::limits::{MAX_REPLY_FRAME, MAX_REQUEST_FRAME};
use crate::request::{present, read_object};
use crate::{ErrorCode, Id, Language, ReplyError};
use serde::{Deserialize, Serialize};

/// The one key of the message that transfers the port.
pub const CONNECT_KEY: &str = "shomei";
/// Its value.
pub const CONNECT_VALUE: &str = "connect";

/// A message from the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "kebab-case", deny_unknown_fields)]
pub enum PageRequest {
    /// Can this browser sign? Answered by [`PageReply::Status`] without touching a card.
    Status {
        /// Id of this message.
        id: Id,
    },
    /// As [`crate::Request::Sign`] without the origin.
    Sign {
        /// Id of this message and of the operation.
        id: Id,
        /// The version of the protocol that the page speaks.
        protocol: u32,
        /// The canonical bytes of the document as text.
        document: String,
        /// The window's language; without it, the desktop's.
        #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
        language: Option<Language>,
    },
    /// As [`crate::Request::Cancel`].
    Cancel {
        /// Id of this message.
        id: Id,
        /// Id of the operation.
        target: Id,
    },
}

/// A message to the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reply", rename_all = "kebab-case", deny_unknown_fields)]
pub enum PageReply {
    /// All that a page learns before signing.
    Status {
        /// The message that this answers.
        id: Id,
        /// The answer.
        status: Status,
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
        /// The envelope as in [`crate::Reply::Signed`].
        envelope: String,
    },
    /// The cancel was heard.
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
        /// The place in the document as a JSON Pointer.
        #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
        path: Option<String>,
    },
}

/// Whether this browser can sign; reasons stay in the extension's own pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Extension and host are there.
    Ready,
    /// The extension is there; something else is missing.
    NotReady,
    /// No extension answers, or this system is not supported.
    Unsupported,
}

impl PageRequest {
    /// The message's JSON.
    pub fn to_json(&self) -> Result<String, ReplyError> {
        let json = serde_json::to_string(self)?;
        if json.len() > MAX_REQUEST_FRAME { Err(ReplyError::TooLarge) } else { Ok(json) }
    }
}

impl PageReply {
    /// Reads a reply that arrived at the page.
    pub fn parse(message: &str) -> Result<Self, ReplyError> {
        if message.len() > MAX_REPLY_FRAME {
            return Err(ReplyError::TooLarge);
        }
        Ok(read_object(message.as_bytes())?)
    }
}
