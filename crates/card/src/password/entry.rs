//! The buffer behind a password field.

use std::fmt;

use thiserror::Error;
use zeroize::{Zeroize, Zeroizing};

/// Characters that fit. More than any password has, so that a wrong paste is refused by its own error.
const CAPACITY: usize = 64;

/// What a person has typed so far, as typed: nothing is folded or judged before [`SignaturePassword::parse`].
///
/// The characters live in one heap block of fixed size that never grows or moves and is wiped on drop; removed
/// characters are wiped at once. There is no undo.
///
/// [`SignaturePassword::parse`]: crate::SignaturePassword::parse
pub struct PasswordEntry {
    characters: Box<Zeroizing<[char; CAPACITY]>>,
    length: usize,
}

impl PasswordEntry {
    /// An empty entry.
    #[must_use]
    pub fn new() -> Self {
        Self { characters: Box::new(Zeroizing::new(['\0'; CAPACITY])), length: 0 }
    }

    /// Appends a character.
    ///
    /// # Errors
    /// [`EntryFull`]; the entry is unchanged.
    pub fn push(&mut self, character: char) -> Result<(), EntryFull> {
        *self.characters.get_mut(self.length).ok_or(EntryFull)? = character;
        self.length += 1;
        Ok(())
    }

    /// Appends a whole text or nothing. The caller wipes the text, which is not ours.
    ///
    /// # Errors
    /// [`EntryFull`]; the entry is unchanged.
    pub fn paste(&mut self, text: &str) -> Result<(), EntryFull> {
        if text.chars().count() > CAPACITY - self.length {
            return Err(EntryFull);
        }
        text.chars().try_for_each(|character| self.push(character))
    }

    /// Removes the last character, if there is one.
    pub fn backspace(&mut self) {
        self.length = self.length.saturating_sub(1);
        if let Some(removed) = self.characters.get_mut(self.length) {
            removed.zeroize();
        }
    }

    /// Removes everything.
    pub fn clear(&mut self) {
        self.characters.zeroize();
        self.length = 0;
    }

    /// Number of characters, which a window may show.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.length
    }

    /// Whether there is no character.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The characters themselves, for a field that the person asked to show. Draw them and keep no copy.
    #[must_use]
    pub fn characters(&self) -> &[char] {
        self.characters.get(..self.length).unwrap_or_default()
    }
}

impl Default for PasswordEntry {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for PasswordEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordEntry(REDACTED)")
    }
}

/// No room for more: 64 characters are the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("more than 64 characters")]
pub struct EntryFull;
