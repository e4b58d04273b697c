//! What about a certificate the reader should know before relying on it.

use super::extensions::{AUTHORITY_INFO_ACCESS, NAMES};
use super::parts::{self, Parts};
use super::place;
use super::profile::{Kind, Policy};
use crate::inspect::dates::renewal_begins;
use crate::inspect::report::{Shown, Warning};
use crate::inspect::words;
use shomei_application::text::check_line;
use shomei_pki::{BasicFourItems, ProfileError, UnixTime, World};

/// Characters of a name or an address (the profile's own limit).
const MAX_CHARACTERS: usize = 400;

/// Whether it keeps the profile of its kind.
pub(super) fn of_profile(
    kind: Kind,
    checked: &Result<Option<BasicFourItems>, ProfileError>,
    parts: &Parts<'_>,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if kind == Kind::Other {
        warnings.push(Warning::new(words::WARN_OTHER_KIND));
    }
    if let Err(error) = checked {
        warnings.push(Warning::with(words::WARN_PROFILE, Shown::Text(place::describe(error, parts))));
    }
    let known = |oid: &str| oid == AUTHORITY_INFO_ACCESS || NAMES.iter().any(|(known, _)| *known == oid);
    let unknown = parts.extensions.iter().filter(|extension| extension.critical && !known(&extension.oid));
    warnings.extend(
        unknown.map(|extension| Warning::with(words::WARN_CRITICAL, Shown::Text(extension.oid.clone()))),
    );
    warnings
}

/// Whether issuer, policy and kind belong to one world.
pub(super) fn of_world(kind: Kind, world: Option<World>, policies: &[String]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if world.is_none() {
        warnings.push(Warning::new(words::WARN_WORLD));
    }
    for oid in policies {
        let detail = || Shown::Text(oid.clone());
        match Policy::of(oid) {
            None => warnings.push(Warning::with(words::WARN_POLICY, detail())),
            Some(policy) => {
                if world.is_some_and(|world| world != policy.world) {
                    warnings.push(Warning::with(words::WARN_WORLDS_DIFFER, detail()));
                }
                if kind != Kind::Other && kind != Kind::Holder(policy.purpose) {
                    warnings.push(Warning::with(words::WARN_POLICY_KIND, detail()));
                }
            }
        }
    }
    warnings
}

/// Whether it is in its period at `at`, and for how long still.
pub(super) fn of_period(kind: Kind, parts: &Parts<'_>, at: UnixTime) -> Vec<Warning> {
    let (Some(first), Some(last)) = (parts::time(&parts.not_before), parts::time(&parts.not_after)) else {
        return vec![Warning::new(words::WARN_TIME)];
    };
    let (word, time) = if at < first {
        (words::WARN_NOT_YET, first)
    } else if at > last {
        (words::WARN_EXPIRED, last)
    } else if renewal_begins(last).is_some_and(|begins| begins <= at) {
        let of_holder = matches!(kind, Kind::Holder(_));
        (if of_holder { words::WARN_RENEWABLE } else { words::WARN_ENDS_SOON }, last)
    } else {
        return Vec::new();
    };
    vec![Warning::with(word, Shown::Time(time))]
}

/// Whether name and address can be written into an application as they are.
pub(super) fn of_texts(holder: &BasicFourItems) -> Vec<Warning> {
    let texts = [(words::WARN_NAME_TEXT, &holder.name), (words::WARN_ADDRESS_TEXT, &holder.address)];
    let refused = texts.into_iter().filter_map(|(word, text)| {
        let reason = check_line(text, MAX_CHARACTERS).err()?;
        Some(Warning::with(word, Shown::Text(reason.to_string())))
    });
    refused.collect()
}
