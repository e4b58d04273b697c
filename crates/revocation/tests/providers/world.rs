//! Two authorities, one resident in each of two cities, and lists of any age.

use der::DateTime;
use shomei_lab::{Municipality, Purpose, RESIDENTS, Reason, World};
use shomei_pki::{
    Anchors, Authority, RevocationSource, RevocationStatus, RsaVerifier, SigningCertificate, UnixTime,
    UnknownReason,
};
use shomei_revocation::{Lists, Verifier};
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, SystemTime};

pub const DAY: i64 = 86_400;

static WORLD: LazyLock<World> = LazyLock::new(|| {
    World::with_residents(SystemTime::now(), &[RESIDENTS[0].clone(), RESIDENTS[3].clone()]).unwrap()
});

pub fn world() -> &'static World {
    &WORLD
}

/// The instant of the world, moved by seconds.
pub fn at(seconds: i64) -> UnixTime {
    UnixTime::from_seconds(WORLD.made.unix_duration().as_secs().try_into().unwrap()).plus(seconds)
}

/// The same as the lab takes it.
pub fn lab_time(seconds: i64) -> DateTime {
    DateTime::from_unix_duration(Duration::from_secs(at(seconds).seconds().try_into().unwrap())).unwrap()
}

pub fn verifier() -> Verifier {
    Arc::new(RsaVerifier)
}

pub fn anchors() -> Anchors {
    anchors_of(&WORLD.signature)
}

pub fn anchors_of(authority: &shomei_lab::Authority) -> Anchors {
    let none: &[Vec<u8>] = &[];
    Anchors::load(shomei_pki::World::Lab, &[authority.own().unwrap().certificate], none).unwrap()
}

pub fn lists(seen: Option<&Path>) -> Arc<Lists> {
    Arc::new(Lists::new(anchors(), verifier(), seen).unwrap())
}

pub fn issuer() -> Authority {
    Authority::parse(&WORLD.holders[0].authorities[0]).unwrap()
}

/// The certificate of the resident of みほん市 (0) or of となり市 (1).
pub fn holder(number: usize) -> SigningCertificate {
    SigningCertificate::parse(&WORLD.holders[number].signature.certificate).unwrap()
}

fn city(number: usize) -> Municipality {
    WORLD.holders[number].resident.municipality
}

/// A city's first list, made so many seconds after the instant of the world.
pub fn first_list(number: usize, made: i64) -> Vec<u8> {
    WORLD.signature.empty_list(city(number), lab_time(made)).unwrap()
}

/// The list after `list`, with the same entries.
pub fn next_list(number: usize, list: &[u8], made: i64) -> Vec<u8> {
    WORLD.signature.renew_list(city(number), list, lab_time(made)).unwrap()
}

/// The list after `list`, with the city's resident on it.
pub fn revoking_list(number: usize, list: &[u8], made: i64) -> Vec<u8> {
    let certificate = &WORLD.holders[number].signature.certificate;
    WORLD
        .signature
        .revoke(city(number), list, certificate, Reason::AffiliationChanged, lab_time(made))
        .unwrap()
}

/// A list of みほん市 by an authority of the same name and another key.
pub fn list_by(authority: &shomei_lab::Authority, made: i64) -> Vec<u8> {
    authority.empty_list(city(0), lab_time(made)).unwrap()
}

pub fn other_authority() -> shomei_lab::Authority {
    shomei_lab::Authority::found(Purpose::Signature, lab_time(-365 * DAY)).unwrap()
}

pub fn status(source: &dyn RevocationSource, number: usize, seconds: i64) -> RevocationStatus {
    source.answer(holder(number).certificate(), &issuer(), at(seconds)).status
}

pub fn good(seconds: i64) -> RevocationStatus {
    RevocationStatus::Good { as_of: at(seconds) }
}

pub fn unknown(why: UnknownReason) -> RevocationStatus {
    RevocationStatus::Unknown { why }
}

pub fn is_revoked(status: RevocationStatus) -> bool {
    matches!(status, RevocationStatus::Revoked { .. })
}
