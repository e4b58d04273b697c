//! The characters that a signature certificate can hold: JIS X 0208 (第一水準・第二水準) and JIS X 0212 (補助漢字).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use encoding_rs::EUC_JP;

/// Full-width characters that converters write in one of two ways each. Both are in: real cards carry either.
const PAIRS: [[char; 2]; 6] = [
    ['\u{FF0D}', '\u{2212}'],
    ['\u{FF5E}', '\u{301C}'],
    ['\u{2225}', '\u{2016}'],
    ['\u{FFE0}', '\u{00A2}'],
    ['\u{FFE1}', '\u{00A3}'],
    ['\u{FFE2}', '\u{00AC}'],
];

static CHARACTERS: LazyLock<BTreeSet<char>> = LazyLock::new(|| {
    let rows = 1..=94;
    let cells = || rows.clone().flat_map(|row| (1..=94).map(move |cell| (row, cell)));
    let jis_x_0208 = cells().filter(|(row, _)| matches!(row, 1..=8 | 16..=84)).map(|at| decode(&[], at));
    let jis_x_0212 = cells().map(|at| decode(&[0x8F], at));
    jis_x_0208.chain(jis_x_0212).flatten().chain(PAIRS.as_flattened().iter().copied()).collect()
});

/// Whether a certificate can hold a character: it is in JIS X 0208 or JIS X 0212, or is printable ASCII, as foreign
/// residents' names are written.
#[must_use]
pub fn holds(character: char) -> bool {
    matches!(character, ' '..='~') || CHARACTERS.contains(&character)
}

/// The character in a cell of a plane, as EUC-JP numbers it. Its rows 89 to 92 and 13 are vendors' and left out above.
fn decode(plane: &[u8], (row, cell): (u8, u8)) -> Option<char> {
    const OFFSET: u8 = 0xA0;
    let code = [plane, &[OFFSET.saturating_add(row), OFFSET.saturating_add(cell)]].concat();
    let text = EUC_JP.decode_without_bom_handling_and_without_replacement(&code)?;
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn what_a_certificate_can_hold_is_known() {
        let cases = [
            ("level 1", '山', true),
            ("level 2", '龠', true),
            ("a non-kanji", '〒', true),
            ("supplementary", '﨑', false),
            ("supplementary plane", '𠮷', false),
            ("a vendor's", '髙', false),
            ("a vendor's number", '①', false),
            ("JIS X 0212", '丂', true),
            ("JIS X 0212 Latin", 'Ğ', true),
            ("ideographic space", '\u{3000}', true),
            ("Latin", 'N', true),
            ("a pair's one", '\u{FF0D}', true),
            ("a pair's other", '\u{2212}', true),
            ("half-width kana", 'ｱ', false),
            ("a control", '\n', false),
        ];
        for (name, character, expected) in cases {
            assert_eq!(holds(character), expected, "{name}: {character:?}");
        }
    }

    /// Python's codecs come from the tables of the Unicode Consortium, not from those of browsers.
    #[test]
    fn python_has_the_same_characters_but_for_those_that_are_written_in_two_ways() {
        let program = "
def plane(prefix):
    for row in range(1, 95):
        for cell in range(1, 95):
            try: yield (prefix + bytes([0xA0 + row, 0xA0 + cell])).decode('euc_jp')
            except UnicodeDecodeError: pass
print(''.join(sorted(set(plane(b'')) | set(plane(b'\\x8f')))), end='')";
        let output = Command::new("python3").env("PYTHONIOENCODING", "utf-8").args(["-c", program]).output();
        let theirs: BTreeSet<char> = String::from_utf8(output.unwrap().stdout).unwrap().chars().collect();
        assert!(theirs.len() > 12_000, "{}", theirs.len());
        assert_eq!(theirs.iter().filter(|character| !holds(**character)).collect::<String>(), "");
        let more: String = CHARACTERS.difference(&theirs).collect();
        assert_eq!(more, "∥－～￠￡￢", "of each pair the one that Python does not write");
    }
}
