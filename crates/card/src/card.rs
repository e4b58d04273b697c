//! A card on which the JPKI application is known to be, with its key closed.

use std::fmt;

use shomei_apdu::{Command, Response, StatusWord};

use crate::{
    CardError, Part, SignaturePassword, SignatureSession, Transport, UnlockError, certificate,
    channel::exchange,
    command::{self, Application, File},
};

/// A My Number Card that carries a signature certificate.
///
/// While it lives, nobody else may speak to the card: the owner of the transport holds it exclusively, and drops this
/// before letting go. When a key may be open, dropping closes it.
pub struct Card<T: Transport> {
    transport: T,
    position: Position,
    key: Key,
    tries_at_open: Option<Tries>,
}

/// What the signature password's retry counter says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tries {
    /// This many wrong passwords more block it; at least 1, at most 15, and 5 when fresh.
    Left(u8),
    /// Blocked; only a municipal counter can reset it.
    Blocked,
}

/// Whether the person agreed, in a separate and explicit step, to spend the last try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastTry {
    /// Agreed.
    Confirmed,
    /// Not asked, or not agreed.
    NotConfirmed,
}

/// What is selected, as far as the answers so far tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Position {
    Elsewhere,
    Jpki(Option<File>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Closed,
    MayBeOpen,
}

impl<T: Transport> Card<T> {
    /// Selects the JPKI application, checks that a signature certificate is there, reads the retry counter, and
    /// closes a key that an earlier program left open. Four exchanges; four more when a key was open.
    ///
    /// Any card may be tried; there is no need to look at its ATR.
    ///
    /// # Errors
    /// [`CardError::NotMyNumberCard`], [`CardError::NoSignatureCertificate`], [`CardError::KeyStaysOpen`] and those
    /// of every exchange. A blocked password is no error here but [`Tries::Blocked`].
    pub fn open(transport: T) -> Result<Self, CardError> {
        let mut card = Self::resume(transport);
        card.select_jpki()?;
        card.require_signature_certificate()?;
        card.tries_at_open = Some(card.signature_tries()?);
        Ok(card)
    }

    /// Takes up a card that [`Self::open`] found ready and that was let go of since. No exchange: what is selected is
    /// unknown, so the next operation selects it anew, and the counter is read again before a password is sent.
    pub const fn resume(transport: T) -> Self {
        Self { transport, position: Position::Elsewhere, key: Key::Closed, tries_at_open: None }
    }

    /// The retry counter as it was read by [`Self::open`], without asking the card again; nothing after
    /// [`Self::resume`].
    #[must_use]
    pub const fn tries_at_open(&self) -> Option<Tries> {
        self.tries_at_open
    }

    /// Asks the card for the retry counter of the signature password. Spends no try. One exchange, when the
    /// password's file is still the current one. A key found open is closed first.
    ///
    /// # Errors
    /// [`CardError::KeyStaysOpen`] and those of every exchange.
    pub fn signature_tries(&mut self) -> Result<Tries, CardError> {
        if self.key_may_be_open() {
            self.close_key()?;
        }
        if let Some(tries) = self.query_tries()? {
            return Ok(tries);
        }
        self.close_key()?;
        self.query_tries()?.ok_or(CardError::KeyStaysOpen)
    }

    /// Reads the certificate of the authority that issued the signature certificate: DER, readable without a
    /// password. It says of which world the card is before anything is typed; it proves nothing. One SELECT and one
    /// exchange for every 256 bytes begun.
    ///
    /// # Errors
    /// [`CardError::NoSignatureCertificate`] when the file is missing or empty, and those of every exchange.
    pub fn signature_authority_certificate(&mut self) -> Result<Vec<u8>, CardError> {
        certificate::read(self, File::SignatureAuthorityCertificate)
    }

    /// Opens the signature key. The counter is read immediately before, the password is sent at most once, and
    /// one call is one try: how many a person gets in one operation is the caller's to count.
    ///
    /// # Errors
    /// [`UnlockError`]. After each of them the key is closed, or closing was tried.
    pub fn unlock_signature(
        &mut self,
        password: &SignaturePassword,
        last_try: LastTry,
    ) -> Result<SignatureSession<'_, T>, UnlockError> {
        match (self.signature_tries()?, last_try) {
            (Tries::Blocked, _) => return Err(UnlockError::Blocked),
            (Tries::Left(1), LastTry::NotConfirmed) => return Err(UnlockError::LastTryNotConfirmed),
            (Tries::Left(_), _) => {}
        }
        // From here on the key may be open, also if no answer comes back.
        self.key = Key::MayBeOpen;
        let verified = self.exchange(&command::verify(password)).map_err(UnlockError::from);
        match verified.and_then(|answer| self.judge(answer.status)) {
            Ok(()) => Ok(SignatureSession::new(self)),
            Err(error) => {
                self.close_if_open();
                Err(error)
            }
        }
    }

    /// What the answer to VERIFY says about the password.
    fn judge(&mut self, status: StatusWord) -> Result<(), UnlockError> {
        let tries = match (status, told_tries(status)) {
            (StatusWord::Success, _) => return Ok(()),
            (_, Some(tries)) => {
                self.key = Key::Closed;
                tries
            }
            (StatusWord::VerificationFailed, None) => {
                self.key = Key::Closed;
                self.signature_tries()?
            }
            _ => {
                return Err(CardError::Refused { instruction: command::VERIFY, status }.into());
            }
        };
        Err(match tries {
            Tries::Left(left) => UnlockError::Wrong { left },
            Tries::Blocked => UnlockError::Blocked,
        })
    }

    /// The counter, or nothing when the key is open and the card therefore tells none.
    fn query_tries(&mut self) -> Result<Option<Tries>, CardError> {
        self.select(File::SignaturePassword)?;
        let status = self.exchange(&command::query_tries())?.status;
        match (status, told_tries(status)) {
            (_, Some(tries)) => Ok(Some(tries)),
            (StatusWord::Success, None) => {
                self.key = Key::MayBeOpen;
                Ok(None)
            }
            _ => Err(CardError::Refused { instruction: command::VERIFY, status }),
        }
    }

    /// A card may lack the file that tells; then only the certificate itself will.
    fn require_signature_certificate(&mut self) -> Result<(), CardError> {
        const PRESENT: u8 = 0x8F;
        let Some(availability) = self.availability()? else {
            return Ok(());
        };
        match availability.first() {
            Some(&PRESENT) => Ok(()),
            Some(_) => Err(CardError::NoSignatureCertificate),
            None => Err(CardError::Malformed { what: Part::Availability, offset: 0 }),
        }
    }

    fn availability(&mut self) -> Result<Option<Vec<u8>>, CardError> {
        let by_short_identifier = self.exchange(&command::read_availability())?;
        if by_short_identifier.status == StatusWord::Success {
            return Ok(Some(by_short_identifier.data));
        }
        match self.select(File::Availability) {
            Err(CardError::Refused { .. }) => return Ok(None),
            selected => selected?,
        }
        let read = self.exchange(&command::read(0, command::AVAILABILITY_LENGTH))?;
        Ok((read.status == StatusWord::Success).then_some(read.data))
    }

    /// Makes `file` the current one, with as many SELECTs as that needs.
    pub(crate) fn select(&mut self, file: File) -> Result<(), CardError> {
        if self.position == Position::Jpki(Some(file)) {
            return Ok(());
        }
        if self.position == Position::Elsewhere {
            self.select_jpki()?;
        }
        self.position = Position::Jpki(None);
        self.say_select(&command::select_file(file))?;
        self.position = Position::Jpki(Some(file));
        Ok(())
    }

    fn select_jpki(&mut self) -> Result<(), CardError> {
        self.position = Position::Elsewhere;
        self.say_select(&command::select_application(Application::Jpki)).map_err(|error| match error {
            // Cards of other kinds may know neither the application nor how to select one.
            CardError::Refused {
                status: StatusWord::NotFound | StatusWord::InstructionUnknown | StatusWord::ClassUnknown,
                ..
            } => CardError::NotMyNumberCard,
            error => error,
        })?;
        self.position = Position::Jpki(None);
        Ok(())
    }

    fn say_select(&mut self, select: &Command<'_>) -> Result<(), CardError> {
        match self.exchange(select)?.status {
            // 61xx offers control information, which nobody asked for and nobody fetches.
            StatusWord::Success | StatusWord::MoreData(_) => Ok(()),
            status => Err(CardError::Refused { instruction: command::SELECT, status }),
        }
    }

    /// One exchange. After a failed one nothing is known of what is selected.
    pub(crate) fn exchange(&mut self, command: &Command<'_>) -> Result<Response, CardError> {
        let answer = exchange(&mut self.transport, command);
        if answer.is_err() {
            self.position = Position::Elsewhere;
        }
        answer
    }

    /// Closes the key by selecting another application: the JPKI application keeps a verified password across a
    /// reset and across being selected again, so neither would do.
    pub(crate) fn close_key(&mut self) -> Result<(), CardError> {
        self.position = Position::Elsewhere;
        if self.leave_for(Application::InputSupport).is_ok() {
            return Ok(());
        }
        self.leave_for(Application::IssuerSecurityDomain)
    }

    fn leave_for(&mut self, application: Application) -> Result<(), CardError> {
        self.say_select(&command::select_application(application))?;
        self.key = Key::Closed;
        Ok(())
    }

    /// Closing where there is nobody left to tell that it failed; the owner's power-off closes the key then.
    pub(crate) fn close_if_open(&mut self) {
        if self.key == Key::MayBeOpen {
            let _ = self.close_key();
        }
    }

    pub(crate) fn key_may_be_open(&self) -> bool {
        self.key == Key::MayBeOpen
    }
}

/// The counter, when an answer to VERIFY, with a password or without, tells it.
const fn told_tries(status: StatusWord) -> Option<Tries> {
    match status {
        StatusWord::TriesLeft(0) | StatusWord::Blocked | StatusWord::ReferenceDataUnusable => {
            Some(Tries::Blocked)
        }
        StatusWord::TriesLeft(left) => Some(Tries::Left(left)),
        _ => None,
    }
}

impl<T: Transport> Drop for Card<T> {
    fn drop(&mut self) {
        self.close_if_open();
    }
}

impl<T: Transport> fmt::Debug for Card<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Card")
            .field("position", &self.position)
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}
