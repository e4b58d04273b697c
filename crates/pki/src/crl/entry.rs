//! One entry: a certificate by its serial number, since when it is revoked, and why (RFC 5280 §5.3).

use super::error::{CrlError, CrlProblem, CrlViolation, fault};
use super::extensions::{self, Scope};
use super::read_time;
use crate::der::{Element, Tag};
use crate::extension::only_inside;
use crate::revocation::RevocationReason;
use crate::time::UnixTime;

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrlEntry {
    /// The serial number as an unsigned number in big-endian octets, without leading zeros; 1 to 20 octets.
    pub serial: Vec<u8>,
    /// revocationDate.
    pub at: UnixTime,
    /// The reason; unspecified where the entry gives none.
    pub reason: RevocationReason,
}

/// An entry as it lies in the list.
pub(super) struct RawEntry<'a> {
    /// As [`CrlEntry::serial`].
    pub(super) serial: &'a [u8],
    pub(super) at: UnixTime,
    pub(super) reason: u8,
}

const REASON_CODE: &[u8] = b"\x55\x1d\x15";
const INVALIDITY_DATE: &[u8] = b"\x55\x1d\x18";
const CERTIFICATE_ISSUER: &[u8] = b"\x55\x1d\x1d";
/// removeFromCRL, which only a delta list may say (RFC 5280 §5.3.1).
const REMOVE_FROM_CRL: u8 = 8;
/// RFC 5280 §4.1.2.2
const MAX_SERIAL_OCTETS: usize = 20;

pub(super) fn read<'a>(entry: &Element<'a>, scope: &mut Scope<'_>) -> Result<RawEntry<'a>, CrlError> {
    let mut parts = entry.children();
    let number = parts.expect(Tag::INTEGER)?;
    let serial = number.positive_integer().ok().filter(|serial| serial.len() <= MAX_SERIAL_OCTETS);
    let serial = serial.ok_or_else(|| fault(&number, CrlViolation::Serial))?;
    let at = read_time(&parts.read()?)?;
    let list = parts.optional(Tag::SEQUENCE)?;
    parts.finish()?;
    let reason = list.map(|list| read_extensions(&list, scope)).transpose()?;
    Ok(RawEntry { serial, at, reason: reason.unwrap_or_default() })
}

/// The reason; a certificateIssuer makes the list one of several issuers.
fn read_extensions(list: &Element<'_>, scope: &mut Scope<'_>) -> Result<u8, CrlError> {
    let mut reason = 0;
    for extension in extensions::read(list)? {
        match extension.oid.content() {
            REASON_CODE => reason = read_reason(&extension.value, scope)?,
            CERTIFICATE_ISSUER => scope.problem = Some(CrlProblem::Indirect),
            INVALIDITY_DATE => {
                only_inside(&extension.value, Tag::GENERALIZED_TIME)?;
            }
            _ => extensions::ignore(&extension)?,
        }
    }
    Ok(reason)
}

fn read_reason(value: &Element<'_>, scope: &Scope<'_>) -> Result<u8, CrlError> {
    let code = only_inside(value, Tag::ENUMERATED)?;
    match code.content() {
        [REMOVE_FROM_CRL] if scope.problem != Some(CrlProblem::Delta) => {
            Err(fault(&code, CrlViolation::Reason))
        }
        [code @ (0..=6 | 8..=10)] => Ok(*code),
        _ => Err(fault(&code, CrlViolation::Reason)),
    }
}
