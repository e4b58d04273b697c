//! SELECT (ISO 7816-4 §7.1.1): which application, then which file.

use shomei_apdu::{Command, StatusWord};

use super::{Answer, VirtualCard};
use crate::application::{Application, File, Purpose};
use crate::{MasterFile, Reference};

/// File control information: a template (6F) with the name (84).
fn control_information(name: &[u8]) -> Vec<u8> {
    tagged(0x6F, &tagged(0x84, name))
}

fn tagged(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = u8::try_from(value.len()).unwrap_or(u8::MAX);
    [&[tag, length], value].concat()
}

impl VirtualCard {
    pub(super) fn select(&mut self, command: &Command<'_>) -> Answer {
        let name = command.data();
        match (command.p1(), command.p2()) {
            (0x04, 0x0C) => self.select_application(name).map(|()| Vec::new()),
            (0x04, 0x00) if !self.behaviour.no_control_information => {
                self.select_application(name).map(|()| control_information(name))
            }
            (0x02, 0x0C) => match command.data() {
                [high, low] => self.select_file([*high, *low]).map(|_| Vec::new()),
                _ => Err(StatusWord::WrongLength),
            },
            (0x00, _) => self.select_master_file(command.data()),
            _ => Err(StatusWord::IncorrectParameters),
        }
    }

    /// Selects by name. An unknown name leaves everything as it is. What was opened in another application closes;
    /// selecting the same one again closes nothing, not even after a reset.
    fn select_application(&mut self, name: &[u8]) -> Result<(), StatusWord> {
        let application = Application::named(name).ok_or(StatusWord::NotFound)?;
        self.close_but(Some(application).filter(|_| !self.behaviour.reselect_closes));
        self.application = Some(application);
        self.file = None;
        Ok(())
    }

    /// Selects a file of the current application and returns it.
    pub(super) fn select_file(&mut self, identifier: [u8; 2]) -> Result<File, StatusWord> {
        let file = self
            .application
            .and_then(|application| File::of(application, identifier))
            .filter(|file| self.has(*file))
            .ok_or(StatusWord::NotFound)?;
        if file == File::IndividualNumber {
            self.individual_number_selected = self.individual_number_selected.saturating_add(1);
        }
        self.file = Some(file);
        Ok(file)
    }

    /// The file meant by P2: `80` is the current one, `80 | SFI` names one and makes it current.
    pub(super) fn addressed(&mut self, p2: u8) -> Result<File, StatusWord> {
        match p2 {
            0x80 => self.file.ok_or(StatusWord::NoCurrentFile),
            0x81..=0x9E => self.select_short(p2 & 0x1F),
            _ => Err(StatusWord::IncorrectParameters),
        }
    }

    /// Selects a file by its short identifier.
    pub(super) fn select_short(&mut self, identifier: u8) -> Result<File, StatusWord> {
        if self.behaviour.no_short_identifiers {
            return Err(StatusWord::IncorrectParameters);
        }
        self.select_file([0x00, identifier])
    }

    fn select_master_file(&self, identifier: &[u8]) -> Answer {
        match (self.behaviour.master_file, identifier, self.application) {
            (MasterFile::Reported, [], Some(_)) => Ok(Vec::new()),
            (MasterFile::Reported, [], None) => Err(StatusWord::IncorrectParameters),
            (MasterFile::Reported, ..) | (MasterFile::NotFound, ..) => Err(StatusWord::NotFound),
        }
    }

    const fn has(&self, file: File) -> bool {
        match file {
            File::SignatureCertificate | File::SignatureAuthority | File::Key(Purpose::Signature) => {
                self.signature.is_some()
            }
            File::Secret(Reference::SignaturePassword) => self.signature.is_some(),
            File::Availability => !self.behaviour.no_availability,
            File::IndividualNumber | File::Attributes | File::Integrity => self.input_support.is_some(),
            File::Secret(Reference::InputSupportPin) => self.input_support.is_some(),
            File::TokenInformation
            | File::AuthenticationCertificate
            | File::AuthenticationAuthority
            | File::Key(Purpose::Authentication)
            | File::Secret(Reference::AuthenticationPin)
            | File::CardNumber => true,
        }
    }
}
