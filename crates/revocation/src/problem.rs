//! What is wrong with a place that lists come from. None of it ends the program: what would have been answered from
//! there is unknown, or is answered by the list from before.

use crate::exchange::HttpProblem;
use crate::url::HttpUrl;
use shomei_pki::{CrlError, CrlProblem};
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Where a list comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A file, or a folder that cannot be read.
    File(PathBuf),
    /// An address that is configured.
    Url(HttpUrl),
}

/// Why a place does not give the list that it should.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListProblem {
    /// A file or folder cannot be read.
    #[error("{0}")]
    Io(io::ErrorKind),
    /// A file is larger than [`MAX_LIST_OCTETS`](crate::MAX_LIST_OCTETS).
    #[error("more than {limit} octets")]
    TooLarge {
        /// Octets that are read at most.
        limit: u64,
    },
    /// The octets are no list.
    #[error("not a revocation list: {0}")]
    Malformed(CrlError),
    /// The list cannot be used.
    #[error("a revocation list that cannot be used: {0}")]
    Refused(CrlProblem),
    /// The address gave another authority's or another distribution point's list than before, which stays.
    #[error("the list is for another distribution point than the one before")]
    OtherList,
    /// The numbers of lists cannot be written into the file of seen numbers; until then they stand in memory only.
    #[error("the numbers of lists are not written down: {0}")]
    NotRemembered(io::ErrorKind),
    /// The exchange failed; the list from before stays.
    #[error(transparent)]
    Http(#[from] HttpProblem),
}

/// A place and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {why}")]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// What.
    pub why: ListProblem,
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::File(path) => path.display().fmt(out),
            Place::Url(url) => url.fmt(out),
        }
    }
}
