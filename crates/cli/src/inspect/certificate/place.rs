//! Where a certificate breaks a rule of the profile.

use super::extensions::{BASIC_CONSTRAINTS, EXTENDED_KEY_USAGE, KEY_USAGE, NAMES, SUBJECT_ALT_NAME};
use super::parts::Parts;
use shomei_pki::ProfileError;

/// The rule in words, with the octet at which the part begins that breaks it. An error of the encoding names its octet
/// itself, and what is missing stands nowhere.
pub(super) fn describe(error: &ProfileError, parts: &Parts<'_>) -> String {
    match offset(error, parts) {
        Some(offset) => format!("octet {offset}: {error}"),
        None => error.to_string(),
    }
}

fn offset(error: &ProfileError, parts: &Parts<'_>) -> Option<usize> {
    match error {
        ProfileError::TooLong { .. } | ProfileError::Encoding(_) | ProfileError::MissingExtension(_) => None,
        ProfileError::Version | ProfileError::UniqueIdentifier => Some(parts.signed.offset()),
        ProfileError::Serial => Some(parts.serial.offset()),
        ProfileError::AlgorithmsDiffer | ProfileError::AlgorithmNotAccepted(_) | ProfileError::Algorithm => {
            Some(parts.algorithm.offset())
        }
        ProfileError::Key
        | ProfileError::KeyNotAccepted(_)
        | ProfileError::KeySize { .. }
        | ProfileError::KeyNumbers => Some(parts.key.offset()),
        ProfileError::TimeForm | ProfileError::ValidityReversed => Some(parts.validity.offset()),
        ProfileError::Name | ProfileError::Organization | ProfileError::NotSelfIssued => {
            Some(parts.issuer.offset())
        }
        ProfileError::DuplicateExtension(oid) => last(parts, oid),
        ProfileError::UnknownCriticalExtension(oid) => first(parts, oid),
        ProfileError::ExtensionValue(name)
        | ProfileError::ForbiddenExtension(name)
        | ProfileError::NotCritical(name)
        | ProfileError::Critical(name) => {
            NAMES.iter().find(|(_, known)| known == name).and_then(|(oid, _)| first(parts, oid))
        }
        ProfileError::KeyUsage(_) => first(parts, KEY_USAGE),
        ProfileError::ExtendedKeyUsage => first(parts, EXTENDED_KEY_USAGE),
        ProfileError::BasicConstraints => first(parts, BASIC_CONSTRAINTS),
        ProfileError::Holder(_) => first(parts, SUBJECT_ALT_NAME),
    }
}

fn first(parts: &Parts<'_>, oid: &str) -> Option<usize> {
    parts.extensions.iter().find(|extension| extension.oid == oid).map(|extension| extension.offset)
}

fn last(parts: &Parts<'_>, oid: &str) -> Option<usize> {
    parts.extensions.iter().rfind(|extension| extension.oid == oid).map(|extension| extension.offset)
}
