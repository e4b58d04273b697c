//! Every length that a document or a definition may bring from outside, each with its reason.
//!
//! Lengths of texts are in Unicode scalar values: what a person counts, nearly, and what no encoding changes.

/// Bytes of a document. Base64 of document, certificate and signature must fit Chrome's reply limit of 1 MiB.
pub const MAX_DOCUMENT_BYTES: usize = 256 * 1024;
/// Bytes of a procedure definition; the same reader, the same budget.
pub const MAX_DEFINITION_BYTES: usize = 256 * 1024;
/// Fields of a document. A moving-out notice for ten people has about 80; a person has to read every one.
pub const MAX_FIELDS: usize = 256;
/// Attachments of a document; each is one line that the signer reads.
pub const MAX_ATTACHMENTS: usize = 20;
/// Notices of a document; a form with more is not read any more.
pub const MAX_NOTICES: usize = 50;
/// Characters of a field's name, a notice's id, a procedure's id or version: identifiers, seen by programs only.
pub const MAX_IDENTIFIER: usize = 64;
/// Characters of a title, label, group or recipient's name: one or two lines of a window.
pub const MAX_LABEL: usize = 100;
/// Characters of a value: a page and a half of reasons, the longest free text that forms ask for.
pub const MAX_VALUE: usize = 4000;
/// Characters of the words of a choice.
pub const MAX_CHOICE_TEXT: usize = 200;
/// Characters of a notice: half a page.
pub const MAX_NOTICE: usize = 1000;
/// Characters of an attachment's file name: the shortest limit of common file systems.
pub const MAX_FILE_NAME: usize = 255;
/// Characters of a media type (RFC 6838 §4.2: two names of at most 127).
pub const MAX_MEDIA_TYPE: usize = 255;
/// Entries of one group of repeated fields: more people than any household form provides for.
pub const MAX_REPEAT: usize = 20;
