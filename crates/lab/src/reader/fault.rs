//! What can go wrong between a card and a program, once and on purpose.

use std::collections::VecDeque;
use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use sha2::{Digest, Sha256};
use thiserror::Error;

/// Longest delay.
const MOST_DELAY: Duration = Duration::from_secs(60 * 60);
/// Bytes of [`Fault::Garbage`].
const GARBAGE_SIZE: usize = 64;
/// Bytes of [`Fault::Long`]: nearly all that vpcd's two-byte length can say.
const LONG_SIZE: usize = 65_000;

/// One thing that goes wrong. But for [`Self::Reset`], the card has carried the command out when it strikes: a wrong
/// try of a password is counted although nobody hears of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// `empty`: an answer of no bytes. vpcd makes one of a broken connection, so that is what it is; the card and what it
    /// has selected and verified stay.
    Empty,
    /// `byte`: an answer of one byte.
    Byte,
    /// `garbage`: 64 bytes that are no answer, always the same.
    Garbage,
    /// `long`: an answer of 65,000 bytes.
    Long,
    /// `status:6F00`: this status word in place of the answer.
    Status(u16),
    /// `remove`: the card leaves before it answers.
    Remove,
    /// `reset`: the card was reset before the command, which it then answers.
    Reset,
    /// `delay:30s`, `delay:500ms`: the answer comes late.
    Delay(Duration),
    /// `silent`: no answer until the card is removed.
    Silent,
    /// `swap`: the card leaves before it answers and is back at once, with nothing selected and nothing verified.
    Swap,
}

/// A fault and when it strikes: at the first exchange from now, or as in `remove@7` at a later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    /// What.
    pub fault: Fault,
    /// At which exchange, counted from 1.
    pub at: NonZeroU32,
}

/// Text that is no fault.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FaultError {
    /// No such fault.
    #[error(
        "no fault {0:?}; there are empty, byte, garbage, long, status:6F00, remove, reset, delay:30s, delay:500ms, \
         silent and swap, each with @N for the N-th exchange from now"
    )]
    Unknown(String),
    /// A status word that is not four hexadecimal digits.
    #[error("a status word has four hexadecimal digits, unlike {0:?}")]
    Status(String),
    /// A delay without unit, or of more than an hour.
    #[error("a delay is like 30s or 500ms and at most an hour, unlike {0:?}")]
    Delay(String),
    /// An exchange that is not a number from 1 on.
    #[error("an exchange is a number from 1 on, unlike {0:?}")]
    At(String),
}

impl Fault {
    const NAMED: [(&'static str, Self); 8] = [
        ("empty", Self::Empty),
        ("byte", Self::Byte),
        ("garbage", Self::Garbage),
        ("long", Self::Long),
        ("remove", Self::Remove),
        ("reset", Self::Reset),
        ("silent", Self::Silent),
        ("swap", Self::Swap),
    ];

    /// What goes over the wire in place of an answer; nothing where the card says nothing now.
    pub(super) fn in_place_of(self, answer: Vec<u8>) -> Option<Vec<u8>> {
        match self {
            Self::Byte => Some(vec![0x90]),
            Self::Garbage => Some(garbage()),
            Self::Long => Some(vec![0xA5; LONG_SIZE]),
            Self::Status(word) => Some(word.to_be_bytes().to_vec()),
            Self::Reset | Self::Delay(_) => Some(answer),
            Self::Empty | Self::Remove | Self::Silent | Self::Swap => None,
        }
    }
}

fn garbage() -> Vec<u8> {
    let halves = [b"garbage, first half", b"garbage, other half"].map(Sha256::digest);
    halves.iter().flatten().copied().take(GARBAGE_SIZE).collect()
}

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        if let Some((_, fault)) = Self::NAMED.into_iter().find(|(name, _)| *name == text) {
            return Ok(fault);
        }
        match text.split_once(':') {
            Some(("status", word)) => status(word).ok_or_else(|| FaultError::Status(word.to_owned())),
            Some(("delay", time)) => delay(time).ok_or_else(|| FaultError::Delay(time.to_owned())),
            _ => Err(FaultError::Unknown(text.to_owned())),
        }
    }
}

fn status(word: &str) -> Option<Fault> {
    let digits = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    digits.then(|| u16::from_str_radix(word, 16).ok()).flatten().map(Fault::Status)
}

fn delay(time: &str) -> Option<Fault> {
    let (number, unit): (&str, fn(u64) -> Duration) = match time.strip_suffix("ms") {
        Some(number) => (number, Duration::from_millis),
        None => (time.strip_suffix('s')?, Duration::from_secs),
    };
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    let delay = digits.then(|| number.parse().ok()).flatten().map(unit)?;
    (delay <= MOST_DELAY).then_some(Fault::Delay(delay))
}

impl FromStr for Planned {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let (fault, at) = text.split_once('@').unwrap_or((text, "1"));
        let digits = at.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.then(|| at.parse().ok()).flatten();
        Ok(Self { fault: fault.parse()?, at: number.ok_or_else(|| FaultError::At(at.to_owned()))? })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(word) => write!(f, "status:{word:04X}"),
            Self::Delay(delay) => write!(f, "delay:{}ms", delay.as_millis()),
            named => {
                let name =
                    Self::NAMED.into_iter().find_map(|(name, fault)| (fault == *named).then_some(name));
                f.write_str(name.unwrap_or_default())
            }
        }
    }
}

impl fmt::Display for Planned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.fault, self.at)
    }
}

/// Faults that wait for their exchange.
#[derive(Debug, Default)]
pub(super) struct Faults(Mutex<VecDeque<Planned>>);

impl Faults {
    pub(super) fn plan(&self, planned: Planned) {
        self.waiting(|faults| faults.push_back(planned));
    }

    /// The fault of the exchange that begins, which is over then. Of two for one exchange, the later one waits for the
    /// exchange after it.
    pub(super) fn strike(&self) -> Option<Fault> {
        self.waiting(|faults| {
            let due = faults.iter().position(|planned| planned.at.get() == 1);
            let struck = due.and_then(|index| faults.remove(index)).map(|planned| planned.fault);
            for planned in faults {
                planned.at = NonZeroU32::new(planned.at.get().saturating_sub(1)).unwrap_or(NonZeroU32::MIN);
            }
            struck
        })
    }

    fn waiting<T>(&self, act: impl FnOnce(&mut VecDeque<Planned>) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_read_from_what_it_prints() {
        let cases = [
            ("empty", Fault::Empty, "empty@1"),
            ("byte@2", Fault::Byte, "byte@2"),
            ("garbage", Fault::Garbage, "garbage@1"),
            ("long", Fault::Long, "long@1"),
            ("status:6F00", Fault::Status(0x6F00), "status:6F00@1"),
            ("status:63c2@3", Fault::Status(0x63C2), "status:63C2@3"),
            ("remove@7", Fault::Remove, "remove@7"),
            ("reset", Fault::Reset, "reset@1"),
            ("delay:30s", Fault::Delay(Duration::from_secs(30)), "delay:30000ms@1"),
            ("delay:500ms", Fault::Delay(Duration::from_millis(500)), "delay:500ms@1"),
            ("silent", Fault::Silent, "silent@1"),
            ("swap@4294967295", Fault::Swap, "swap@4294967295"),
        ];
        for (text, fault, printed) in cases {
            let planned: Planned = text.parse().unwrap();
            assert_eq!((planned.fault, planned.to_string().as_str()), (fault, printed));
            assert_eq!(printed.parse(), Ok(planned));
        }
    }

    #[test]
    fn text_that_is_no_fault_is_told_why() {
        type Why = fn(String) -> FaultError;
        let cases: [(&str, Why, &str); 16] = [
            ("", FaultError::Unknown, ""),
            ("Remove", FaultError::Unknown, "Remove"),
            ("remove:now", FaultError::Unknown, "remove:now"),
            ("delay", FaultError::Unknown, "delay"),
            ("status:6F0", FaultError::Status, "6F0"),
            ("status:+6F0", FaultError::Status, "+6F0"),
            ("status:6F00 ", FaultError::Status, "6F00 "),
            ("delay:30", FaultError::Delay, "30"),
            ("delay:s", FaultError::Delay, "s"),
            ("delay:-1s", FaultError::Delay, "-1s"),
            ("delay:3601s", FaultError::Delay, "3601s"),
            ("delay:99999999999999999999s", FaultError::Delay, "99999999999999999999s"),
            ("remove@0", FaultError::At, "0"),
            ("remove@", FaultError::At, ""),
            ("remove@+1", FaultError::At, "+1"),
            ("remove@4294967296", FaultError::At, "4294967296"),
        ];
        for (text, why, part) in cases {
            assert_eq!(text.parse::<Planned>(), Err(why(part.to_owned())), "{text}");
        }
    }

    #[test]
    fn each_fault_strikes_once_at_its_exchange() {
        let cases: [(&[&str], [Option<Fault>; 4]); 4] = [
            (&[], [None; 4]),
            (&["empty"], [Some(Fault::Empty), None, None, None]),
            (&["byte@3", "empty@2"], [None, Some(Fault::Empty), Some(Fault::Byte), None]),
            (&["empty@2", "byte@2"], [None, Some(Fault::Empty), Some(Fault::Byte), None]),
        ];
        for (planned, struck) in cases {
            let faults = Faults::default();
            planned.iter().for_each(|text| faults.plan(text.parse().unwrap()));
            assert_eq!([(); 4].map(|()| faults.strike()), struck, "{planned:?}");
        }
    }

    #[test]
    fn each_fault_says_what_it_should() {
        let answer = vec![0x90, 0x00];
        let cases = [
            (Fault::Empty, None),
            (Fault::Byte, Some(1)),
            (Fault::Garbage, Some(64)),
            (Fault::Long, Some(65_000)),
            (Fault::Status(0x6F00), Some(2)),
            (Fault::Reset, Some(2)),
            (Fault::Delay(Duration::ZERO), Some(2)),
            (Fault::Remove, None),
            (Fault::Silent, None),
            (Fault::Swap, None),
        ];
        for (fault, size) in cases {
            assert_eq!(fault.in_place_of(answer.clone()).map(|said| said.len()), size, "{fault}");
        }
        assert_eq!(garbage(), garbage());
    }
}
