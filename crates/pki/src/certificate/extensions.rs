//! The extensions of the profile, read once, independent of their order.

use super::ProfileError;
use super::authority_name::NamedAuthority;
use super::holder::OtherNames;
use super::names::{GeneralName, read_general_names};
use crate::der::{DerError, Reader, Tag, oid_to_string};
use crate::extension::{Extension, read_one};

/// What the extensions say. Unknown ones that are not critical leave no trace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Extensions {
    pub(super) key_usage: Option<Vec<u8>>,
    pub(super) extended_key_usage: Option<Vec<u8>>,
    pub(super) basic_constraints: Option<Vec<u8>>,
    pub(super) policy: Option<Vec<u8>>,
    pub(super) distribution_point: Option<Vec<u8>>,
    pub(super) subject_key_identifier: Option<Vec<u8>>,
    pub(super) authority: Option<NamedAuthority>,
    pub(super) other_names: OtherNames,
}

/// What RFC 5280 and the profile say about an extension's criticality.
#[derive(Clone, Copy)]
enum Criticality {
    Always,
    Either,
    /// Also for issuerAltName, which nothing here processes.
    Never,
}

/// The content octets of the object identifiers, all under id-ce 2.5.29 except authorityInfoAccess.
const SUBJECT_KEY_IDENTIFIER: &[u8] = b"\x55\x1d\x0e";
const KEY_USAGE: &[u8] = b"\x55\x1d\x0f";
const SUBJECT_ALT_NAME: &[u8] = b"\x55\x1d\x11";
const ISSUER_ALT_NAME: &[u8] = b"\x55\x1d\x12";
const BASIC_CONSTRAINTS: &[u8] = b"\x55\x1d\x13";
const CRL_DISTRIBUTION_POINTS: &[u8] = b"\x55\x1d\x1f";
const CERTIFICATE_POLICIES: &[u8] = b"\x55\x1d\x20";
const AUTHORITY_KEY_IDENTIFIER: &[u8] = b"\x55\x1d\x23";
const EXTENDED_KEY_USAGE: &[u8] = b"\x55\x1d\x25";
/// id-qt-cps, 1.3.6.1.5.5.7.2.1.
const PRACTICE_STATEMENT: &[u8] = b"\x2b\x06\x01\x05\x05\x07\x02\x01";

impl Extensions {
    /// Takes the extensions of a certificate; the values of those of the profile have been checked to be DER.
    pub(super) fn read(mut list: Reader<'_>) -> Result<Self, ProfileError> {
        let mut read = Self::default();
        let mut seen: Vec<&[u8]> = Vec::new();
        while !list.is_empty() {
            let extension = read_one(&mut list)?;
            let oid = extension.oid.content();
            if seen.contains(&oid) {
                return Err(ProfileError::DuplicateExtension(oid_to_string(oid)));
            }
            seen.push(oid);
            read.take(&extension)?;
        }
        Ok(read)
    }

    fn take(&mut self, extension: &Extension<'_>) -> Result<(), ProfileError> {
        let oid = extension.oid.content();
        let value = extension.value.content();
        if let Some((name, criticality)) = known(oid) {
            match (criticality, extension.critical) {
                (Criticality::Always, false) => return Err(ProfileError::NotCritical(name)),
                (Criticality::Never, true) => return Err(ProfileError::Critical(name)),
                _ => {}
            }
        }
        match oid {
            KEY_USAGE => self.key_usage = Some(value.to_vec()),
            EXTENDED_KEY_USAGE => self.extended_key_usage = Some(value.to_vec()),
            BASIC_CONSTRAINTS => self.basic_constraints = Some(value.to_vec()),
            CERTIFICATE_POLICIES => self.policy = Some(only_policy(value)?),
            CRL_DISTRIBUTION_POINTS => self.distribution_point = Some(only_distribution_point(value)?),
            SUBJECT_KEY_IDENTIFIER => self.subject_key_identifier = Some(subject_key_identifier(value)?),
            AUTHORITY_KEY_IDENTIFIER => self.authority = Some(named_authority(value)?),
            SUBJECT_ALT_NAME => self.other_names = other_names(value)?,
            ISSUER_ALT_NAME => drop(alternative_names(value, "issuerAltName")?),
            unknown if extension.critical => {
                return Err(ProfileError::UnknownCriticalExtension(oid_to_string(unknown)));
            }
            _ => {}
        }
        Ok(())
    }
}

/// Whether this is an extension of the profile, whose value is read.
pub(super) fn is_known(oid: &[u8]) -> bool {
    known(oid).is_some()
}

/// The name of an extension of the profile, and whether it may or must be critical.
fn known(oid: &[u8]) -> Option<(&'static str, Criticality)> {
    match oid {
        KEY_USAGE => Some(("keyUsage", Criticality::Always)),
        BASIC_CONSTRAINTS => Some(("basicConstraints", Criticality::Always)),
        CERTIFICATE_POLICIES => Some(("certificatePolicies", Criticality::Always)),
        EXTENDED_KEY_USAGE => Some(("extKeyUsage", Criticality::Either)),
        CRL_DISTRIBUTION_POINTS => Some(("cRLDistributionPoints", Criticality::Either)),
        SUBJECT_KEY_IDENTIFIER => Some(("subjectKeyIdentifier", Criticality::Never)),
        AUTHORITY_KEY_IDENTIFIER => Some(("authorityKeyIdentifier", Criticality::Never)),
        SUBJECT_ALT_NAME => Some(("subjectAltName", Criticality::Either)),
        ISSUER_ALT_NAME => Some(("issuerAltName", Criticality::Never)),
        _ => None,
    }
}

/// The identifier of the one policy, with or without qualifiers (RFC 5280 §4.2.1.4).
fn only_policy(value: &[u8]) -> Result<Vec<u8>, ProfileError> {
    let read = || {
        let mut policies = Reader::new(value).expect(Tag::SEQUENCE)?.children();
        let mut policy = policies.expect(Tag::SEQUENCE)?.children();
        policies.finish()?;
        let identifier = policy.expect(Tag::OID)?;
        if let Some(qualifiers) = policy.optional(Tag::SEQUENCE)? {
            check_qualifiers(qualifiers.children())?;
        }
        policy.finish()?;
        Ok::<_, DerError>(identifier.content().to_vec())
    };
    read().map_err(|_| ProfileError::ExtensionValue("certificatePolicies"))
}

/// At least one, each a type and a value; the address of a practice statement is an IA5String.
fn check_qualifiers(mut list: Reader<'_>) -> Result<(), DerError> {
    loop {
        let mut qualifier = list.expect(Tag::SEQUENCE)?.children();
        let address = qualifier.expect(Tag::OID)?.content() == PRACTICE_STATEMENT;
        if address {
            qualifier.expect(Tag::IA5_STRING)?
        } else {
            qualifier.read()?
        };
        qualifier.finish()?;
        if list.is_empty() {
            return Ok(());
        }
    }
}

fn subject_key_identifier(value: &[u8]) -> Result<Vec<u8>, ProfileError> {
    let identifier = Reader::new(value).expect(Tag::OCTET_STRING).map(|string| string.content().to_vec());
    let identifier = identifier.ok().filter(|identifier| !identifier.is_empty());
    identifier.ok_or(ProfileError::ExtensionValue("subjectKeyIdentifier"))
}

fn named_authority(value: &[u8]) -> Result<NamedAuthority, ProfileError> {
    let read = || NamedAuthority::read(&Reader::new(value).expect(Tag::SEQUENCE)?);
    read().map_err(|_| ProfileError::ExtensionValue("authorityKeyIdentifier"))
}

fn alternative_names<'a>(
    value: &'a [u8],
    extension: &'static str,
) -> Result<Vec<GeneralName<'a>>, ProfileError> {
    let read = || read_general_names(&Reader::new(value).expect(Tag::SEQUENCE)?);
    read().map_err(|_| ProfileError::ExtensionValue(extension))
}

fn other_names(value: &[u8]) -> Result<OtherNames, ProfileError> {
    let mut others = OtherNames::default();
    for name in alternative_names(value, "subjectAltName")? {
        if let GeneralName::Other { oid, value } = name {
            others.add(oid, &value)?;
        }
    }
    Ok(others)
}

/// The encoded DistributionPointName of the one distribution point (RFC 5280 §4.2.1.13).
///
/// A point with reasons or with a CRL issuer of its own would need CRLs that the profile does not have. Its name is a
/// directory name, not an address: nothing is fetched, and the list is found by these very octets.
fn only_distribution_point(value: &[u8]) -> Result<Vec<u8>, ProfileError> {
    let read = || {
        let mut points = Reader::new(value).expect(Tag::SEQUENCE)?.children();
        let mut point = points.expect(Tag::SEQUENCE)?.children();
        points.finish()?;
        let name = point.expect(Tag::context(0))?;
        point.finish()?;
        let mut full_name = name.children();
        read_general_names(&full_name.expect(Tag::context(0))?)?;
        full_name.finish()?;
        Ok::<_, DerError>(name.raw().to_vec())
    };
    read().map_err(|_| ProfileError::ExtensionValue("cRLDistributionPoints"))
}
