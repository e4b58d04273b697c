//! COMPUTE DIGITAL SIGNATURE, `80 2A` (JICSAP; not the PERFORM SECURITY OPERATION of ISO 7816-8).

use shomei_apdu::{Command, StatusWord};

use super::{Answer, INCOMPATIBLE_FILE, VirtualCard};
use crate::application::File;

impl VirtualCard {
    pub(super) fn compute_digital_signature(&mut self, command: &Command<'_>) -> Answer {
        let last = if self.behaviour.padding_only { 0x00 } else { 0x05 };
        if command.p1() > last {
            return Err(StatusWord::IncorrectParameters);
        }
        let File::Key(purpose) = self.addressed(command.p2())? else {
            return Err(INCOMPATIBLE_FILE);
        };
        let slot = self.slot(purpose).ok_or(StatusWord::NotFound)?;
        if !slot.secret.standing().open {
            return Err(StatusWord::SecurityNotSatisfied);
        }
        let signature = slot.key.compute(command.p1(), command.data())?;
        match usize::try_from(command.expected()) {
            Ok(expected) if expected >= signature.len() => Ok(signature),
            _ => Err(StatusWord::WrongLength),
        }
    }
}
