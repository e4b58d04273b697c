//! Which Japanese standard holds a character, and which characters a certificate can therefore hold.
//!
//! Certificates hold JIS X 0208 (第一水準・第二水準) and JIS X 0212 (補助漢字); for other characters of the register they
//! carry substitutes (代替文字). Nothing is normalised before it is looked up: NFC alone changes names.
//!
//! `table.bin` is written by `cargo xtask tables`. It holds for each code point half an octet, of which the low two bits say
//! 0 not in JIS X 0208, 1 there and no kanji, 2 level 1, 3 level 2; bit 2 says in JIS X 0212, bit 3 in JIS X 0213:2004.
//! First those of U+4E00 to U+9FFF, two in an octet, the earlier one in the low half; then the 25 characters of JIS X 0213
//! that are two code points, each of 16 bits, big-endian; then, up to the end, one number for each other code point in a
//! standard, in their order: its distance from the last one times 16, plus its half octet. Numbers are in base 128, most
//! significant first, bit 8 set in all octets but the last.

#[cfg(test)]
mod tests;

const TABLE: &[u8] = include_bytes!("table.bin");
const FIRST_IDEOGRAPH: u32 = 0x4E00;
const LAST_IDEOGRAPH: u32 = 0x9FFF;
/// Octets for the ideographs, two in each.
const IDEOGRAPHS: usize = 0x5200 / 2;
/// Octets for the characters of two code points.
const PAIRS: usize = 25 * 4;

/// Full-width characters that converters write in one of two ways each. Certificates carry either.
const WRITTEN_TWICE: [[char; 2]; 6] = [
    ['\u{FF0D}', '\u{2212}'],
    ['\u{FF5E}', '\u{301C}'],
    ['\u{2225}', '\u{2016}'],
    ['\u{FFE0}', '\u{00A2}'],
    ['\u{FFE1}', '\u{00A3}'],
    ['\u{FFE2}', '\u{00AC}'],
];

/// The standard that holds a character. Where several do, the first of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repertoire {
    /// JIS X 0208, rows 1 to 8: signs, kana, letters.
    NonKanji,
    /// JIS X 0208, rows 16 to 47: 第一水準漢字.
    Level1,
    /// JIS X 0208, rows 48 to 84: 第二水準漢字.
    Level2,
    /// JIS X 0212: 補助漢字, with its signs and letters.
    Supplementary,
    /// JIS X 0213:2004 and none of the others: 第三・第四水準漢字 and its signs.
    Jisx0213,
    /// None of them. ASCII is here too, but for the tilde, which JIS X 0213 has.
    Outside,
}

/// The first standard that holds a character. Of characters that are written in two ways, such as U+FF5E and U+301C, JIS X
/// 0208 has the one that WHATWG's EUC-JP has; [`fits_certificate`] takes both.
#[must_use]
pub fn repertoire(character: char) -> Repertoire {
    let class = class(u32::from(character));
    match class & 3 {
        1 => Repertoire::NonKanji,
        2 => Repertoire::Level1,
        3 => Repertoire::Level2,
        _ if class & IN_JIS_X_0212 != 0 => Repertoire::Supplementary,
        _ if class & IN_JIS_X_0213 != 0 => Repertoire::Jisx0213,
        _ => Repertoire::Outside,
    }
}

/// Whether JIS X 0212 has a character, whatever JIS X 0208 has.
#[must_use]
pub fn is_in_jis_x_0212(character: char) -> bool {
    class(u32::from(character)) & IN_JIS_X_0212 != 0
}

/// Whether JIS X 0213:2004 has a character, whatever the other standards have.
#[must_use]
pub fn is_in_jis_x_0213(character: char) -> bool {
    class(u32::from(character)) & IN_JIS_X_0213 != 0
}

/// The characters of JIS X 0213:2004 that Unicode writes with two code points.
pub fn pairs_of_jis_x_0213() -> impl Iterator<Item = [char; 2]> {
    let (_, rest) = TABLE.split_at_checked(IDEOGRAPHS).unwrap_or_default();
    let (pairs, _) = rest.split_at_checked(PAIRS).unwrap_or_default();
    pairs.as_chunks::<4>().0.iter().filter_map(|[a, b, c, d]| {
        let character = |code_point| char::from_u32(u32::from(code_point));
        Some([character(u16::from_be_bytes([*a, *b]))?, character(u16::from_be_bytes([*c, *d]))?])
    })
}

/// Whether a certificate can hold a character: JIS X 0208 and JIS X 0212 with both ways of writing what converters write in
/// two ways, and printable ASCII, in which the names of foreign residents are written.
#[must_use]
pub fn fits_certificate(character: char) -> bool {
    let held = matches!(
        repertoire(character),
        Repertoire::NonKanji | Repertoire::Level1 | Repertoire::Level2 | Repertoire::Supplementary
    );
    held || matches!(character, ' '..='~') || WRITTEN_TWICE.as_flattened().contains(&character)
}

const IN_JIS_X_0212: u8 = 4;
const IN_JIS_X_0213: u8 = 8;

fn class(code_point: u32) -> u8 {
    if (FIRST_IDEOGRAPH..=LAST_IDEOGRAPH).contains(&code_point) {
        ideograph(code_point)
    } else {
        listed(code_point)
    }
}

fn ideograph(code_point: u32) -> u8 {
    let place = usize::try_from(code_point.saturating_sub(FIRST_IDEOGRAPH)).unwrap_or(usize::MAX);
    let octet = TABLE.get(place / 2).copied().unwrap_or_default();
    if place.is_multiple_of(2) { octet & 0x0F } else { octet >> 4 }
}

fn listed(code_point: u32) -> u8 {
    let list = TABLE.get(IDEOGRAPHS + PAIRS..).unwrap_or_default();
    let mut numbers = list.iter();
    let mut last = 0_u32;
    while last < code_point {
        let Some(number) = next(&mut numbers) else { return 0 };
        last = last.saturating_add(number >> 4);
        if last == code_point {
            return number.to_be_bytes().last().copied().unwrap_or_default() & 0x0F;
        }
    }
    0
}

/// The next number in base 128, if there is one.
fn next<'a>(octets: &mut impl Iterator<Item = &'a u8>) -> Option<u32> {
    let mut number = 0;
    loop {
        let octet = *octets.next()?;
        number = number << 7 | u32::from(octet & 0x7F);
        if octet < 0x80 {
            return Some(number);
        }
    }
}
