//! The Id of a signature, which is a time: `YYYYMMDDhhmmss` in Japan, nine hours ahead of UTC all year.

use shomei_application::Timestamp;

const AHEAD: i64 = 9 * 60 * 60;

/// The Id of this moment; nothing where Japan is in the year 10000 already.
pub(super) fn to_id(time: Timestamp) -> Option<String> {
    let japan = moved(time, AHEAD)?;
    Some(japan.to_string().chars().filter(char::is_ascii_digit).collect())
}

/// The moment that an Id names; nothing where it is no such text, day or time, or before 1970 in UTC.
pub(super) fn from_id(id: &str) -> Option<Timestamp> {
    if id.len() != 14 || !id.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let (day, clock) = id.split_at_checked(8)?;
    let (year, day) = day.split_at_checked(4)?;
    let (month, day) = day.split_at_checked(2)?;
    let (hour, clock) = clock.split_at_checked(2)?;
    let (minute, second) = clock.split_at_checked(2)?;
    let japan = Timestamp::parse(&format!("{year}-{month}-{day}T{hour}:{minute}:{second}Z")).ok()?;
    moved(japan, -AHEAD)
}

fn moved(time: Timestamp, seconds: i64) -> Option<Timestamp> {
    let moved = time.moved_by(seconds);
    (moved.seconds_since(time) == seconds).then_some(moved)
}
