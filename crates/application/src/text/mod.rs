//! What may stand in a signed text, so that what is seen is what is signed.
//!
//! Refuses; never repairs. Nothing is normalised or folded here, because the signed text is byte-exact; folding for
//! comparisons is in [`crate::identity`].

mod classes;
pub(crate) mod identifier;
pub mod individual_number;
mod repertoire;
#[cfg(test)]
mod tests;

pub(crate) use classes::is_variation_selector;
pub use repertoire::{
    Repertoire, fits_certificate, is_in_jis_x_0212, is_in_jis_x_0213, pairs_of_jis_x_0213, repertoire,
};

use crate::shape::Reason;
use classes::{
    is_bidi_control, is_default_ignorable, is_han, is_noncharacter, is_private_use, is_right_to_left,
};

/// Why a text may not be signed, and the character at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A control character, or a line or paragraph separator. A line feed is allowed where lines are.
    #[error("a control character (U+{:04X}) at byte {offset}", u32::from(*character))]
    Control {
        /// The character.
        character: char,
        /// Its offset in bytes.
        offset: usize,
    },
    /// A noncharacter (Unicode §23.7).
    #[error("a noncharacter (U+{:04X}) at byte {offset}", u32::from(*character))]
    Noncharacter {
        /// The character.
        character: char,
        /// Its offset in bytes.
        offset: usize,
    },
    /// A private-use character: every font draws another picture for it.
    #[error("a private-use character (U+{:04X}) at byte {offset}", u32::from(*character))]
    PrivateUse {
        /// The character.
        character: char,
        /// Its offset in bytes.
        offset: usize,
    },
    /// A control of the bidirectional algorithm (UAX #9), which reorders what is seen.
    #[error("a control of the writing direction (U+{:04X}) at byte {offset}", u32::from(*character))]
    BidiControl {
        /// The character.
        character: char,
        /// Its offset in bytes.
        offset: usize,
    },
    /// A character of a right-to-left script, which reorders its neighbours.
    #[error("a character of a right-to-left script (U+{:04X}) at byte {offset}", u32::from(*character))]
    RightToLeft {
        /// The character.
        character: char,
        /// Its offset in bytes.
        offset: usize,
    },
    /// A character that is not drawn: zero-width, filler, tag, or a variation selector in a label.
    #[error("an invisible character (U+{:04X}) at byte {offset}", u32::from(*character))]
    Invisible {
        /// The character.
        character: char,
        /// Its offset in bytes.
        offset: usize,
    },
    /// A variation selector that does not directly follow a Han character.
    #[error("a variation selector (U+{:04X}) after no Han character at byte {offset}", u32::from(*character))]
    VariationSelector {
        /// The character.
        character: char,
        /// Its offset in bytes.
        offset: usize,
    },
    /// `<<` or `>>`, which could make the document readable as another format.
    #[error("doubled angle brackets at byte {offset}")]
    DoubledAngle {
        /// The offset of the first bracket in bytes.
        offset: usize,
    },
}

/// Whether variation selectors and line feeds may stand in a text.
#[derive(Clone, Copy, PartialEq)]
enum Sort {
    Label,
    Line,
    Lines,
}

/// The rules for words of a form: title, label, group, words of a choice, notice. One line, 1 to `max` characters,
/// nothing that is not drawn.
pub fn check_label(text: &str, max: usize) -> Result<(), Reason> {
    if text.is_empty() {
        return Err(Reason::Empty);
    }
    check(text, max, Sort::Label)
}

/// The rules for a value that may have lines (LF only): at most `max` characters; a variation selector may follow a
/// Han character.
pub fn check_value(text: &str, max: usize) -> Result<(), Reason> {
    check(text, max, Sort::Lines)
}

/// As [`check_value`] for a value of one line.
pub fn check_line(text: &str, max: usize) -> Result<(), Reason> {
    check(text, max, Sort::Line)
}

fn check(text: &str, max: usize, sort: Sort) -> Result<(), Reason> {
    if text.chars().count() > max {
        return Err(Reason::TooLong { max });
    }
    let mut previous = None;
    for (offset, character) in text.char_indices() {
        refusal(previous, character, offset, sort).map_or(Ok(()), |refusal| Err(Reason::Text(refusal)))?;
        previous = Some(character);
    }
    Ok(())
}

fn refusal(previous: Option<char>, character: char, offset: usize, sort: Sort) -> Option<Refusal> {
    Some(match character {
        ' '..='~' => return doubled_angle(previous, character, offset),
        '\n' if sort == Sort::Lines => return None,
        _ if character.is_control() => Refusal::Control { character, offset },
        '\u{2028}' | '\u{2029}' => Refusal::Control { character, offset },
        _ if is_noncharacter(character) => Refusal::Noncharacter { character, offset },
        _ if is_private_use(character) => Refusal::PrivateUse { character, offset },
        _ if is_bidi_control(character) => Refusal::BidiControl { character, offset },
        _ if is_right_to_left(character) => Refusal::RightToLeft { character, offset },
        _ if sort != Sort::Label && is_variation_selector(character) => {
            if previous.is_some_and(is_han) {
                return None;
            }
            Refusal::VariationSelector { character, offset }
        }
        _ if is_default_ignorable(character) => Refusal::Invisible { character, offset },
        _ => return None,
    })
}

fn doubled_angle(previous: Option<char>, character: char, offset: usize) -> Option<Refusal> {
    let doubled = matches!(character, '<' | '>') && previous == Some(character);
    doubled.then(|| Refusal::DoubledAngle { offset: offset.saturating_sub(1) })
}
