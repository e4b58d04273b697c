//! The residents of the lab and where they live. All of them are made up.

use std::fmt;
use std::sync::LazyLock;

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
}

impl Sex {
    /// The digit a certificate carries: 1 male, 2 female.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Male => "1",
            Self::Female => "2",
        }
    }
}

/// A day of the Gregorian calendar. `Display` prints `YYYY-MM-DD`.
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

    /// Nine digits as in a certificate: the digit of the era, then YYYYMMDD with the Gregorian year.
    #[must_use]
    pub fn with_era(self) -> String {
        const LAST_DAYS: [(u8, Date); 4] = [
            (1, Date::new(1912, 7, 29)),
            (2, Date::new(1926, 12, 24)),
            (3, Date::new(1989, 1, 7)),
            (4, Date::new(2019, 4, 30)),
        ];
        const REIWA: u8 = 5;
        let era = LAST_DAYS.iter().find(|(_, last)| self <= *last).map_or(REIWA, |(era, _)| *era);
        format!("{era}{:04}{:02}{:02}", self.year, self.month, self.day)
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

/// The residents of the lab. The first one is the one to use when it does not matter.
pub static RESIDENTS: LazyLock<[Resident; 4]> = LazyLock::new(|| {
    [
        Resident {
            id: "yamada-taro".to_owned(),
            name: "山田　太郎".to_owned(),
            name_substitutes: "00000".to_owned(),
            address: "千葉県みほん市本町１丁目２番３号".to_owned(),
            address_substitutes: "0000000000000000".to_owned(),
            birth: Date::new(1985, 4, 1),
            sex: Sex::Male,
            municipality: Municipality::Mihon,
        },
        // In the register: 髙﨑　𠮷子, living in a 葛町 whose first character is a variant.
        Resident {
            id: "takasaki-yoshiko".to_owned(),
            name: "高崎　吉子".to_owned(),
            name_substitutes: "11010".to_owned(),
            address: "千葉県みほん市葛町２１－４　コーポ辻２０２".to_owned(),
            address_substitutes: "000000010000000000000".to_owned(),
            birth: Date::new(1990, 2, 14),
            sex: Sex::Female,
            municipality: Municipality::Mihon,
        },
        Resident {
            id: "nguyen-thi-minh-anh".to_owned(),
            name: "NGUYEN THI MINH ANH".to_owned(),
            name_substitutes: "0000000000000000000".to_owned(),
            address: "千葉県みほん市港５丁目１０番１１号".to_owned(),
            address_substitutes: "00000000000000000".to_owned(),
            birth: Date::new(1998, 11, 3),
            sex: Sex::Female,
            municipality: Municipality::Mihon,
        },
        Resident {
            id: "suzuki-hanako".to_owned(),
            name: "鈴木　花子".to_owned(),
            name_substitutes: "00000".to_owned(),
            address: "千葉県となり市栄町７番地".to_owned(),
            address_substitutes: "000000000000".to_owned(),
            birth: Date::new(1988, 12, 15),
            sex: Sex::Female,
            municipality: Municipality::Tonari,
        },
    ]
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
        ];
        for ((year, month, day), code) in cases {
            assert_eq!(Date::new(year, month, day).with_era(), code);
        }
    }
}
