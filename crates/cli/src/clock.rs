//! The one place that asks for the time.

use shomei_application::{Timestamp, TimestampError};
use std::time::{SystemTime, SystemTimeError, UNIX_EPOCH};

/// A clock that shows a time outside the years 1970 to 9999.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ClockError {
    #[error("the clock stands before 1970: {0}")]
    Before(#[from] SystemTimeError),
    #[error("the clock: {0}")]
    After(#[from] TimestampError),
}

pub(crate) fn now() -> Result<Timestamp, ClockError> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    Ok(Timestamp::from_unix_seconds(i64::try_from(seconds).unwrap_or(i64::MAX))?)
}
