//! Certificates of the JPKI profile: worlds, anchors, path, revocation.
//!
//! Pure functions over bytes. There is no clock (every time is an argument), no file, no network, and no private key.
//! A process chooses one [`World`] and stays in it; certificates and anchors of another world are refused.
//!
//! - [`SigningCertificate`], [`AuthenticationCertificate`], [`Authority`]: strict parsers, one per profile;
//! - [`Anchors`]: the trusted authorities of one world, and the path check;
//! - [`CrlIndex`], [`RevocationSource`], [`RevocationStatus`]: revocation with three answers and their [`Evidence`];
//! - [`Standing`]: what later answers mean for what was received before;
//! - [`ocsp`]: a question to a responder about one certificate, and what its answer is worth;
//! - [`SignatureVerifier`]: where public-key arithmetic enters;
//! - [`der`]: the strict DER reader and writer that certificates and envelopes share.

mod anchors;
mod certificate;
mod crl;
pub mod der;
mod extension;
#[cfg(test)]
mod facts;
#[cfg(test)]
mod lab_tests;
pub mod ocsp;
mod path;
mod revocation;
mod standing;
#[cfg(test)]
mod testing;
mod time;
mod verifier;
mod world;

pub use anchors::{AnchorError, Anchors, Fingerprint, NotAFingerprint};
pub use certificate::{
    AuthenticationCertificate, Authority, BasicFourItems, BirthDate, Certificate, Era, HolderError,
    ProfileError, Sex, SigningCertificate, signature_algorithm_name,
};
pub use crl::{
    Crl, CrlEntry, CrlError, CrlIndex, CrlNumber, CrlProblem, CrlViolation, SeenNumbers, SeenNumbersError,
};
pub use path::{PathError, ValidityError};
pub use revocation::{
    Evidence, ListEvidence, NotConsulted, ResponseEvidence, RevocationAnswer, RevocationReason,
    RevocationSource, RevocationStatus, UnknownReason,
};
pub use standing::Standing;
pub use time::{TimeError, UnixTime};
#[cfg(feature = "aws-lc")]
pub use verifier::AwsLcVerifier;
pub use verifier::{Algorithm, RememberingVerifier, RsaVerifier, SignatureMismatch, SignatureVerifier};
pub use world::{Purpose, UnknownWorld, World};
