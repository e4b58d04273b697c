//! The XML signature of e-Gov's `kousei.xml` (XML Signature, RFC 3275) in one profile.
//!
//! ```text
//! DataRoot                         no namespace, no attributes
//!   様式ID  様式バージョン  STYLESHEET
//!   構成情報 ID="構成情報"          what the first reference covers, in its canonical form
//!   署名情報                        1 to 10 times Signature, each independent of the others
//!   その他                          may be absent
//! ```
//!
//! A `Signature` is SignedInfo, SignatureValue and KeyInfo with one X509Certificate, and nothing else. SignedInfo is
//! canonicalized by Canonical XML 1.0 without comments and signed by RSASSA-PKCS1-v1_5 with SHA-256. Its first reference
//! is `#構成情報`, percent-encoded, with that canonicalization as its one transform; every further one is a file
//! beside the `kousei.xml`, by its percent-encoded name, without transforms, over the file's octets as they are. Further
//! signatures, transforms, algorithms, kinds of key and references are refused by name, not ignored.
//!
//! Other programs write these files too, so [`parse()`] fixes the meaning, not every octet: prefixes, white space between
//! elements and line breaks in base64 may differ. What may not differ is that people see what is signed. [`Field`]s are
//! read back from the very octets that were digested. Comments, which canonicalization drops, processing instructions,
//! namespaces and text beside elements are refused inside 構成情報, and so is a second element with its ID anywhere.
//! A DTD is refused wherever it stands, and with it every entity but the five of XML; so are the few things that XML
//! parsers are known to read in two ways.
//!
//! Everything else of the file is [`NotCovered`], the certificate and the time among it.
//!
//! What the key signs cannot be taken for anything else that it signs: it begins with `<` and the name of SignedInfo,
//! where signed attributes begin with the octet of a SET, a JAdES signing input with `eyJ` and a login statement with its
//! own line; and its first reference names 構成情報, which the XML signatures of other systems do not. Neither `<<` nor
//! `>>` can stand in it: canonical text has both characters escaped, and its attributes are fixed or percent-encoded.

mod draft;
mod error;
mod fields;
mod form;
mod kousei;
mod moment;
mod name;
mod parse;
mod prepare;
mod scan;
mod signature;
mod signed;
mod tree;

pub use crate::cades::{CompleteError, SIGNATURE_LENGTH};
pub use draft::Draft;
pub use error::{EnvelopeError, FormError, SignatureError};
pub use fields::Field;
pub use name::NameError;
pub use parse::{Envelope, FileReference, NotCovered, Signature, parse};
pub use prepare::{PrepareError, Prepared, prepare};
pub use signed::{BesideError, SignedForm};

/// Octets of a `kousei.xml`. The application's forms are files of their own; what it holds itself are its parts' names.
pub const MAX_XML: usize = 4 * 1024 * 1024;
/// Elements inside each other.
pub const MAX_DEPTH: u32 = 64;
/// Elements of a document: five times those of the most signatures with the most references.
pub const MAX_ELEMENTS: usize = 16 * 1024;
/// Attributes of an element, namespace declarations among them. Looking for a repeated one takes the square of it.
pub const MAX_ATTRIBUTES: usize = 32;
/// Signatures of a document.
pub const MAX_SIGNATURES: usize = 10;
/// References of a signature, that to 構成情報 among them.
pub const MAX_REFERENCES: usize = 100;
/// Characters of a referenced file's name.
pub const MAX_FILE_NAME: usize = shomei_application::limits::MAX_FILE_NAME;
/// Fields of a form: its own hundred, and those of the most files many times over.
pub const MAX_FIELDS: usize = 4 * 1024;
/// Octets of a field's path.
pub const MAX_PATH: usize = 1024;
/// Octets of a certificate.
pub const MAX_CERTIFICATE: usize = 16 * 1024;

#[cfg(test)]
mod tests;
