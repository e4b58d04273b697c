//! Points in time as people in Japan read them.

use super::words::{Words, fill};
use shomei_application::Timestamp;
use shomei_pki::{BirthDate, UnixTime};

/// Japan is nine hours ahead of UTC all year.
const AHEAD: i64 = 9 * 60 * 60;

/// In Japan time; in UTC as it is written where the two are not in one calendar.
pub(super) fn at(words: &Words, time: Timestamp) -> String {
    let local = time.moved_by(AHEAD);
    let written = local.to_string();
    let parts: Vec<&str> = written.split(|character: char| !character.is_ascii_digit()).collect();
    match parts.as_slice() {
        [year, month, day, hour, minute, second, _] if local.seconds_since(time) == AHEAD => fill(
            words.time,
            &[
                ("year", year),
                ("month", month),
                ("day", day),
                ("hour", hour),
                ("minute", minute),
                ("second", second),
            ],
        ),
        _ => time.to_string(),
    }
}

/// As [`at`], of a certificate's or a list's time.
pub(super) fn of(words: &Words, time: UnixTime) -> String {
    written(words, &time.to_string())
}

/// As [`at`], where the text is a time; otherwise the text.
pub(super) fn written(words: &Words, text: &str) -> String {
    Timestamp::parse(text).map_or_else(|_| text.to_owned(), |time| at(words, time))
}

pub(super) fn birth(words: &Words, birth: &BirthDate) -> String {
    let template = if birth.complete().is_some() { words.birth } else { words.birth_in_part };
    let part =
        |number: Option<u16>| number.map_or(words.part_unknown.to_owned(), |number| format!("{number:02}"));
    let [year, month, day] = [birth.year, birth.month.map(u16::from), birth.day.map(u16::from)].map(part);
    fill(template, &[("year", &year), ("month", &month), ("day", &day)])
}
