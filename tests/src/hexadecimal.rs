//! Bytes as hexadecimal digits.

use std::fmt::Write;

use anyhow::{Context, Result};

/// Two capital digits for each byte.
#[must_use]
pub fn to_hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02X}");
        text
    })
}

/// The bytes again.
///
/// # Errors
/// When it is not pairs of digits. Names no digit, for they may be a password's.
pub fn from_hexadecimal(text: &str) -> Result<Vec<u8>> {
    let pair = |pair: &[u8]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
    let bytes: Option<_> = text.as_bytes().chunks(2).map(pair).collect();
    bytes.filter(|_| text.len().is_multiple_of(2)).context("not hexadecimal")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_become_bytes_or_an_error() {
        let cases: [(&str, Option<&[u8]>); 5] = [
            ("", Some(&[])),
            ("00A4fF", Some(&[0x00, 0xA4, 0xFF])),
            ("0", None),
            ("00A", None),
            ("0G", None),
        ];
        for (text, bytes) in cases {
            assert_eq!(from_hexadecimal(text).ok().as_deref(), bytes, "{text}");
        }
        assert_eq!(to_hexadecimal(&[0x00, 0xA4, 0xFF]), "00A4FF");
    }
}
