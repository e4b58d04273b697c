//! The lab's certificates against those read off a test card of the public service: every field, and every
//! difference with its reason.

mod deviations;
mod differences;
mod fields;

use std::sync::LazyLock;
use std::time::SystemTime;

use self::differences::Difference;
use self::fields::fields;
use crate::{RESIDENTS, World};

static WORLD: LazyLock<World> =
    LazyLock::new(|| World::with_residents(SystemTime::now(), &RESIDENTS[..1]).unwrap());

/// Compares field by field. What differs must stand in the table, and what stands there must differ.
fn compare(ours: &[(String, String)], theirs: &[(String, String)], explained: &[Difference]) {
    let names = |fields: &[(String, String)]| fields.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(ours), names(theirs), "the same fields in the same order");
    let differences: Vec<_> = ours
        .iter()
        .zip(theirs)
        .filter(|(ours, theirs)| ours != theirs)
        .map(|((name, ours), (_, theirs))| (name.as_str(), ours.as_str(), theirs.as_str()))
        .collect();
    for found in &differences {
        let known = explained.iter().any(|(name, ours, theirs, _)| (*name, *ours, *theirs) == *found);
        assert!(known, "unexplained: {found:#?} among {differences:#?}");
    }
    for (name, ours, theirs, reason) in explained {
        assert!(differences.contains(&(name, ours, theirs)), "no longer so: {name}, {reason}");
    }
}

#[test]
fn a_signature_certificate_differs_from_a_real_one_only_where_it_must() {
    let world = &*WORLD;
    compare(
        &fields(&world.holders[0].signature.certificate, &world.holders[0].authorities[0]),
        &fields(
            include_bytes!("../../tests/data/jpki-sign-cert.der"),
            include_bytes!("../../tests/data/jpki-sign-ca-cert.der"),
        ),
        &differences::SIGNATURE,
    );
}

#[test]
fn an_authentication_certificate_differs_from_a_real_one_only_where_it_must() {
    let world = &*WORLD;
    compare(
        &fields(&world.holders[0].authentication.certificate, &world.holders[0].authorities[1]),
        &fields(
            include_bytes!("../../tests/data/jpki-auth-cert.der"),
            include_bytes!("../../tests/data/jpki-auth-ca-cert.der"),
        ),
        &differences::AUTHENTICATION,
    );
}

#[test]
fn an_authority_for_signatures_differs_from_a_real_one_only_where_it_must() {
    let ours = &WORLD.holders[0].authorities[0];
    let theirs = include_bytes!("../../tests/data/jpki-sign-ca-cert.der");
    compare(&fields(ours, ours), &fields(theirs, theirs), &differences::SIGNATURE_AUTHORITY);
}

#[test]
fn an_authority_for_authentication_differs_from_a_real_one_only_where_it_must() {
    let ours = &WORLD.holders[0].authorities[1];
    let theirs = include_bytes!("../../tests/data/jpki-auth-ca-cert.der");
    compare(&fields(ours, ours), &fields(theirs, theirs), &differences::AUTHENTICATION_AUTHORITY);
}
