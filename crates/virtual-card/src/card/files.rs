//! READ BINARY (ISO 7816-4 §7.2.3) and the access rules of the files.

use shomei_apdu::{Command, StatusWord};

use super::{Answer, INCOMPATIBLE_FILE, Slot, VirtualCard};
use crate::Token;
use crate::file::{File, padded};

/// EF 0008: this certificate is there.
const PRESENT: u8 = 0x8F;
const ABSENT: u8 = 0x00;

impl VirtualCard {
    /// Reads from an offset of 15 bits in the current file, or of 8 bits in a file named by its SFI. Near the
    /// end the answer is shorter than asked for, without an error.
    pub(super) fn read_binary(&mut self, command: &Command<'_>) -> Answer {
        let (file, offset) = match command.p1() {
            0x81..=0x9E => (self.select_file([0x00, command.p1() & 0x1F])?, u16::from(command.p2())),
            high @ 0x00..=0x7F => {
                let file = self.file.ok_or(StatusWord::NoCurrentFile)?;
                (file, u16::from_be_bytes([high, command.p2()]))
            }
            _ => return Err(StatusWord::IncorrectParameters),
        };
        let contents = self.contents(file)?;
        let size = usize::try_from(command.expected()).map_err(|_| StatusWord::WrongLength)?;
        if size == 0 || !command.data().is_empty() {
            return Err(StatusWord::WrongLength);
        }
        match contents.get(usize::from(offset)..) {
            Some(rest @ [_, ..]) => Ok(rest.iter().take(size).copied().collect()),
            _ => Err(StatusWord::OffsetOutside),
        }
    }

    fn contents(&self, file: File) -> Answer {
        let open = |slot: &Slot| slot.secret.is_open();
        let signature = || self.signature.as_ref().ok_or(StatusWord::NotFound);
        match file {
            File::SignatureCertificate if !open(signature()?) => Err(StatusWord::SecurityNotSatisfied),
            File::SignatureCertificate => Ok(padded(&signature()?.certificate)),
            File::SignatureAuthority => Ok(padded(&signature()?.authority)),
            File::TokenInformation => Ok(self.behaviour.token.information()),
            File::Availability => Ok(self.availability()),
            File::AuthenticationCertificate
                if self.behaviour.token == Token::Telephone && !open(&self.authentication) =>
            {
                Err(StatusWord::SecurityNotSatisfied)
            }
            File::AuthenticationCertificate => Ok(padded(&self.authentication.certificate)),
            File::AuthenticationAuthority => Ok(padded(&self.authentication.authority)),
            File::Key(_) | File::Secret(_) => Err(INCOMPATIBLE_FILE),
        }
    }

    fn availability(&self) -> Vec<u8> {
        let signature = if self.signature.is_some() { PRESENT } else { ABSENT };
        vec![signature, PRESENT, 0x00]
    }
}
