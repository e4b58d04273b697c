//! Issue and renewal.

use der::DateTime;

use super::validity::{card_expiry, end, renewable_from, signs_from};
use super::{Case, Decision, Refusal, Reset, Rule, Substitute, with_substitutes};
use crate::birthday::day_in_japan;
use crate::register::{Card, Cause, Certified, Entry, Standing};
use crate::{Date, Purpose, Reason};

/// Said of a new signature certificate, which not every service knows at once.
const USABLE_TOMORROW: &str = "署名用電子証明書は、サービスによっては翌日から使えます。";

/// A certificate to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// What for.
    pub purpose: Purpose,
    /// Its last day.
    pub until: Date,
    /// The rule that sets it.
    pub set_by: Rule,
}

pub(super) fn issue(case: &Case, purposes: &[Purpose], chosen: &[Substitute]) -> Result<Decision, Refusal> {
    eligible(case, purposes)?;
    for purpose in purposes {
        if let (true, Some(held)) = (case.switches.one_of_each, case.entry.in_force(*purpose, case.at)) {
            return Err(Refusal::AlreadyHeld { purpose: *purpose, until: held.not_after });
        }
    }
    let mut decision = case.unchanged();
    decision.entry.basic_four_items = with_substitutes(&case.entry.basic_four_items, chosen)?;
    decision.grants = grants(case, purposes, Rule::FifthBirthday)?;
    decision.rules = decision.grants.iter().map(|grant| grant.set_by).collect();
    let usable = if purposes.contains(&Purpose::Signature) { USABLE_TOMORROW } else { "" };
    decision.advice = format!("電子証明書を発行しました。{usable}");
    Ok(decision)
}

pub(super) fn new_card(
    case: &Case,
    purposes: &[Purpose],
    chosen: &[Substitute],
) -> Result<Decision, Refusal> {
    registered(case.entry)?;
    if let (true, Some(card)) =
        (case.switches.one_of_each, case.entry.card.filter(|card| card.expires >= case.today))
    {
        return Err(Refusal::CardHeld { until: card.expires });
    }
    let expires = card_expiry(case.entry.basic_four_items.birth, case.today, case.switches);
    let card = Some(Card { issued: case.today, expires, suspended: None });
    let entry = Entry { card, ..case.entry.clone() };
    let mut decision = issue(&Case { entry: &entry, ..*case }, purposes, chosen)?;
    decision.new_card = true;
    decision.reset = Some(Reset::All);
    decision.rules.insert(0, Rule::CardExpiry);
    "マイナンバーカードを交付し、電子証明書を記録しました。".clone_into(&mut decision.advice);
    Ok(decision)
}

pub(super) fn renew(case: &Case, purposes: &[Purpose]) -> Result<Decision, Refusal> {
    eligible(case, purposes)?;
    for purpose in purposes {
        let old =
            case.entry.in_force(*purpose, case.at).ok_or(Refusal::NothingToRenew { purpose: *purpose })?;
        let possible_from = renewable_from(last_day(old), case.switches);
        if case.today < possible_from {
            return Err(Refusal::TooEarly { purpose: *purpose, possible_from });
        }
    }
    let mut decision = case.unchanged();
    decision.grants = grants(case, purposes, Rule::SixthBirthday)?;
    decision.revoke(case, purposes, Reason::Superseded, Cause::Renewed);
    decision.rules = vec![Rule::RenewalFromThreeMonths, Rule::RenewalSupersedes];
    decision.rules.extend(decision.grants.iter().map(|grant| grant.set_by));
    "電子証明書を更新しました。それまでの電子証明書は使えなくなりました。".clone_into(&mut decision.advice);
    Ok(decision)
}

/// Whether the resident may have certificates for these purposes at all.
fn eligible(case: &Case, purposes: &[Purpose]) -> Result<(), Refusal> {
    registered(case.entry)?;
    card_in_force(case)?;
    if purposes.contains(&Purpose::Signature) {
        let possible_from = signs_from(case.entry.basic_four_items.birth, case.switches);
        if case.today < possible_from {
            return Err(Refusal::UnderFifteen { possible_from });
        }
        if case.entry.ward.is_some_and(|ward| !ward.special_circumstances) {
            return Err(Refusal::Ward);
        }
    }
    Ok(())
}

/// Whether the resident is on the register of residents.
pub(super) const fn registered(entry: &Entry) -> Result<(), Refusal> {
    match entry.standing {
        Standing::Resident => Ok(()),
        Standing::Died { on: since } | Standing::Abroad { since, .. } => {
            Err(Refusal::NotRegistered { since })
        }
    }
}

/// Whether the card can take anything new.
pub(super) fn card_in_force(case: &Case) -> Result<(), Refusal> {
    let card = case.entry.card.ok_or(Refusal::NoCard)?;
    if let Some(since) = card.suspended {
        return Err(Refusal::CardSuspended { since });
    }
    if card.expires < case.today { Err(Refusal::CardExpired { on: card.expires }) } else { Ok(()) }
}

/// The authentication certificate comes first: a new one no longer cuts the signature certificate short.
fn grants(case: &Case, purposes: &[Purpose], by_birthday: Rule) -> Result<Vec<Grant>, Refusal> {
    let mut authentication = case.entry.in_force(Purpose::Authentication, case.at).map(last_day);
    let mut grants = Vec::new();
    for purpose in [Purpose::Authentication, Purpose::Signature] {
        if !purposes.contains(&purpose) {
            continue;
        }
        let end = end(case.entry, purpose, by_birthday, case.today, authentication, case.switches);
        if end.day < case.today {
            return Err(Refusal::OverAlready { purpose, on: end.day, set_by: end.set_by });
        }
        if purpose == Purpose::Authentication {
            authentication = Some(end.day);
        }
        grants.push(Grant { purpose, until: end.day, set_by: end.set_by });
    }
    Ok(grants)
}

fn last_day(certified: &Certified) -> Date {
    day_of(certified.not_after)
}

/// The day in Japan; at the end of time, the day in Greenwich.
pub(super) fn day_of(at: DateTime) -> Date {
    day_in_japan(at).unwrap_or_else(|_| Date::new(at.year(), at.month(), at.day()))
}
