//! OCSP (RFC 6960): a question about one certificate, and what an answer to it is worth. Asking is not done here.
//!
//! An answer is read strictly and believed late. It says *good* only when the authority that issued the certificate,
//! or a responder which that very key appointed, says so about this certificate, now, to this question. Everything
//! else is unknown, with its reason.

mod answer;
mod certificate_id;
mod error;
mod judge;
mod read;
mod request;
mod responder;

pub use answer::{CertStatus, MAX_RESPONSE_OCTETS, OcspRefusal, OcspResponse, ResponderId, SingleAnswer};
pub use certificate_id::{CertId, CertIdHash};
pub use error::{OcspError, OcspViolation};
pub use judge::{CLOCK_TOLERANCE_SECONDS, OcspProblem, OcspSource};
pub use request::{NONCE_OCTETS, OcspRequest};

#[cfg(test)]
mod tests;
