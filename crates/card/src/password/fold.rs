//! What an entered character means to a card.

use unicode_normalization::char::decompose_compatible;

/// The byte that the card knows for a character: the letter or digit of ASCII that Unicode's NFKC makes of it, such as
/// a full-width one, as a capital. Nothing where NFKC makes more than one character of it, or another.
pub(super) fn folded(character: char) -> Option<u8> {
    let mut only = None;
    let mut count = 0;
    decompose_compatible(character, |decomposed| {
        only = u8::try_from(decomposed).ok();
        count += 1;
    });
    only.filter(|byte| count == 1 && byte.is_ascii_alphanumeric()).map(|byte| byte.to_ascii_uppercase())
}
