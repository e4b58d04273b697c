//! A password on the card: compared byte for byte, counted, standing verified until closed.

use std::fmt;

use rsa::rand_core::{OsRng, RngCore};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::standing::{Reference, ReferenceState, SaltedDigest, Standing};

/// Reference data with its counter and its security status.
pub(crate) struct Secret {
    value: Value,
    most: u8,
    standing: Standing,
}

/// What a try is compared with.
enum Value {
    /// As issued.
    Issued(Zeroizing<Vec<u8>>),
    /// As changed since.
    Changed(SaltedDigest),
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

    pub(crate) fn new(value: Zeroizing<Vec<u8>>, tries: u8) -> Self {
        let standing = Standing { left: tries, wrong: 0, right: 0, open: false };
        Self { value: Value::Issued(value), most: tries, standing }
    }

    /// One try. A wrong one also takes back what an earlier right one opened.
    pub(crate) fn verify(&mut self, value: &[u8]) -> Outcome {
        if self.standing.left == 0 {
            return Outcome::Exhausted;
        }
        self.standing.open = self.value.matches(value);
        if self.standing.open {
            self.standing.right = self.standing.right.saturating_add(1);
            self.standing.left = self.most;
            return Outcome::Verified;
        }
        self.standing.wrong = self.standing.wrong.saturating_add(1);
        self.standing.left = self.standing.left.saturating_sub(1);
        Outcome::Wrong { left: self.standing.left }
    }

    pub(crate) fn change(&mut self, value: &[u8]) {
        let mut salt = [0; 16];
        OsRng.fill_bytes(&mut salt);
        self.value = Value::Changed(SaltedDigest { salt, digest: salted(salt, value) });
    }

    pub(crate) const fn close(&mut self) {
        self.standing.open = false;
    }

    pub(crate) const fn standing(&self) -> Standing {
        self.standing
    }

    pub(crate) const fn state(&self, reference: Reference) -> ReferenceState {
        let changed = match self.value {
            Value::Issued(_) => None,
            Value::Changed(digest) => Some(digest),
        };
        ReferenceState { reference, left: self.standing.left, changed }
    }

    /// Takes up what was kept. A password that was not changed is still the one issued.
    pub(crate) fn restore(&mut self, state: &ReferenceState) {
        self.close();
        self.standing.left = state.left.min(self.most);
        if let Some(digest) = state.changed {
            self.value = Value::Changed(digest);
        }
    }
}

impl Value {
    fn matches(&self, value: &[u8]) -> bool {
        match self {
            Self::Issued(issued) => issued.as_slice() == value,
            Self::Changed(SaltedDigest { salt, digest }) => salted(*salt, value) == *digest,
        }
    }
}

fn salted(salt: [u8; 16], value: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(salt).chain_update(value).finalize().into()
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Standing { left, open, .. } = self.standing;
        write!(f, "Secret(REDACTED, {left} of {} tries left, open: {open})", self.most)
    }
}
