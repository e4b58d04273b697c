//! Signature containers around application documents: bytes to sign, assembly, parsing, and the verification report.
//!
//! [`cades`] makes and reads envelopes, [`verify()`] judges one against [`Expectations`] and reports, [`verify_own`] is
//! the lighter check of the side that has just made one. Pure functions: no clock, no file, no network, no key.
//! JAdES, PDF and XML are not here.

pub mod cades;
mod expectations;
mod json;
mod own;
mod report;
#[cfg(test)]
mod testing;
mod verify;

pub use cades::SignedApplication;
pub use expectations::{Expectation, Expectations, ExpectationsError, ProcedureExpectation};
pub use own::{OwnCheck, OwnCheckError, verify_own};
pub use report::{Check, CheckName, Failure, Gap, Outcome, Report, Signer, SigningTime, Verdict};
pub use verify::verify;
