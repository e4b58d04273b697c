//! Scenarios: one resident in one situation, as a world of its own with what a verifier is expected to say.
//!
//! A scenario's folder is a world as [`folder`](crate::folder) writes it, with `scenario.json` beside it. Certificates that
//! no card holds lie in `odd/`. The same name and the same instant give the same bytes: everything that is drawn is drawn
//! from a generator that is seeded with the name.

mod catalogue;
mod description;
mod issuing;
mod making;
mod story;
#[cfg(test)]
mod tests;

use std::io;
use std::path::PathBuf;

use der::DateTime;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

pub use self::story::{Scenario, Verdict};
use crate::counter::CounterError;
use crate::folder::FolderError;
use crate::moment::moved;
use crate::{Authority, IssueError, Purpose};

/// Every scenario: situations first, then one for each person in an ordinary one.
pub fn scenarios() -> impl Iterator<Item = Scenario> {
    catalogue::situations().chain(catalogue::persons())
}

/// Why a scenario could not be made.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ScenarioError {
    /// The world could not be written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The counter did not do what the situation came about by.
    #[error(transparent)]
    Counter(#[from] CounterError),
    /// A certificate could not be made.
    #[error(transparent)]
    Issue(#[from] IssueError),
    /// A file could not be written or taken away.
    #[error("{path}: {source}")]
    File {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// `scenario.json` could not be put into words, which would be a mistake here.
    #[error("scenario.json: {0}")]
    Description(#[from] serde_json::Error),
}

/// The two authorities of every scenario of one instant, six years old then.
#[derive(Clone, Debug)]
pub struct Foundation {
    signature: Authority,
    authentication: Authority,
    at: DateTime,
}

impl Foundation {
    /// Founds them for an instant. Making their keys takes about a second.
    ///
    /// # Errors
    /// [`IssueError`]: the instant does not fit UTCTime.
    pub fn lay(at: DateTime) -> Result<Self, IssueError> {
        const AGE: i64 = 6 * 365 * DAY;
        let founded = moved(at, -AGE)?;
        let [signature, authentication] = Purpose::ALL.map(|purpose| {
            Authority::found_by(&mut chance("authorities", Part::Issued(purpose)), purpose, founded)
        });
        Ok(Self { signature: signature?, authentication: authentication?, at })
    }
}

/// Seconds.
const DAY: i64 = 24 * 60 * 60;

/// A part of a scenario. Each has a stream of its own, so that parts can be made in any order.
#[derive(Clone, Copy)]
enum Part {
    Issued(Purpose),
    Odd,
    Previous,
    OtherAuthority,
}

/// What is drawn for one part of a scenario.
fn chance(name: &str, part: Part) -> ChaCha20Rng {
    let mut chance = ChaCha20Rng::from_seed(Sha256::digest(name).into());
    chance.set_stream(match part {
        Part::Issued(Purpose::Signature) => 0,
        Part::Issued(Purpose::Authentication) => 1,
        Part::Odd => 2,
        Part::Previous => 3,
        Part::OtherAuthority => 4,
    });
    chance
}
