//! Comparison keys: characters folded until ways of writing the same thing are the same.

use super::address::fold_house_numbers;
use super::variants::base_of;
use super::{CertificateText, Outcome};

/// A folded character, and whether the certificate says that it stands for another (代替文字).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    pub(super) character: char,
    pub(super) substitute: bool,
}

/// A character that people use for a hyphen in a house number: the look-alikes of JIS and of keyboards.
pub(crate) fn is_dash(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2043}'
                | '\u{207B}'
                | '\u{208B}'
                | '\u{2212}'
                | '\u{2500}'
                | '\u{2501}'
                | '\u{30FC}'
                | '\u{FE58}'
                | '\u{FE63}'
                | '\u{FF0D}'
                | '\u{FF70}'
    )
}

/// The key of a name: width, letter case, spaces, variation selectors and dashes folded.
pub(super) fn name_key(glyphs: &mut dyn Iterator<Item = Glyph>) -> Vec<Glyph> {
    let mut key: Vec<Glyph> = Vec::new();
    for glyph in glyphs {
        let character = fold_width(glyph.character);
        if character.is_whitespace() || crate::text::is_variation_selector(character) {
            continue;
        }
        match key.last_mut().and_then(|last| Some((voiced(last.character, character)?, last))) {
            Some((composed, last)) => last.character = composed,
            None => key.push(Glyph { character, ..glyph }),
        }
    }
    fold_dashes(key)
}

/// The key of an address: as of a name, and house numbers written one way.
pub(super) fn address_key(glyphs: &mut dyn Iterator<Item = Glyph>) -> Vec<Glyph> {
    fold_house_numbers(name_key(glyphs))
}

/// Compares by key; then once more with variants folded and every run of substitutes standing for anything.
pub(super) fn compare(
    written: &str,
    certificate: CertificateText<'_>,
    key: impl Fn(&mut dyn Iterator<Item = Glyph>) -> Vec<Glyph>,
) -> Outcome {
    let ours = key(&mut written.chars().map(|character| Glyph { character, substitute: false }));
    let theirs = key(&mut certificate_glyphs(certificate));
    let characters = |glyphs: &[Glyph]| glyphs.iter().map(|glyph| glyph.character).collect::<Vec<char>>();
    if ours.is_empty() || theirs.is_empty() {
        Outcome::Mismatch
    } else if characters(&ours) == characters(&theirs) {
        Outcome::Match
    } else if stands_for(&theirs, &characters(&ours)) {
        Outcome::MatchWithSubstitution
    } else {
        Outcome::Mismatch
    }
}

/// The certificate's characters with their flags; ill-formed flags flag nothing.
fn certificate_glyphs(certificate: CertificateText<'_>) -> impl Iterator<Item = Glyph> {
    let flags = certificate.substitutes;
    let well_formed = flags.chars().all(|flag| matches!(flag, '0' | '1'))
        && flags.chars().count() == certificate.text.chars().count();
    let substitutes =
        flags.chars().map(move |flag| well_formed && flag == '1').chain(core::iter::repeat(false));
    let glyph = |(character, substitute)| Glyph { character, substitute };
    certificate.text.chars().zip(substitutes).map(glyph)
}

/// Whether `written` could be what `pattern` was before characters were substituted: a run of n substitutes stands
/// for one to n characters, because kana may stand for one ideograph.
fn stands_for(pattern: &[Glyph], written: &[char]) -> bool {
    let written: Vec<char> = written.iter().map(|character| base_of(*character)).collect();
    // The n-th is whether the first n characters can stand for the glyphs so far.
    let mut reached = vec![false; written.len() + 1];
    reached.iter_mut().take(1).for_each(|nothing| *nothing = true);
    let mut in_run = false;
    for glyph in pattern {
        let fits = |character: &char| glyph.substitute || *character == base_of(glyph.character);
        let stays = glyph.substitute && in_run;
        let steps = written.iter().zip(&reached).map(|(character, before)| *before && fits(character));
        let steps = core::iter::once(false).chain(steps);
        reached = steps.zip(&reached).map(|(step, here)| step || (stays && *here)).collect();
        in_run = glyph.substitute;
    }
    reached.last().copied().unwrap_or(false)
}

/// Full-width ASCII to ASCII, half-width katakana to katakana, letters to capitals, apostrophes to one.
fn fold_width(character: char) -> char {
    const HALF_KANA: &str = "・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";
    let code = u32::from(character);
    let folded = match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(code - 0xFEE0),
        '\u{FF65}'..='\u{FF9F}' => {
            usize::try_from(code - 0xFF65).ok().and_then(|index| HALF_KANA.chars().nth(index))
        }
        '\u{2018}' | '\u{2019}' | '\u{2032}' => Some('\''),
        _ => Some(character),
    };
    folded.unwrap_or(character).to_ascii_uppercase()
}

/// The kana that `base` and a sound mark make together.
fn voiced(base: char, mark: char) -> Option<char> {
    const VOICEABLE: &str =
        "かきくけこさしすせそたちつてとはひふへほカキクケコサシスセソタチツテトハヒフヘホ";
    const HALF_VOICEABLE: &str = "はひふへほハヒフヘホ";
    let code = u32::from(base);
    match mark {
        '\u{3099}' | '\u{309B}' if base == 'ウ' => Some('ヴ'),
        '\u{3099}' | '\u{309B}' if VOICEABLE.contains(base) => char::from_u32(code + 1),
        '\u{309A}' | '\u{309C}' if HALF_VOICEABLE.contains(base) => char::from_u32(code + 2),
        _ => None,
    }
}

/// Between kana a dash is the sign of a long vowel; anywhere else it is a hyphen.
fn fold_dashes(mut key: Vec<Glyph>) -> Vec<Glyph> {
    let characters: Vec<char> = key.iter().map(|glyph| glyph.character).collect();
    let mut after_kana = false;
    for (index, glyph) in key.iter_mut().enumerate() {
        if is_dash(glyph.character) {
            let before_digit = characters.get(index + 1).is_some_and(char::is_ascii_digit);
            glyph.character = if after_kana && !before_digit { 'ー' } else { '-' };
        }
        after_kana = matches!(glyph.character, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FC}');
    }
    key
}
