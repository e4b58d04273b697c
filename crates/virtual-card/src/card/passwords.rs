//! VERIFY (ISO 7816-4 §7.5.6) and CHANGE REFERENCE DATA (§7.5.7).

use shomei_apdu::{Command, StatusWord};

use super::{Answer, INCOMPATIBLE_FILE, VirtualCard};
use crate::application::File;
use crate::secret::{Outcome, Secret};
use crate::{Exhausted, OpenQuery, Reference};

impl VirtualCard {
    /// No data asks for the counter, 1 to 16 bytes are a try, more are refused uncounted.
    pub(super) fn verify(&mut self, command: &Command<'_>) -> Answer {
        if command.p1() != 0x00 {
            return Err(StatusWord::IncorrectParameters);
        }
        let reference = self.addressed_reference(command.p2())?;
        match command.data() {
            [] => self.query(reference),
            value if Secret::LENGTHS.contains(&value.len()) => self.try_secret(reference, value),
            _ => Err(StatusWord::WrongLength),
        }
    }

    /// P1 = 01: the new value alone. The old one was shown by the VERIFY that must stand.
    pub(super) fn change_reference_data(&mut self, command: &Command<'_>) -> Answer {
        if command.p1() != 0x01 {
            return Err(StatusWord::IncorrectParameters);
        }
        let reference = self.addressed_reference(command.p2())?;
        let secret = self.secret_mut(reference).ok_or(StatusWord::NotFound)?;
        if !secret.standing().open {
            return Err(StatusWord::SecurityNotSatisfied);
        }
        if !Secret::LENGTHS.contains(&command.data().len()) {
            return Err(StatusWord::WrongLength);
        }
        secret.change(command.data());
        Ok(Vec::new())
    }

    fn addressed_reference(&mut self, p2: u8) -> Result<Reference, StatusWord> {
        match self.addressed(p2)? {
            File::Secret(reference) => Ok(reference),
            _ => Err(INCOMPATIBLE_FILE),
        }
    }

    fn query(&self, reference: Reference) -> Answer {
        let standing = self.standing(reference).ok_or(StatusWord::NotFound)?;
        match (standing.open, self.behaviour.open_query) {
            (true, OpenQuery::Success) => Ok(Vec::new()),
            _ => Err(StatusWord::TriesLeft(standing.left)),
        }
    }

    fn try_secret(&mut self, reference: Reference, value: &[u8]) -> Answer {
        let exhausted = match self.behaviour.exhausted {
            Exhausted::ReferenceDataUnusable => StatusWord::ReferenceDataUnusable,
            Exhausted::Blocked => StatusWord::Blocked,
        };
        match self.secret_mut(reference).ok_or(StatusWord::NotFound)?.verify(value) {
            Outcome::Verified => Ok(Vec::new()),
            Outcome::Wrong { left } => Err(StatusWord::TriesLeft(left)),
            Outcome::Exhausted => Err(exhausted),
        }
    }
}
