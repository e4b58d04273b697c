//! SELECT (ISO 7816-4 §7.1.1), and only as many as are needed.

use shomei_apdu::{Command, Response, StatusWord};

use super::{Card, Position};
use crate::{
    Addressing, CardError, Transport, command,
    file::{Application, File},
};

impl<T: Transport> Card<T> {
    /// Makes `file` the current one.
    pub(crate) fn select(&mut self, file: File) -> Result<(), CardError> {
        let application = file.application();
        if self.position == Position::In(application, Some(file)) {
            return Ok(());
        }
        self.enter(application)?;
        self.position = Position::In(application, None);
        self.say_select(&command::select_file(file))?;
        self.position = Position::In(application, Some(file));
        Ok(())
    }

    /// Selects an application unless it is the current one.
    pub(crate) fn enter(&mut self, application: Application) -> Result<(), CardError> {
        match self.position {
            Position::In(current, _) if current == application => Ok(()),
            _ => self.select_application(application),
        }
    }

    pub(crate) fn select_application(&mut self, application: Application) -> Result<(), CardError> {
        self.position = Position::Unknown;
        self.say_select(&command::select_application(application)).map_err(|error| match error {
            // Cards of other kinds may know neither the application nor how to select one.
            CardError::Refused {
                status: StatusWord::NotFound | StatusWord::InstructionUnknown | StatusWord::ClassUnknown,
                ..
            } => absent(application),
            error => error,
        })?;
        // A card remembers what was verified until a different application is selected.
        if self.open != Some(application) {
            self.open = None;
        }
        self.position = Position::In(application, None);
        Ok(())
    }

    /// A command named a file by itself; which one is current now is not worth knowing.
    pub(crate) const fn lose_current_file(&mut self) {
        if let Position::In(application, _) = self.position {
            self.position = Position::In(application, None);
        }
    }

    fn say_select(&mut self, select: &Command<'_>) -> Result<(), CardError> {
        match self.exchange(select)?.status {
            // 61xx offers control information, which nobody asked for and nobody fetches.
            StatusWord::Success | StatusWord::MoreData(_) => Ok(()),
            status => Err(CardError::Refused { instruction: command::SELECT, status }),
        }
    }

    /// Says `named`, which names `file` by its short identifier, where the dialect has such; `current` with the file
    /// selected before it where it has not, or where the card does not know the short identifier.
    pub(crate) fn say_to(
        &mut self,
        file: File,
        named: &Command<'_>,
        current: &Command<'_>,
    ) -> Result<Response, CardError> {
        let selected = self.position == Position::In(file.application(), Some(file));
        if self.dialect.addressing == Addressing::ShortIdentifier && !selected {
            self.enter(file.application())?;
            let answer = self.exchange(named)?;
            self.position = Position::In(file.application(), current_after(file));
            if !knows_no_short_identifier(answer.status) {
                return Ok(answer);
            }
            self.lose_current_file();
        }
        self.select(file)?;
        self.exchange(current)
    }
}

/// What is current after a command named `file` by its short identifier. Where a misunderstanding would cost a try,
/// nothing is taken for granted.
const fn current_after(file: File) -> Option<File> {
    match file {
        File::Secret(_) => None,
        file => Some(file),
    }
}

const fn knows_no_short_identifier(status: StatusWord) -> bool {
    matches!(
        status,
        StatusWord::NotFound
            | StatusWord::IncorrectParameters
            | StatusWord::WrongLength
            | StatusWord::NoCurrentFile
            | StatusWord::OffsetOutside
    )
}

const fn absent(application: Application) -> CardError {
    match application {
        Application::Jpki => CardError::NotMyNumberCard,
        Application::InputSupport | Application::IssuerSecurityDomain => CardError::NoInputSupport,
    }
}
