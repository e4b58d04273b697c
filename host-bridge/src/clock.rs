//! The computer's clock, which may be wrong: documents are judged by it with a tolerance.

use std::time::{SystemTime, UNIX_EPOCH};

use shomei_application::{Timestamp, TimestampError};

/// The time now, in whole seconds. A clock set before 1970 reads as 1970.
///
/// # Errors
/// [`TimestampError`] for a clock set after the year 9999.
pub fn now() -> Result<Timestamp, TimestampError> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_unix_seconds(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}
