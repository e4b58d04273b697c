//! The people of the lab: what the register says of them (戸籍・住民票の字) and what certificates say.
//!
//! Each of them is somebody whom a form, a window or a verifier can get wrong. Nobody of them exists, and their addresses
//! have the shapes of real ones in municipalities that are in no atlas.

mod addresses;
mod births;
mod names;
#[cfg(test)]
mod tests;

pub(crate) use self::names::{NGUYEN, SUZUKI, TAKASAKI, YAMADA};
use crate::{Date, Municipality, Resident, Sex};

/// Age from which a signature certificate is issued.
const AGE_FOR_SIGNATURES: u16 = 15;

/// One person.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    /// Name of the folder of the card, and of the person's scenario.
    pub id: &'static str,
    /// Name and address in the register.
    pub register: Texts,
    /// Name and address in certificates: characters that those cannot hold are replaced, one by one.
    pub certificate: Texts,
    /// Date of birth.
    pub birth: Birth,
    /// Sex.
    pub sex: Sex,
    /// Where the register is kept.
    pub municipality: Municipality,
    /// Days of stay (在留期間) that are left, for who may not stay for good. Certificates end with the stay.
    pub days_of_stay: Option<u32>,
    /// Another name in use (通称) that the register holds, whether or not it is part of the name.
    pub alias: Option<&'static str>,
    /// What is remarkable, in Japanese and in English.
    pub remark: Remark,
}

/// A name and an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Texts {
    /// Family name and given name parted by U+3000 where there are two.
    pub name: &'static str,
    /// From the prefecture on, in full-width digits.
    pub address: &'static str,
}

/// One sentence, said twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remark {
    /// In Japanese.
    pub japanese: &'static str,
    /// In English.
    pub english: &'static str,
}

/// A date of birth, fixed or depending on the day on which somebody asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Birth {
    /// This day.
    On(Date),
    /// Fifteen years before the day.
    FifteenToday,
    /// Fifteen years before the day after: still fourteen.
    FifteenTomorrow,
}

/// Everybody.
pub fn people() -> impl Iterator<Item = &'static Person> {
    [names::PEOPLE, births::PEOPLE, addresses::PEOPLE].into_iter().flatten()
}

impl Person {
    /// Somebody whose certificates say the same as the register, born on a day of 1985.
    const fn new(id: &'static str, name: &'static str, remark: Remark) -> Self {
        let texts = Texts { name, address: "千葉県みほん市本町１丁目２番３号" };
        Self {
            id,
            register: texts,
            certificate: texts,
            birth: Birth::On(Date::new(1985, 4, 1)),
            sex: Sex::Female,
            municipality: Municipality::Mihon,
            days_of_stay: None,
            alias: None,
            remark,
        }
    }

    /// The person as certificates describe one that is issued on a day in Japan.
    #[must_use]
    pub fn resident_on(&self, day: Date) -> Resident {
        let Texts { name, address } = self.certificate;
        Resident {
            id: self.id.to_owned(),
            name: name.to_owned(),
            name_substitutes: substitutes(self.register.name, name),
            address: address.to_owned(),
            address_substitutes: substitutes(self.register.address, address),
            birth: self.birth.on(day),
            sex: self.sex,
            municipality: self.municipality,
        }
    }

    /// Whether the person is old enough for a signature certificate on a day in Japan.
    #[must_use]
    pub fn may_sign_on(&self, day: Date) -> bool {
        let Date { year, month, day: of_month } = self.birth.on(day);
        Date::new(year.saturating_add(AGE_FOR_SIGNATURES), month, of_month) <= day
    }
}

impl Birth {
    const fn on(self, day: Date) -> Date {
        let birthday = match self {
            Self::On(birth) => return birth,
            Self::FifteenToday => day,
            Self::FifteenTomorrow => day.next(),
        };
        let year = birthday.year.saturating_sub(AGE_FOR_SIGNATURES);
        let last = Date::last_of_month(year, birthday.month);
        Date::new(year, birthday.month, if birthday.day < last { birthday.day } else { last })
    }
}

/// One digit for each character of a certificate's text: 1 where the register has another one, or the same with a
/// variation selector, which certificates cannot hold.
fn substitutes(register: &str, certificate: &str) -> String {
    let mut register = register.chars().peekable();
    let flag = |character| {
        let original = register.next();
        let mut varied = false;
        while register
            .next_if(|next| matches!(next, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}'))
            .is_some()
        {
            varied = true;
        }
        if varied || original != Some(character) { '1' } else { '0' }
    };
    certificate.chars().map(flag).collect()
}
