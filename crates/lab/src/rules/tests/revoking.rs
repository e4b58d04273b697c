//! What is revoked, and why.

use super::{IN_BETWEEN, adult, at, day};
use crate::register::{Cause, Entry, ForeignResident, Standing};
use crate::rules::{Change, Ground, LossReport, Refusal, Request, Rule};
use crate::{Municipality, Purpose, Reason, Sex};

const SIGNATURE: &[Purpose] = &[Purpose::Signature];
const BOTH: &[Purpose] = &Purpose::ALL;

fn revoke(ground: Ground, purposes: &[Purpose]) -> Request {
    Request::Revoke { ground, purposes: purposes.to_vec() }
}

fn change(change: Change) -> Request {
    Request::Change { change, substitutes: Vec::new() }
}

fn address(address: &str) -> Change {
    Change::Address { address: address.to_owned() }
}

fn foreign() -> Entry {
    let foreign_resident =
        Some(ForeignResident { alias: Some("見本　アン".to_owned()), stay_ends: None });
    Entry { foreign_resident, ..adult() }
}

/// Purposes and reasons of what is revoked at an instant.
fn revoked(entry: &Entry) -> Vec<(Purpose, Reason, Cause)> {
    let revoked = entry.certificates.iter().filter_map(|certified| {
        let revocation = certified.revocation?;
        Some((certified.purpose, revocation.reason, revocation.cause))
    });
    revoked.collect()
}

#[test]
fn each_event_revokes_what_its_rule_says() {
    let elsewhere = Change::AddressElsewhere {
        address: "千葉県となり市栄町１番".to_owned(),
        municipality: Municipality::Tonari,
    };
    let (name, birth) = ("隣　花子".to_owned(), Some(day("1985-04-02")));
    let changed = (Reason::AffiliationChanged, Cause::ItemsChanged);
    let ceased = Reason::CessationOfOperation;
    let abroad = |keeps_card| Request::MoveAbroad { keeps_card };
    let report = |to| Request::ReportLoss { to };
    let cases = [
        (revoke(Ground::Request, BOTH), BOTH, ceased, Cause::OnRequest, Rule::RevokedOnRequest),
        (revoke(Ground::Request, SIGNATURE), SIGNATURE, ceased, Cause::OnRequest, Rule::RevokedOnRequest),
        (
            revoke(Ground::Key, BOTH),
            BOTH,
            Reason::KeyCompromise,
            Cause::KeyCompromised,
            Rule::RevokedForItsKey,
        ),
        (
            revoke(Ground::RecordError, SIGNATURE),
            SIGNATURE,
            changed.0,
            Cause::RecordError,
            Rule::RevokedForAnError,
        ),
        (revoke(Ground::ExOfficio, BOTH), BOTH, ceased, Cause::ExOfficio, Rule::RevokedExOfficio),
        (
            revoke(Ground::Authority, SIGNATURE),
            SIGNATURE,
            Reason::CaCompromise,
            Cause::AuthorityCompromised,
            Rule::RevokedForItsAuthority,
        ),
        (change(address("千葉県みほん市港２番")), SIGNATURE, changed.0, changed.1, Rule::RevokedForItsItems),
        (change(elsewhere), SIGNATURE, changed.0, changed.1, Rule::RevokedForItsItems),
        (change(Change::Name { name }), SIGNATURE, changed.0, changed.1, Rule::RevokedForItsItems),
        (
            change(Change::BirthOrSex { birth, sex: None }),
            SIGNATURE,
            changed.0,
            changed.1,
            Rule::RevokedForItsItems,
        ),
        (Request::Alias { alias: None }, SIGNATURE, changed.0, Cause::AliasChanged, Rule::RevokedForItsAlias),
        (Request::Die, BOTH, ceased, Cause::Died, Rule::RevokedAtDeath),
        (abroad(false), BOTH, ceased, Cause::MovedAbroad, Rule::RevokedAbroad),
        (abroad(true), SIGNATURE, ceased, Cause::MovedAbroad, Rule::KeptAbroad),
        (
            report(LossReport::Helpline),
            BOTH,
            Reason::CertificateHold,
            Cause::Suspended,
            Rule::LossByTelephone,
        ),
        (report(LossReport::Police), &[], ceased, Cause::Lost, Rule::LossToThePolice),
        (report(LossReport::Counter), BOTH, Reason::KeyCompromise, Cause::Lost, Rule::LossAtTheCounter),
    ];
    for (request, purposes, reason, cause, rule) in cases {
        let decision = at(&foreign(), IN_BETWEEN, &request).unwrap();
        let expected: Vec<_> = purposes.iter().map(|purpose| (*purpose, reason, cause)).collect();
        assert_eq!(revoked(&decision.entry), expected, "{request:?}");
        assert_eq!(decision.rules[0], rule, "{request:?}");
        assert!(decision.advice.ends_with('。') && decision.grants.is_empty(), "{request:?}");
    }
}

#[test]
fn what_has_ended_is_left_alone_and_what_is_on_hold_can_still_be_revoked() {
    let ended = "2031-04-01T15:00:00Z";
    let key = revoke(Ground::Key, BOTH);
    assert_eq!(at(&adult(), ended, &key).unwrap_err(), Refusal::NothingToRevoke);

    let lost = at(&adult(), IN_BETWEEN, &Request::ReportLoss { to: LossReport::Helpline }).unwrap().entry;
    let again = at(&lost, IN_BETWEEN, &Request::ReportLoss { to: LossReport::Helpline }).unwrap_err();
    assert!(matches!(again, Refusal::CardSuspended { .. }), "{again}");
    let reported = at(&lost, IN_BETWEEN, &Request::ReportLoss { to: LossReport::Counter }).unwrap().entry;
    assert_eq!(reported.card, None);
    let counter = Request::ReportLoss { to: LossReport::Counter };
    assert_eq!(at(&reported, IN_BETWEEN, &counter).unwrap_err(), Refusal::NothingToRevoke);
    let mut bare = adult();
    bare.certificates.clear();
    assert_eq!(at(&bare, IN_BETWEEN, &counter).unwrap().entry.card, None, "a card without certificates");
    assert!(revoked(&reported).iter().all(|(_, reason, _)| *reason == Reason::KeyCompromise));
    assert_eq!(at(&reported, IN_BETWEEN, &key).unwrap_err(), Refusal::NothingToRevoke);
    assert!(matches!(
        at(&lost, IN_BETWEEN, &Request::Renew { purposes: BOTH.to_vec() }).unwrap_err(),
        Refusal::CardSuspended { .. }
    ));
}

#[test]
fn a_change_is_taken_down_even_where_nothing_is_left_to_revoke() {
    let mut entry = adult();
    entry.certificates.clear();
    let decision = at(&entry, IN_BETWEEN, &change(address("千葉県みほん市港２番"))).unwrap();
    assert_eq!(decision.entry.basic_four_items.address, "千葉県みほん市港２番");
    assert_eq!(decision.entry.basic_four_items.address_substitutes, "0000000000");
}

#[test]
fn what_changes_nothing_or_cannot_be_is_refused() {
    let dead = Entry { standing: Standing::Died { on: day("2027-05-01") }, ..adult() };
    let same = Change::BirthOrSex { birth: None, sex: Some(Sex::Female) };
    let cases = [
        (adult(), change(address("千葉県みほん市本町１番")), "revoked-for-its-items"),
        (adult(), change(same), "revoked-for-its-items"),
        (adult(), change(address("千葉県みほん市髙町１番")), "substitute-characters"),
        (adult(), Request::Alias { alias: Some("アン".to_owned()) }, "revoked-for-its-alias"),
        (foreign(), Request::Alias { alias: Some("見本　アン".to_owned()) }, "revoked-for-its-items"),
        (dead.clone(), change(address("千葉県みほん市港２番")), "on-the-register"),
        (dead.clone(), Request::MoveAbroad { keeps_card: true }, "on-the-register"),
        (dead, Request::Die, "on-the-register"),
    ];
    for (entry, request, rule) in cases {
        assert_eq!(at(&entry, IN_BETWEEN, &request).unwrap_err().rule().id(), rule, "{request:?}");
    }
}
