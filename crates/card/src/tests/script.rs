//! A card that knows its lines: every command is compared byte for byte.

use std::collections::VecDeque;

use crate::{Transport, TransportError};

pub(super) const SELECT_JPKI: &str = "00A4040C0AD392F000260100000001";
pub(super) const SELECT_INPUT_SUPPORT: &str = "00A4040C0AD3921000310001010408";
pub(super) const SELECT_ISSUER: &str = "00A4040C07A0000001510000";
pub(super) const READ_AVAILABILITY: &str = "00B0880003";
pub(super) const SELECT_PASSWORD: &str = "00A4020C02001B";
pub(super) const SELECT_CERTIFICATE: &str = "00A4020C020001";
pub(super) const SELECT_KEY: &str = "00A4020C02001A";
pub(super) const QUERY: &str = "00200080";
/// VERIFY with `ABC123`.
pub(super) const VERIFY: &str = "0020008006414243313233";

/// A command and its answer, in hexadecimal.
pub(super) type Line<'a> = (&'a str, &'a str);

/// Opening a fresh card.
pub(super) const OPENING: [Line<'static>; 4] =
    [(SELECT_JPKI, "9000"), (READ_AVAILABILITY, "8F8F009000"), (SELECT_PASSWORD, "9000"), (QUERY, "63C5")];

/// Asking a card of which nothing is known for the counter of its PIN.
pub(super) const OPENING_OF_PIN: [Line<'static>; 3] =
    [(SELECT_JPKI, "9000"), ("00A4020C020018", "9000"), (QUERY, "63C3")];

/// Unlocking it with `ABC123`, right after it told its counter.
pub(super) const UNLOCKING: [Line<'static>; 1] = [(VERIFY, "9000")];

/// What a script answers when there is no answer.
pub(super) const SILENCE: &str = "";
pub(super) const SILENT: TransportError = TransportError::Service { code: 0x8010_0016 };

/// Lines in their order; panics at the first difference and when lines are left over.
pub(super) struct Script(VecDeque<(String, String)>);

impl Script {
    pub(super) fn new<'a>(lines: impl IntoIterator<Item = Line<'a>>) -> Self {
        Self(lines.into_iter().map(|(command, answer)| (command.to_owned(), answer.to_owned())).collect())
    }

    /// A card that opens and unlocks with `ABC123` and goes on with `lines`.
    pub(super) fn unlocked<'a>(lines: impl IntoIterator<Item = Line<'a>>) -> Self {
        Self::new(OPENING.into_iter().chain(UNLOCKING).chain(lines))
    }
}

impl Transport for Script {
    fn transmit(&mut self, command: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
        let (expected, answer) = self.0.pop_front().unwrap_or_else(|| panic!("unexpected {}", hex(command)));
        assert_eq!(hex(command), expected);
        if answer == SILENCE {
            return Err(SILENT);
        }
        let bytes = unhex(&answer);
        response[..bytes.len()].copy_from_slice(&bytes);
        Ok(bytes.len())
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(self.0.is_empty(), "never said: {:?}", self.0);
        }
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    assert!(text.len().is_multiple_of(2), "{text}");
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}
