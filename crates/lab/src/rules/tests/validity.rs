//! Last days, and first days of renewal.

use super::{adult, day};
use crate::register::ForeignResident;
use crate::rules::{AgeReached, Rule, SWITCHES, Switches, card_expiry, end, renewable_from, signs_from};
use crate::{MissingDay, Purpose};

#[test]
fn a_certificate_ends_with_whatever_ends_first() {
    use Purpose::{Authentication, Signature};
    let (fifth, sixth) = (Rule::FifthBirthday, Rule::SixthBirthday);
    let cases = [
        // purpose, by, birth, made; end of card, stay and authentication certificate; last day, set by
        (Signature, fifth, "1980-02-17", "2025-10-27", "2035-02-17", None, None, "2030-02-17", fifth),
        (Signature, fifth, "1985-04-01", "2026-03-31", "2036-04-01", None, None, "2030-04-01", fifth),
        (Signature, fifth, "1985-04-01", "2026-04-01", "2036-04-01", None, None, "2031-04-01", fifth),
        (Signature, sixth, "1985-04-01", "2030-01-01", "2036-04-01", None, None, "2035-04-01", sixth),
        (Signature, sixth, "1985-04-01", "2030-03-31", "2036-04-01", None, None, "2035-04-01", sixth),
        (Signature, sixth, "1985-04-01", "2030-04-01", "2036-04-01", None, None, "2036-04-01", sixth),
        (
            Signature,
            fifth,
            "1985-04-01",
            "2033-04-01",
            "2036-04-01",
            None,
            None,
            "2036-04-01",
            Rule::NotBeyondTheCard,
        ),
        (
            Signature,
            fifth,
            "1985-04-01",
            "2026-04-01",
            "2031-03-31",
            None,
            None,
            "2031-03-31",
            Rule::NotBeyondTheCard,
        ),
        (
            Signature,
            fifth,
            "1985-04-01",
            "2026-04-01",
            "2036-04-01",
            Some("2027-08-15"),
            None,
            "2027-08-15",
            Rule::NotBeyondTheStay,
        ),
        (
            Signature,
            fifth,
            "1985-04-01",
            "2026-04-01",
            "2036-04-01",
            Some("2031-04-01"),
            None,
            "2031-04-01",
            fifth,
        ),
        (
            Signature,
            fifth,
            "1985-04-01",
            "2026-04-01",
            "2036-04-01",
            None,
            Some("2031-03-31"),
            "2031-03-31",
            Rule::NotBeyondAuthentication,
        ),
        (
            Authentication,
            fifth,
            "1985-04-01",
            "2026-04-01",
            "2036-04-01",
            None,
            Some("2031-03-31"),
            "2031-04-01",
            fifth,
        ),
        (Signature, fifth, "2004-02-29", "2025-01-01", "2035-02-28", None, None, "2029-02-28", fifth),
        (Signature, fifth, "2004-02-29", "2024-01-01", "2034-02-28", None, None, "2028-02-29", fifth),
        (Signature, fifth, "1950-08-00", "2026-08-30", "2036-08-31", None, None, "2030-08-31", fifth),
        (Signature, fifth, "1950-00-00", "2026-08-30", "2036-12-31", None, None, "2030-12-31", fifth),
    ];
    for (purpose, by, birth, made, card, stay, authentication, expected, set_by) in cases {
        let mut entry = adult();
        entry.basic_four_items.birth = day(birth);
        entry.card.as_mut().unwrap().expires = day(card);
        entry.foreign_resident = stay.map(|stay| ForeignResident { alias: None, stay_ends: Some(day(stay)) });
        let ends = end(&entry, purpose, by, day(made), authentication.map(day), &SWITCHES);
        assert_eq!((ends.day, ends.set_by), (day(expected), set_by), "{purpose:?} of {birth}, made {made}");
    }
}

#[test]
fn renewal_begins_three_months_before_the_last_day() {
    let cases = [
        ("2031-04-01", "2031-01-01"),
        ("2031-01-31", "2030-10-31"),
        ("2031-05-31", "2031-02-28"),
        ("2028-05-29", "2028-02-29"),
        ("2031-02-28", "2030-11-28"),
    ];
    for (last, first) in cases {
        assert_eq!(renewable_from(day(last), &SWITCHES), day(first), "{last}");
    }
}

#[test]
fn a_card_ends_on_the_tenth_birthday_or_a_minors_fifth() {
    let cases = [
        ("1985-04-01", "2026-03-31", "2035-04-01"),
        ("1985-04-01", "2026-04-01", "2036-04-01"),
        ("2008-04-01", "2026-03-31", "2030-04-01"),
        ("2008-04-01", "2026-04-01", "2036-04-01"),
        ("2020-07-07", "2026-04-01", "2030-07-07"),
    ];
    for (birth, issued, last) in cases {
        assert_eq!(card_expiry(day(birth), day(issued), &SWITCHES), day(last), "{birth}, {issued}");
    }
}

#[test]
fn a_switch_decides_what_no_source_does() {
    let by_march = Switches { birthday_of_29_february: MissingDay::FirstOfTheNext, ..SWITCHES };
    let mut entry = adult();
    entry.basic_four_items.birth = day("2004-02-29");
    let last = end(&entry, Purpose::Authentication, Rule::FifthBirthday, day("2025-01-01"), None, &by_march);
    assert_eq!(last.day, day("2029-03-01"));

    let to_the_next = Switches { renewal_month_lacks_the_day: MissingDay::FirstOfTheNext, ..SWITCHES };
    assert_eq!(renewable_from(day("2031-05-31"), &to_the_next), day("2031-03-01"));

    let the_day_before = Switches { age: AgeReached::TheDayBefore, ..SWITCHES };
    assert_eq!(signs_from(day("2011-04-01"), &the_day_before), day("2026-03-31"));
    assert_eq!(signs_from(day("2011-04-01"), &SWITCHES), day("2026-04-01"));
}
