//! READ BINARY (ISO 7816-4 §7.2.3), READ RECORD (§7.3.3) and the access rules of the files.

use shomei_apdu::{Command, StatusWord};

use super::{Answer, Forms, INCOMPATIBLE_FILE, Slot, VirtualCard};
use crate::application::File;
use crate::{PastTheEnd, Reference, Token};

/// EF 0008: this certificate is there.
const PRESENT: u8 = 0x8F;
const ABSENT: u8 = 0x00;
/// Bytes of a certificate's file; what the certificate leaves is filled with FF.
const CERTIFICATE_FILE_SIZE: usize = 2560;
const FILLER: u8 = 0xFF;
/// Record 1 of EF 0001 of the common application: 28 digits of card number (15), municipality (5, unassigned in
/// reality) and expiry (YYYYMMDD).
const CARD_NUMBER: &[u8; 30] = b"\x01\x1C0000000000000011299920351231";
/// P2 of READ RECORD: P1 is a number, and the file is the current one or that of the upper five bits.
const RECORD_BY_NUMBER: u8 = 0x04;

impl VirtualCard {
    /// Reads from an offset of 15 bits in the current file, or of 8 bits in a file named by its SFI. Near the
    /// end the answer is shorter than asked for, without an error.
    pub(super) fn read_binary(&mut self, command: &Command<'_>) -> Answer {
        let (file, offset) = match command.p1() {
            0x81..=0x9E => (self.select_short(command.p1() & 0x1F)?, u16::from(command.p2())),
            high @ 0x00..=0x7F => {
                let file = self.file.ok_or(StatusWord::NoCurrentFile)?;
                (file, u16::from_be_bytes([high, command.p2()]))
            }
            _ => return Err(StatusWord::IncorrectParameters),
        };
        let contents = self.contents(file)?;
        let size = expected(command)?;
        match (contents.get(usize::from(offset)..), self.behaviour.past_the_end) {
            (Some(rest @ [_, ..]), _) => Ok(rest.iter().take(size).copied().collect()),
            (_, PastTheEnd::Nothing) => Ok(Vec::new()),
            (_, PastTheEnd::OffsetOutside) => Err(StatusWord::OffsetOutside),
        }
    }

    /// Reads a record by its number, in the current file or in one named by its SFI. There is one record.
    pub(super) fn read_record(&mut self, command: &Command<'_>) -> Answer {
        let (identifier, way) = (command.p2() >> 3, command.p2() & 0x07);
        if way != RECORD_BY_NUMBER {
            return Err(StatusWord::IncorrectParameters);
        }
        let file = match identifier {
            0 => self.file.ok_or(StatusWord::NoCurrentFile)?,
            _ => self.select_short(identifier)?,
        };
        if file != File::CardNumber {
            return Err(INCOMPATIBLE_FILE);
        }
        let size = expected(command)?;
        match command.p1() {
            1 => Ok(CARD_NUMBER.iter().take(size).copied().collect()),
            _ => Err(StatusWord::RecordNotFound),
        }
    }

    fn contents(&self, file: File) -> Answer {
        match file {
            File::SignatureCertificate => {
                self.guarded(Reference::SignaturePassword)?;
                Ok(padded(&self.signature()?.certificate))
            }
            File::SignatureAuthority => Ok(padded(&self.signature()?.authority)),
            File::TokenInformation => Ok(self.behaviour.token.information()),
            File::Availability => Ok(self.availability()),
            File::AuthenticationCertificate => {
                if self.behaviour.token == Token::Telephone {
                    self.guarded(Reference::AuthenticationPin)?;
                }
                Ok(padded(&self.authentication.certificate))
            }
            File::AuthenticationAuthority => Ok(padded(&self.authentication.authority)),
            File::IndividualNumber => Ok(self.forms()?.number.clone()),
            File::Attributes => Ok(self.forms()?.attributes.clone()),
            File::Integrity => Ok(self.forms()?.integrity.clone()),
            File::Key(_) | File::Secret(_) | File::CardNumber => Err(INCOMPATIBLE_FILE),
        }
    }

    fn guarded(&self, reference: Reference) -> Result<(), StatusWord> {
        if self.is_open(reference) { Ok(()) } else { Err(StatusWord::SecurityNotSatisfied) }
    }

    fn signature(&self) -> Result<&Slot, StatusWord> {
        self.signature.as_ref().ok_or(StatusWord::NotFound)
    }

    /// The files behind the PIN of the input-support application.
    fn forms(&self) -> Result<&Forms, StatusWord> {
        self.guarded(Reference::InputSupportPin)?;
        self.input_support.as_ref().ok_or(StatusWord::NotFound)
    }

    fn availability(&self) -> Vec<u8> {
        let signature = if self.signature.is_some() { PRESENT } else { ABSENT };
        vec![signature, PRESENT, 0x00]
    }
}

/// How many bytes a reading command asks for.
fn expected(command: &Command<'_>) -> Result<usize, StatusWord> {
    match usize::try_from(command.expected()) {
        Ok(size) if size > 0 && command.data().is_empty() => Ok(size),
        _ => Err(StatusWord::WrongLength),
    }
}

/// The physical contents of a certificate's file.
fn padded(certificate: &[u8]) -> Vec<u8> {
    let mut file = certificate.to_vec();
    file.resize(certificate.len().max(CERTIFICATE_FILE_SIZE), FILLER);
    file
}
