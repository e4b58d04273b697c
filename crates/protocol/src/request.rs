//! Messages to the host.

use crate::limits::{MAX_DOCUMENT, MAX_ORIGIN, MAX_REQUEST_FRAME};
use crate::{ErrorCode, Id, require_supported};
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// A message to the host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Request {
    /// Which version shall we speak? Answered by [`crate::Reply::Hello`].
    Hello {
        /// Id of this message.
        id: Id,
        /// The newest version that the caller speaks.
        protocol: u32,
    },
    /// Show the document, let the resident sign it. Answered by `opened`, then by `signed` or `error`.
    Sign {
        /// Id of this message and of the operation.
        id: Id,
        /// The agreed version.
        protocol: u32,
        /// The page's origin as the browser told the extension; not yet judged.
        origin: String,
        /// The canonical bytes of the document as text; at most [`MAX_DOCUMENT`] bytes of UTF-8; not yet judged.
        document: String,
        /// The window's language; without it, the desktop's.
        #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
        language: Option<Language>,
    },
    /// End an operation. Answered by `cancelling`; the operation itself then ends with `cancelled`.
    Cancel {
        /// Id of this message.
        id: Id,
        /// Id of the operation.
        target: Id,
    },
}

/// A language of the host's window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", try_from = "String")]
pub enum Language {
    /// Japanese.
    Ja,
    /// English.
    En,
    /// Easy Japanese (やさしい日本語).
    JaEasy,
}

/// The word is no [`Language`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a language: ja, en or ja-easy")]
pub struct LanguageError;

impl Language {
    /// Every language.
    pub const ALL: [Self; 3] = [Self::Ja, Self::En, Self::JaEasy];

    /// The word in messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
            Self::JaEasy => "ja-easy",
        }
    }
}

impl TryFrom<String> for Language {
    type Error = LanguageError;

    fn try_from(word: String) -> Result<Self, LanguageError> {
        Self::ALL.into_iter().find(|language| language.as_str() == word).ok_or(LanguageError)
    }
}

/// A message that is none, and the id to answer it by.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}")]
pub struct RequestError {
    /// The message's id, if it could be read.
    pub id: Option<Id>,
    /// What to answer.
    pub code: ErrorCode,
}

impl Request {
    /// The id that every reply quotes.
    pub fn id(&self) -> &Id {
        match self {
            Self::Hello { id, .. } | Self::Sign { id, .. } | Self::Cancel { id, .. } => id,
        }
    }
}

/// Reads one message: a JSON object with exactly the members of its command, each once, within the limits.
///
/// Judges neither the origin nor the document, and knows no earlier ids. Offers of [`Request::Hello`] are left to
/// [`crate::negotiate`].
pub fn parse_request(message: &[u8]) -> Result<Request, RequestError> {
    if message.len() > MAX_REQUEST_FRAME {
        return Err(RequestError { id: None, code: ErrorCode::TooLarge });
    }
    let request: Request = read_object(message).map_err(|_| diagnose(message))?;
    match within_limits(&request) {
        Ok(()) => Ok(request),
        Err(code) => Err(RequestError { id: Some(request.id().clone()), code }),
    }
}

fn within_limits(request: &Request) -> Result<(), ErrorCode> {
    let Request::Sign { protocol, origin, document, .. } = request else {
        return Ok(());
    };
    require_supported(*protocol)?;
    if origin.len() > MAX_ORIGIN {
        return Err(ErrorCode::BadOrigin);
    }
    if document.len() > MAX_DOCUMENT { Err(ErrorCode::TooLarge) } else { Ok(()) }
}

/// The members by which a message that is none is told apart; all others are ignored.
#[derive(Deserialize)]
struct Head {
    id: Option<Value>,
    command: Option<Value>,
    protocol: Option<Value>,
}

/// Why `message`, which is no [`Request`], is none.
fn diagnose(message: &[u8]) -> RequestError {
    match read_object::<Head>(message) {
        Ok(head) => diagnose_head(&head),
        Err(error) if error.is_data() => RequestError { id: None, code: ErrorCode::BadMessage },
        Err(_) => RequestError { id: None, code: ErrorCode::NotJson },
    }
}

fn diagnose_head(head: &Head) -> RequestError {
    let Some(id) = head.id.as_ref().and_then(Value::as_str).and_then(|text| Id::parse(text).ok()) else {
        return RequestError { id: None, code: ErrorCode::BadId };
    };
    let protocol = head.protocol.as_ref().and_then(Value::as_u64);
    let unsupported = protocol
        .is_some_and(|stated| u32::try_from(stated).map_or(true, |it| require_supported(it).is_err()));
    let code = match head.command.as_ref().and_then(Value::as_str) {
        Some("login") => ErrorCode::NotSupported,
        Some("hello" | "sign" | "cancel") if unsupported => ErrorCode::UnsupportedProtocol,
        None | Some("hello" | "sign" | "cancel") => ErrorCode::BadMessage,
        Some(_) => ErrorCode::UnknownCommand,
    };
    RequestError { id: Some(id), code }
}

/// Reads an object. Serde alone would take an array for one, its elements for the members in order.
pub(crate) fn read_object<'de, T: Deserialize<'de>>(message: &'de [u8]) -> serde_json::Result<T> {
    match message.trim_ascii_start() {
        [b'{', ..] => serde_json::from_slice(message),
        _ => {
            serde_json::from_slice::<IgnoredAny>(message)?;
            Err(serde::de::Error::custom("not an object"))
        }
    }
}

/// An optional member that is there: `null` is not a way to leave it out.
pub(crate) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    source: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(source).map(Some)
}
