//! The extensions of a list: whose it is, which one, and what it covers (RFC 5280 §5.2).

use super::error::{CrlError, CrlProblem, CrlViolation, fault};
use super::number::is_number;
use crate::certificate::NamedAuthority;
use crate::der::{DerViolation, Element, Reader, Tag, oid_to_string};
use crate::extension::{self, Extension, ExtensionFault, only_inside, sequence_inside};

/// What the extensions of a list say.
#[derive(Clone, Debug)]
pub(super) struct Extensions<'a> {
    pub(super) authority: NamedAuthority,
    pub(super) number: Option<&'a [u8]>,
    pub(super) scope: Scope<'a>,
}

/// What a list covers.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scope<'a> {
    /// The DistributionPointName in DER; none for all of the issuer's.
    pub(super) distribution_point: Option<&'a [u8]>,
    pub(super) problem: Option<CrlProblem>,
}

const AUTHORITY_KEY_IDENTIFIER: &[u8] = b"\x55\x1d\x23";
const CRL_NUMBER: &[u8] = b"\x55\x1d\x14";
const DELTA_INDICATOR: &[u8] = b"\x55\x1d\x1b";
const ISSUING_DISTRIBUTION_POINT: &[u8] = b"\x55\x1d\x1c";

impl<'a> Extensions<'a> {
    /// Reads what stands behind the tag `[0]` of a list.
    pub(super) fn read(wrapped: &Element<'a>) -> Result<Self, CrlError> {
        let mut outer = wrapped.children();
        let list = outer.expect(Tag::SEQUENCE)?;
        outer.finish()?;
        let (mut authority, mut number, mut delta) = (None, None, None);
        let mut scope = Scope::default();
        for extension in read(&list)? {
            match extension.oid.content() {
                AUTHORITY_KEY_IDENTIFIER => {
                    authority = Some(NamedAuthority::read(&only_inside(&extension.value, Tag::SEQUENCE)?)?);
                }
                CRL_NUMBER => number = Some(read_number(&extension.value)?),
                ISSUING_DISTRIBUTION_POINT => scope = issuing_distribution_point(&extension)?,
                DELTA_INDICATOR => delta = Some(CrlProblem::Delta),
                _ => ignore(&extension)?,
            }
        }
        scope.problem = delta.or(scope.problem);
        let authority = authority.ok_or_else(|| fault(&list, CrlViolation::NoAuthorityKeyIdentifier))?;
        Ok(Self { authority, number, scope })
    }
}

/// The extensions in a SEQUENCE, none twice.
pub(super) fn read<'a>(list: &Element<'a>) -> Result<Vec<Extension<'a>>, CrlError> {
    extension::read(list.children()).map_err(|error| match error {
        ExtensionFault::Encoding(error) => error.into(),
        ExtensionFault::Duplicate(oid) => {
            fault(&oid, CrlViolation::DuplicateExtension(oid_to_string(oid.content())))
        }
        ExtensionFault::TooMany(oid) => fault(&oid, CrlViolation::TooManyExtensions),
    })
}

/// Refuses an extension that is critical: for those that are not known.
pub(super) fn ignore(extension: &Extension<'_>) -> Result<(), CrlError> {
    let oid = &extension.oid;
    if extension.critical {
        return Err(fault(oid, CrlViolation::UnknownCriticalExtension(oid_to_string(oid.content()))));
    }
    Ok(())
}

fn read_number<'a>(value: &Element<'a>) -> Result<&'a [u8], CrlError> {
    let number = only_inside(value, Tag::INTEGER)?;
    if is_number(number.content()) { Ok(number.content()) } else { Err(fault(&number, CrlViolation::Number)) }
}

/// The name as it is encoded, and which of the flags `[1]` to `[5]` are set (RFC 5280 §5.2.5).
fn issuing_distribution_point<'a>(extension: &Extension<'a>) -> Result<Scope<'a>, CrlError> {
    if !extension.critical {
        return Err(fault(&extension.oid, CrlViolation::ScopeNotCritical));
    }
    let mut parts = sequence_inside(&extension.value)?;
    let distribution_point = parts.optional(Tag::context(0))?.map(|name| name.raw());
    // Holders' certificates only: the one limit that does not limit anything here.
    read_flag(&mut parts, 1)?;
    let authorities = read_flag(&mut parts, 2)?;
    let reasons = parts.optional(Tag::context_primitive(3))?.is_some();
    let indirect = read_flag(&mut parts, 4)?;
    let attributes = read_flag(&mut parts, 5)?;
    parts.finish()?;
    let partial = authorities || reasons || attributes;
    let problem = if indirect { Some(CrlProblem::Indirect) } else { partial.then_some(CrlProblem::Partial) };
    Ok(Scope { distribution_point, problem })
}

/// A BOOLEAN DEFAULT FALSE under an IMPLICIT tag: there and TRUE, or not there (X.690 §11.5).
fn read_flag(parts: &mut Reader<'_>, number: u8) -> Result<bool, CrlError> {
    match parts.optional(Tag::context_primitive(number))? {
        Some(flag) if flag.content() != [0xff] => {
            Err(flag.error(DerViolation::Content("BOOLEAN other than TRUE")).into())
        }
        flag => Ok(flag.is_some()),
    }
}
