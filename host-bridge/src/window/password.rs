//! The signature password while it is typed. No text widget: those keep an undo history and copies of the text.
//!
//! The buffer is the card crate's, which wipes itself. Characters enter one by one or by pasting; nothing leaves
//! except to the card thread, once.

use shomei_card::{EntryError, PasswordEntry, SignaturePassword};

/// Most characters of a signature password, and the room in the field.
pub const MAX_LENGTH: usize = 16;

/// The characters a password may hold; showing one borrows it from here, so that no copy of the whole is ever built.
const GLYPHS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// What happened to the last input, so that the window can explain it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Note {
    /// Nothing to explain.
    #[default]
    None,
    /// A small letter was taken as a capital one.
    Capitalised,
    /// A full-width character was taken as a half-width one.
    Narrowed,
    /// A character that cannot be part of a signature password; nothing was entered.
    Refused,
    /// No room; nothing was entered.
    Full,
}

/// The field: its entry, whether it is shown, and what there is to explain.
#[derive(Debug, Default)]
pub struct PasswordField {
    entry: PasswordEntry,
    note: Note,
    /// The resident asked to see the characters.
    pub shown: bool,
}

impl PasswordField {
    /// Enters a typed or pasted text, all of it or nothing: a pasted password that lost its end would cost a try.
    /// White space around it is left out.
    pub fn enter(&mut self, text: &str) {
        let text = text.trim();
        let folded = || text.chars().map(folded);
        self.note = if folded().any(|character| character.is_none()) {
            Note::Refused
        } else if self.entry.len() + text.chars().count() > MAX_LENGTH {
            Note::Full
        } else {
            let _full = folded().flatten().try_for_each(|(character, _)| self.entry.push(character));
            let new = folded().flatten().map(|(_, note)| note).find(|note| *note != Note::None);
            new.unwrap_or_else(|| self.lasting_note())
        };
    }

    /// That characters were folded stays worth knowing while more are typed; that one was refused does not.
    fn lasting_note(&self) -> Note {
        match self.note {
            Note::Capitalised | Note::Narrowed => self.note,
            Note::None | Note::Refused | Note::Full => Note::None,
        }
    }

    /// Takes the last character away.
    pub fn erase_last(&mut self) {
        self.note = Note::None;
        self.entry.backspace();
    }

    /// Wipes the entry and hides it again.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// How many characters are entered: the only thing that may be told to anything but the card.
    #[must_use]
    pub fn count(&self) -> usize {
        self.entry.len()
    }

    /// What happened to the last input.
    #[must_use]
    pub fn note(&self) -> Note {
        self.note
    }

    /// The password, if the entry can be one.
    ///
    /// # Errors
    /// [`EntryError`] tells places and counts, never characters.
    pub fn password(&self) -> Result<SignaturePassword, EntryError> {
        SignaturePassword::parse(&self.entry)
    }

    /// Each character as its own text, for drawing while the resident asked to see them.
    pub fn glyphs(&self) -> impl Iterator<Item = &'static str> {
        let places = self.entry.characters().iter().filter_map(|character| GLYPHS.find(*character));
        places.filter_map(|place| GLYPHS.get(place..=place))
    }
}

/// The capital half-width form of a character, and whether that has to be explained.
fn folded(character: char) -> Option<(char, Note)> {
    let narrow = match character {
        // Full-width forms lie at a fixed distance from their half-width ones (Unicode, "Halfwidth and Fullwidth Forms").
        '！'..='～' => char::from_u32(u32::from(character) - 0xFEE0)?,
        other => other,
    };
    let capital = narrow.to_ascii_uppercase();
    let note = match (narrow == character, capital == narrow) {
        (false, _) => Note::Narrowed,
        (true, false) => Note::Capitalised,
        (true, true) => Note::None,
    };
    capital.is_ascii_alphanumeric().then_some((capital, note))
}

#[cfg(test)]
mod tests {
    use super::{Note, PasswordField};
    use shomei_card::EntryError;

    fn after(inputs: &[&str]) -> PasswordField {
        let mut field = PasswordField::default();
        inputs.iter().for_each(|text| field.enter(text));
        field
    }

    #[test]
    fn what_is_typed_or_pasted_is_folded_and_explained_and_enters_whole_or_not_at_all() {
        let cases: [(&[&str], &str, Note); 13] = [
            (&["A", "B", "1"], "AB1", Note::None),
            (&["abc123"], "ABC123", Note::Capitalised),
            (&["ＡＢＣ１２３"], "ABC123", Note::Narrowed),
            (&["ａ", "1"], "A1", Note::Narrowed),
            (&["-", "1"], "1", Note::None),
            (&["AB", "-"], "AB", Note::Refused),
            (&["AB-1"], "", Note::Refused),
            (&["あ"], "", Note::Refused),
            (&["ß"], "", Note::Refused),
            (&["！"], "", Note::Refused),
            (&[" ABC123\n"], "ABC123", Note::None),
            (&["ABCDEFGH12345678", "9"], "ABCDEFGH12345678", Note::Full),
            (&["ABCDEFGH123456789"], "", Note::Full),
        ];
        for (inputs, expected, note) in cases {
            let field = after(inputs);
            assert_eq!(field.glyphs().collect::<String>(), expected, "{inputs:?}");
            assert_eq!((field.count(), field.note()), (expected.len(), note), "{inputs:?}");
        }
    }

    #[test]
    fn only_an_entry_that_can_be_a_signature_password_becomes_one() {
        let cases = [
            ("", Some(EntryError::TooShort { length: 0 })),
            ("1234", Some(EntryError::ProbablyOtherPin)),
            ("AB123", Some(EntryError::TooShort { length: 5 })),
            ("ABC123", None),
            ("ABCDEFGH12345678", None),
        ];
        for (text, refused) in cases {
            assert_eq!(after(&[text]).password().err(), refused, "{text}");
        }
    }

    #[test]
    fn erasing_clearing_and_printing_leave_no_character_behind() {
        let mut field = after(&["ABC123"]);
        assert_eq!(format!("{field:?}"), format!("{:?}", PasswordField { note: field.note(), ..after(&[]) }));
        field.erase_last();
        assert_eq!(field.glyphs().collect::<String>(), "ABC12");
        field.shown = true;
        field.clear();
        assert_eq!((field.count(), field.shown, field.note()), (0, false, Note::None));
    }
}
