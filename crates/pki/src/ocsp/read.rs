//! The parts that answers and responders' certificates share: extensions, times, DER inside a string.

use super::error::{OcspError, OcspViolation, fault};
use crate::der::{self, DerError, DerViolation, Element, Reader, Tag, oid_to_string};
use crate::time::UnixTime;

/// id-pkix-ocsp-nonce, 1.3.6.1.5.5.7.48.1.2 (RFC 6960 §4.4.1).
pub(super) const NONCE: &[u8] = b"\x2b\x06\x01\x05\x05\x07\x30\x01\x02";

/// One extension (RFC 5280 §4.1.2.9).
#[derive(Clone, Copy, Debug)]
pub(super) struct Extension<'a> {
    pub(super) oid: Element<'a>,
    pub(super) critical: bool,
    /// The OCTET STRING around the value.
    pub(super) value: Element<'a>,
}

/// The extensions inside the EXPLICIT tag `wrapped`, none twice.
pub(super) fn extensions<'a>(wrapped: &Element<'a>) -> Result<Vec<Extension<'a>>, OcspError> {
    let mut outer = wrapped.children();
    let mut list = outer.expect(Tag::SEQUENCE)?.children();
    outer.finish()?;
    let mut read: Vec<Extension<'a>> = Vec::new();
    while !list.is_empty() {
        let mut parts = list.expect(Tag::SEQUENCE)?.children();
        let oid = parts.expect(Tag::OID)?;
        let critical = parts.optional(Tag::BOOLEAN)?.is_some();
        let value = parts.expect(Tag::OCTET_STRING)?;
        parts.finish()?;
        if read.iter().any(|other| other.oid.content() == oid.content()) {
            return Err(fault(&oid, OcspViolation::DuplicateExtension(oid_to_string(oid.content()))));
        }
        read.push(Extension { oid, critical, value });
    }
    Ok(read)
}

/// Refuses `extension` if it is critical: for those that are not known.
pub(super) fn ignore(extension: &Extension<'_>) -> Result<(), OcspError> {
    let name = || oid_to_string(extension.oid.content());
    if extension.critical {
        return Err(fault(&extension.oid, OcspViolation::UnknownCriticalExtension(name())));
    }
    Ok(())
}

/// The one element of DER inside an OCTET STRING, checked all the way down.
pub(super) fn der_inside<'a>(string: &Element<'a>) -> Result<Element<'a>, DerError> {
    let mut inside = string.children();
    let base = string.offset() + (string.raw().len() - string.content().len());
    der::check(string.content()).map_err(|error| DerError { offset: base + error.offset, ..error })?;
    inside.read()
}

/// A reader over the one SEQUENCE inside an OCTET STRING, likewise checked.
pub(super) fn sequence_inside<'a>(string: &Element<'a>) -> Result<Reader<'a>, DerError> {
    let inside = der_inside(string)?;
    match inside.tag() {
        Tag::SEQUENCE => Ok(inside.children()),
        found => Err(inside.error(DerViolation::Tag { expected: Tag::SEQUENCE.0, found: found.0 })),
    }
}

/// A GeneralizedTime `YYYYMMDDhhmmssZ` of the years 1950 to 2049 (RFC 5280 §4.1.2.5.2).
pub(super) fn generalized_time(time: &Element<'_>) -> Result<UnixTime, OcspError> {
    read_generalized_time(time.content()).ok_or_else(|| fault(time, OcspViolation::Time))
}

fn read_generalized_time(content: &[u8]) -> Option<UnixTime> {
    let (century, rest) = content.split_at_checked(2)?;
    let within = UnixTime::from_utc_time(rest).ok()?;
    let [tens, _, ..] = rest else { return None };
    // UTCTime lays the years 50 to 99 into the century before.
    let expected: &[u8] = if *tens < b'5' { b"20" } else { b"19" };
    (century == expected).then_some(within)
}

/// A Time of a certificate that ends before 2050, which is a UTCTime then (RFC 5280 §4.1.2.5).
pub(super) fn certificate_time(time: &Element<'_>) -> Result<UnixTime, OcspError> {
    if time.tag() != Tag::UTC_TIME {
        return Err(fault(time, OcspViolation::Time));
    }
    UnixTime::from_utc_time(time.content()).map_err(|_| fault(time, OcspViolation::Time))
}
