//! A reader's name as the window shows it. Drivers and devices make these names, so they are outside data.

use std::ffi::CStr;
use std::fmt;

use shomei_application::text::check_label;

/// Most characters that are shown.
const LONGEST: usize = 60;
/// Of those, how many are the name's end: there stands what tells two readers of one kind apart.
const END: usize = 20;
/// Stands for what is left out.
const GAP: char = '…';

/// A name of one line, without anything that is not drawn or that reorders what is; perhaps empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReaderName(String);

impl ReaderName {
    /// Cleans the name that PC/SC gives. What is no UTF-8 is replaced, characters that may not stand in a label of a
    /// signed text are left out, white space becomes single spaces, and a long name loses its middle.
    #[must_use]
    pub fn of(name: &CStr) -> Self {
        let name = name.to_string_lossy();
        let drawn: String =
            name.chars().map(space_or_itself).filter(|character| is_drawn(*character)).collect();
        let words: Vec<&str> = drawn.split(' ').filter(|word| !word.is_empty()).collect();
        Self(shortened(&words.join(" ")))
    }
}

impl fmt::Display for ReaderName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn space_or_itself(character: char) -> char {
    if character.is_whitespace() { ' ' } else { character }
}

fn is_drawn(character: char) -> bool {
    check_label(character.encode_utf8(&mut [0; 4]), 1).is_ok()
}

fn shortened(name: &str) -> String {
    let length = name.chars().count();
    if length <= LONGEST {
        return name.to_owned();
    }
    let start = name.chars().take(LONGEST - END - 1);
    start.chain([GAP]).chain(name.chars().skip(length - END)).collect()
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, ReaderName};
    use std::ffi::CString;

    #[test]
    fn a_name_is_shown_without_what_could_deceive_and_keeps_the_end_that_tells_readers_apart() {
        let long = "Identiv uTrust 3700 F CL Reader [uTrust 3700 F CL Reader] (53692106200434) 00 00";
        let cases: [(&[u8], &str); 9] = [
            (b"ACS ACR39U ICC Reader 00 00", "ACS ACR39U ICC Reader 00 00"),
            ("ソニー FeliCa ポート".as_bytes(), "ソニー FeliCa ポート"),
            (long.as_bytes(), "Identiv uTrust 3700 F CL Reader [uTrust…3692106200434) 00 00"),
            (b"  two\tlines\nof  it ", "two lines of it"),
            ("evil\u{202E}redaeR".as_bytes(), "evilredaeR"),
            ("zero\u{200B}width\u{FEFF}".as_bytes(), "zerowidth"),
            (b"bell\x07\x1B[31m", "bell[31m"),
            (b"cut\xFF", "cut\u{FFFD}"),
            (b"\x01\x02", ""),
        ];
        for (name, shown) in cases {
            assert_eq!(ReaderName::of(&CString::new(name).unwrap()).to_string(), shown);
        }
    }

    #[test]
    fn no_name_is_longer_than_its_place() {
        for length in [LONGEST - 1, LONGEST, LONGEST + 1, 127] {
            let name = ReaderName::of(&CString::new("名".repeat(length)).unwrap()).to_string();
            assert_eq!(name.chars().count(), length.min(LONGEST));
        }
    }
}
