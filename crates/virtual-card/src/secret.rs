//! A password on the card: compared byte for byte, counted, standing verified until closed.

use std::fmt;

use zeroize::Zeroizing;

/// Reference data with its counter and its security status.
pub(crate) struct Secret {
    value: Zeroizing<Vec<u8>>,
    most: u8,
    left: u8,
    open: bool,
}

/// What came of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Verified,
    Wrong { left: u8 },
    Exhausted,
}

impl Secret {
    /// Shortest and longest reference data in bytes.
    pub(crate) const LENGTHS: std::ops::RangeInclusive<usize> = 1..=16;

    pub(crate) fn new(value: &[u8], tries: u8) -> Self {
        Self { value: Zeroizing::new(value.to_vec()), most: tries, left: tries, open: false }
    }

    /// One try. A wrong one also takes back what an earlier right one opened.
    pub(crate) fn verify(&mut self, value: &[u8]) -> Outcome {
        if self.left == 0 {
            return Outcome::Exhausted;
        }
        self.open = self.value.as_slice() == value;
        if self.open {
            self.left = self.most;
            return Outcome::Verified;
        }
        self.left = self.left.saturating_sub(1);
        Outcome::Wrong { left: self.left }
    }

    pub(crate) fn change(&mut self, value: &[u8]) {
        self.value = Zeroizing::new(value.to_vec());
    }

    pub(crate) fn close(&mut self) {
        self.open = false;
    }

    pub(crate) const fn is_open(&self) -> bool {
        self.open
    }

    pub(crate) const fn left(&self) -> u8 {
        self.left
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret(REDACTED, {} of {} tries left, open: {})", self.left, self.most, self.open)
    }
}
