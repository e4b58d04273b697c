//! Messages between page, extension and host: types, error codes, version, limits.
//!
//! One JSON object per message, and every one has an `id`; an unknown key refuses the message. The page talks to the
//! extension in [`page`] messages, which have no origin; the extension stamps the origin that the browser names and
//! passes on a [`Request`]. Knows no document and no card: a document is a string here, an envelope is base64. Which kind
//! of envelope is made, the document says in its member `container`; no message says it a second time.
//!
//! ```text
//! → {"id":"a1","command":"hello","protocol":1}
//! ← {"reply":"hello","id":"a1","protocol":1,"version":"0.1.0","capabilities":["sign"]}
//! → {"id":"a2","command":"sign","protocol":1,"origin":"https://shinsei.city.mihon.lg.jp","document":"{…}"}
//! ← {"reply":"opened","id":"a2"}
//! → {"id":"a3","command":"cancel","target":"a2"}
//! ← {"reply":"cancelling","id":"a3"}
//! ← {"reply":"error","id":"a2","code":"cancelled"}
//! ```

mod code;
mod id;
pub mod limits;
pub mod page;
mod reply;
mod request;
#[cfg(test)]
mod tests;
mod version;

pub use code::ErrorCode;
pub use id::{Id, IdError};
pub use reply::{CAPABILITY_SIGN, Reply, ReplyError};
pub use request::{Language, LanguageError, Request, RequestError, parse_request};
pub use version::{OLDEST_PROTOCOL, PROTOCOL, negotiate, require_supported};

/// The name under which browsers find the host's native messaging manifest.
pub const HOST_NAME: &str = "jp.shomei.host";
