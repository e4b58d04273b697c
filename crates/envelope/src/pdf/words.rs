//! Text and dates (ISO 32000-1 §7.9.2.2, §7.9.4).

use shomei_application::Timestamp;

/// The text of a text string: in UTF-16BE or UTF-8 with their marks, else in PDFDocEncoding, of which the part that ASCII
/// has is read and every other octet is shown as U+FFFD.
pub(super) fn decode(octets: &[u8]) -> String {
    if let Some(units) = octets.strip_prefix(b"\xfe\xff") {
        let units = units.chunks(2).map(|unit| match unit {
            [high, low] => u16::from_be_bytes([*high, *low]),
            _ => 0xfffd,
        });
        return String::from_utf16_lossy(&units.collect::<Vec<u16>>());
    }
    if let Some(text) = octets.strip_prefix(b"\xef\xbb\xbf") {
        return String::from_utf8_lossy(text).into_owned();
    }
    let character = |octet: &u8| if octet.is_ascii() { char::from(*octet) } else { '\u{fffd}' };
    octets.iter().map(character).collect()
}

/// As a text string in UTF-16BE.
pub(super) fn encode(text: &str) -> Vec<u8> {
    [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect()
}

const AHEAD: i64 = 9 * 60 * 60;

/// `D:YYYYMMDDhhmmss+09'00'`: in Japan, nine hours ahead of UTC all year. Nothing where Japan is in the year 10000.
pub(super) fn date(time: Timestamp) -> Option<String> {
    let japan = moved(time, AHEAD)?;
    let digits: String = japan.to_string().chars().filter(char::is_ascii_digit).collect();
    Some(format!("D:{digits}+09'00'"))
}

/// The moment of a date of 14 digits with `Z`, `Z00'00'` or an offset, whose last apostrophe may be missing; nothing
/// where it is no such text, day or time.
pub(super) fn from_date(octets: &[u8]) -> Option<Timestamp> {
    let text = std::str::from_utf8(octets).ok()?.strip_prefix("D:")?;
    let (digits, zone) = text.split_at_checked(14)?;
    if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize, to: usize| digits.get(from..to);
    let (date, clock) =
        ((part(0, 4)?, part(4, 6)?, part(6, 8)?), (part(8, 10)?, part(10, 12)?, part(12, 14)?));
    let text = format!("{}-{}-{}T{}:{}:{}Z", date.0, date.1, date.2, clock.0, clock.1, clock.2);
    moved(Timestamp::parse(&text).ok()?, -offset(zone)?)
}

/// Seconds ahead of UTC.
fn offset(zone: &str) -> Option<i64> {
    let (sign, rest) = match zone.split_at_checked(1)? {
        ("Z", "" | "00'00" | "00'00'") => return Some(0),
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.strip_suffix('\'').unwrap_or(rest).split_once('\'')?;
    let number = |text: &str, most: i64| {
        let digits = text.len() == 2 && text.bytes().all(|digit| digit.is_ascii_digit());
        text.parse().ok().filter(|value: &i64| digits && *value <= most)
    };
    Some(sign * (number(hours, 23)? * 3600 + number(minutes, 59)? * 60))
}

fn moved(time: Timestamp, seconds: i64) -> Option<Timestamp> {
    let moved = time.moved_by(seconds);
    (moved.seconds_since(time) == seconds).then_some(moved)
}
