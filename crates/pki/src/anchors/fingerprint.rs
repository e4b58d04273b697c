//! The name of one certificate: SHA-256 over all of it, as authorities publish it.

use crate::certificate::hex;
use std::fmt;
use std::str::FromStr;

/// SHA-256 of a whole certificate. As text, 64 hexadecimal digits; colons between pairs, as OpenSSL prints them, are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(pub [u8; 32]);

/// The text is no fingerprint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a SHA-256 fingerprint has 64 hexadecimal digits")]
pub struct NotAFingerprint;

impl FromStr for Fingerprint {
    type Err = NotAFingerprint;

    fn from_str(text: &str) -> Result<Self, NotAFingerprint> {
        let digits: Vec<u8> = text
            .chars()
            .filter(|character| *character != ':')
            .map(|character| character.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect::<Option<_>>()
            .ok_or(NotAFingerprint)?;
        let mut octets = [0; 32];
        if digits.len() != 2 * octets.len() {
            return Err(NotAFingerprint);
        }
        for (octet, pair) in octets.iter_mut().zip(digits.chunks_exact(2)) {
            *octet = pair.iter().fold(0, |octet, digit| octet << 4 | digit);
        }
        Ok(Self(octets))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&hex(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_as_it_is_published() {
        let octets = [0x0d, 0xff].repeat(16);
        let fingerprint = Fingerprint(octets.try_into().unwrap());
        for text in ["0dff".repeat(16), "0DFF".repeat(16), ["0D:FF"; 16].join(":")] {
            assert_eq!(text.parse(), Ok(fingerprint), "{text}");
        }
        assert_eq!(fingerprint.to_string(), "0dff".repeat(16));
        for text in
            [String::new(), "0dff".repeat(15), "0dff".repeat(17), "0dfg".repeat(16), "+dff".repeat(16)]
        {
            assert_eq!(text.parse::<Fingerprint>(), Err(NotAFingerprint), "{text}");
        }
    }
}
