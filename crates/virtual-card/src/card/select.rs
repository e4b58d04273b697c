//! SELECT (ISO 7816-4 §7.1.1): which application, then which file.

use shomei_apdu::{Command, StatusWord};

use super::{Answer, VirtualCard};
use crate::file::{File, Purpose};

/// An application of the card, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Application(&'static [u8]);

impl Application {
    /// 公的個人認証AP, the only application here with files.
    pub(super) const JPKI: Self = Self(&[0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01]);

    /// Applications that can be selected, and left for another, but hold no files here: 券面事項入力補助AP,
    /// 券面事項確認AP, 住基AP, 共通カードAP, and the issuer's own (GlobalPlatform).
    const EMPTY: [Self; 5] = [
        Self(&[0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08]),
        Self(&[0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02]),
        Self(&[0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x01]),
        Self(&[0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00]),
        Self(&[0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00]),
    ];

    fn named(name: &[u8]) -> Option<Self> {
        [Self::JPKI].into_iter().chain(Self::EMPTY).find(|application| application.0 == name)
    }

    /// File control information: a template (6F) with the name (84).
    fn control_information(self) -> Vec<u8> {
        let name = tagged(0x84, self.0);
        tagged(0x6F, &name)
    }
}

fn tagged(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = u8::try_from(value.len()).unwrap_or(u8::MAX);
    [&[tag, length], value].concat()
}

impl VirtualCard {
    pub(super) fn select(&mut self, command: &Command<'_>) -> Answer {
        match (command.p1(), command.p2()) {
            (0x04, 0x0C) => self.select_application(command.data()).map(|_| Vec::new()),
            (0x04, 0x00) => self.select_application(command.data()).map(Application::control_information),
            (0x02, 0x0C) => match command.data() {
                [high, low] => self.select_file([*high, *low]).map(|_| Vec::new()),
                _ => Err(StatusWord::WrongLength),
            },
            (0x00, _) => self.select_master_file(command.data()),
            _ => Err(StatusWord::IncorrectParameters),
        }
    }

    /// Selects by name. An unknown name leaves everything as it is. Only another application closes what was
    /// opened in the JPKI application: selecting that one again does not, not even after a reset.
    fn select_application(&mut self, name: &[u8]) -> Result<Application, StatusWord> {
        let application = Application::named(name).ok_or(StatusWord::NotFound)?;
        if application != Application::JPKI {
            self.close();
        }
        self.application = Some(application);
        self.file = None;
        Ok(application)
    }

    /// Selects a file of the current application and returns it.
    pub(super) fn select_file(&mut self, identifier: [u8; 2]) -> Result<File, StatusWord> {
        let file = File::from_identifier(identifier)
            .filter(|file| self.application == Some(Application::JPKI) && self.has(*file))
            .ok_or(StatusWord::NotFound)?;
        self.file = Some(file);
        Ok(file)
    }

    /// The master file cannot be selected: 6A82 by its identifier; without one, 6A86 after a reset and a 9000
    /// that means nothing while an application is current.
    fn select_master_file(&self, identifier: &[u8]) -> Answer {
        match (identifier, self.application) {
            ([], Some(_)) => Ok(Vec::new()),
            ([], None) => Err(StatusWord::IncorrectParameters),
            _ => Err(StatusWord::NotFound),
        }
    }

    const fn has(&self, file: File) -> bool {
        match file {
            File::SignatureCertificate | File::SignatureAuthority => self.signature.is_some(),
            File::Key(Purpose::Signature) | File::Secret(Purpose::Signature) => self.signature.is_some(),
            _ => true,
        }
    }

    pub(super) const fn deselect(&mut self) {
        self.application = None;
        self.file = None;
    }
}
