//! CAdES baseline B (ETSI EN 319 122-1 §6): CMS SignedData (RFC 5652 §5) in exactly one form.
//!
//! One certificate for each signer, four signed attributes, no unsigned ones, DER throughout. Everything that CMS leaves
//! open is fixed here, so that what is read can be written again and every byte that differs be refused: other
//! algorithms and further attributes are refused by name, not ignored. An envelope without signed attributes cannot be
//! expressed.
//!
//! There are two kinds, told apart by the content type that is signed: an application document stands inside
//! ([`parse()`]), a file outside ([`parse_detached()`]). A household that signs one form makes one envelope of several
//! ([`merge()`]).

mod envelope;
mod merge;
mod prepare;

pub use crate::cms::EnvelopeError;
pub use envelope::{Detached, Envelope, SignedFile, parse, parse_detached};
pub use merge::{MergeError, merge};
pub use prepare::{CompleteError, PrepareError, Prepared, prepare, prepare_detached};

use shomei_application::limits::MAX_DOCUMENT_BYTES;

/// Signers of one envelope: the largest household that is provided for.
pub const MAX_SIGNERS: usize = 10;
/// Octets of an envelope: the largest document, and room for each signer's certificate and signature.
pub const MAX_ENVELOPE: usize = MAX_DOCUMENT_BYTES + MAX_SIGNERS * 8 * 1024;
/// Octets of a signature by a 2,048-bit RSA key.
pub const SIGNATURE_LENGTH: usize = 256;

#[cfg(test)]
mod tests;
