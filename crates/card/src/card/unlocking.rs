//! VERIFY (ISO 7816-4 §7.5.6): the one command that can cost a try.

use shomei_apdu::{Response, StatusWord};

use super::{Card, Tries, tries::told_tries};
use crate::{
    AuthenticationSession, CardError, InputSupportSession, Pin, PinPad, Reference, SignaturePassword,
    SignatureSession, Transport, UnlockError, command,
    file::File,
    pin_pad::{self, Entered},
    session::Session,
};

/// Whether the person agreed, in a separate and explicit step, to spend the last try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastTry {
    /// Agreed.
    Confirmed,
    /// Not asked, or not agreed.
    NotConfirmed,
}

impl<T: Transport> Card<T> {
    /// Opens the signature key. The counter is known from immediately before, the password is sent at most once, and
    /// one call is one try: how many a person gets in one operation is the caller's to count.
    ///
    /// # Errors
    /// [`UnlockError`]. After each of them the key is closed, or closing was tried.
    pub fn unlock_signature(
        &mut self,
        password: &SignaturePassword,
        last_try: LastTry,
    ) -> Result<SignatureSession<'_, T>, UnlockError> {
        self.unlock(Reference::SignaturePassword, password.bytes(), last_try)?;
        Ok(Session::new(self))
    }

    /// Opens the authentication key, by the rules of [`Self::unlock_signature`].
    ///
    /// # Errors
    /// [`UnlockError`]. After each of them the key is closed, or closing was tried.
    pub fn unlock_authentication(
        &mut self,
        pin: &Pin,
        last_try: LastTry,
    ) -> Result<AuthenticationSession<'_, T>, UnlockError> {
        self.unlock(Reference::AuthenticationPin, pin.bytes(), last_try)?;
        Ok(Session::new(self))
    }

    /// Opens the input-support application. Its PIN opens the file of the individual number too, to every program
    /// that asks, so the session is closed like a key; this crate never selects that file.
    ///
    /// # Errors
    /// [`UnlockError`]. After each of them the application is closed, or closing was tried.
    pub fn unlock_input_support(
        &mut self,
        pin: &Pin,
        last_try: LastTry,
    ) -> Result<InputSupportSession<'_, T>, UnlockError> {
        self.unlock(Reference::InputSupportPin, pin.bytes(), last_try)?;
        Ok(Session::new(self))
    }

    pub(crate) fn unlock(
        &mut self,
        reference: Reference,
        secret: &[u8],
        last_try: LastTry,
    ) -> Result<(), UnlockError> {
        self.unlock_by(reference, last_try, |card| Ok(card.exchange(&command::verify(secret))?))
    }

    fn unlock_by(
        &mut self,
        reference: Reference,
        last_try: LastTry,
        verify: impl FnOnce(&mut Self) -> Result<Response, UnlockError>,
    ) -> Result<(), UnlockError> {
        match (self.tries_now(reference)?, last_try) {
            (Tries::Blocked, _) => return Err(UnlockError::Blocked),
            (Tries::Left(1), LastTry::NotConfirmed) => return Err(UnlockError::LastTryNotConfirmed),
            (Tries::Left(_), _) => {}
        }
        // The counter may have been asked for by a short identifier; a try goes only to a file that is selected.
        self.select(File::Secret(reference))?;
        // From here on the key may be open, also if no answer comes back.
        self.mark_open(reference.application());
        let judged = verify(self).and_then(|answer| self.judge(reference, answer.status));
        if judged.is_err() {
            self.close_if_open();
        }
        judged
    }

    /// What the answer to VERIFY says about the entry.
    fn judge(&mut self, reference: Reference, status: StatusWord) -> Result<(), UnlockError> {
        let tries = match (status, told_tries(status)) {
            (StatusWord::Success, _) => return Ok(()),
            (_, Some(tries)) => {
                self.mark_closed();
                tries
            }
            (StatusWord::VerificationFailed, None) => {
                self.mark_closed();
                self.tries(reference)?
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
}

impl<T: PinPad> Card<T> {
    /// Opens the authentication key with a PIN typed on the reader's own pad, where no program sees it. The person
    /// has the reader's time to do so.
    ///
    /// The signature password cannot be entered that way: pads have digits only.
    ///
    /// # Errors
    /// [`UnlockError`], and [`UnlockError::NotEntered`] when the person did not finish; no try was spent then.
    pub fn unlock_authentication_on_pad(
        &mut self,
        last_try: LastTry,
    ) -> Result<AuthenticationSession<'_, T>, UnlockError> {
        self.unlock_by(Reference::AuthenticationPin, last_try, |card| {
            match pin_pad::verify(&mut card.transport)? {
                Entered::Answer(answer) => Ok(answer),
                Entered::Nothing(why) => {
                    card.mark_closed();
                    Err(UnlockError::NotEntered(why))
                }
            }
        })?;
        Ok(Session::new(self))
    }
}
