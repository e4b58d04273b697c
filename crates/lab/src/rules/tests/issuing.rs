//! Who gets certificates, when, and until when.

use super::{IN_BETWEEN, adult, at, day, instant};
use crate::register::{Cause, Entry, Standing, Ward};
use crate::rules::{Decision, Outside, Refusal, Request, Rule, SWITCHES, Switches, decide};
use crate::{Purpose, Reason};

/// [`adult`] without certificates, a little different.
fn bare(change: impl FnOnce(&mut Entry)) -> Entry {
    let mut entry = adult();
    entry.certificates.clear();
    change(&mut entry);
    entry
}

fn issue(purposes: &[Purpose]) -> Request {
    Request::Issue { purposes: purposes.to_vec(), substitutes: Vec::new() }
}

fn granted(decision: Result<Decision, Refusal>) -> Vec<(Purpose, String, Rule)> {
    let grants = decision.unwrap().grants;
    grants.into_iter().map(|grant| (grant.purpose, grant.until.to_string(), grant.set_by)).collect()
}

#[test]
fn who_may_not_have_a_certificate_is_told_the_rule() {
    let both = Purpose::ALL.as_slice();
    let teenager = |entry: &mut Entry| entry.basic_four_items.birth = day("2012-06-02");
    let ward =
        |special_circumstances| move |entry: &mut Entry| entry.ward = Some(Ward { special_circumstances });
    let standing = |standing| move |entry: &mut Entry| entry.standing = standing;
    let (since, possible_from) = (day("2027-01-01"), day("2027-06-02"));
    let suspended = instant("2027-05-01T00:00:00Z");
    let cases: Vec<(&str, Entry, &[Purpose], Refusal)> = vec![
        ("a day too young", bare(teenager), both, Refusal::UnderFifteen { possible_from }),
        ("a ward", bare(ward(false)), &[Purpose::Signature], Refusal::Ward),
        ("dead", bare(standing(Standing::Died { on: since })), both, Refusal::NotRegistered { since }),
        (
            "abroad with the card",
            bare(standing(Standing::Abroad { since, keeps_card: true })),
            &[Purpose::Authentication],
            Refusal::NotRegistered { since },
        ),
        ("no card", bare(|entry| entry.card = None), both, Refusal::NoCard),
        (
            "a card that ended yesterday",
            bare(|entry| entry.card.as_mut().unwrap().expires = day("2027-05-31")),
            both,
            Refusal::CardExpired { on: day("2027-05-31") },
        ),
        (
            "a suspended card",
            bare(|entry| entry.card.as_mut().unwrap().suspended = Some(suspended)),
            both,
            Refusal::CardSuspended { since: suspended },
        ),
        (
            "one in force",
            adult(),
            &[Purpose::Authentication],
            Refusal::AlreadyHeld { purpose: Purpose::Authentication, until: instant("2031-04-01T14:59:59Z") },
        ),
        (
            "a stay that ended yesterday",
            bare(|entry| {
                let foreign = entry.foreign_resident.insert(Default::default());
                foreign.stay_ends = Some(day("2027-05-31"));
            }),
            both,
            Refusal::OverAlready {
                purpose: Purpose::Authentication,
                on: day("2027-05-31"),
                set_by: Rule::NotBeyondTheStay,
            },
        ),
    ];
    for (name, entry, purposes, expected) in cases {
        let refusal = at(&entry, IN_BETWEEN, &issue(purposes)).unwrap_err();
        assert_eq!(refusal, expected, "{name}");
        assert!(refusal.advice().ends_with('。'), "{name}");
    }
}

#[test]
fn who_may_have_a_certificate_gets_it_until_the_right_day() {
    let (fifth, until) = (Rule::FifthBirthday, || "2032-04-01".to_owned());
    let teenager = |entry: &mut Entry| entry.basic_four_items.birth = day("2012-06-01");
    let child = |entry: &mut Entry| entry.basic_four_items.birth = day("2020-06-01");
    let ward = |entry: &mut Entry| entry.ward = Some(Ward { special_circumstances: false });
    let special = |entry: &mut Entry| entry.ward = Some(Ward { special_circumstances: true });
    let authentication = |until: &str| vec![(Purpose::Authentication, until.to_owned(), fifth)];
    let both =
        |until: &str| [authentication(until), vec![(Purpose::Signature, until.to_owned(), fifth)]].concat();
    let cases = [
        ("an adult", bare(|_| ()), Purpose::ALL.as_slice(), both(&until())),
        ("on the 15th birthday", bare(teenager), &Purpose::ALL, both("2032-06-01")),
        ("a child", bare(child), &[Purpose::Authentication], authentication("2032-06-01")),
        ("a ward", bare(ward), &[Purpose::Authentication], authentication(&until())),
        ("a ward in special circumstances", bare(special), &Purpose::ALL, both(&until())),
    ];
    for (name, entry, purposes, expected) in cases {
        assert_eq!(granted(at(&entry, IN_BETWEEN, &issue(purposes))), expected, "{name}");
    }
}

#[test]
fn a_new_signature_certificate_does_not_outlive_the_old_authentication_certificate() {
    let mut entry = adult();
    entry.certificates.retain(|certified| certified.purpose == Purpose::Authentication);
    let granted = granted(at(&entry, IN_BETWEEN, &issue(&[Purpose::Signature])));
    assert_eq!(granted, [(Purpose::Signature, "2031-04-01".to_owned(), Rule::NotBeyondAuthentication)]);
}

#[test]
fn a_second_certificate_is_a_matter_of_a_switch() {
    let switches = Switches { one_of_each: false, ..SWITCHES };
    let decision = decide(&adult(), &issue(&[Purpose::Authentication]), instant(IN_BETWEEN), &switches);
    assert_eq!(decision.unwrap().grants.len(), 1);
}

#[test]
fn a_new_card_goes_to_who_has_none_in_force() {
    let new_card = |entry: &Entry, purposes: &[Purpose]| {
        let request = Request::NewCard { purposes: purposes.to_vec(), substitutes: Vec::new() };
        at(entry, IN_BETWEEN, &request)
    };
    let held = Err(Refusal::CardHeld { until: day("2036-04-01") });
    assert_eq!(new_card(&bare(|_| ()), &Purpose::ALL), held);
    assert_eq!(
        new_card(&bare(|entry| entry.card.as_mut().unwrap().suspended = Some(instant(IN_BETWEEN))), &[]),
        held
    );
    let child = bare(|entry| {
        entry.card = None;
        entry.basic_four_items.birth = day("2020-06-02");
    });
    assert!(matches!(new_card(&child, &Purpose::ALL), Err(Refusal::UnderFifteen { .. })));
    let decision = new_card(&child, &[Purpose::Authentication]).unwrap();
    assert!(decision.new_card);
    assert_eq!(decision.entry.card.unwrap().expires, day("2031-06-02"));
    assert_eq!(
        granted(Ok(decision)),
        [(Purpose::Authentication, "2031-06-02".to_owned(), Rule::FifthBirthday)]
    );
}

#[test]
fn renewal_is_possible_from_the_first_second_of_the_day_to_the_last() {
    let renew = Request::Renew { purposes: Purpose::ALL.to_vec() };
    let sixth = |until: &str| Ok(until.to_owned());
    let early = Refusal::TooEarly { purpose: Purpose::Signature, possible_from: day("2031-01-01") };
    let cases = [
        (IN_BETWEEN, Err(early.clone())),
        ("2030-12-31T14:59:59Z", Err(early)),
        ("2030-12-31T15:00:00Z", sixth("2036-04-01")),
        ("2031-03-31T14:59:59Z", sixth("2036-04-01")),
        ("2031-04-01T14:59:59Z", sixth("2036-04-01")),
        ("2031-04-01T15:00:00Z", Err(Refusal::NothingToRenew { purpose: Purpose::Signature })),
    ];
    for (when, expected) in cases {
        let decision = at(&adult(), when, &renew);
        let until = decision.as_ref().map(|decision| {
            assert!(decision.grants.iter().all(|grant| grant.until == decision.grants[0].until));
            decision.grants[0].until.to_string()
        });
        assert_eq!(until.map_err(Clone::clone), expected, "{when}");
        for certified in decision.iter().flat_map(|decision| &decision.entry.certificates) {
            let revocation = certified.revocation.unwrap();
            assert_eq!((revocation.reason, revocation.cause), (Reason::Superseded, Cause::Renewed));
        }
    }
}

#[test]
fn characters_that_no_certificate_holds_need_a_substitute() {
    let entry = bare(|entry| {
        "髙﨑　𠮷子".clone_into(&mut entry.basic_four_items.name);
        "千葉県みほん市①番".clone_into(&mut entry.basic_four_items.address);
        "000000000".clone_into(&mut entry.basic_four_items.address_substitutes);
    });
    let ask = |substitutes: &[(char, char)]| {
        let request = Request::Issue { purposes: Purpose::ALL.to_vec(), substitutes: substitutes.to_vec() };
        at(&entry, IN_BETWEEN, &request)
    };
    let outside = |item, position, character| Outside { item, position, character };
    let all = [('髙', '高'), ('﨑', '崎'), ('𠮷', '吉'), ('①', '１')];
    let one_left = ask(&all[1..]).unwrap_err();
    assert_eq!(one_left, Refusal::OutsideRepertoire(vec![outside("name", 1, '髙')]));
    let to_another = ask(&[('髙', '髙'), all[1], all[2]]).unwrap_err();
    let both = vec![outside("name", 1, '髙'), outside("address", 8, '①')];
    assert_eq!(to_another, Refusal::OutsideRepertoire(both));
    let items = ask(&all).unwrap().entry.basic_four_items;
    assert_eq!((items.name.as_str(), items.name_substitutes.as_str()), ("高崎　吉子", "11010"));
    assert_eq!(
        (items.address.as_str(), items.address_substitutes.as_str()),
        ("千葉県みほん市１番", "000000010")
    );
}
