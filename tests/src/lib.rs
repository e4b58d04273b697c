//! The desk at which tests of several parts sit: a PC/SC transport of its own and a document to sign.
//!
//! Ships nothing. The transport is not the host's on purpose: two clients that agree say more than one.

mod document;
pub mod fuzz;
mod transport;

pub use document::residence_record_application;
pub use transport::PcscTransport;
