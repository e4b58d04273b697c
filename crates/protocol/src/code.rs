//! Error codes: what a page or an extension is told when something does not happen.
//!
//! Append-only. A code says what the page can do, never what the resident's card, reader or password did.

use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One list makes the enum, its words and its table, so that none can be forgotten.
macro_rules! codes {
    ($($code:ident $word:literal when $when:literal next $next:literal;)*) => {
        /// Why a request ended without what it asked for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ErrorCode {
            $(#[doc = concat!("`", $word, "`: ", $when, " ", $next)] $code,)*
        }

        impl ErrorCode {
            /// Every code, in the order in which they came.
            pub const ALL: &'static [Self] = &[$(Self::$code),*];

            /// The kebab-case word in messages.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$code => $word),* }
            }

            /// When it is sent, for developers.
            pub fn when(self) -> &'static str {
                match self { $(Self::$code => $when),* }
            }

            /// What to do next, for developers.
            pub fn next(self) -> &'static str {
                match self { $(Self::$code => $next),* }
            }
        }
    };
}

codes! {
    BadFrame "bad-frame"
        when "The host read a frame that ends too early or is not UTF-8."
        next "The connection ends; connect anew. If it comes back, report a bug of the extension.";
    NotJson "not-json"
        when "The message is not one JSON value."
        next "Mend the caller.";
    BadMessage "bad-message"
        when "The message lacks a member, has an unknown, doubled or mistyped one, or is no object."
        next "Mend the caller.";
    UnknownCommand "unknown-command"
        when "The command is none of this version."
        next "Mend the caller, or ask the resident to update the host.";
    BadId "bad-id"
        when "The id is missing or not 1 to 64 characters of A-Z a-z 0-9 _ -."
        next "Mend the caller; the reply carries no id.";
    ReusedId "reused-id"
        when "The id was used before on this connection."
        next "Mend the caller: a new id for every message.";
    TooLarge "too-large"
        when "The message, the document or the envelope is longer than its limit."
        next "Ask for shorter texts; nothing was shown to the resident.";
    UnsupportedProtocol "unsupported-protocol"
        when "The two sides have no version of the protocol in common."
        next "Ask the resident to update the extension and the host.";
    NotSupported "not-supported"
        when "The command is reserved, or this host or card does not do it."
        next "Offer another way; trying again does not help.";
    BadOrigin "bad-origin"
        when "The origin is not one that a browser would write, or not https."
        next "Serve the page over https; for development install the host with its development switch.";
    OriginMismatch "origin-mismatch"
        when "The document names another origin than the page that sent it."
        next "Make the document on the page that sends it, with the recipient's own origin.";
    BadDocument "bad-document"
        when "The document breaks a rule; `path` is the place as a JSON Pointer."
        next "Mend the page; show the form again with what was typed.";
    NotCanonical "not-canonical"
        when "The document is sound but not in the canonical form of RFC 8785."
        next "Build documents with the page module.";
    WrongSchema "wrong-schema"
        when "The document's `schema` is of another kind or version."
        next "Update the page module, or ask the resident to update the host.";
    WrongContainer "wrong-container"
        when "The host does not know the document's `container`."
        next "Ask for cades or jades; if it was one of them, ask the resident to update the host.";
    Expired "expired"
        when "The challenge's life is over."
        next "Fetch a new challenge and show the confirmation again. If a new one is expired too, say that the clock is ahead.";
    ClockOff "clock-off"
        when "By this computer's clock the challenge is from the future, or ended more than a day ago."
        next "Ask the resident to set the clock, then fetch a new challenge.";
    Busy "busy"
        when "Another operation is under way for this user."
        next "Say that another window is open; let the resident try again.";
    Cancelled "cancelled"
        when "The resident or the page cancelled, or the tab went away."
        next "Show the form again with what was typed; do not start anew by yourself.";
    Timeout "timeout"
        when "The resident did not finish in time."
        next "Show the form again with what was typed.";
    NotAllowed "not-allowed"
        when "The resident has not allowed this site in the extension."
        next "Explain how to allow it; the extension shows its own page.";
    ForbiddenCaller "forbidden-caller"
        when "The caller is no extension that this host was installed for."
        next "Install the host for this browser and extension.";
    Unavailable "unavailable"
        when "Signing did not come about; the resident was told why, the page is not."
        next "Show the form again with what was typed, and a link to help.";
    SelfCheckFailed "self-check-failed"
        when "The host's own check of the finished envelope failed, so it was thrown away."
        next "Let the resident try again; if it comes back, report a bug.";
    TooManyCancels "too-many-cancels"
        when "This site's operations were cancelled, or ended by wrong passwords, too often."
        next "The resident can start again from the extension's button in the toolbar.";
    NotActive "not-active"
        when "The page is not the top frame of the active tab of the focused window, or no click came before."
        next "Ask for a click on the page itself, not in a frame.";
    Unreachable "unreachable"
        when "The extension could not start the host, or the host ended before its last reply."
        next "Show the form again with what was typed; offer the installation guide.";
    FormatNotForPages "format-not-for-pages"
        when "The document's `container` is a format around files, which no page may ask for; no window was opened."
        next "Ask for cades or jades. A resident signs a file with the host's own command, without a page.";
}

impl ErrorCode {
    /// The code of a word, if this version knows it.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == word)
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for ErrorCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A word that this version does not know comes from a newer side and reads as [`ErrorCode::Unavailable`].
impl<'de> Deserialize<'de> for ErrorCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        Ok(Self::parse(&word).unwrap_or(Self::Unavailable))
    }
}
