//! The trace: every exchange in a JSON line, without passwords and without what forms are filled from.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::time::Duration;

use serde_json::json;

use super::fault::Fault;

/// In place of what no trace may hold, whatever its length.
const REDACTED: &str = "REDACTED";
/// Bytes in front of a command's lengths and data.
const HEADER_SIZE: usize = 4;
const STATUS_SIZE: usize = 2;

/// One exchange as the card saw it.
pub(super) struct Exchange<'a> {
    pub(super) command: &'a [u8],
    /// Nothing where the card said nothing.
    pub(super) answer: Option<&'a [u8]>,
    /// Whether the data of the answer are somebody's.
    pub(super) private: bool,
    pub(super) fault: Option<Fault>,
    pub(super) took: Duration,
}

/// A file that takes a line for each exchange.
#[derive(Debug)]
pub(super) struct Trace {
    file: File,
    number: u64,
}

impl Trace {
    /// Begins a trace, for nobody but the user. An earlier one in the same place is replaced.
    pub(super) fn begin(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
        file.set_permissions(Permissions::from_mode(0o600))?;
        Ok(Self { file, number: 0 })
    }

    pub(super) fn write(&mut self, exchange: &Exchange<'_>) -> io::Result<()> {
        self.number = self.number.saturating_add(1);
        let line = line(self.number, exchange);
        self.file.write_all(line.as_bytes())
    }
}

fn line(number: u64, exchange: &Exchange<'_>) -> String {
    let line = json!({
        "number": number,
        "command": command(exchange.command),
        "answer": exchange.answer.map(|bytes| answer(bytes, exchange.private)),
        "fault": exchange.fault.map(|fault| fault.to_string()),
        "microseconds": u64::try_from(exchange.took.as_micros()).unwrap_or(u64::MAX),
    });
    format!("{line}\n")
}

/// Instructions that carry passwords, in whatever class: VERIFY, CHANGE REFERENCE DATA, RESET RETRY COUNTER
/// (ISO 7816-4 §7.5), CHANGE KEY and UNLOCK KEY (JICSAP).
const WITH_PASSWORDS: [u8; 6] = [0x20, 0x21, 0x24, 0x2C, 0x32, 0x54];

fn command(bytes: &[u8]) -> String {
    match bytes.split_at_checked(HEADER_SIZE) {
        Some((header @ [_, instruction, ..], rest))
            if WITH_PASSWORDS.contains(instruction) && !rest.is_empty() =>
        {
            hexadecimal(header) + REDACTED
        }
        _ => hexadecimal(bytes),
    }
}

fn answer(bytes: &[u8], private: bool) -> String {
    match bytes.len().checked_sub(STATUS_SIZE).map(|size| bytes.split_at(size)) {
        Some(([_, ..], status)) if private => REDACTED.to_owned() + &hexadecimal(status),
        _ => hexadecimal(bytes),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(command: &[u8], answer: Option<&[u8]>, private: bool) -> String {
        let exchange = Exchange { command, answer, private, fault: None, took: Duration::from_micros(7) };
        line(1, &exchange)
    }

    #[test]
    fn an_exchange_is_a_line() {
        let cases = [
            (
                b"\x00\xB0\x00\x00\x02".as_slice(),
                Some(b"\x01\x02\x90\x00".as_slice()),
                false,
                r#""answer":"01029000","command":"00B0000002","fault":null"#,
            ),
            (b"\x00\xB0\x00\x00\x02", Some(b"\x01\x02\x90\x00"), true, r#""answer":"REDACTED9000""#),
            (b"\x00\xB0\x00\x00\x02", Some(b"\x69\x82"), true, r#""answer":"6982""#),
            (b"\x00\xB0\x00\x00\x02", None, true, r#""answer":null"#),
            (b"\x00\x20\x00\x80", Some(b"\x63\xC5"), false, r#""command":"00200080""#),
            (b"\x00\x20\x00\x80\x021!", Some(b"\x63\xC4"), false, r#""command":"00200080REDACTED""#),
            (b"\x00", Some(b"\x67\x00"), false, r#""command":"00""#),
            (b"", Some(b"\x67\x00"), false, r#""command":"""#),
        ];
        for (command, answer, private, part) in cases {
            let line = shown(command, answer, private);
            assert!(line.contains(part) && line.ends_with("\"number\":1}\n"), "{part} in {line}");
        }
    }

    #[test]
    fn no_password_is_in_a_trace_and_no_length_of_one() {
        for password in ["8642", "Q9Z8W7", "ZZZZ0000ZZZZ0000"] {
            let size = u8::try_from(password.len()).unwrap();
            let headers: [&[u8]; 9] = [
                &[0x00, 0x20, 0x00, 0x80, size],
                &[0x00, 0x20, 0x00, 0x80, 0x00, 0x00, size],
                &[0x00, 0x20, 0x00, 0x9B, size],
                &[0x00, 0x20, 0x00, 0x80, 0xFF],
                &[0x00, 0x20, 0x00, 0x80],
                &[0x08, 0x20, 0x00, 0x80, size],
                &[0x00, 0x24, 0x01, 0x80, size],
                &[0x80, 0x32, 0x00, 0x80, size],
                &[0x80, 0x54, 0x00, 0x80, size],
            ];
            for header in headers {
                let line = shown(&[header, password.as_bytes()].concat(), Some(&[0x90, 0x00]), false);
                for hidden in [password.to_owned(), hexadecimal(password.as_bytes())] {
                    assert!(!line.contains(&hidden), "{line}");
                }
                let command = format!("\"command\":\"{}REDACTED\"", hexadecimal(&header[..4]));
                assert!(line.contains(&command), "{line}");
            }
        }
    }

    #[test]
    fn a_trace_is_nobody_elses_to_read() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("trace");
        std::fs::write(&path, "of another time").unwrap();
        std::fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        let mut trace = Trace::begin(&path).unwrap();
        let exchange = Exchange {
            command: &[0x00, 0x84, 0x00, 0x00, 0x01],
            answer: Some(&[0x07, 0x90, 0x00]),
            private: false,
            fault: Some(Fault::Byte),
            took: Duration::ZERO,
        };
        trace.write(&exchange).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let line = "{\"answer\":\"079000\",\"command\":\"0084000001\",\"fault\":\"byte\",\"microseconds\":0,\"number\":1}\n";
        assert_eq!(std::fs::read_to_string(&path).unwrap(), line);
    }
}
