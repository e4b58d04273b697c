//! The signature password and the PINs: what can be one, checked before the card is asked.
//!
//! A card takes any bytes as a try. So a mistake that can be seen without it (a full-width letter, the four digits
//! of the other PIN) is folded or refused here and costs nothing.

mod entry;
mod fold;
mod pin;
mod secret;

use std::fmt;

use thiserror::Error;

use fold::folded;
use secret::Secret;

pub use entry::{EntryFull, PasswordEntry};
pub use pin::{Pin, PinError};

/// Fewest characters of a signature password.
const MIN_LENGTH: usize = 6;
/// Most characters of a signature password.
const MAX_LENGTH: usize = 16;

/// A well-formed signature password: 6 to 16 of A–Z and 0–9.
///
/// Kept in one place of constant size that is wiped on drop. It cannot be printed, compared, copied or read out;
/// its only way leads to the card.
pub struct SignaturePassword(Secret);

impl SignaturePassword {
    /// Takes what a person entered: full-width letters and digits become the ASCII ones that Unicode's NFKC makes of
    /// them, small letters become capital ones, everything else has to fit.
    ///
    /// A password without a digit, or without a letter, is accepted: cards refuse it only when it is set.
    ///
    /// # Errors
    /// [`EntryError`]; no try was spent.
    pub fn parse(entry: &PasswordEntry) -> Result<Self, EntryError> {
        let entered = entry.characters();
        if let Some(index) = entered.iter().position(|character| folded(*character).is_none()) {
            return Err(EntryError::Character { position: index + 1 });
        }
        let folded = entered.iter().filter_map(|character| folded(*character));
        match entered.len() {
            pin::LENGTH if folded.clone().all(|byte| byte.is_ascii_digit()) => {
                Err(EntryError::ProbablyOtherPin)
            }
            length if length < MIN_LENGTH => Err(EntryError::TooShort { length }),
            length if length > MAX_LENGTH => Err(EntryError::TooLong { length }),
            _ => Ok(Self(Secret::new(folded))),
        }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.bytes()
    }
}

impl fmt::Debug for SignaturePassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignaturePassword(REDACTED)")
    }
}

/// Why an entry cannot be a signature password. Tells places and counts, never characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EntryError {
    /// A character that is neither a letter A–Z nor a digit, in any width or case.
    #[error("character {position} is neither a letter nor a digit")]
    Character {
        /// Its place, counted from 1.
        position: usize,
    },
    /// Exactly four digits: most likely the PIN of the authentication certificate, which is another one.
    #[error("four digits: probably the PIN for authentication, not the signature password")]
    ProbablyOtherPin,
    /// Fewer than 6 characters.
    #[error("{length} characters; a signature password has at least 6")]
    TooShort {
        /// Characters entered.
        length: usize,
    },
    /// A new password without a letter.
    #[error("a new signature password has at least one letter")]
    NoLetter,
    /// A new password without a digit.
    #[error("a new signature password has at least one digit")]
    NoDigit,
    /// More than 16 characters.
    #[error("{length} characters; a signature password has at most 16")]
    TooLong {
        /// Characters entered.
        length: usize,
    },
}

/// A signature password to be set: one that every counter would take, with at least one letter and one digit.
pub struct NewSignaturePassword(SignaturePassword);

impl NewSignaturePassword {
    /// Takes what a person entered, by the rules of [`SignaturePassword::parse`] and the one for new passwords.
    ///
    /// # Errors
    /// [`EntryError`]; the card was not asked.
    pub fn parse(entry: &PasswordEntry) -> Result<Self, EntryError> {
        let password = SignaturePassword::parse(entry)?;
        let has = |kind: fn(&u8) -> bool| password.bytes().iter().any(kind);
        match (has(u8::is_ascii_alphabetic), has(u8::is_ascii_digit)) {
            (false, _) => Err(EntryError::NoLetter),
            (_, false) => Err(EntryError::NoDigit),
            (true, true) => Ok(Self(password)),
        }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.bytes()
    }
}

impl fmt::Debug for NewSignaturePassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewSignaturePassword(REDACTED)")
    }
}

#[cfg(test)]
mod tests;
