//! Signed PDFs (ISO 32000-1 §12.8): incremental updates that add one signature each, in two [`Profile`]s.
//!
//! ```text
//! prepare(octets, profile, certificate, signing_time) -> Prepared
//! Prepared::digest() -> [u8; 32]             what the card signs
//! Prepared::complete(signature) -> Vec<u8>   the signed file: what was given, then an update
//! parse(octets) -> SignedPdf                 to be judged by verify(), as every other format
//! ```
//!
//! The signature is CMS in the form of [`crate::cades`], but over id-data, as PDF asks for: neither can be taken for the
//! other. In a file of ours each octet is either covered or in Contents, and Contents have one form: upper-case digits,
//! exactly as long as the signature. What others sign is read where it has that form, or names issuer and serial number in
//! its signing certificate as pyHanko does, writes NULL beside SHA-256 then, and fills Contents up with zeros. Which of
//! both it is, the signed attributes say, so no octet can change from the one to the other.
//!
//! **A reader of our own.** The attacks on signed PDFs live in what one reader finds and another does not. Libraries
//! for PDFs help people whose files are broken; this reader refuses them. Every octet of a file belongs to an object that
//! a cross-reference section names ([`EnvelopeError::Gap`]), no key stands twice, and what nobody needs to find a signature
//! is not read at all: no content streams, fonts or pictures.
//!
//! **Revisions.** The last signature covers the whole file but its own Contents. Each earlier one covers the beginning of
//! the file, which is a file of its own and is read as one. An update after a signature adds one signature, in a new field
//! that nobody sees, and may change nothing else: not refused are only the field in the form and among the annotations of
//! one page, SigFlags, and the program and the time that a writer notes of itself. A signature that any revision had
//! may not be missing.
//!
//! Not read, and therefore refused: encrypted files, certification and usage rights (Perms, Reference), signatures in fields
//! that were laid out before an earlier signature or that are seen and come after one, DSS and time-stamps, and
//! certificates of authorities beside the signer's, attributes such as CMSAlgorithmProtection, an update that notes an
//! extension of PDF in the catalog after a signature (pyHanko's first signature for PAdES does), and `rsaEncryption` as the algorithm's name, which the signature does not cover.

mod document;
mod error;
mod form;
mod gaps;
mod indirect;
mod object;
mod parse;
mod prepare;
mod profile;
mod signature;
mod signed;
mod stream;
mod syntax;
mod update;
mod words;
mod write;
mod xref;

pub use crate::cades::{CompleteError, SIGNATURE_LENGTH};
pub use error::EnvelopeError;
pub use parse::{SignedPdf, parse};
pub use prepare::{PrepareError, Prepared, check, prepare};
pub use profile::Profile;
pub use signature::Signature;

/// Octets of a PDF. The Ministry of Justice takes attachments of a few megabytes.
pub const MAX_PDF: usize = 32 * 1024 * 1024;
/// Signatures of a PDF.
pub const MAX_SIGNATURES: usize = 10;
/// Octets of an object that is no stream.
pub const MAX_OBJECT: usize = 1024 * 1024;
/// Objects inside each other.
pub const MAX_DEPTH: usize = 64;
/// Entries of a dictionary.
pub const MAX_ENTRIES: usize = 4096;
/// Numbers of objects.
pub const MAX_OBJECTS: usize = 256 * 1024;
/// Cross-reference sections: updates of a file.
pub const MAX_SECTIONS: usize = 64;
/// Octets of streams that say where objects are, after decompression: of one, and of all object streams together.
pub const MAX_DECODED: usize = 32 * 1024 * 1024;
/// Fields of a form.
pub const MAX_FIELDS: usize = 16 * 1024;
/// Fields inside each other.
pub const MAX_FIELD_DEPTH: usize = 16;
/// Nodes between the root of the pages and the first page.
pub const MAX_PAGE_DEPTH: usize = 32;
/// Octets that Contents stand for.
pub const MAX_CONTENTS: usize = 64 * 1024;
/// Octets of a text that a signer states, in UTF-8.
pub const MAX_STATED: usize = 4 * 1024;

#[cfg(test)]
mod tests;
