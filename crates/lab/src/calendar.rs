//! Whole days, as rules count them: birthdays, months back, days between.

use std::str::FromStr;
use std::time::Duration;

use der::DateTime;
use thiserror::Error;

use crate::Date;

const SECONDS_OF_A_DAY: u64 = 24 * 60 * 60;

/// What stands for a day that a month lacks, like 29 February of a common year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingDay {
    /// The last day of that month.
    LastOfTheMonth,
    /// The first day of the month after it.
    FirstOfTheNext,
}

/// Said of a text that is no day.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0:?} is no day of the calendar as YYYY-MM-DD")]
pub struct NoDay(pub String);

impl FromStr for Date {
    type Err = NoDay;

    /// Reads `YYYY-MM-DD`, with zeros for unknown parts.
    fn from_str(text: &str) -> Result<Self, NoDay> {
        day(text).ok_or_else(|| NoDay(text.to_owned()))
    }
}

fn day(text: &str) -> Option<Date> {
    let parts: [&str; 3] = text.split('-').collect::<Vec<_>>().try_into().ok()?;
    let [year, month, day] = parts;
    let digits = parts.map(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    if parts.map(str::len) != [4, 2, 2] || digits != [true; 3] {
        return None;
    }
    let day = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let possible = match day {
        Date { month: 0, day, .. } => day == 0,
        Date { year, month, day } => month <= 12 && day <= Date::last_of_month(year, month),
    };
    possible.then_some(day)
}

/// Days from one day to another; none where the second is earlier or a day is in no calendar.
pub(crate) fn days_between(from: Date, to: Date) -> Option<u64> {
    number(to)?.checked_sub(number(from)?)
}

/// The same day of the year, in another year; its last possible day where month or day are unknown. No source says what
/// counts then.
pub(crate) fn anniversary(day: Date, year: u16, missing: MissingDay) -> Date {
    let month = if day.month == 0 { 12 } else { day.month };
    let day = if day.day == 0 { Date::last_of_month(year, month) } else { day.day };
    in_month(year, month, day, missing)
}

/// The same day of the month, `months` (up to 12) earlier.
pub(crate) fn months_before(day: Date, months: u8, missing: MissingDay) -> Date {
    let (year, month) = match day.month.checked_sub(months) {
        Some(month @ 1..) => (day.year, month),
        _ => (day.year.saturating_sub(1), day.month.saturating_add(12).saturating_sub(months)),
    };
    in_month(year, month, day.day, missing)
}

/// The day `days` after another; none beyond the calendar of certificates (1970 to 9999).
pub(crate) fn days_after(day: Date, days: u64) -> Option<Date> {
    let seconds = number(day)?.checked_add(days)?.checked_mul(SECONDS_OF_A_DAY)?;
    let at = DateTime::from_unix_duration(Duration::from_secs(seconds)).ok()?;
    Some(Date::new(at.year(), at.month(), at.day()))
}

/// The day before another.
pub(crate) fn day_before(day: Date) -> Date {
    match day.day.checked_sub(1) {
        Some(before @ 1..) => Date::new(day.year, day.month, before),
        _ => {
            let month = months_before(Date::new(day.year, day.month, 1), 1, MissingDay::LastOfTheMonth);
            Date::new(month.year, month.month, Date::last_of_month(month.year, month.month))
        }
    }
}

fn in_month(year: u16, month: u8, day: u8, missing: MissingDay) -> Date {
    let last = Date::last_of_month(year, month);
    match missing {
        _ if day <= last => Date::new(year, month, day),
        MissingDay::LastOfTheMonth => Date::new(year, month, last),
        MissingDay::FirstOfTheNext if month == 12 => Date::new(year.saturating_add(1), 1, 1),
        MissingDay::FirstOfTheNext => Date::new(year, month.saturating_add(1), 1),
    }
}

fn number(day: Date) -> Option<u64> {
    let midnight = DateTime::new(day.year, day.month, day.day, 0, 0, 0).ok()?;
    Some(midnight.unix_duration().as_secs() / SECONDS_OF_A_DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_counted_back_to_the_same_day_or_what_stands_for_it() {
        use MissingDay::{FirstOfTheNext, LastOfTheMonth};
        let cases = [
            ("2030-04-01", 3, LastOfTheMonth, "2030-01-01"),
            ("2030-03-31", 3, LastOfTheMonth, "2029-12-31"),
            ("2030-05-31", 3, LastOfTheMonth, "2030-02-28"),
            ("2028-05-31", 3, LastOfTheMonth, "2028-02-29"),
            ("2030-05-31", 3, FirstOfTheNext, "2030-03-01"),
            ("2030-01-15", 12, LastOfTheMonth, "2029-01-15"),
        ];
        for (from, months, missing, expected) in cases {
            let counted = months_before(day(from).unwrap(), months, missing);
            assert_eq!(counted.to_string(), expected, "{months} months before {from}");
        }
    }

    #[test]
    fn a_day_follows_the_one_before() {
        let cases = [
            ("2027-02-28", "2027-03-01"),
            ("2028-02-28", "2028-02-29"),
            ("2026-12-31", "2027-01-01"),
            ("2026-04-01", "2026-04-02"),
        ];
        for (before, after) in cases {
            let (before, after) = (day(before).unwrap(), day(after).unwrap());
            assert_eq!(day_before(after), before);
            assert_eq!(days_after(before, 1), Some(after));
            assert_eq!(days_between(before, after), Some(1));
            assert_eq!(days_between(after, before), None);
        }
    }

    #[test]
    fn only_days_of_the_calendar_are_read_or_what_is_known_of_them() {
        for text in ["2026-04-01", "1950-08-00", "1950-00-00", "0000-00-00"] {
            assert_eq!(day(text).map(|day| day.to_string()).as_deref(), Some(text));
        }
        for text in [
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-+1-01",
            "2026-1-01",
            "20260101",
            "2026-01-01 ",
            "2026-01-0１",
            "",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
