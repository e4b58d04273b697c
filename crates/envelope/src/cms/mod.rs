//! The one form of CMS SignedData (RFC 5652 §5) that CAdES signatures and those in PDFs have in common.

pub(crate) mod form;
mod parse;
mod signer;

pub use parse::EnvelopeError;

pub(crate) use form::{ContentType, Parts, Signer, is_content_type_of_files, issuer_and_serial};
pub(crate) use parse::{read, signing_time};
pub(crate) use signer::signer;
