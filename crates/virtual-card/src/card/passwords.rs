//! VERIFY (ISO 7816-4 §7.5.6) and CHANGE REFERENCE DATA (§7.5.7).

use shomei_apdu::{Command, StatusWord};

use super::{Answer, INCOMPATIBLE_FILE, VirtualCard};
use crate::file::{File, Purpose};
use crate::secret::{Outcome, Secret};
use crate::{Exhausted, OpenQuery};

impl VirtualCard {
    /// No data asks for the counter, 1 to 16 bytes are a try, more are refused uncounted.
    pub(super) fn verify(&mut self, command: &Command<'_>) -> Answer {
        if command.p1() != 0x00 {
            return Err(StatusWord::IncorrectParameters);
        }
        let purpose = self.addressed_secret(command.p2())?;
        match command.data() {
            [] => self.query(purpose),
            value if Secret::LENGTHS.contains(&value.len()) => self.try_secret(purpose, value),
            _ => Err(StatusWord::WrongLength),
        }
    }

    /// P1 = 01: the new value alone. The old one was shown by the VERIFY that must stand.
    pub(super) fn change_reference_data(&mut self, command: &Command<'_>) -> Answer {
        if command.p1() != 0x01 {
            return Err(StatusWord::IncorrectParameters);
        }
        let purpose = self.addressed_secret(command.p2())?;
        let secret = self.secret_mut(purpose)?;
        if !secret.is_open() {
            return Err(StatusWord::SecurityNotSatisfied);
        }
        if !Secret::LENGTHS.contains(&command.data().len()) {
            return Err(StatusWord::WrongLength);
        }
        secret.change(command.data());
        Ok(Vec::new())
    }

    fn addressed_secret(&mut self, p2: u8) -> Result<Purpose, StatusWord> {
        match self.addressed(p2)? {
            File::Secret(purpose) => Ok(purpose),
            _ => Err(INCOMPATIBLE_FILE),
        }
    }

    fn secret_mut(&mut self, purpose: Purpose) -> Result<&mut Secret, StatusWord> {
        self.slot_mut(purpose).map(|slot| &mut slot.secret).ok_or(StatusWord::NotFound)
    }

    fn query(&mut self, purpose: Purpose) -> Answer {
        let open_query = self.behaviour.open_query;
        let secret = self.secret_mut(purpose)?;
        match (secret.is_open(), open_query) {
            (true, OpenQuery::Success) => Ok(Vec::new()),
            _ => Err(StatusWord::TriesLeft(secret.left())),
        }
    }

    fn try_secret(&mut self, purpose: Purpose, value: &[u8]) -> Answer {
        let exhausted = match self.behaviour.exhausted {
            Exhausted::ReferenceDataUnusable => StatusWord::ReferenceDataUnusable,
            Exhausted::Blocked => StatusWord::Blocked,
        };
        match self.secret_mut(purpose)?.verify(value) {
            Outcome::Verified => Ok(Vec::new()),
            Outcome::Wrong { left } => Err(StatusWord::TriesLeft(left)),
            Outcome::Exhausted => Err(exhausted),
        }
    }
}
