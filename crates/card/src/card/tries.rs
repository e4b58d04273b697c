//! Retry counters, asked for without spending a try.

use shomei_apdu::StatusWord;

use super::Card;
use crate::{CardError, Reference, Transport, command, file::File};

/// What a retry counter says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tries {
    /// This many wrong entries more block it; at least 1, at most 15; when fresh 5 for the signature password and 3
    /// for a PIN.
    Left(u8),
    /// Blocked; only a municipal counter can reset it.
    Blocked,
}

impl<T: Transport> Card<T> {
    /// Asks the card for a retry counter. Spends no try. One exchange, when the file is still the current one.
    /// Something found verified is closed first, for an open card tells no counter.
    ///
    /// # Errors
    /// [`CardError::KeyStaysOpen`] and those of every exchange.
    pub fn tries(&mut self, reference: Reference) -> Result<Tries, CardError> {
        if self.may_be_open() {
            self.close_key()?;
        }
        let mut tries = self.query_tries(reference)?;
        if tries.is_none() {
            self.found_open = true;
            self.close_key()?;
            tries = self.query_tries(reference)?;
        }
        self.told = tries.map(|tries| (reference, tries));
        tries.ok_or(CardError::KeyStaysOpen)
    }

    /// The counter immediately before a try: asked for, unless the last exchange was just that.
    pub(super) fn tries_now(&mut self, reference: Reference) -> Result<Tries, CardError> {
        match self.told {
            Some((of, tries)) if of == reference => Ok(tries),
            _ => self.tries(reference),
        }
    }

    /// The counter, or nothing when the reference data stands verified and the card therefore tells none.
    fn query_tries(&mut self, reference: Reference) -> Result<Option<Tries>, CardError> {
        let file = File::Secret(reference);
        let status = self.say_to(file, &command::query_tries_of(file), &command::query_tries())?.status;
        match (status, told_tries(status)) {
            (_, Some(tries)) => Ok(Some(tries)),
            (StatusWord::Success, None) => {
                self.mark_open(reference.application());
                Ok(None)
            }
            _ => Err(CardError::Refused { instruction: command::VERIFY, status }),
        }
    }
}

/// The counter, when an answer to VERIFY, with data or without, tells it.
pub(super) const fn told_tries(status: StatusWord) -> Option<Tries> {
    match status {
        StatusWord::TriesLeft(0) | StatusWord::Blocked | StatusWord::ReferenceDataUnusable => {
            Some(Tries::Blocked)
        }
        StatusWord::TriesLeft(left) => Some(Tries::Left(left)),
        _ => None,
    }
}
