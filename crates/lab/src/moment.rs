//! Instants before and after another one.

use std::time::Duration;

use der::DateTime;

/// An instant, moved by seconds: into the past where they are negative.
pub(crate) fn moved(instant: DateTime, seconds: i64) -> der::Result<DateTime> {
    let by = Duration::from_secs(seconds.unsigned_abs());
    let from = instant.unix_duration();
    DateTime::from_unix_duration(if seconds < 0 { from.saturating_sub(by) } else { from.saturating_add(by) })
}
