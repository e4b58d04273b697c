//! The time in which the signature key is open.

use std::fmt;

use shomei_apdu::StatusWord;

use crate::{
    Card, CardError, Part, Transport, certificate,
    command::{self, File, Sha256DigestInfo},
};

/// An open signature key. It exists only after the card accepted the password, and ends the key's openness with
/// its own: on [`Self::close`], on drop, and at once when a step fails.
#[must_use = "an open key is to be used and closed"]
pub struct SignatureSession<'card, T: Transport> {
    card: &'card mut Card<T>,
}

impl<'card, T: Transport> SignatureSession<'card, T> {
    pub(crate) const fn new(card: &'card mut Card<T>) -> Self {
        Self { card }
    }

    /// Reads the signature certificate: DER, without the filler behind it in the file. One SELECT and one
    /// exchange for every 256 bytes begun.
    ///
    /// # Errors
    /// [`CardError`]; the session has ended then.
    pub fn certificate(&mut self) -> Result<Vec<u8>, CardError> {
        self.step(|card| certificate::read(card, File::SignatureCertificate))
    }

    /// Signs a SHA-256 digest with RSASSA-PKCS1-v1_5 (RFC 8017 §8.2). Two exchanges.
    ///
    /// # Errors
    /// [`CardError`]; the session has ended then.
    pub fn sign(&mut self, digest: &[u8; 32]) -> Result<[u8; 256], CardError> {
        self.step(|card| sign(card, digest))
    }

    /// Closes the key. One exchange. The owner of the transport powers the card off afterwards, whatever this says.
    ///
    /// # Errors
    /// [`CardError`] when the card did not confirm; closing is tried once more on drop of the [`Card`].
    pub fn close(self) -> Result<(), CardError> {
        if self.card.key_may_be_open() { self.card.close_key() } else { Ok(()) }
    }

    fn step<V>(&mut self, run: impl FnOnce(&mut Card<T>) -> Result<V, CardError>) -> Result<V, CardError> {
        if !self.card.key_may_be_open() {
            return Err(CardError::SessionEnded);
        }
        let done = run(self.card);
        if done.is_err() {
            self.card.close_if_open();
        }
        done
    }
}

impl<T: Transport> Drop for SignatureSession<'_, T> {
    fn drop(&mut self) {
        self.card.close_if_open();
    }
}

impl<T: Transport> fmt::Debug for SignatureSession<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignatureSession").field("card", &self.card).finish()
    }
}

fn sign<T: Transport>(card: &mut Card<T>, digest: &[u8; 32]) -> Result<[u8; 256], CardError> {
    card.select(File::SignatureKey)?;
    let answer = card.exchange(&command::sign(&Sha256DigestInfo::new(digest)))?;
    match answer.status {
        StatusWord::Success => <[u8; 256]>::try_from(answer.data)
            .map_err(|data| CardError::Malformed { what: Part::SignatureLength, offset: data.len() }),
        status => Err(CardError::Refused { instruction: command::PERFORM_SECURITY_OPERATION, status }),
    }
}
