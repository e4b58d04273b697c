//! CHANGE REFERENCE DATA (ISO 7816-4 §7.5.7): the old value is verified first, the new one was checked before the card
//! is asked, and the counter is read before and after.

use shomei_apdu::StatusWord;

use crate::{
    Card, CardError, ChangeError, LastTry, NewSignaturePassword, Pin, Reference, SignaturePassword,
    Transport, Tries, command, file::File,
};

impl<T: Transport> Card<T> {
    /// Changes the signature password and says how its counter stands afterwards: full. One call is at most one
    /// try of the old password.
    ///
    /// # Errors
    /// [`ChangeError`], which says of each failure which password holds. The key is closed, or closing was tried.
    pub fn change_signature_password(
        &mut self,
        old: &SignaturePassword,
        new: &NewSignaturePassword,
        last_try: LastTry,
    ) -> Result<Tries, ChangeError> {
        self.change(Reference::SignaturePassword, old.bytes(), new.bytes(), last_try)
    }

    /// Changes the authentication PIN, by the rules of [`Self::change_signature_password`].
    ///
    /// # Errors
    /// [`ChangeError`], which says of each failure which PIN holds. The key is closed, or closing was tried.
    pub fn change_authentication_pin(
        &mut self,
        old: &Pin,
        new: &Pin,
        last_try: LastTry,
    ) -> Result<Tries, ChangeError> {
        self.change(Reference::AuthenticationPin, old.bytes(), new.bytes(), last_try)
    }

    fn change(
        &mut self,
        reference: Reference,
        old: &[u8],
        new: &[u8],
        last_try: LastTry,
    ) -> Result<Tries, ChangeError> {
        self.unlock(reference, old, last_try)?;
        let changed = self.replace(reference, new);
        if let Err(error) = changed {
            self.close_if_open();
            return Err(error);
        }
        self.close_key().map_err(ChangeError::ChangedThen)?;
        self.tries(reference).map_err(ChangeError::ChangedThen)
    }

    fn replace(&mut self, reference: Reference, new: &[u8]) -> Result<(), ChangeError> {
        // Nothing was sent before this went well.
        self.select(File::Secret(reference)).map_err(|error| ChangeError::Old(error.into()))?;
        match self.exchange(&command::change_reference_data(new)).map_err(ChangeError::Unknown)?.status {
            StatusWord::Success => Ok(()),
            // What no standard defines may be no word of the card at all.
            status @ (StatusWord::Unknown(_) | StatusWord::MoreData(_)) => {
                let instruction = command::CHANGE_REFERENCE_DATA;
                Err(ChangeError::Unknown(CardError::Refused { instruction, status }))
            }
            status => Err(ChangeError::Refused { status }),
        }
    }
}
