//! What was said to a card, and the rules that hold for all of it.

use crate::TransportError;

/// A command and what came back.
#[derive(Clone, Debug)]
pub(super) struct Exchange {
    pub(super) command: Vec<u8>,
    pub(super) answer: Result<Vec<u8>, TransportError>,
}

impl Exchange {
    /// VERIFY with data: it costs a try where it is wrong.
    pub(super) fn is_try(&self) -> bool {
        self.command.get(1) == Some(&0x20) && self.command.len() > 4
    }

    /// VERIFY without data.
    fn is_query(&self) -> bool {
        self.command.get(..3) == Some(&[0x00, 0x20, 0x00]) && self.command.len() == 4
    }

    fn selects_file(&self) -> bool {
        self.command.starts_with(&[0x00, 0xA4, 0x02, 0x0C])
    }

    fn selects_application(&self) -> bool {
        self.command.starts_with(&[0x00, 0xA4, 0x04, 0x0C])
    }

    fn succeeded(&self) -> bool {
        matches!(self.answer.as_deref(), Ok([.., 0x90, 0x00] | [.., 0x61, _]))
    }

    fn told_tries(&self) -> bool {
        matches!(self.answer.as_deref(), Ok([.., 0x63, 0xC1..=0xCF]))
    }
}

/// Whatever was asked and whatever went wrong, a trace keeps these rules.
pub(super) fn assert_harmless(trace: &[Exchange], what: &str) {
    let mut application: &[u8] = &[];
    for (at, exchange) in trace.iter().enumerate() {
        assert_known(&exchange.command, what);
        if exchange.selects_application() {
            application = if exchange.succeeded() { &exchange.command[5..] } else { &[] };
        }
        if exchange.selects_file() && exchange.command.ends_with(&[0x00, 0x01]) {
            assert!(is_jpki(application), "{what}: EF 0001 outside the JPKI application");
        }
        if exchange.is_try() {
            assert_told_before(&trace[..at], what);
        }
    }
}

fn is_jpki(application: &[u8]) -> bool {
    application == [0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01]
}

/// The counter was told, and since then nothing was done but to select the file.
fn assert_told_before(before: &[Exchange], what: &str) {
    let last = before.iter().rev().find(|exchange| !exchange.selects_file());
    let last = last.unwrap_or_else(|| panic!("{what}: a try before anything else"));
    assert!(last.is_query() && last.told_tries(), "{what}: a try after {last:02X?}");
}

/// Nothing is said that is not one of these: no management command, no try that names a file by itself, no password
/// that could be seen to be malformed, no signature of anything but a SHA-256 DigestInfo.
fn assert_known(command: &[u8], what: &str) {
    let known = match (&command[..4], &command[4..]) {
        ([0x00, 0xA4, 0x04, 0x0C], [_, 0xD3, 0x92, 0xF0 | 0x10, ..] | [7, 0xA0, ..]) => true,
        ([0x00, 0xA4, 0x02, 0x0C], [2, 0x00, file]) => {
            matches!(file, 0x01 | 0x02 | 0x06 | 0x08 | 0x0A | 0x0B | 0x11 | 0x17 | 0x18 | 0x1A | 0x1B)
        }
        ([0x00, 0x20, 0x00, p2], []) => matches!(p2, 0x80 | 0x91 | 0x98 | 0x9B),
        ([0x00, 0x20, 0x00, 0x80] | [0x00, 0x24, 0x01, 0x80], [length, secret @ ..]) => {
            usize::from(*length) == secret.len() && is_well_formed(secret)
        }
        ([0x00, 0xB0, high, _], [_] | [0, _, _]) => {
            *high < 0x80 || matches!(high, 0x81 | 0x82 | 0x86 | 0x88 | 0x8A | 0x8B)
        }
        ([0x00, 0xC0, 0x00, 0x00], [_]) => true,
        // The last byte is Le, of which 6Cxx may have said another.
        ([0x80, 0x2A, 0x00, 0x80 | 0x97 | 0x9A], [0x33, 0x30, 0x31, 0x30, ..]) => command.len() == 57,
        _ => false,
    };
    assert!(known, "{what}: {:02X?}", &command[..4]);
}

fn is_well_formed(secret: &[u8]) -> bool {
    let pin = secret.len() == 4 && secret.iter().all(u8::is_ascii_digit);
    let password = (6..=16).contains(&secret.len())
        && secret.iter().all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9'));
    pin || password
}
