//! The extensions of the profile, read once, independent of their order.

use super::ProfileError;
use super::holder::OtherNames;
use crate::der::{self, Reader, Tag, oid_to_string};
use x509_parser::prelude::{GeneralName, ParsedExtension, X509Extension};

/// What the extensions say. Unknown ones that are not critical leave no trace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Extensions {
    pub(super) key_usage: Option<Vec<u8>>,
    pub(super) extended_key_usage: Option<Vec<u8>>,
    pub(super) basic_constraints: Option<Vec<u8>>,
    pub(super) policy: Option<Vec<u8>>,
    pub(super) distribution_point: Option<Vec<u8>>,
    pub(super) subject_key_identifier: Option<Vec<u8>>,
    pub(super) authority_key_identifier: Option<Vec<u8>>,
    pub(super) other_names: OtherNames,
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

impl Extensions {
    pub(super) fn read(list: &[X509Extension<'_>]) -> Result<Self, ProfileError> {
        let mut read = Self::default();
        let mut seen: Vec<&[u8]> = Vec::new();
        for extension in list {
            let oid = extension.oid.as_bytes();
            if seen.contains(&oid) {
                return Err(ProfileError::DuplicateExtension(oid_to_string(oid)));
            }
            seen.push(oid);
            read.take(extension)?;
        }
        Ok(read)
    }

    fn take(&mut self, extension: &X509Extension<'_>) -> Result<(), ProfileError> {
        let oid = extension.oid.as_bytes();
        let value = extension.value;
        if let Some((name, must_be_critical)) = known(oid) {
            der::check(value).map_err(|_| ProfileError::ExtensionValue(name))?;
            if must_be_critical && !extension.critical {
                return Err(ProfileError::NotCritical(name));
            }
        }
        match oid {
            KEY_USAGE => self.key_usage = Some(value.to_vec()),
            EXTENDED_KEY_USAGE => self.extended_key_usage = Some(value.to_vec()),
            BASIC_CONSTRAINTS => self.basic_constraints = Some(value.to_vec()),
            CERTIFICATE_POLICIES => self.policy = Some(only_policy(extension)?),
            CRL_DISTRIBUTION_POINTS => self.distribution_point = Some(only_distribution_point(value)?),
            SUBJECT_KEY_IDENTIFIER => self.subject_key_identifier = Some(subject_key_identifier(extension)?),
            AUTHORITY_KEY_IDENTIFIER => {
                self.authority_key_identifier = Some(authority_key_identifier(extension)?)
            }
            SUBJECT_ALT_NAME => self.other_names = other_names(extension)?,
            ISSUER_ALT_NAME => {}
            unknown if extension.critical => {
                return Err(ProfileError::UnknownCriticalExtension(oid_to_string(unknown)));
            }
            _ => {}
        }
        Ok(())
    }
}

/// The name of an extension of the profile, and whether the profile makes it critical.
fn known(oid: &[u8]) -> Option<(&'static str, bool)> {
    match oid {
        KEY_USAGE => Some(("keyUsage", true)),
        BASIC_CONSTRAINTS => Some(("basicConstraints", true)),
        CERTIFICATE_POLICIES => Some(("certificatePolicies", true)),
        EXTENDED_KEY_USAGE => Some(("extKeyUsage", false)),
        CRL_DISTRIBUTION_POINTS => Some(("cRLDistributionPoints", false)),
        SUBJECT_KEY_IDENTIFIER => Some(("subjectKeyIdentifier", false)),
        AUTHORITY_KEY_IDENTIFIER => Some(("authorityKeyIdentifier", false)),
        SUBJECT_ALT_NAME => Some(("subjectAltName", false)),
        ISSUER_ALT_NAME => Some(("issuerAltName", false)),
        _ => None,
    }
}

fn only_policy(extension: &X509Extension<'_>) -> Result<Vec<u8>, ProfileError> {
    let malformed = ProfileError::ExtensionValue("certificatePolicies");
    let ParsedExtension::CertificatePolicies(policies) = extension.parsed_extension() else {
        return Err(malformed);
    };
    match policies.as_slice() {
        [policy] => Ok(policy.policy_id.as_bytes().to_vec()),
        _ => Err(malformed),
    }
}

fn subject_key_identifier(extension: &X509Extension<'_>) -> Result<Vec<u8>, ProfileError> {
    match extension.parsed_extension() {
        ParsedExtension::SubjectKeyIdentifier(identifier) if !identifier.0.is_empty() => {
            Ok(identifier.0.to_vec())
        }
        _ => Err(ProfileError::ExtensionValue("subjectKeyIdentifier")),
    }
}

fn authority_key_identifier(extension: &X509Extension<'_>) -> Result<Vec<u8>, ProfileError> {
    let malformed = ProfileError::ExtensionValue("authorityKeyIdentifier");
    let ParsedExtension::AuthorityKeyIdentifier(authority) = extension.parsed_extension() else {
        return Err(malformed);
    };
    match &authority.key_identifier {
        Some(identifier) if !identifier.0.is_empty() => Ok(identifier.0.to_vec()),
        _ => Err(malformed),
    }
}

fn other_names(extension: &X509Extension<'_>) -> Result<OtherNames, ProfileError> {
    let malformed = ProfileError::ExtensionValue("subjectAltName");
    let ParsedExtension::SubjectAlternativeName(names) = extension.parsed_extension() else {
        return Err(malformed);
    };
    let mut others = OtherNames::default();
    for name in &names.general_names {
        match name {
            GeneralName::OtherName(oid, value) => others.add(oid.as_bytes(), value)?,
            GeneralName::Invalid(..) => return Err(malformed),
            _ => {}
        }
    }
    Ok(others)
}

/// The encoded DistributionPointName of the one distribution point (RFC 5280 §4.2.1.13).
///
/// A point with reasons or with a CRL issuer of its own would need CRLs that the profile does not have.
fn only_distribution_point(value: &[u8]) -> Result<Vec<u8>, ProfileError> {
    let read = || {
        let mut points = Reader::new(value).expect(Tag::SEQUENCE)?.children();
        let mut point = points.expect(Tag::SEQUENCE)?.children();
        points.finish()?;
        let name = point.expect(Tag::context(0))?;
        point.finish()?;
        Ok::<_, der::DerError>(name.raw().to_vec())
    };
    read().map_err(|_| ProfileError::ExtensionValue("cRLDistributionPoints"))
}
