//! How long cards and certificates are valid, and from when on they are renewed.

use crate::calendar::{anniversary, day_before, months_before};
use crate::register::Entry;
use crate::rules::{AgeReached, Rule, Switches};
use crate::{Date, Purpose};

const AGE_FOR_SIGNATURES: u16 = 15;
const AGE_FOR_TEN_YEARS: u16 = 18;

/// The last day of something, and the rule that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The day; it is over at midnight in Japan.
    pub day: Date,
    /// The rule.
    pub set_by: Rule,
}

/// The last day of a card ([`Rule::CardExpiry`]).
#[must_use]
pub fn card_expiry(birth: Date, issued: Date, switches: &Switches) -> Date {
    let adult = issued >= reaches(birth, AGE_FOR_TEN_YEARS, switches);
    nth_birthday_after(birth, issued, if adult { 10 } else { 5 }, switches)
}

/// The first day on which a resident may have a signature certificate ([`Rule::SignatureFromFifteen`]).
#[must_use]
pub fn signs_from(birth: Date, switches: &Switches) -> Date {
    reaches(birth, AGE_FOR_SIGNATURES, switches)
}

/// The first day on which a certificate with this last day is renewed ([`Rule::RenewalFromThreeMonths`]).
#[must_use]
pub fn renewable_from(last: Date, switches: &Switches) -> Date {
    months_before(last, 3, switches.renewal_month_lacks_the_day)
}

/// The last day of a certificate made on a day: the birthday of `by_birthday`, or what cuts it short: the card, the stay,
/// and for a signature certificate the authentication certificate that it will lie beside, if there is one.
#[must_use]
pub fn end(
    entry: &Entry,
    purpose: Purpose,
    by_birthday: Rule,
    made: Date,
    authentication: Option<Date>,
    switches: &Switches,
) -> End {
    let count = if by_birthday == Rule::SixthBirthday { 6 } else { 5 };
    let birthday = nth_birthday_after(entry.basic_four_items.birth, made, count, switches);
    let stay = entry.foreign_resident.as_ref().and_then(|foreign| foreign.stay_ends);
    let limits = [
        (Some(birthday), by_birthday),
        (entry.card.map(|card| card.expires), Rule::NotBeyondTheCard),
        (stay, Rule::NotBeyondTheStay),
        (authentication.filter(|_| purpose == Purpose::Signature), Rule::NotBeyondAuthentication),
    ];
    let limits = limits.into_iter().filter_map(|(day, set_by)| day.map(|day| End { day, set_by }));
    limits.min_by_key(|end| end.day).unwrap_or(End { day: birthday, set_by: by_birthday })
}

fn nth_birthday_after(birth: Date, day: Date, count: u16, switches: &Switches) -> Date {
    let birthday = |year| anniversary(birth, year, switches.birthday_of_29_february);
    let first = if birthday(day.year) > day { day.year } else { day.year.saturating_add(1) };
    birthday(first.saturating_add(count.saturating_sub(1)))
}

/// The first day on which someone counts as that old.
fn reaches(birth: Date, age: u16, switches: &Switches) -> Date {
    let birthday = anniversary(birth, birth.year.saturating_add(age), switches.birthday_of_29_february);
    match switches.age {
        AgeReached::OnTheBirthday => birthday,
        AgeReached::TheDayBefore => day_before(birthday),
    }
}
