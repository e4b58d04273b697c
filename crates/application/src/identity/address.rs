//! House numbers written one way: 一丁目２番３号 as 1-2-3.

use super::fold::Glyph;

/// The words that follow a number of a house, longest first.
const COUNTERS: [&str; 4] = ["丁目", "番地", "番", "号"];
/// What may follow a number in ideographs for it to be a house number: 一宮 and 三田 stay as they are.
const AFTER_NUMERALS: [&str; 8] = ["丁目", "番", "号", "条", "地割", "線", "階", "-"];

pub(super) fn fold_house_numbers(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    tidy_hyphens(&counters_to_hyphens(&numerals_to_digits(&glyphs)))
}

fn numerals_to_digits(glyphs: &[Glyph]) -> Vec<Glyph> {
    let mut out: Vec<Glyph> = Vec::new();
    let mut rest = glyphs;
    while let Some((first, tail)) = rest.split_first() {
        let length = rest.iter().take_while(|glyph| !glyph.substitute && is_numeral(glyph.character)).count();
        let (numerals, after) = rest.split_at(length);
        let after_hyphen = out.last().is_some_and(|glyph| glyph.character == '-');
        let is_house_number = after_hyphen || AFTER_NUMERALS.iter().any(|word| starts_with(after, word));
        match number(numerals).filter(|_| is_house_number) {
            Some(number) => {
                out.extend(number.to_string().chars().map(plain));
                rest = after;
            }
            None if length > 0 => {
                out.extend(numerals);
                rest = after;
            }
            None => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    out
}

fn counters_to_hyphens(glyphs: &[Glyph]) -> Vec<Glyph> {
    let mut out: Vec<Glyph> = Vec::new();
    let mut rest = glyphs;
    while let Some((first, tail)) = rest.split_first() {
        let after_number =
            out.last().is_some_and(|glyph| glyph.character == '-' || glyph.character.is_ascii_digit());
        let counter = COUNTERS.iter().find(|word| after_number && starts_with(rest, word));
        let before_digit = tail.first().is_some_and(|glyph| glyph.character.is_ascii_digit());
        match counter {
            Some(word) => {
                out.push(plain('-'));
                rest = rest.get(word.chars().count()..).unwrap_or_default();
            }
            None if after_number && before_digit && matches!(first.character, 'の' | 'ノ' | '之') => {
                out.push(plain('-'));
                rest = tail;
            }
            None => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    out
}

/// One hyphen for several, and none before anything but a digit or a letter.
fn tidy_hyphens(glyphs: &[Glyph]) -> Vec<Glyph> {
    let joins = |next: Option<&Glyph>| next.is_some_and(|glyph| glyph.character.is_ascii_alphanumeric());
    let kept = glyphs
        .iter()
        .enumerate()
        .filter(|(index, glyph)| glyph.character != '-' || joins(glyphs.get(index + 1)));
    kept.map(|(_, glyph)| *glyph).collect()
}

/// The value of numerals such as 十二, 二十三, 百二 or 一二 (by place); `None` of none or of too many.
fn number(numerals: &[Glyph]) -> Option<u32> {
    let (mut total, mut pending) = (0_u32, None::<u32>);
    for glyph in numerals {
        match (digit(glyph.character), glyph.character) {
            (Some(digit), _) => pending = Some(pending.unwrap_or(0).checked_mul(10)?.checked_add(digit)?),
            (None, unit) => {
                let size = if unit == '百' { 100 } else { 10 };
                total = total.checked_add(pending.take().unwrap_or(1).checked_mul(size)?)?;
            }
        }
    }
    let number = total.checked_add(pending.unwrap_or(0))?;
    (!numerals.is_empty()).then_some(number)
}

fn digit(character: char) -> Option<u32> {
    let place = "〇一二三四五六七八九".chars().position(|numeral| numeral == character)?;
    u32::try_from(place).ok()
}

fn is_numeral(character: char) -> bool {
    digit(character).is_some() || matches!(character, '十' | '百')
}

fn starts_with(glyphs: &[Glyph], word: &str) -> bool {
    let mut characters = glyphs.iter().map(|glyph| glyph.character);
    word.chars().all(|expected| characters.next() == Some(expected))
}

fn plain(character: char) -> Glyph {
    Glyph { character, substitute: false }
}
