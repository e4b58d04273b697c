//! The parts that answers and responders' certificates share: extensions and times.

use super::error::{OcspError, OcspViolation, fault};
use crate::der::{Element, Tag, oid_to_string};
use crate::extension::{self, Extension, ExtensionFault};
use crate::time::UnixTime;

/// id-pkix-ocsp-nonce, 1.3.6.1.5.5.7.48.1.2 (RFC 6960 §4.4.1).
pub(super) const NONCE: &[u8] = b"\x2b\x06\x01\x05\x05\x07\x30\x01\x02";

/// The extensions inside the EXPLICIT tag `wrapped`, none twice.
pub(super) fn extensions<'a>(wrapped: &Element<'a>) -> Result<Vec<Extension<'a>>, OcspError> {
    let mut outer = wrapped.children();
    let list = outer.expect(Tag::SEQUENCE)?.children();
    outer.finish()?;
    extension::read(list).map_err(|error| match error {
        ExtensionFault::Encoding(error) => error.into(),
        ExtensionFault::Duplicate(oid) => {
            fault(&oid, OcspViolation::DuplicateExtension(oid_to_string(oid.content())))
        }
        ExtensionFault::TooMany(oid) => fault(&oid, OcspViolation::TooManyExtensions),
    })
}
/// Refuses `extension` if it is critical: for those that are not known.
pub(super) fn ignore(extension: &Extension<'_>) -> Result<(), OcspError> {
    let name = || oid_to_string(extension.oid.content());
    if extension.critical {
        return Err(fault(&extension.oid, OcspViolation::UnknownCriticalExtension(name())));
    }
    Ok(())
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
