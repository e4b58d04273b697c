//! What the site writes down about its work: one JSON line an event.
//!
//! An [`Event`] has no room for a name, an address, a field or a receipt number, so none can be written by mistake.

use serde::Serialize;
use std::fmt;
use std::io::Write;
use std::sync::{Mutex, PoisonError};

/// One thing that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// A resident confirmed a form and got a challenge.
    ChallengeIssued,
    /// An application was stored.
    Accepted {
        /// Whether its certificate was found good or could not be asked about: `good` or `unknown`.
        revocation: &'static str,
    },
    /// An application that had been stored before came again and got the same receipt.
    AcceptedBefore,
    /// Later evidence moved a filing.
    StandingMoved {
        /// Where it stood: `waiting`, `provisional` or `final`.
        from: &'static str,
        /// Where it stands: `provisional`, `final` or `reopened`.
        to: &'static str,
    },
    /// Some lists cannot be read, fetched or used; `reexamine` tells which.
    ListProblems {
        /// How many.
        count: usize,
    },
    /// A request was refused.
    Refused {
        /// The refusal's code.
        code: &'static str,
    },
    /// The database did not do its work; the resident was told to send again.
    StoreFailed {
        /// SQLite's primary result code (`SQLITE_BUSY` is 5, `SQLITE_FULL` is 13).
        sqlite: i32,
    },
}

/// The place events go to.
pub struct Journal(Mutex<Box<dyn Write + Send>>);

impl Journal {
    /// A journal that writes to `place`.
    pub fn to(place: impl Write + Send + 'static) -> Self {
        Self(Mutex::new(Box::new(place)))
    }

    /// Writes one line. A journal that cannot be written does not stop a resident's application.
    pub fn write(&self, event: Event) {
        let Ok(mut line) = serde_json::to_vec(&event) else {
            return;
        };
        line.push(b'\n');
        let mut place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = place.write_all(&line);
    }
}

impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Journal")
    }
}
