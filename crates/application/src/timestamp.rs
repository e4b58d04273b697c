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
        if (0..=LAST).contains(&seconds) {
            Ok(Self(seconds))
        } else {
            Err(TimestampError::OutOfRange)
        }
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
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
            at.hour(),
            at.minute(),
            at.second()
        )
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
