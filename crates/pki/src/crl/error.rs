//! Every way in which octets fail to be a list, and in which a list fails to answer.

use crate::certificate::ProfileError;
use crate::der::{DerError, DerViolation, Element};

/// Why octets are not a revocation list of the profile, and at which octet of the input.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("octet {offset}: {why}")]
pub struct CrlError {
    /// Offset of the first octet of the element, from the start of the list.
    pub offset: usize,
    /// What the structure does not allow.
    pub why: CrlViolation,
}

/// The rules of RFC 5280 §5 that a list can break.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CrlViolation {
    /// Not DER, or a part is not where the structure has it.
    #[error(transparent)]
    Encoding(#[from] DerViolation),
    /// Another version than 2, which lists with extensions have (RFC 5280 §5.1.2.1).
    #[error("not a list of version 2")]
    Version,
    /// The two names of the signature algorithm differ or name one that is not accepted.
    #[error("the signature algorithm: {0}")]
    Algorithm(ProfileError),
    /// A time that is not a real second of 1950 to 2049 as UTCTime (RFC 5280 §5.1.2.4).
    #[error("not a time in the form YYMMDDhhmmssZ")]
    Time,
    /// nextUpdate is missing or lies before thisUpdate (RFC 5280 §5.1.2.5).
    #[error("nextUpdate is missing or lies before thisUpdate")]
    NextUpdate,
    /// revokedCertificates is there and empty; an empty list leaves it out (RFC 5280 §5.1.2.6).
    #[error("the list of entries is there and empty")]
    NoEntries,
    /// A serial number that is not a positive INTEGER of at most 20 octets (RFC 5280 §4.1.2.2).
    #[error("the serial number is not a positive integer of at most 20 octets")]
    Serial,
    /// The serial number of an entry that another entry of the list has, too.
    #[error("the serial number occurs twice")]
    DuplicateEntry,
    /// The same extension twice, in the list or in an entry.
    #[error("the extension {0} occurs twice")]
    DuplicateExtension(String),
    /// More than 32 extensions of the list or of one entry.
    #[error("there are more than 32 extensions in one place")]
    TooManyExtensions,
    /// A critical extension that is not known, so that the list must not be used (RFC 5280 §5.2, §5.3).
    #[error("the critical extension {0} is unknown")]
    UnknownCriticalExtension(String),
    /// issuingDistributionPoint without its mark, which would let a partial list pass for a whole one
    /// (RFC 5280 §5.2.5).
    #[error("issuingDistributionPoint is not critical")]
    ScopeNotCritical,
    /// authorityKeyIdentifier is missing (RFC 5280 §5.2.1).
    #[error("authorityKeyIdentifier is missing")]
    NoAuthorityKeyIdentifier,
    /// cRLNumber is not an INTEGER of 0 or more with at most 20 octets (RFC 5280 §5.2.3).
    #[error("the list's number is not an integer of 0 or more with at most 20 octets")]
    Number,
    /// A CRLReason without a meaning here (RFC 5280 §5.3.1).
    #[error("the revocation reason has no meaning here")]
    Reason,
}

/// Why a list that is read answers nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CrlProblem {
    /// No anchor's key made its signature.
    #[error("its signature is not the authority's")]
    Signature,
    /// It lists only changes (RFC 5280 §5.2.4).
    #[error("it is a delta list")]
    Delta,
    /// It lists certificates of other issuers (RFC 5280 §5.2.5).
    #[error("it is an indirect list")]
    Indirect,
    /// It is for certificates of authorities or attributes, or for some reasons only (RFC 5280 §5.2.5).
    #[error("it does not cover all reasons or not the certificates of holders")]
    Partial,
    /// It has no cRLNumber, so that nobody can tell whether an older one was put in its place (RFC 5280 §5.2.3).
    #[error("it has no number")]
    NoNumber,
    /// A list with a higher number was seen before: this one is older and may lack entries.
    #[error("a list with a higher number was seen before")]
    Older,
}

impl From<DerError> for CrlError {
    fn from(error: DerError) -> Self {
        Self { offset: error.offset, why: CrlViolation::Encoding(error.why) }
    }
}

/// An error that points at `element`.
pub(super) fn fault(element: &Element<'_>, why: CrlViolation) -> CrlError {
    CrlError { offset: element.offset(), why }
}
