//! Points in time as people in Japan write them: Japan time, and years by era.

use super::words::{self, Word};
use shomei_pki::UnixTime;
use time::{Date, Month, OffsetDateTime, UtcOffset};

/// Japan is nine hours ahead of UTC, the year round.
const JAPAN_SECONDS: i64 = 9 * 60 * 60;
/// From three months before its end a certificate can be renewed at the counter.
const RENEWAL_MONTHS: i32 = 3;

/// The first day of each era, latest first, and the Gregorian year before its first.
const ERAS: [(Word, (i32, u8, u8)); 5] = [
    (words::REIWA, (2019, 5, 1)),
    (words::HEISEI, (1989, 1, 8)),
    (words::SHOWA, (1926, 12, 25)),
    (words::TAISHO, (1912, 7, 30)),
    (words::MEIJI, (1868, 1, 25)),
];

/// The time in Japan; none outside the years that the calendar has.
pub(super) fn in_japan(time: UnixTime) -> Option<OffsetDateTime> {
    let zone = UtcOffset::from_hms(9, 0, 0).ok()?;
    OffsetDateTime::from_unix_timestamp(time.seconds()).ok()?.checked_to_offset(zone)
}

/// The era of a day and the year in it, counted from 1; none before 明治.
pub(super) fn era_of(date: Date) -> Option<(Word, i32)> {
    let day = (date.year(), u8::from(date.month()), date.day());
    let (era, (first, ..)) = ERAS.into_iter().find(|(_, begins)| *begins <= day)?;
    Some((era, date.year() - first + 1))
}

/// The year of a named era, counted from 1; none for a year before it.
pub(super) fn year_in(era: Word, year: i32) -> Option<i32> {
    let (_, (first, ..)) = ERAS.into_iter().find(|(known, _)| *known == era)?;
    (year >= first).then_some(year - first + 1)
}

/// Three months before `end`, on the same day of the month in Japan, or on that month's last.
pub(super) fn renewal_begins(end: UnixTime) -> Option<UnixTime> {
    let local = in_japan(end)?;
    let months = local.year() * 12 + i32::from(u8::from(local.month())) - 1 - RENEWAL_MONTHS;
    let month = Month::try_from(u8::try_from(months.rem_euclid(12) + 1).ok()?).ok()?;
    let year = months.div_euclid(12);
    let day = local.day().min(month.length(year));
    let date = Date::from_calendar_date(year, month, day).ok()?;
    Some(UnixTime::from_seconds(date.with_time(local.time()).assume_utc().unix_timestamp() - JAPAN_SECONDS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u8, day: u8) -> Date {
        Date::from_calendar_date(year, Month::try_from(month).unwrap(), day).unwrap()
    }

    #[test]
    fn eras_change_on_their_days() {
        for (date, expected) in [
            (day(2026, 4, 1), Some(("reiwa", 8))),
            (day(2019, 5, 1), Some(("reiwa", 1))),
            (day(2019, 4, 30), Some(("heisei", 31))),
            (day(1989, 1, 7), Some(("showa", 64))),
            (day(1926, 12, 25), Some(("showa", 1))),
            (day(1926, 12, 24), Some(("taisho", 15))),
            (day(1912, 7, 29), Some(("meiji", 45))),
            (day(1800, 1, 1), None),
        ] {
            assert_eq!(era_of(date).map(|(era, year)| (era.code, year)), expected, "{date}");
        }
    }

    #[test]
    fn renewal_begins_three_months_before_in_japan() {
        for (end, begins) in [
            ("2030-02-17T14:59:59Z", "2029-11-17T14:59:59Z"),
            ("2027-05-31T14:59:59Z", "2027-02-28T14:59:59Z"),
            // The first of June in Japan is still May in UTC.
            ("2027-05-31T15:00:00Z", "2027-02-28T15:00:00Z"),
        ] {
            let seconds = |text| shomei_application::Timestamp::parse(text).unwrap().unix_seconds();
            let found = renewal_begins(UnixTime::from_seconds(seconds(end))).unwrap();
            assert_eq!(found.to_string(), begins, "{end}");
        }
    }
}
