//! Points in time as documents write them: whole seconds, UTC, one spelling.
//!
//! Not a clock: whoever knows the time passes it in as seconds since 1970.

use core::fmt;
use time::{Date, Month, OffsetDateTime, Time};

/// A second between 1970-01-01T00:00:00Z and 9999-12-31T23:59:59Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// Why a text or number is not a [`Timestamp`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TimestampError {
    /// Not spelled `YYYY-MM-DDThh:mm:ssZ`.
    #[error("not written as YYYY-MM-DDThh:mm:ssZ")]
    Form,
    /// No such day or time of day; a leap second is none either.
    #[error("no such day or time of day")]
    NoSuchTime,
    /// Before 1970 or after 9999.
    #[error("outside the years 1970 to 9999")]
    OutOfRange,
}

const LAST: i64 = 253_402_300_799;

impl Timestamp {
    /// The point `seconds` after 1970-01-01T00:00:00Z.
    pub fn from_unix_seconds(seconds: i64) -> Result<Self, TimestampError> {
        if (0..=LAST).contains(&seconds) { Ok(Self(seconds)) } else { Err(TimestampError::OutOfRange) }
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix_seconds(self) -> i64 {
        self.0
    }

    /// Reads `YYYY-MM-DDThh:mm:ssZ` (RFC 3339 §5.6 with upper-case letters, no fraction and no offset).
    pub fn parse(text: &str) -> Result<Self, TimestampError> {
        let rest = text.strip_suffix('Z').ok_or(TimestampError::Form)?;
        let (day, clock) = rest.split_once('T').ok_or(TimestampError::Form)?;
        let date = parse_day(day)?;
        let [hour, minute, second] = numbers(clock, ':', [2, 2, 2]).ok_or(TimestampError::Form)?;
        let time = Time::from_hms(small(hour)?, small(minute)?, small(second)?)
            .map_err(|_| TimestampError::NoSuchTime)?;
        Self::from_unix_seconds(date.with_time(time).assume_utc().unix_timestamp())
    }

    /// Whole seconds from `earlier` to this point; negative if `earlier` is later.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }

    /// This point moved by `seconds`, held within the representable years.
    #[must_use]
    pub fn moved_by(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds).clamp(0, LAST))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = OffsetDateTime::from_unix_timestamp(self.0).map_err(|_| fmt::Error)?;
        let (year, month, day) = (at.year(), u8::from(at.month()), at.day());
        write!(f, "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", at.hour(), at.minute(), at.second())
    }
}

/// Reads a calendar day `YYYY-MM-DD` (RFC 3339 full-date).
pub(crate) fn parse_day(text: &str) -> Result<Date, TimestampError> {
    let [year, month, day] = numbers(text, '-', [4, 2, 2]).ok_or(TimestampError::Form)?;
    let month = Month::try_from(small(month)?).map_err(|_| TimestampError::NoSuchTime)?;
    Date::from_calendar_date(i32::from(year), month, small(day)?).map_err(|_| TimestampError::NoSuchTime)
}

/// Three numbers of exactly the given digits with `separator` between them.
fn numbers(text: &str, separator: char, widths: [usize; 3]) -> Option<[u16; 3]> {
    let mut parts = text.split(separator);
    let mut number = |width| {
        let part = parts.next()?;
        let fits = part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit());
        if fits { part.parse().ok() } else { None }
    };
    let [first, second, third] = widths;
    let found = [number(first)?, number(second)?, number(third)?];
    parts.next().is_none().then_some(found)
}

fn small(number: u16) -> Result<u8, TimestampError> {
    u8::try_from(number).map_err(|_| TimestampError::NoSuchTime)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_and_writes_one_spelling() {
        let cases = [
            ("1970-01-01T00:00:00Z", 0),
            ("2000-02-29T12:34:56Z", 951_827_696),
            ("2026-11-23T20:48:00Z", 1_795_466_880),
            ("2100-02-28T23:59:59Z", 4_107_542_399),
            ("9999-12-31T23:59:59Z", LAST),
        ];
        for (text, seconds) in cases {
            let at = Timestamp::parse(text).unwrap();
            assert_eq!((at.unix_seconds(), at.to_string()), (seconds, text.to_owned()));
        }
    }

    #[test]
    fn refuses_every_other_spelling() {
        use TimestampError::*;
        let cases = [
            ("an offset", "2026-11-23T20:48:00+00:00", Form),
            ("no zone", "2026-11-23T20:48:00", Form),
            ("a small z", "2026-11-23T20:48:00z", Form),
            ("a space for the T", "2026-11-23 20:48:00Z", Form),
            ("a fraction", "2026-11-23T20:48:00.0Z", Form),
            ("no seconds", "2026-11-23T20:48Z", Form),
            ("one digit", "2026-11-23T20:48:0Z", Form),
            ("three digits", "2026-11-023T20:48:00Z", Form),
            ("a sign", "2026-11-23T+0:48:00Z", Form),
            ("full-width digits", "２０２６-11-23T20:48:00Z", Form),
            ("a space behind", "2026-11-23T20:48:00Z ", Form),
            ("nothing", "", Form),
            ("the thirteenth month", "2026-13-01T00:00:00Z", NoSuchTime),
            ("month zero", "2026-00-01T00:00:00Z", NoSuchTime),
            ("a leap day in no leap year", "2100-02-29T00:00:00Z", NoSuchTime),
            ("the 24th hour", "2026-11-23T24:00:00Z", NoSuchTime),
            ("a leap second", "2016-12-31T23:59:60Z", NoSuchTime),
            ("before 1970", "1969-12-31T23:59:59Z", OutOfRange),
        ];
        for (name, text, expected) in cases {
            assert_eq!(Timestamp::parse(text), Err(expected), "{name}");
        }
        assert_eq!(Timestamp::from_unix_seconds(-1), Err(OutOfRange));
        assert_eq!(Timestamp::from_unix_seconds(LAST + 1), Err(OutOfRange));
    }

    #[test]
    fn moving_stops_at_the_ends() {
        let last = Timestamp(LAST);
        assert_eq!(last.moved_by(1), last);
        assert_eq!(last.moved_by(i64::MIN), Timestamp(0));
        assert_eq!(Timestamp(10).moved_by(5).seconds_since(Timestamp(20)), -5);
    }

    proptest! {
        #[test]
        fn every_second_is_read_back_in_order(a in 0..=LAST, b in 0..=LAST) {
            let (a, b) = (Timestamp(a), Timestamp(b));
            prop_assert_eq!(Timestamp::parse(&a.to_string()), Ok(a));
            prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
        }

        #[test]
        fn what_is_accepted_is_written_the_same(text in "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9]Z?") {
            if let Ok(at) = Timestamp::parse(&text) {
                prop_assert_eq!(at.to_string(), text);
            }
        }
    }
}
