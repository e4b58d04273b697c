//! When certificates end: on birthdays, at midnight in Japan.

use std::time::Duration;

use der::DateTime;

use crate::Date;

const JAPAN_AHEAD: Duration = Duration::from_secs(9 * 60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const YEARS_OF_AN_AUTHORITY: u16 = 10;

/// The last second (23:59:59 in Japan, 14:59:59Z) of the fifth birthday after the day of issue.
pub(crate) fn end_of_fifth_birthday(birth: Date, issued: DateTime) -> der::Result<DateTime> {
    let today = day_in_japan(issued)?;
    let this_year = birthday_in(today.year, birth);
    let next = if this_year > today { today.year } else { today.year.saturating_add(1) };
    end_of_day(birthday_in(next.saturating_add(4), birth))
}

/// The last second of the last day of an authority's ten years.
pub(crate) fn end_of_ten_years(founded: DateTime) -> der::Result<DateTime> {
    let day = day_in_japan(founded)?;
    let anniversary = birthday_in(day.year.saturating_add(YEARS_OF_AN_AUTHORITY), day);
    let end = end_of_day(anniversary)?.unix_duration();
    DateTime::from_unix_duration(end.saturating_sub(DAY))
}

/// The birthday in a year: its last possible day where month or day are unknown, and 28 February for who was born on the
/// 29th in a common year. No source says what the real authority does in these cases.
fn birthday_in(year: u16, birth: Date) -> Date {
    let month = if birth.month == 0 { 12 } else { birth.month };
    let last = Date::last_of_month(year, month);
    let day = if birth.day == 0 { last } else { birth.day.min(last) };
    Date::new(year, month, day)
}

/// The day that an instant falls on in Japan.
pub(crate) fn day_in_japan(instant: DateTime) -> der::Result<Date> {
    let there = DateTime::from_unix_duration(instant.unix_duration().saturating_add(JAPAN_AHEAD))?;
    Ok(Date::new(there.year(), there.month(), there.day()))
}

/// The last second of a day in Japan.
pub(crate) fn end_of_day(day: Date) -> der::Result<DateTime> {
    DateTime::new(day.year, day.month, day.day, 14, 59, 59)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_ends_on_the_fifth_birthday_after_its_issue() {
        let cases = [
            // birth, issued, end; the first line is what a real test card says
            ((1980, 2, 17), "2025-10-27T01:35:57Z", "2030-02-17T14:59:59Z"),
            ((1985, 4, 1), "2026-03-31T14:59:59Z", "2030-04-01T14:59:59Z"),
            ((1985, 4, 1), "2026-03-31T15:00:00Z", "2031-04-01T14:59:59Z"),
            ((2004, 2, 29), "2025-01-01T00:00:00Z", "2029-02-28T14:59:59Z"),
            ((2004, 2, 29), "2024-01-01T00:00:00Z", "2028-02-29T14:59:59Z"),
            ((1950, 0, 0), "2026-04-01T00:00:00Z", "2030-12-31T14:59:59Z"),
            ((1950, 2, 0), "2026-04-01T00:00:00Z", "2031-02-28T14:59:59Z"),
        ];
        for ((year, month, day), issued, end) in cases {
            let ends = end_of_fifth_birthday(Date::new(year, month, day), issued.parse().unwrap()).unwrap();
            assert_eq!(ends.to_string(), end, "born {year}-{month}-{day}, issued {issued}");
        }
    }

    #[test]
    fn an_authority_ends_after_ten_years() {
        // As two authorities of the real test hierarchy do.
        let cases = [
            ("2024-08-28T22:23:39Z", "2034-08-28T14:59:59Z"),
            ("2023-03-23T02:05:02Z", "2033-03-22T14:59:59Z"),
        ];
        for (founded, end) in cases {
            assert_eq!(end_of_ten_years(founded.parse().unwrap()).unwrap().to_string(), end);
        }
    }
}
