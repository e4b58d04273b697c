//! The one form of an envelope, as text.

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use shomei_application::Timestamp;
use shomei_application::json::{self, Integer, Object, Value};

/// The value of `alg`: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 §3.3).
pub(super) const ALGORITHM: &str = "RS256";
/// The value of `typ`: the media type `application/shomei-application+jose` without its prefix (RFC 7515 §4.1.9). No
/// other use of the key produces it, so a signature made for another purpose cannot be read as an application.
pub const TYPE: &str = "shomei-application+jose";

/// How the three parts are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Serialization {
    /// RFC 7515 §7.1.
    Compact,
    /// RFC 7515 §7.2.2, in canonical JSON.
    Flattened,
}

/// What differs from one protected header to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) certificate: Vec<u8>,
    pub(super) certificate_digest: [u8; 32],
    pub(super) signing_time: Timestamp,
}

/// Everything that differs from one envelope to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) header: Header,
    pub(super) content: Vec<u8>,
    pub(super) signature: Vec<u8>,
}

impl Header {
    /// The header in canonical JSON (RFC 8785): `alg`, `iat`, `typ`, `x5c`, `x5t#S256`.
    pub(super) fn encode(&self) -> Vec<u8> {
        // A Timestamp ends with the year 9999, far below the largest integer.
        let signing_time = Integer::new(self.signing_time.unix_seconds()).unwrap_or(Integer::MAX);
        let header = Object::new()
            .with("alg", ALGORITHM)
            .with("iat", Value::Integer(signing_time))
            .with("typ", TYPE)
            .with("x5c", vec![Value::from(BASE64_STANDARD.encode(&self.certificate))])
            .with("x5t#S256", BASE64_URL_SAFE_NO_PAD.encode(self.certificate_digest));
        json::to_canonical(&header.into())
    }
}

impl Parts {
    /// The bytes that are signed: header and content in base64url with a full stop between them (RFC 7515 §5.1).
    pub(super) fn to_be_signed(&self) -> String {
        signing_input(&self.header.encode(), &self.content)
    }

    pub(super) fn encode(&self, serialization: Serialization) -> String {
        match serialization {
            Serialization::Compact => {
                format!("{}.{}", self.to_be_signed(), BASE64_URL_SAFE_NO_PAD.encode(&self.signature))
            }
            Serialization::Flattened => {
                let members = Object::new()
                    .with("payload", BASE64_URL_SAFE_NO_PAD.encode(&self.content))
                    .with("protected", BASE64_URL_SAFE_NO_PAD.encode(self.header.encode()))
                    .with("signature", BASE64_URL_SAFE_NO_PAD.encode(&self.signature));
                json::to_canonical_string(&members.into())
            }
        }
    }
}

/// `ASCII(BASE64URL(header) || '.' || BASE64URL(content))` (RFC 7515 §5.1).
pub(super) fn signing_input(header: &[u8], content: &[u8]) -> String {
    format!("{}.{}", BASE64_URL_SAFE_NO_PAD.encode(header), BASE64_URL_SAFE_NO_PAD.encode(content))
}

/// Characters of `octets` octets in base64url without padding (RFC 7515 §2).
pub(super) const fn encoded_length(octets: usize) -> usize {
    (octets * 4).div_ceil(3)
}
