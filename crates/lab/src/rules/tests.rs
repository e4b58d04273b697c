//! Every rule at its boundary days.

mod asking;
mod issuing;
mod revoking;
mod validity;

use std::collections::BTreeSet;

use super::*;
use crate::register::{Card, Certified, Items, Standing};
use crate::{Municipality, Sex};

pub(super) fn instant(text: &str) -> DateTime {
    text.parse().unwrap()
}

pub(super) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A certificate in force from 2026-04-02 to the birthday in 2031.
pub(super) fn certified(purpose: Purpose) -> Certified {
    Certified {
        purpose,
        serial: format!("4{}000001", purpose.word().len() % 10),
        municipality: Municipality::Mihon,
        issued: instant("2026-04-02T00:00:00Z"),
        not_after: instant("2031-04-01T14:59:59Z"),
        file: String::new(),
        revocation: None,
    }
}

/// Someone born on 1985-04-01 with a card until 2036 and both certificates.
pub(super) fn adult() -> Entry {
    Entry {
        holder: "mihon-hanako".to_owned(),
        municipality: Municipality::Mihon,
        basic_four_items: Items {
            name: "見本　花子".to_owned(),
            name_substitutes: "00000".to_owned(),
            address: "千葉県みほん市本町１番".to_owned(),
            address_substitutes: "00000000000".to_owned(),
            birth: day("1985-04-01"),
            sex: Sex::Female,
        },
        foreign_resident: None,
        ward: None,
        standing: Standing::Resident,
        card: Some(Card { issued: day("2026-04-02"), expires: day("2036-04-01"), suspended: None }),
        inquiry: None,
        certificates: Purpose::ALL.map(certified).to_vec(),
    }
}

pub(super) fn at(entry: &Entry, when: &str, request: &Request) -> Result<Decision, Refusal> {
    decide(entry, request, instant(when), &SWITCHES)
}

/// An instant at which everything of [`adult`] is in force and nothing can be renewed.
pub(super) const IN_BETWEEN: &str = "2027-06-01T00:00:00Z";

#[test]
fn every_rule_says_what_it_is_and_where_it_comes_from() {
    let ids: BTreeSet<_> = Rule::ALL.iter().map(|rule| rule.id()).collect();
    assert_eq!(ids.len(), Rule::ALL.len());
    for rule in Rule::ALL {
        assert!(rule.japanese().ends_with('。') && rule.english().ends_with('.'), "{rule}");
        assert!(rule.source().chars().count() > 5, "{rule}");
    }
}
