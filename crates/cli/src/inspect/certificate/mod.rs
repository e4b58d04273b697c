//! What a certificate says.

pub(super) mod extensions;
mod holder;
mod key;
pub(super) mod parts;
mod place;
mod profile;
mod warnings;

use super::report::{Fact, Report, Shown};
use super::words::{self, Word};
use super::{InspectError, names};
use extensions::{
    AUTHORITY_INFO_ACCESS, AUTHORITY_KEY_IDENTIFIER, CERTIFICATE_POLICIES, CRL_DISTRIBUTION_POINTS,
    EXTENDED_KEY_USAGE, KEY_USAGE, SUBJECT_KEY_IDENTIFIER,
};
use parts::Parts;
use profile::{Kind, Policy};
use shomei_application::sha256;
use shomei_pki::der::Element;
use shomei_pki::{Anchors, Purpose, UnixTime, signature_algorithm_name};

pub(super) fn report(der: &[u8], at: UnixTime) -> Result<Report, InspectError> {
    let parts = Parts::read(der).map_err(InspectError::Certificate)?;
    let kind = Kind::of(&parts);
    let checked = kind.check(der);
    let world = names::world(parts.issuer.raw());
    let policies = parts.extension(CERTIFICATE_POLICIES).and_then(extensions::policies).unwrap_or_default();
    let mut warnings = warnings::of_profile(kind, &checked, &parts);
    warnings.extend(warnings::of_world(kind, world, &policies));
    warnings.extend(warnings::of_period(kind, &parts, at));
    let holder = checked.ok().flatten();
    warnings.extend(holder.iter().flat_map(warnings::of_texts));
    let mut facts = vec![
        Fact::new(words::KIND, Shown::Word(kind.word())),
        Fact::new(words::WORLD, Shown::Word(words::world(world))),
    ];
    facts.extend(holder.map(|holder| Fact::new(words::HOLDER, Shown::Facts(holder::facts(&holder)))));
    facts.extend(identity(&parts));
    facts.extend(policy_fact(&policies));
    facts.extend(uses(&parts));
    facts.extend(identifiers(&parts, der));
    Ok(Report { facts, warnings, not_checked: vec![words::NOT_CHAIN, words::NOT_REVOCATION] })
}

/// Who, by whom, under which number, from when to when.
fn identity(parts: &Parts<'_>) -> Vec<Fact> {
    vec![
        Fact::text(words::SUBJECT, names::to_text(parts.subject.raw())),
        Fact::text(words::ISSUER, names::to_text(parts.issuer.raw())),
        Fact::hex(words::SERIAL, parts.serial.content()),
        time(words::NOT_BEFORE, &parts.not_before),
        time(words::NOT_AFTER, &parts.not_after),
    ]
}

/// A time, or its characters where it is none.
pub(super) fn time(label: Word, element: &Element<'_>) -> Fact {
    match parts::time(element) {
        Some(time) => Fact::new(label, Shown::Time(time)),
        None => Fact::text(label, String::from_utf8_lossy(element.content())),
    }
}

/// The name of a signature's algorithm; the octets of its identifier where it has none.
pub(super) fn algorithm(label: Word, identifier: &[u8]) -> Fact {
    match signature_algorithm_name(identifier) {
        Some(name) => Fact::text(label, name),
        None => Fact::hex(label, identifier),
    }
}

fn policy_fact(policies: &[String]) -> Option<Fact> {
    let shown = |oid: &String| {
        let meaning = Policy::of(oid).map_or(words::POLICY_UNKNOWN, |policy| policy.meaning);
        Shown::Facts(vec![
            Fact::text(words::OID, oid.as_str()),
            Fact::new(words::MEANING, Shown::Word(meaning)),
        ])
    };
    let list: Vec<Shown> = policies.iter().map(shown).collect();
    (!list.is_empty()).then(|| Fact::new(words::POLICIES, Shown::List(list)))
}

/// The key, what it is for, and where to ask about revocation.
fn uses(parts: &Parts<'_>) -> Vec<Fact> {
    let mut facts = vec![
        Fact::new(words::KEY, Shown::Facts(key::facts(&parts.key))),
        algorithm(words::SIGNATURE_ALGORITHM, parts.algorithm.raw()),
    ];
    if let Some(usages) = parts.extension(KEY_USAGE).and_then(extensions::key_usage) {
        let usages = usages.into_iter().map(Shown::Word).collect();
        facts.push(Fact::new(words::KEY_USAGE, Shown::List(usages)));
    }
    if let Some(purposes) = parts.extension(EXTENDED_KEY_USAGE).and_then(extensions::purposes) {
        facts.push(Fact::new(words::EXTENDED_KEY_USAGE, extensions::purpose_words(&purposes)));
    }
    let point = parts.extension(CRL_DISTRIBUTION_POINTS).and_then(extensions::distribution_point);
    facts.extend(point.map(|name| Fact::text(words::DISTRIBUTION_POINT, name)));
    let address = parts.extension(AUTHORITY_INFO_ACCESS).and_then(extensions::ocsp_address);
    facts.extend(address.map(|address| Fact::text(words::OCSP_ADDRESS, address)));
    facts
}

fn identifiers(parts: &Parts<'_>, der: &[u8]) -> Vec<Fact> {
    let own = parts.extension(SUBJECT_KEY_IDENTIFIER).and_then(extensions::subject_key_identifier);
    let authority = parts.extension(AUTHORITY_KEY_IDENTIFIER).and_then(extensions::authority_key_identifier);
    let fingerprint = sha256(der);
    let mut facts: Vec<Fact> = own.map(|own| Fact::hex(words::SUBJECT_KEY, own)).into_iter().collect();
    facts.extend(authority.map(|authority| Fact::hex(words::AUTHORITY_KEY, authority)));
    facts.push(Fact::hex(words::FINGERPRINT, &fingerprint));
    facts.push(Fact::new(words::BUILT_IN, Shown::Flag(is_built_in(fingerprint))));
    facts
}

/// Whether it is one of the authorities of the real world that are built in.
fn is_built_in(fingerprint: [u8; 32]) -> bool {
    let Ok(anchors) = Anchors::production() else {
        return false;
    };
    let sets = [Purpose::Signature, Purpose::Authentication].map(|purpose| anchors.authorities(purpose));
    sets.into_iter().flatten().any(|authority| authority.certificate().fingerprint() == fingerprint)
}
