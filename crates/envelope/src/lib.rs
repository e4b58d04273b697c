//! Signature containers around application documents: bytes to sign, assembly, parsing, and the verification report.
//!
//! [`cades`] and [`jades`] make and read envelopes, [`attached`] chooses between them. [`egov`] makes and reads the XML
//! signatures of e-Gov over local files. [`verify()`] judges whatever is [`Signed`] against [`Expectations`] and reports,
//! [`verify_own`] is the lighter check of the side that has just made an envelope. Pure functions: no clock, no file, no
//! network, no key.
//!
//! Which kind an application travels in is the document's to say, in its member `container`, and the signature covers
//! that member: a document signed for one kind is refused in the other. What the key signs cannot be taken for the other
//! kind either, as signed attributes begin with the octet of a SET and a JAdES signing input with the letters `eyJ`.

pub mod attached;
pub mod cades;
mod cms;
mod detect;
pub mod egov;
mod expectations;
mod file;
pub mod jades;
mod json;
mod open;
mod own;
pub mod pdf;
mod reason;
pub mod render;
mod report;
mod signed;
#[cfg(test)]
mod testing;
mod verify;

pub use detect::{DETECTED_OCTETS, detect};
pub use expectations::{Expectation, Expectations, ExpectationsError, ProcedureExpectation};
pub use file::{FileDigest, FileNameError, MAX_FILE_NAME, check_file_name};
pub use open::{OpenError, Unopened, open, signed_name};
pub use own::{OwnCheck, OwnCheckError, verify_own, verify_own_signature};
pub use reason::{Reason, reading_codes};
pub use report::{
    Check, CheckName, Failure, Gap, Outcome, Report, SignatureReport, Signer, SigningTime, Verdict,
};
pub use signed::{
    Content, FormField, Format, NotCovered, Part, Signature, Signed, SignedApplication, Statement,
};
pub use verify::verify;
