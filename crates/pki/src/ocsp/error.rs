//! Every way in which octets fail to be an answer, with the place.

use crate::der::{DerError, DerViolation, Element};

/// Why octets are not an OCSP response, and at which octet of the input.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("octet {offset}: {why}")]
pub struct OcspError {
    /// Offset of the first octet of the element, from the start of the response.
    pub offset: usize,
    /// What the structure does not allow.
    pub why: OcspViolation,
}

/// The rules of RFC 6960 §4.2 that an answer can break.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OcspViolation {
    /// More octets than [`MAX_RESPONSE_OCTETS`](super::MAX_RESPONSE_OCTETS).
    #[error("the response has {0} octets, which is more than any answer needs")]
    TooLong(usize),
    /// Not DER, or a part is not where the structure has it.
    #[error(transparent)]
    Encoding(#[from] DerViolation),
    /// A responseStatus that RFC 6960 §4.2.1 does not have.
    #[error("the response status has no meaning")]
    Status,
    /// An answer without success that carries one, or a success that carries none.
    #[error("the response status and the presence of an answer do not fit")]
    StatusWithoutAnswer,
    /// Another type than id-pkix-ocsp-basic.
    #[error("the response type {0} is not id-pkix-ocsp-basic")]
    ResponseType(String),
    /// Another version: of the answer than 1, which DER leaves out, or of a certificate than 3.
    #[error("the version is not the one of this structure")]
    Version,
    /// A ResponderID that is neither a name nor a key hash of 20 octets.
    #[error("the responder is named neither by name nor by key")]
    Responder,
    /// A time that is not a real second of 1950 to 2049 in `YYYYMMDDhhmmssZ`, or in a certificate in `YYMMDDhhmmssZ`.
    #[error("not a time in the form that belongs here")]
    Time,
    /// nextUpdate lies before thisUpdate.
    #[error("nextUpdate lies before thisUpdate")]
    NextUpdate,
    /// No SingleResponse at all.
    #[error("the answer answers nothing")]
    Empty,
    /// A certStatus that is none of the three.
    #[error("the certificate status is neither good nor revoked nor unknown")]
    CertStatus,
    /// A CRLReason that does not belong in an answer (RFC 5280 §5.3.1).
    #[error("the revocation reason has no meaning here")]
    Reason,
    /// A serial number that is not a positive INTEGER.
    #[error("the serial number is not a positive integer")]
    Serial,
    /// A nonce that is not an OCTET STRING of 1 to 128 octets (RFC 9654 §2.1).
    #[error("the nonce is not 1 to 128 octets")]
    Nonce,
    /// The same extension twice.
    #[error("the extension {0} occurs twice")]
    DuplicateExtension(String),
    /// More extensions in one place than any answer has.
    #[error("there are more than 32 extensions in one place")]
    TooManyExtensions,
    /// A critical extension that is not known here (RFC 6960 §4.4).
    #[error("the critical extension {0} is unknown")]
    UnknownCriticalExtension(String),
}

impl From<DerError> for OcspError {
    fn from(error: DerError) -> Self {
        Self { offset: error.offset, why: OcspViolation::Encoding(error.why) }
    }
}

/// An error that points at `element`.
pub(super) fn fault(element: &Element<'_>, why: OcspViolation) -> OcspError {
    OcspError { offset: element.offset(), why }
}
