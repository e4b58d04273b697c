//! Reading a protected header: refuse by name, take out the parameters, write them again, compare every octet.

use super::error::HeaderError;
use super::form::{ALGORITHM, Header, TYPE};
use super::{MAX_HEADER, parse::common_prefix};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use shomei_application::Timestamp;
use shomei_application::json::{self, Object, Value};

const PARAMETERS: [&str; 5] = ["alg", "iat", "typ", "x5c", "x5t#S256"];

/// The octets of a header that was decoded from base64url.
pub(super) fn read(octets: &[u8]) -> Result<Header, HeaderError> {
    let value = json::parse(octets, MAX_HEADER)?;
    let header = value.as_object().ok_or(HeaderError::Parameter { pointer: "" })?;
    refuse_unknown(header, &PARAMETERS)?;
    check_algorithm(text(header, "alg", "/alg")?)?;
    check_type(text(header, "typ", "/typ")?, TYPE)?;
    let header = Header {
        certificate: read_certificate(header)?,
        certificate_digest: read_digest(text(header, "x5t#S256", "/x5t#S256")?)?,
        signing_time: read_signing_time(header)?,
    };
    compare(&header.encode(), octets)?;
    Ok(header)
}

/// That a header is written as it would be written again.
pub(super) fn compare(written: &[u8], found: &[u8]) -> Result<(), HeaderError> {
    match written == found {
        true => Ok(()),
        false => Err(HeaderError::NotCanonical { offset: common_prefix(written, found) }),
    }
}

pub(super) fn refuse_unknown(header: &Object, known: &[&str]) -> Result<(), HeaderError> {
    match header.iter().find(|(name, _)| !known.contains(name)) {
        None => Ok(()),
        Some((name, _)) => Err(match name {
            "crit" => HeaderError::Critical,
            "b64" => HeaderError::UnencodedPayload,
            "jwk" => HeaderError::Jwk,
            "jku" => HeaderError::Jku,
            "x5u" => HeaderError::X5u,
            other => HeaderError::Unknown(other.to_owned()),
        }),
    }
}

pub(super) fn check_algorithm(found: &str) -> Result<(), HeaderError> {
    match found {
        ALGORITHM => Ok(()),
        "none" => Err(HeaderError::Unsecured),
        other => Err(HeaderError::Algorithm { found: other.to_owned() }),
    }
}

pub(super) fn check_type(found: &str, expected: &'static str) -> Result<(), HeaderError> {
    if found == expected { Ok(()) } else { Err(HeaderError::Type { expected, found: found.to_owned() }) }
}

pub(super) fn read_certificate(header: &Object) -> Result<Vec<u8>, HeaderError> {
    let missing = HeaderError::Parameter { pointer: "/x5c" };
    match header.get("x5c").and_then(Value::as_array).ok_or(missing)? {
        [certificate] => {
            let text = certificate.as_str().ok_or(HeaderError::Parameter { pointer: "/x5c/0" })?;
            BASE64_STANDARD.decode(text).map_err(|_| HeaderError::CertificateEncoding)
        }
        several => Err(HeaderError::Certificates { count: several.len() }),
    }
}

pub(super) fn read_digest(text: &str) -> Result<[u8; 32], HeaderError> {
    let digest = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| HeaderError::CertificateDigest)?;
    <[u8; 32]>::try_from(digest).map_err(|_| HeaderError::CertificateDigest)
}

pub(super) fn read_signing_time(header: &Object) -> Result<Timestamp, HeaderError> {
    let missing = HeaderError::Parameter { pointer: "/iat" };
    let seconds = header.get("iat").and_then(Value::as_integer).ok_or(missing)?;
    Timestamp::from_unix_seconds(seconds).map_err(|_| HeaderError::SigningTime)
}

pub(super) fn text<'a>(
    header: &'a Object,
    name: &str,
    pointer: &'static str,
) -> Result<&'a str, HeaderError> {
    header.get(name).and_then(Value::as_str).ok_or(HeaderError::Parameter { pointer })
}
