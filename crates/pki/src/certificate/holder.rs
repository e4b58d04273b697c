//! The basic four items (基本4情報) that a signature certificate states about its holder, in otherName values.

use super::ProfileError;
use crate::der::{Element, Tag};
use std::fmt;

/// Name, address, date of birth and sex of the holder. Text is exactly as in the certificate: nothing is folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BasicFourItems {
    /// The name, family name and given name separated by U+3000.
    pub name: String,
    /// One `0` or `1` for each character (Unicode scalar value) of the name; `1` marks a substitute character (代替文字).
    pub name_substitutes: String,
    /// The address, from the prefecture on, without a postcode.
    pub address: String,
    /// The same flags for the address.
    pub address_substitutes: String,
    /// The date of birth, possibly with unknown parts.
    pub birth: BirthDate,
    /// The sex.
    pub sex: Sex,
}

/// A date of birth. The year is Gregorian; the era is kept because the certificate states it.
///
/// Shown as `YYYY-MM-DD`, zeros standing for parts that the register does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BirthDate {
    /// The era of the Japanese calendar.
    pub era: Era,
    /// The Gregorian year, if known.
    pub year: Option<u16>,
    /// The month, 1 to 12, if known.
    pub month: Option<u8>,
    /// The day, 1 to 31, if known.
    pub day: Option<u8>,
}

/// The era digit of a date of birth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Era {
    /// 0: not known.
    Unknown,
    /// 1: 明治, 1868 to 1912.
    Meiji,
    /// 2: 大正, 1912 to 1926.
    Taisho,
    /// 3: 昭和, 1926 to 1989.
    Showa,
    /// 4: 平成, 1989 to 2019.
    Heisei,
    /// 5: 令和, from 2019.
    Reiwa,
}

/// The sex as the certificate codes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// `1`
    Male,
    /// `2`
    Female,
    /// `3` or `9`: another one, or not stated.
    Other,
}

/// Which of the four items is missing or malformed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HolderError {
    /// An attribute is absent.
    #[error("the attribute {0} is missing")]
    Missing(&'static str),
    /// An attribute occurs twice.
    #[error("the attribute {0} occurs twice")]
    Duplicate(&'static str),
    /// The value is not a UTF8String.
    #[error("the attribute {0} is not a UTF8String")]
    NotText(&'static str),
    /// The text is empty, longer than 400 characters, or has characters that are not seen or reorder others.
    #[error("the text of the attribute {0} is empty, too long or has invisible characters")]
    Text(&'static str),
    /// Flags other than `0` and `1`, or not one for each character.
    #[error("the attribute {0} does not have one flag, 0 or 1, for each character")]
    Substitutes(&'static str),
    /// Not `EYYYYMMDD`, a day that does not exist, or an era that the year does not lie in.
    #[error("the date of birth is not an era digit and a possible date")]
    BirthDate,
    /// Another digit than 1, 2, 3 or 9.
    #[error("the sex is not 1, 2, 3 or 9")]
    Sex,
}

/// 1.2.392.200149.8.5.5, under which the attributes are numbered.
const ATTRIBUTES: &[u8] = b"\x2a\x83\x08\x8c\x9b\x55\x08\x05\x05";
/// The names of the attributes .1 to .6.
const NAMES: [&str; 6] = ["name", "nameSubstitutes", "sex", "birth", "address", "addressSubstitutes"];
const MAX_CHARACTERS: usize = 400;

/// The texts of the attributes .1 to .6, collected in any order. Other otherNames are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OtherNames {
    texts: [Option<String>; 6],
}

impl OtherNames {
    pub(super) fn is_empty(&self) -> bool {
        self.texts.iter().all(Option::is_none)
    }

    /// Takes one otherName: the content octets of its type, and its value (RFC 5280 §4.2.1.6).
    pub(super) fn add(&mut self, oid: &[u8], value: &Element<'_>) -> Result<(), ProfileError> {
        let Some(&[number]) = oid.strip_prefix(ATTRIBUTES) else {
            return Ok(());
        };
        let Some(index) = usize::from(number).checked_sub(1) else {
            return Ok(());
        };
        let (Some(slot), Some(name)) = (self.texts.get_mut(index), NAMES.get(index)) else {
            return Ok(());
        };
        let text = utf8_string(value).ok_or(HolderError::NotText(name))?;
        match slot.replace(text) {
            None => Ok(()),
            Some(_) => Err(HolderError::Duplicate(name).into()),
        }
    }

    pub(super) fn basic_four_items(&self) -> Result<BasicFourItems, HolderError> {
        let [name, name_flags, sex, birth, address, address_flags] = &self.texts;
        let name = plain_text(required(name, "name")?, "name")?;
        let address = plain_text(required(address, "address")?, "address")?;
        Ok(BasicFourItems {
            name_substitutes: flags(required(name_flags, "nameSubstitutes")?, name, "nameSubstitutes")?,
            address_substitutes: flags(
                required(address_flags, "addressSubstitutes")?,
                address,
                "addressSubstitutes",
            )?,
            birth: BirthDate::parse(required(birth, "birth")?).ok_or(HolderError::BirthDate)?,
            sex: Sex::parse(required(sex, "sex")?).ok_or(HolderError::Sex)?,
            name: name.to_owned(),
            address: address.to_owned(),
        })
    }
}

impl BirthDate {
    /// Reads `EYYYYMMDD`; zeros stand for unknown parts, each on its own.
    fn parse(text: &str) -> Option<Self> {
        let era = Era::parse(text.get(..1)?)?;
        let digits = text.get(1..).filter(|digits| digits.len() == 8)?;
        if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let year = digits.get(..4)?.parse().ok().filter(|year| *year != 0);
        let month = digits.get(4..6)?.parse().ok().filter(|month| *month != 0);
        let day = digits.get(6..)?.parse().ok().filter(|day| *day != 0);
        let date = BirthDate { era, year, month, day };
        date.is_possible().then_some(date)
    }

    fn is_possible(&self) -> bool {
        let within_era = self.year.is_none_or(|year| self.era.contains(year));
        // A leap year stands in where the year is unknown; 31 days where the month is.
        let year = i32::from(self.year.unwrap_or(2000));
        let month = time::Month::try_from(self.month.unwrap_or(1));
        let day = self.day.unwrap_or(1);
        within_era && month.is_ok_and(|month| time::Date::from_calendar_date(year, month, day).is_ok())
    }

    /// `YYYY-MM-DD` when every part is known.
    pub fn complete(&self) -> Option<String> {
        let complete = self.year.is_some() && self.month.is_some() && self.day.is_some();
        complete.then(|| self.to_string())
    }
}

impl fmt::Display for BirthDate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.year.unwrap_or(0), self.month.unwrap_or(0), self.day.unwrap_or(0));
        write!(out, "{year:04}-{month:02}-{day:02}")
    }
}

impl Era {
    fn parse(digit: &str) -> Option<Self> {
        match digit {
            "0" => Some(Era::Unknown),
            "1" => Some(Era::Meiji),
            "2" => Some(Era::Taisho),
            "3" => Some(Era::Showa),
            "4" => Some(Era::Heisei),
            "5" => Some(Era::Reiwa),
            _ => None,
        }
    }

    fn contains(self, year: u16) -> bool {
        match self {
            Era::Unknown => true,
            Era::Meiji => (1868..=1912).contains(&year),
            Era::Taisho => (1912..=1926).contains(&year),
            Era::Showa => (1926..=1989).contains(&year),
            Era::Heisei => (1989..=2019).contains(&year),
            Era::Reiwa => year >= 2019,
        }
    }
}

impl Sex {
    fn parse(digit: &str) -> Option<Self> {
        match digit {
            "1" => Some(Sex::Male),
            "2" => Some(Sex::Female),
            "3" | "9" => Some(Sex::Other),
            _ => None,
        }
    }

    /// The digit that forms and certificates use: `1`, `2` or `3`.
    pub const fn digit(self) -> &'static str {
        match self {
            Sex::Male => "1",
            Sex::Female => "2",
            Sex::Other => "3",
        }
    }

    /// `male`, `female` or `other`, as reports write it.
    pub const fn code(self) -> &'static str {
        match self {
            Sex::Male => "male",
            Sex::Female => "female",
            Sex::Other => "other",
        }
    }
}

fn required<'a>(text: &'a Option<String>, name: &'static str) -> Result<&'a str, HolderError> {
    text.as_deref().ok_or(HolderError::Missing(name))
}

fn utf8_string(value: &Element<'_>) -> Option<String> {
    let content = (value.tag() == Tag::UTF8_STRING).then(|| value.content());
    content.and_then(|content| String::from_utf8(content.to_vec()).ok())
}

fn plain_text<'a>(text: &'a str, name: &'static str) -> Result<&'a str, HolderError> {
    let length = text.chars().count();
    let plain = !text.chars().any(is_invisible);
    if plain && (1..=MAX_CHARACTERS).contains(&length) { Ok(text) } else { Err(HolderError::Text(name)) }
}

/// Control characters, zero-width characters and bidi controls: a name is shown to people who decide by it.
fn is_invisible(character: char) -> bool {
    let ranges =
        ['\u{200b}'..='\u{200f}', '\u{2028}'..='\u{202e}', '\u{2060}'..='\u{206f}', '\u{feff}'..='\u{feff}'];
    character.is_control() || ranges.iter().any(|range| range.contains(&character))
}

fn flags(text: &str, of: &str, name: &'static str) -> Result<String, HolderError> {
    let only_flags = text.bytes().all(|flag| matches!(flag, b'0' | b'1'));
    let one_each = text.len() == of.chars().count();
    if only_flags && one_each { Ok(text.to_owned()) } else { Err(HolderError::Substitutes(name)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_birth_are_read_with_their_unknown_parts() {
        for (text, shown, complete) in [
            ("319800217", "1980-02-17", true),
            ("520200229", "2020-02-29", true),
            ("019800200", "1980-02-00", false),
            ("319800000", "1980-00-00", false),
            ("300000000", "0000-00-00", false),
            ("319890107", "1989-01-07", true),
        ] {
            let date = BirthDate::parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(date.to_string(), shown);
            assert_eq!(date.complete().is_some(), complete, "{text}");
        }
    }

    #[test]
    fn impossible_dates_of_birth_are_refused() {
        for text in [
            "",
            "3",
            "31980021",
            "3198002171",
            "619800217",
            "419800217",
            "319801301",
            "319800230",
            "520190229",
            "3 9800217",
            "3+9800217",
            "３19800217",
            "3１980217",
        ] {
            assert_eq!(BirthDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn substitute_flags_count_characters_and_not_octets() {
        assert_eq!(flags("010", "山𠮷子", "nameSubstitutes"), Ok("010".to_owned()));
        for (text, of) in [("01", "山𠮷子"), ("0100", "山𠮷子"), ("012", "山𠮷子"), ("０１０", "山𠮷子")]
        {
            assert!(flags(text, of, "nameSubstitutes").is_err(), "{text}");
        }
    }
}
