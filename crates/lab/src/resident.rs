//! The residents of the lab and where they live. All of them are made up.

use std::fmt;
use std::sync::LazyLock;

use crate::people::{NGUYEN, SUZUKI, TAKASAKI, YAMADA};

/// A municipality of the lab, in 千葉県 but in no atlas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Municipality {
    /// みほん市, the recipient of the demonstration.
    Mihon,
    /// となり市, its neighbour.
    Tonari,
}

impl Municipality {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Mihon, Self::Tonari];

    /// Name in Latin letters as certificates carry it, and as file names do in lower case.
    #[must_use]
    pub const fn romaji(self) -> &'static str {
        match self {
            Self::Mihon => "Mihon-shi",
            Self::Tonari => "Tonari-shi",
        }
    }

    /// Code of five digits (全国地方公共団体コード without its check digit), unassigned in reality.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Mihon => "12999",
            Self::Tonari => "12998",
        }
    }

    /// The prefecture's name in Latin letters.
    pub(crate) const fn prefecture(self) -> &'static str {
        "Chiba-ken"
    }
}

/// Sex as in the register of residents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
    /// Not known (不明), or another one.
    Unknown,
    /// Not stated (記載なし), as JIS X 0303 codes what is not applicable.
    NotApplicable,
}

impl Sex {
    /// The digit a certificate carries: 1 male, 2 female, 3 not known, 9 not stated.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Male => "1",
            Self::Female => "2",
            Self::Unknown => "3",
            Self::NotApplicable => "9",
        }
    }
}

/// A day of the Gregorian calendar, of which parts may be unknown: those are 0. `Display` prints `YYYY-MM-DD`.
///
/// What is unknown comes before everything known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Four digits.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Date {
    pub(crate) const fn new(year: u16, month: u8, day: u8) -> Self {
        Self { year, month, day }
    }

    /// Nine digits as in a certificate: the digit of the era, then YYYYMMDD with the Gregorian year and zeros for unknown
    /// parts. The era is that of the first day that it can be, and 0 where the year is unknown.
    #[must_use]
    pub fn with_era(self) -> String {
        const LAST_DAYS: [(u8, Date); 5] = [
            (0, Date::new(0, 12, 31)),
            (1, Date::new(1912, 7, 29)),
            (2, Date::new(1926, 12, 24)),
            (3, Date::new(1989, 1, 7)),
            (4, Date::new(2019, 4, 30)),
        ];
        const REIWA: u8 = 5;
        let era = LAST_DAYS.iter().find(|(_, last)| self <= *last).map_or(REIWA, |(era, _)| *era);
        format!("{era}{:04}{:02}{:02}", self.year, self.month, self.day)
    }

    /// The day after a day of which all parts are known.
    pub(crate) const fn next(self) -> Self {
        let Self { year, month, day } = self;
        if day < Self::last_of_month(year, month) {
            Self::new(year, month, day.saturating_add(1))
        } else if month < 12 {
            Self::new(year, month.saturating_add(1), 1)
        } else {
            Self::new(year.saturating_add(1), 1, 1)
        }
    }

    /// The last day of a month: 28 to 31.
    pub(crate) const fn last_of_month(year: u16, month: u8) -> u8 {
        let leap = (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
        match (month, leap) {
            (2, true) => 29,
            (2, false) => 28,
            (4 | 6 | 9 | 11, _) => 30,
            _ => 31,
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A fictional resident as the certificates describe one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resident {
    /// Name of the folder of the card.
    pub id: String,
    /// Name, family name and given name parted by U+3000 where there are two.
    pub name: String,
    /// One digit for each character of the name: 1 where it stands in for one that certificates cannot hold.
    pub name_substitutes: String,
    /// Address from the prefecture on, in full-width digits.
    pub address: String,
    /// One digit for each character of the address, as for the name.
    pub address_substitutes: String,
    /// Date of birth.
    pub birth: Date,
    /// Sex.
    pub sex: Sex,
    /// Where the register is kept.
    pub municipality: Municipality,
}

/// The residents of a world where nobody else is asked for. The first one is the one to use when it does not matter.
/// [`people`](crate::people) has more.
pub static RESIDENTS: LazyLock<[Resident; 4]> = LazyLock::new(|| {
    // Born on fixed days, all of them: any day will do.
    let day = Date::new(2026, 4, 1);
    [YAMADA, TAKASAKI, NGUYEN, SUZUKI].map(|person| person.resident_on(day))
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_has_a_substitute_flag() {
        for resident in RESIDENTS.iter() {
            for (text, flags) in [
                (&resident.name, &resident.name_substitutes),
                (&resident.address, &resident.address_substitutes),
            ] {
                assert_eq!(text.chars().count(), flags.len(), "{text}");
                assert!(flags.bytes().all(|flag| matches!(flag, b'0' | b'1')), "{flags}");
            }
        }
    }

    #[test]
    fn a_birth_date_carries_the_era_of_its_day() {
        let cases = [
            ((1912, 7, 29), "119120729"),
            ((1912, 7, 30), "219120730"),
            ((1926, 12, 25), "319261225"),
            ((1989, 1, 7), "319890107"),
            ((1989, 1, 8), "419890108"),
            ((2019, 4, 30), "420190430"),
            ((2019, 5, 1), "520190501"),
            ((1950, 0, 0), "319500000"),
            ((1950, 8, 0), "319500800"),
            ((0, 0, 0), "000000000"),
        ];
        for ((year, month, day), code) in cases {
            assert_eq!(Date::new(year, month, day).with_era(), code);
        }
    }

    #[test]
    fn a_day_has_a_day_after_it() {
        let cases = [
            ((2026, 4, 1), (2026, 4, 2)),
            ((2026, 4, 30), (2026, 5, 1)),
            ((2026, 2, 28), (2026, 3, 1)),
            ((2028, 2, 28), (2028, 2, 29)),
            ((2100, 2, 28), (2100, 3, 1)),
            ((2026, 12, 31), (2027, 1, 1)),
        ];
        for ((year, month, day), (next_year, next_month, next_day)) in cases {
            assert_eq!(Date::new(year, month, day).next(), Date::new(next_year, next_month, next_day));
        }
    }
}
