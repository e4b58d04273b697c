//! The application document itself: what a resident reads, signs and files.
//!
//! The canonical bytes are what is signed. The members are public because window, page and server all show and
//! compare them; a value built by hand is made certain by [`Application::check`].

mod read;
mod rules;
#[cfg(test)]
mod tests;
mod write;

pub use crate::shape::{ParseError, Reason};
use crate::{Challenge, Origin, json, sha256};

/// The value of `schema`.
pub const SCHEMA: &str = "shomei-application/1";

/// One application to one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// The kind of envelope that the document will be signed in; signed, so that one cannot pass for the other.
    pub container: Container,
    /// What is applied for.
    pub procedure: ProcedureRef,
    /// Who receives it.
    pub recipient: Recipient,
    /// The server's challenge, as issued.
    pub challenge: Challenge,
    /// The filled-in fields in the order of the form.
    pub fields: Vec<Field>,
    /// The files that go with it, by digest.
    pub attachments: Vec<Attachment>,
    /// What the resident acknowledged, in words.
    pub notices: Vec<Notice>,
}

/// The kinds of envelope that a page may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// CAdES baseline B, attached (ETSI EN 319 122-1).
    Cades,
    /// JAdES baseline B, attached (ETSI TS 119 182-1).
    Jades,
}

/// A version of a procedure, bound by the digest of its definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcedureRef {
    /// Identifier, as `juminhyo-utsushi`.
    pub id: String,
    /// Version of the definition.
    pub version: String,
    /// The name of the procedure, as shown.
    pub title: String,
    /// SHA-256 of the canonical definition, 64 lower-case hexadecimal digits.
    pub sha256: String,
}

/// The body that receives the application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// 全国地方公共団体コード (6 digits) or 法人番号 (13 digits).
    pub id: String,
    /// The recipient's name, as shown.
    pub name: String,
    /// The web origin whose page made the document.
    pub origin: Origin,
}

/// One filled-in field; every part of it is shown to the signer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Identifier: dot-separated parts of letters, digits, `-` and `_`; `people.1.name` in a repeated group.
    pub name: String,
    /// The question, as the form puts it.
    pub label: String,
    /// The answer, or the code of the choice; empty if the resident left it empty.
    pub value: String,
    /// The words of the choice that `value` is the code of.
    pub text: Option<String>,
    /// The heading of the repeated group and its number, as `必要な人 1`.
    pub group: Option<String>,
}

/// A file that goes with the application. Its content is not part of the document, its digest is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// File name without folders.
    pub name: String,
    /// Media type without parameters (RFC 6838 §4.2), lower case.
    pub media_type: String,
    /// Size in bytes, at most 2^53−1.
    pub size: u64,
    /// SHA-256 of the content, 64 lower-case hexadecimal digits.
    pub sha256: String,
}

/// Something the resident acknowledged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Identifier.
    pub id: String,
    /// The words.
    pub text: String,
}

impl Application {
    /// Reads a document and holds it to every rule that needs no definition and no clock: strict JSON, canonical
    /// form (RFC 8785), exact keys, lengths ([`crate::limits`]), texts ([`crate::text`]), times, an https origin.
    pub fn parse(bytes: &[u8]) -> Result<Self, ParseError> {
        read::parse(bytes, Origin::parse)
    }

    /// As [`Application::parse`], and the origin may be one of [`Origin::parse_development`].
    pub fn parse_development(bytes: &[u8]) -> Result<Self, ParseError> {
        read::parse(bytes, Origin::parse_development)
    }

    /// The rules of [`Application::parse`] for a document that was built, not read.
    pub fn check(&self) -> Result<(), ParseError> {
        rules::check(self)
    }

    /// The document as a JSON value.
    pub fn to_value(&self) -> json::Value {
        write::document(self).into()
    }

    /// The canonical bytes (RFC 8785), which are what is signed.
    pub fn to_canonical(&self) -> Vec<u8> {
        json::to_canonical(&self.to_value())
    }

    /// SHA-256 of [`Application::to_canonical`].
    pub fn sha256(&self) -> [u8; 32] {
        sha256(&self.to_canonical())
    }

    /// The value of the field `name`.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|field| field.name == name).map(|field| field.value.as_str())
    }
}

impl Container {
    /// The word in the document: `cades` or `jades`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cades => "cades",
            Self::Jades => "jades",
        }
    }

    /// Reads the word in the document.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Cades, Self::Jades].into_iter().find(|container| container.as_str() == text)
    }
}
