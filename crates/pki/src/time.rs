//! A point in time as certificates know it: whole seconds, UTC. There is no clock here.

use std::fmt;

/// Seconds since 1970-01-01T00:00:00Z, without leap seconds. Shown as `YYYY-MM-DDThh:mm:ssZ`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixTime(i64);

/// Why a time cannot be written in a certificate or a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// UTCTime holds the years 1950 to 2049 only (RFC 5280 §4.1.2.5.1).
    #[error("{0} is outside the years 1950 to 2049 that UTCTime can hold")]
    OutsideUtcTime(UnixTime),
    /// The content is not thirteen characters `YYMMDDhhmmssZ` naming a real second.
    #[error("not a UTCTime of the form YYMMDDhhmmssZ")]
    NotUtcTime,
    /// The content is not fifteen characters `YYYYMMDDhhmmssZ` naming a real second.
    #[error("not a GeneralizedTime of the form YYYYMMDDhhmmssZ")]
    NotGeneralizedTime,
}

impl UnixTime {
    /// The time `seconds` after the epoch; negative before it.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since the epoch.
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// This time moved by `seconds`, held at the ends of the range.
    pub const fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// The content octets of a DER UTCTime, `YYMMDDhhmmssZ` (RFC 5280 §4.1.2.5.1).
    ///
    /// # Errors
    /// [`TimeError::OutsideUtcTime`] before 1950 or after 2049.
    pub fn to_utc_time(self) -> Result<String, TimeError> {
        let date = self.date().filter(|date| (1950..2050).contains(&date.year()));
        let date = date.ok_or(TimeError::OutsideUtcTime(self))?;
        let (hour, minute, second) = date.time().as_hms();
        let year = date.year().rem_euclid(100);
        let month = u8::from(date.month());
        Ok(format!("{year:02}{month:02}{:02}{hour:02}{minute:02}{second:02}Z", date.day()))
    }

    /// Reads the content octets of a DER UTCTime.
    ///
    /// # Errors
    /// [`TimeError::NotUtcTime`] for another form or a day that does not exist.
    pub fn from_utc_time(content: &[u8]) -> Result<Self, TimeError> {
        let [digits @ .., b'Z'] = content else {
            return Err(TimeError::NotUtcTime);
        };
        let pairs = decimal_pairs(digits).ok_or(TimeError::NotUtcTime)?;
        let [year, month, day, hour, minute, second] = pairs;
        let century = if year < 50 { 2000 } else { 1900 };
        from_parts(century + i32::from(year), [month, day, hour, minute, second]).ok_or(TimeError::NotUtcTime)
    }

    /// Reads the content octets of a DER GeneralizedTime without fractions (RFC 5280 §4.1.2.5.2).
    ///
    /// # Errors
    /// [`TimeError::NotGeneralizedTime`] for another form or a day that does not exist.
    pub fn from_generalized_time(content: &[u8]) -> Result<Self, TimeError> {
        let [digits @ .., b'Z'] = content else {
            return Err(TimeError::NotGeneralizedTime);
        };
        let pairs = decimal_pairs(digits).ok_or(TimeError::NotGeneralizedTime)?;
        let [century, year, month, day, hour, minute, second] = pairs;
        let year = i32::from(century) * 100 + i32::from(year);
        from_parts(year, [month, day, hour, minute, second]).ok_or(TimeError::NotGeneralizedTime)
    }

    fn date(self) -> Option<::time::OffsetDateTime> {
        ::time::OffsetDateTime::from_unix_timestamp(self.0).ok()
    }
}

impl fmt::Display for UnixTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(date) = self.date() else {
            return write!(out, "{}s", self.0);
        };
        let (hour, minute, second) = date.time().as_hms();
        let (year, month, day) = (date.year(), u8::from(date.month()), date.day());
        write!(out, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

fn decimal_pairs<const COUNT: usize>(digits: &[u8]) -> Option<[u8; COUNT]> {
    let mut pairs = [0; COUNT];
    if digits.len() != 2 * COUNT || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    for (pair, two) in pairs.iter_mut().zip(digits.chunks_exact(2)) {
        let [tens, ones] = two else { return None };
        *pair = (tens - b'0') * 10 + (ones - b'0');
    }
    Some(pairs)
}

fn from_parts(year: i32, [month, day, hour, minute, second]: [u8; 5]) -> Option<UnixTime> {
    let month = ::time::Month::try_from(month).ok()?;
    let date = ::time::Date::from_calendar_date(year, month, day).ok()?;
    let date = date.with_hms(hour, minute, second).ok()?;
    Some(UnixTime(date.assume_utc().unix_timestamp()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utc_time_reads_back_what_it_wrote() {
        for (seconds, text) in [
            (0, "700101000000Z"),
            (1_761_528_957, "251027013557Z"),
            (-631_152_000, "500101000000Z"),
            (2_524_607_999, "491231235959Z"),
        ] {
            let time = UnixTime::from_seconds(seconds);
            assert_eq!(time.to_utc_time().unwrap(), text);
            assert_eq!(UnixTime::from_utc_time(text.as_bytes()), Ok(time));
        }
    }

    #[test]
    fn utc_time_refuses_other_forms() {
        for text in
            ["", "Z", "2510270135Z", "251027013557+0900", "251327013557Z", "250230000000Z", "25102701355aZ"]
        {
            assert_eq!(UnixTime::from_utc_time(text.as_bytes()), Err(TimeError::NotUtcTime), "{text}");
        }
        for seconds in [-631_152_001, 2_524_608_000, i64::MAX] {
            assert!(UnixTime::from_seconds(seconds).to_utc_time().is_err(), "{seconds}");
        }
    }

    #[test]
    fn generalized_time_holds_the_years_0_to_9999() {
        for (text, shown) in [
            ("19500101000000Z", Some("1950-01-01T00:00:00Z")),
            ("20500101000000Z", Some("2050-01-01T00:00:00Z")),
            ("20000229235959Z", Some("2000-02-29T23:59:59Z")),
            ("00000101000000Z", Some("0000-01-01T00:00:00Z")),
            ("99991231235959Z", Some("9999-12-31T23:59:59Z")),
            ("19000229000000Z", None),
            ("21000229000000Z", None),
            ("20500101000060Z", None),
            ("20501301000000Z", None),
            ("20500101000000.5Z", None),
            ("205001010000Z", None),
            ("20500101000000+0900", None),
            ("2050010100000aZ", None),
            ("500101000000Z", None),
            ("Z", None),
            ("", None),
        ] {
            let read = UnixTime::from_generalized_time(text.as_bytes());
            let expected = shown.map(str::to_owned).ok_or(TimeError::NotGeneralizedTime);
            assert_eq!(read.map(|time| time.to_string()), expected, "{text}");
        }
    }
}
