//! CAdES baseline B, attached (ETSI EN 319 122-1 §6): CMS SignedData (RFC 5652 §5) in exactly one form.
//!
//! One signer, one certificate, four signed attributes, no unsigned ones, DER throughout. Everything that CMS leaves
//! open is fixed here, so that [`parse()`] can re-encode what it read and refuse every byte that differs: several
//! signers, other algorithms and further attributes are refused by name, not ignored. An envelope without signed
//! attributes cannot be expressed.

mod form;
mod parse;
mod prepare;

pub use parse::{Envelope, EnvelopeError, parse};
pub use prepare::{CompleteError, PrepareError, Prepared, prepare};

use shomei_application::limits::MAX_DOCUMENT_BYTES;

/// Octets of an envelope: the largest document, and room for a certificate and a signature.
pub const MAX_ENVELOPE: usize = MAX_DOCUMENT_BYTES + 16 * 1024;
/// Octets of a signature by a 2,048-bit RSA key.
pub const SIGNATURE_LENGTH: usize = 256;

#[cfg(test)]
mod tests;
