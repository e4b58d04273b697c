//! The 4-digit PINs.

use std::fmt;

use thiserror::Error;

use super::{PasswordEntry, fold::folded, secret::Secret};

/// Digits of every PIN.
pub(super) const LENGTH: usize = 4;

/// A well-formed PIN: four digits. It cannot be printed, compared, copied or read out; its only way leads to the card.
pub struct Pin(Secret);

impl Pin {
    /// Takes what a person entered; full-width digits become the ASCII ones.
    ///
    /// # Errors
    /// [`PinError`]; no try was spent.
    pub fn parse(entry: &PasswordEntry) -> Result<Self, PinError> {
        let entered = entry.characters();
        let digit = |character: &char| folded(*character).filter(u8::is_ascii_digit);
        if entered.len() != LENGTH {
            return Err(PinError::Length { length: entered.len() });
        }
        match entered.iter().position(|character| digit(character).is_none()) {
            Some(index) => Err(PinError::Character { position: index + 1 }),
            None => Ok(Self(Secret::new(entered.iter().filter_map(digit)))),
        }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.bytes()
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(REDACTED)")
    }
}

/// Why an entry cannot be a PIN. Tells places and counts, never characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PinError {
    /// A character that is no digit, in any width.
    #[error("character {position} is no digit")]
    Character {
        /// Its place, counted from 1.
        position: usize,
    },
    /// Not four characters; with six or more perhaps the signature password, which is another one.
    #[error("{length} characters; a PIN has four digits")]
    Length {
        /// Characters entered.
        length: usize,
    },
}
