//! The site's clock, as a value, so that a test can say what time it is.

use shomei_application::{Timestamp, TimestampError};
use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// Where the site reads the time.
pub struct Clock(Box<dyn Fn() -> i64 + Send + Sync>);

impl Clock {
    /// The computer's clock.
    pub fn system() -> Self {
        Self::reading(|| {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
        })
    }

    /// A clock that reads seconds since 1970 from `read`.
    pub fn reading(read: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self(Box::new(read))
    }

    /// The time now. Fails where the clock is outside the years that a document can write (1970 to 9999).
    pub fn now(&self) -> Result<Timestamp, TimestampError> {
        Timestamp::from_unix_seconds((self.0)())
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}
