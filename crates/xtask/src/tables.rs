//! The table of Japanese characters that `crates/application` ships, from other people's codecs.
//!
//! JIS X 0208 and JIS X 0212 come from `encoding_rs` by decoding every cell of EUC-JP; JIS X 0213:2004 comes from CPython's
//! `shift_jis_2004` in the same way. Its `euc_jis_2004` is of no use: it falls back to JIS X 0212.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use encoding_rs::EUC_JP;

use crate::process::{command, output, root};

/// Where the table is kept.
const TABLE: &str = "crates/application/src/text/repertoire/table.bin";
/// The code points that have half an octet each; all others are listed.
const IDEOGRAPHS: std::ops::RangeInclusive<u32> = 0x4E00..=0x9FFF;
const IN_JIS_X_0212: u8 = 4;
const IN_JIS_X_0213: u8 = 8;

/// Prints what each cell of two octets holds, as hexadecimal code points, a line each.
const JIS_X_0213_CELLS: &str = "
for lead in [*range(0x81, 0xA0), *range(0xE0, 0xFD)]:
    for trail in [*range(0x40, 0x7F), *range(0x80, 0xFD)]:
        try: text = bytes([lead, trail]).decode('shift_jis_2004')
        except UnicodeDecodeError: continue
        print(*(format(ord(character), 'x') for character in text))
";

/// In which standards each code point is, as half an octet, and the characters that are two code points.
#[derive(Default)]
struct Standards {
    /// Low two bits: 0 not in JIS X 0208, 1 there and no kanji, 2 level 1, 3 level 2.
    classes: BTreeMap<u32, u8>,
    pairs: Vec<[u32; 2]>,
}

/// Writes the table anew.
pub fn write() -> Result<()> {
    std::fs::write(path(), table()?).with_context(|| format!("cannot write {TABLE}"))
}

fn path() -> PathBuf {
    root().join(TABLE)
}

fn table() -> Result<Vec<u8>> {
    let mut standards = Standards::default();
    standards.take_euc_jp();
    standards.take_jis_x_0213()?;
    standards.encode()
}

impl Standards {
    fn add(&mut self, code_point: u32, class: u8) {
        *self.classes.entry(code_point).or_default() |= class;
    }

    /// Rows 1 to 8 are no kanji, 16 to 47 level 1, 48 to 84 level 2. Rows 13 and 89 to 92 are vendors'.
    fn take_euc_jp(&mut self) {
        for (row, cell) in (1..=94).flat_map(|row| (1..=94).map(move |cell| (row, cell))) {
            let class = match row {
                1..=8 => Some(1),
                16..=47 => Some(2),
                48..=84 => Some(3),
                _ => None,
            };
            let in_0208 = class.and_then(|class| Some((decode(&[], row, cell)?, class)));
            let in_0212 = decode(&[0x8F], row, cell).map(|found| (found, IN_JIS_X_0212));
            for (code_point, class) in in_0208.into_iter().chain(in_0212) {
                self.add(code_point, class);
            }
        }
    }

    fn take_jis_x_0213(&mut self) -> Result<()> {
        let cells = output(command("python3").args(["-c", JIS_X_0213_CELLS])).context("python3 failed")?;
        for line in cells.lines() {
            let code_points: Result<Vec<u32>, _> =
                line.split(' ').map(|digits| u32::from_str_radix(digits, 16)).collect();
            match *code_points? {
                [one] => self.add(one, IN_JIS_X_0213),
                [first, second] => self.pairs.push([first, second]),
                _ => bail!("a cell that holds {line}"),
            }
        }
        self.pairs.sort_unstable();
        Ok(())
    }

    /// The layout stands in the table's module, beside its reader.
    fn encode(&self) -> Result<Vec<u8>> {
        let class = |code_point: u32| self.classes.get(&code_point).copied().unwrap_or_default();
        let halves: Vec<u8> = IDEOGRAPHS.map(class).collect();
        let mut bytes: Vec<u8> =
            halves.chunks(2).map(|two| two.iter().rev().fold(0, |octet, half| octet << 4 | half)).collect();
        for pair in &self.pairs {
            for code_point in pair {
                bytes.extend_from_slice(&u16::try_from(*code_point)?.to_be_bytes());
            }
        }
        let mut last = 0;
        for (code_point, class) in
            self.classes.iter().filter(|(code_point, _)| !IDEOGRAPHS.contains(code_point))
        {
            append(&mut bytes, (code_point - last) << 4 | u32::from(*class));
            last = *code_point;
        }
        Ok(bytes)
    }
}

/// The only code point in a cell.
fn decode(plane: &[u8], row: u8, cell: u8) -> Option<u32> {
    let code = [plane, &[0xA0_u8.saturating_add(row), 0xA0_u8.saturating_add(cell)]].concat();
    let text = EUC_JP.decode_without_bom_handling_and_without_replacement(&code)?;
    let mut characters = text.chars().map(u32::from);
    characters.next().filter(|_| characters.next().is_none())
}

/// Seven bits in an octet, most significant first, bit 8 set in all but the last.
fn append(bytes: &mut Vec<u8>, number: u32) {
    let octets = (32 - number.leading_zeros()).div_ceil(7).max(1);
    for place in (0..octets).rev() {
        let [.., low] = (number >> (7 * place)).to_be_bytes();
        bytes.push(low & 0x7F | if place == 0 { 0 } else { 0x80 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_that_is_kept_is_the_one_that_is_made() {
        let kept = std::fs::read(path()).unwrap();
        assert!(kept == table().unwrap(), "run cargo xtask tables");
        assert!(kept.len() <= 16 * 1024, "{} octets", kept.len());
    }

    #[test]
    fn numbers_are_written_in_base_128() {
        let cases: [(u32, &[u8]); 4] =
            [(0, &[0]), (0x7F, &[0x7F]), (0x80, &[0x81, 0x00]), (0x4000, &[0x81, 0x80, 0x00])];
        for (number, expected) in cases {
            let mut bytes = Vec::new();
            append(&mut bytes, number);
            assert_eq!(bytes, expected, "{number}");
        }
    }
}
