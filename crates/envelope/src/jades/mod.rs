//! JAdES baseline B, attached (ETSI TS 119 182-1 §6): JSON Web Signature (RFC 7515) in exactly one form.
//!
//! One signer, one certificate, five header parameters, all of them protected, in canonical JSON (RFC 8785). Of the
//! serializations there are two, compact (RFC 7515 §7.1) and flattened (§7.2.2), and the first octet tells which.
//! Everything that JWS leaves open is fixed here, so that [`parse()`] can write again what it read and refuse every
//! octet that differs: other algorithms, keys that the header brings or points to, several signers and unprotected
//! parameters are refused by name, not ignored.

mod detached;
mod error;
mod form;
mod header;
mod parse;
mod prepare;

pub use detached::{
    BesideError, Detached, FILES_TYPE, MAX_DETACHED, MAX_FILES, PreparedDetached, ReadFile, SignedFiles,
    parse_detached, prepare_detached,
};
pub use error::{EnvelopeError, HeaderError, Place};
pub use form::TYPE;
pub use parse::{Envelope, parse};
pub use prepare::{PrepareError, Prepared, prepare};

pub use crate::cades::{CompleteError, SIGNATURE_LENGTH};

use shomei_application::limits::MAX_DOCUMENT_BYTES;

/// Octets of a protected header: base64 of the longest certificate that is read, 16 KiB, and the other parameters.
pub const MAX_HEADER: usize = 23 * 1024;
/// Octets of an envelope: the three parts in base64url, and the members of the flattened serialization around them.
pub const MAX_ENVELOPE: usize = form::encoded_length(MAX_HEADER)
    + form::encoded_length(MAX_DOCUMENT_BYTES)
    + form::encoded_length(SIGNATURE_LENGTH)
    + 64;

#[cfg(test)]
mod tests;
