//! Why something is not an envelope, with its place.

use super::MAX_ENVELOPE;
use crate::FileNameError;
use shomei_application::json;
use std::fmt;

/// Where in an envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// An offset in the compact serialization.
    Octet(usize),
    /// A member of the flattened serialization, as a JSON Pointer (RFC 6901).
    Member(&'static str),
}

/// Why bytes are not an envelope of this form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// More octets than any envelope has.
    #[error("{length} octets are more than the {MAX_ENVELOPE} of any envelope")]
    TooLong {
        /// Octets given.
        length: usize,
    },
    /// Both serializations are known by their first octet, and this is neither: a compact one begins with `e`, a
    /// flattened one with `{`.
    #[error("octet 0: neither the compact nor the flattened serialization begins like this")]
    NeitherForm {
        /// The first octet; there is none where nothing was given.
        found: Option<u8>,
    },
    /// A compact serialization has three parts; an encrypted one (RFC 7516) has five.
    #[error("{count} parts, where there must be header, payload and signature")]
    Parts {
        /// Parts found, between full stops.
        count: usize,
    },
    /// Not strict JSON, where the first octet promises the flattened serialization.
    #[error(transparent)]
    Json(#[from] json::Error),
    /// A member is missing or of another type.
    #[error("{pointer}: missing, or not a string")]
    Member {
        /// The member.
        pointer: &'static str,
    },
    /// A member that the flattened serialization does not have.
    #[error("unknown member {0:?}")]
    UnknownMember(String),
    /// Header parameters that the signature does not cover.
    #[error("/header: a header that the signature does not cover")]
    UnprotectedHeader,
    /// The general serialization (RFC 7515 §7.2.1), which would be a third way to write one envelope.
    #[error("/signatures: the general serialization")]
    GeneralSerialization,
    /// Several signatures, or none, in the general serialization.
    #[error("/signatures: {count} signatures, where one is known")]
    Signatures {
        /// Elements found.
        count: usize,
    },
    /// A part is shorter or longer than it may be. It was not decoded.
    #[error("{place}: {length} characters, not {shortest} to {longest}")]
    Length {
        /// The part.
        place: Place,
        /// Characters of base64url found.
        length: usize,
        /// The fewest that may be.
        shortest: usize,
        /// The most that may be.
        longest: usize,
    },
    /// A part is not base64url without padding and without white space (RFC 7515 §2), or its last character has bits
    /// that stand for nothing.
    #[error("{place}: not base64url in its one form")]
    Base64Url {
        /// The part or, in the compact serialization, the character.
        place: Place,
    },
    /// A signature over files has no payload.
    #[error("{place}: a payload beside files")]
    Payload {
        /// Where it begins.
        place: Place,
    },
    /// The protected header, once decoded, is not of the form.
    #[error("protected header, {0}")]
    Header(#[from] HeaderError),
    /// Everything was found, but not written in the one way that it is written.
    #[error("octet {offset}: not in the one form of an envelope")]
    NotCanonical {
        /// The first octet that differs.
        offset: usize,
    },
}

/// Why the octets of a protected header are not of the one form. Places are JSON Pointers into the header.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// Not strict JSON. The offset is in the decoded header.
    #[error(transparent)]
    Json(#[from] json::Error),
    /// `alg` is `none` (RFC 7518 §3.6): nothing would be signed.
    #[error("/alg: no signature at all")]
    Unsecured,
    /// An algorithm that is not accepted.
    #[error("/alg: {found:?} is not accepted")]
    Algorithm {
        /// What stands there.
        found: String,
    },
    /// `crit` (RFC 7515 §4.1.11): extensions that have to be understood, and none is known.
    #[error("/crit: extensions are not known")]
    Critical,
    /// `b64` (RFC 7797): with it, the bytes that are signed would be others.
    #[error("/b64: the payload is always encoded")]
    UnencodedPayload,
    /// `jwk` (RFC 7515 §4.1.3): a key that no authority vouches for.
    #[error("/jwk: a key without a certificate")]
    Jwk,
    /// `jku` (RFC 7515 §4.1.2): a place to fetch keys from.
    #[error("/jku: keys are not fetched")]
    Jku,
    /// `x5u` (RFC 7515 §4.1.5): a place to fetch certificates from.
    #[error("/x5u: certificates are not fetched")]
    X5u,
    /// A parameter that is not one of the five.
    #[error("unknown parameter {0:?}")]
    Unknown(String),
    /// A parameter is missing or of another type, or the header is no object.
    #[error("{pointer}: missing or of another type")]
    Parameter {
        /// The parameter; empty for the header itself.
        pointer: &'static str,
    },
    /// The signature was made for another purpose.
    #[error("/typ: {found:?} is not {expected:?}")]
    Type {
        /// What would have to stand there.
        expected: &'static str,
        /// What stands there.
        found: String,
    },
    /// Several certificates, or none.
    #[error("/x5c: {count} certificates, where there must be the signer's alone")]
    Certificates {
        /// Elements found.
        count: usize,
    },
    /// The certificate is not in base64 with padding (RFC 4648 §4, RFC 7515 §4.1.6).
    #[error("/x5c/0: not base64 in its one form")]
    CertificateEncoding,
    /// The certificate's digest is not 32 octets in base64url without padding.
    #[error("/x5t#S256: not 32 octets in base64url")]
    CertificateDigest,
    /// The signing time lies before 1970 or after 9999.
    #[error("/iat: not a time from 1970 to 9999")]
    SigningTime,
    /// Not as many digests as names, none, or more than there may be.
    #[error("/sigD: {names} names and {digests} digests")]
    Files {
        /// Names found.
        names: usize,
        /// Digests found.
        digests: usize,
    },
    /// A reference to a file is not a name in percent-encoded UTF-8.
    #[error("/sigD/pars: not a name in percent-encoded UTF-8")]
    FileReference,
    /// A name cannot be that of a file beside the signature.
    #[error("/sigD/pars: {0}")]
    FileName(#[from] FileNameError),
    /// Two references to one file.
    #[error("/sigD/pars: {0:?} is named twice")]
    SameFile(String),
    /// Every parameter is right, but they are not written in canonical JSON (RFC 8785).
    #[error("octet {offset}: not in canonical JSON")]
    NotCanonical {
        /// The first octet of the decoded header that differs.
        offset: usize,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Octet(offset) => write!(out, "octet {offset}"),
            Place::Member(pointer) => out.write_str(pointer),
        }
    }
}
