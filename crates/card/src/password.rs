//! The signature password: what can be one, checked before the card is asked.
//!
//! A card takes any bytes as a try. So a mistake that can be seen without it (a full-width letter, the four digits
//! of the other PIN) is folded or refused here and costs nothing.

mod entry;

use std::fmt;

use thiserror::Error;
use zeroize::Zeroizing;

pub use entry::{EntryFull, PasswordEntry};

/// Fewest characters of a signature password.
const MIN_LENGTH: usize = 6;
/// Most characters of a signature password.
const MAX_LENGTH: usize = 16;
/// Digits of the PIN for authentication and for input support.
const PIN_LENGTH: usize = 4;

/// A well-formed signature password: 6 to 16 of A–Z and 0–9.
///
/// Kept in one place of constant size that is wiped on drop. It cannot be printed, compared, copied or read out;
/// its only way leads to the card.
pub struct SignaturePassword {
    // On the heap, because moving the struct would leave copies on the stack.
    bytes: Box<Zeroizing<[u8; MAX_LENGTH]>>,
    length: usize,
}

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
            PIN_LENGTH if folded.clone().all(|byte| byte.is_ascii_digit()) => {
                Err(EntryError::ProbablyOtherPin)
            }
            length if length < MIN_LENGTH => Err(EntryError::TooShort { length }),
            length if length > MAX_LENGTH => Err(EntryError::TooLong { length }),
            length => Ok(Self::filled(folded, length)),
        }
    }

    fn filled(characters: impl Iterator<Item = u8>, length: usize) -> Self {
        let mut bytes = Box::new(Zeroizing::new([0; MAX_LENGTH]));
        bytes.iter_mut().zip(characters).for_each(|(place, byte)| *place = byte);
        Self { bytes, length }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
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
    /// More than 16 characters.
    #[error("{length} characters; a signature password has at most 16")]
    TooLong {
        /// Characters entered.
        length: usize,
    },
}

/// The byte that the card knows for a character.
fn folded(character: char) -> Option<u8> {
    const FULL_WIDTH: std::ops::RangeInclusive<u32> = 0xFF01..=0xFF5E;
    const DISTANCE: u32 = 0xFF01 - 0x21;
    let code = u32::from(character);
    let narrow = if FULL_WIDTH.contains(&code) { code - DISTANCE } else { code };
    let byte = u8::try_from(narrow).ok()?;
    byte.is_ascii_alphanumeric().then(|| byte.to_ascii_uppercase())
}

#[cfg(test)]
mod tests;
