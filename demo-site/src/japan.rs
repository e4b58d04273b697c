//! Dates as residents read them. Japan has one time zone and no summer time: always +09:00.

use shomei_application::Timestamp;
use time::{OffsetDateTime, UtcOffset};

/// `2026年11月23日（月）15時04分`
pub fn date_time(at: Timestamp) -> String {
    let Some(at) = in_japan(at) else {
        return at.to_string();
    };
    let weekday = weekday(at.weekday());
    let (year, month, day) = (at.year(), u8::from(at.month()), at.day());
    format!("{year}年{month}月{day}日（{weekday}）{}時{:02}分", at.hour(), at.minute())
}

/// The calendar day in Japan as `YYYYMMDD`.
pub fn compact_day(at: Timestamp) -> String {
    let Some(at) = in_japan(at) else {
        return "00000000".to_owned();
    };
    format!("{:04}{:02}{:02}", at.year(), u8::from(at.month()), at.day())
}

fn in_japan(at: Timestamp) -> Option<OffsetDateTime> {
    let offset = UtcOffset::from_hms(9, 0, 0).ok()?;
    OffsetDateTime::from_unix_timestamp(at.unix_seconds()).ok()?.checked_to_offset(offset)
}

fn weekday(day: time::Weekday) -> char {
    match day {
        time::Weekday::Monday => '月',
        time::Weekday::Tuesday => '火',
        time::Weekday::Wednesday => '水',
        time::Weekday::Thursday => '木',
        time::Weekday::Friday => '金',
        time::Weekday::Saturday => '土',
        time::Weekday::Sunday => '日',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_changes_at_three_in_the_afternoon_of_utc() {
        let table = [
            ("2026-11-23T06:04:59Z", "2026年11月23日（月）15時04分", "20261123"),
            ("2026-12-31T14:59:59Z", "2026年12月31日（木）23時59分", "20261231"),
            ("2026-12-31T15:00:00Z", "2027年1月1日（金）0時00分", "20270101"),
        ];
        for (utc, shown, day) in table {
            let at = Timestamp::parse(utc).unwrap();
            assert_eq!((date_time(at), compact_day(at)), (shown.to_owned(), day.to_owned()));
        }
    }
}
