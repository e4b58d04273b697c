//! Finding texts that look like an individual number (個人番号), so that nobody signs or stores one by accident.
//!
//! A form never asks for it. Twelve digits of any width with a right check digit are taken for one: as twelve digits
//! in a row, as three fours as printed on the card, or with any separators between them and no further digit.
//! One in eleven other numbers of twelve digits looks the same; a definition types such a field as `digits`.

use core::ops::Range;

/// The byte ranges of `text` that look like individual numbers, in order, separators within them included.
pub fn find(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for run in runs(text) {
        let whole = run.iter().map(|chunk| chunk.digits.len()).sum::<usize>() == 12;
        if whole {
            found.extend(number_in(&run));
            continue;
        }
        for start in 0..run.len() {
            let one = run.get(start..=start);
            let three = run.get(start..start + 3);
            let fours = three.filter(|three| three.iter().all(|chunk| chunk.digits.len() == 4));
            found.extend(one.into_iter().chain(fours).filter_map(number_in));
        }
    }
    found
}

/// Whether twelve digits end in the check digit of an individual number (総務省令第85号, 2014, §5).
pub fn has_valid_check_digit(digits: &[u8; 12]) -> bool {
    let [body @ .., check] = digits;
    // Weights from the left: Q(11) … Q(1) with Q(n) = n + 1 up to 6 and n − 5 above.
    let weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
    let sum: u32 = body.iter().zip(weights).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    let expected = match sum % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    };
    u32::from(*check) == expected
}

/// Digits that stand next to each other.
struct Chunk {
    digits: Vec<u8>,
    range: Range<usize>,
}

/// Chunks with nothing but separators between them.
fn runs(text: &str) -> Vec<Vec<Chunk>> {
    let mut runs: Vec<Vec<Chunk>> = vec![Vec::new()];
    let mut adjacent = false;
    for (start, character) in text.char_indices() {
        let Some(digit) = digit(character) else {
            adjacent = false;
            if !is_separator(character) {
                runs.push(Vec::new());
            }
            continue;
        };
        let end = start + character.len_utf8();
        let Some(run) = runs.last_mut() else { continue };
        match run.last_mut() {
            Some(chunk) if adjacent => {
                chunk.digits.push(digit);
                chunk.range.end = end;
            }
            _ => run.push(Chunk { digits: vec![digit], range: start..end }),
        }
        adjacent = true;
    }
    runs
}

fn number_in(chunks: &[Chunk]) -> Option<Range<usize>> {
    let digits: Vec<u8> = chunks.iter().flat_map(|chunk| chunk.digits.iter().copied()).collect();
    let valid = has_valid_check_digit(digits.as_slice().try_into().ok()?);
    valid.then_some(chunks.first()?.range.start..chunks.last()?.range.end)
}

/// A decimal digit of any width: ASCII, full-width, or one of the mathematical styles.
fn digit(character: char) -> Option<u8> {
    let value = match character {
        '0'..='9' => u32::from(character) - 0x30,
        '\u{FF10}'..='\u{FF19}' => u32::from(character) - 0xFF10,
        '\u{1D7CE}'..='\u{1D7FF}' => (u32::from(character) - 0x1D7CE) % 10,
        _ => return None,
    };
    u8::try_from(value).ok()
}

/// What people put between groups of digits: spaces, dashes, dots, commas, strokes.
fn is_separator(character: char) -> bool {
    let white = character.is_whitespace() && character != '\n';
    let variation = super::classes::is_variation_selector(character);
    white
        || variation
        || crate::identity::is_dash(character)
        || matches!(
            character,
            '.' | ',' | '/' | '_' | '．' | '，' | '、' | '。' | '／' | '＿' | '・' | '･' | '·' | '•'
        )
}
