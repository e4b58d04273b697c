//! Lists in files: one, or all in a folder.

use crate::lists::{Lists, MAX_LIST_OCTETS, Reading};
use crate::problem::{ListProblem, Place};
use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

/// How the names of lists in a folder end; other files there are not read.
pub const LIST_ENDING: &str = "crl";

/// A file with a list in DER, or a folder with any number of them.
///
/// The file system is trusted to bring the newest: a list that is missing, cannot be read or is older than one seen
/// before leaves unknown what it would have answered, also where a better one was there.
#[derive(Debug)]
pub struct CrlFolder {
    path: PathBuf,
    lists: Arc<Lists>,
    known: Mutex<Known>,
}

/// What was there at the last refresh.
#[derive(Debug, Default)]
struct Known {
    files: BTreeMap<PathBuf, Option<Stamp>>,
    unreadable: bool,
}

/// What changes when a file is written again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    modified: SystemTime,
    octets: u64,
}

impl CrlFolder {
    /// The lists at `path`, to be put into `lists` by [`Self::refresh`].
    pub fn new(path: &Path, lists: Arc<Lists>) -> Self {
        Self { path: path.to_owned(), lists, known: Mutex::new(Known::default()) }
    }

    /// Reads the files whose size or time of change is another than at the last refresh, all as one change; where there
    /// are none it has only looked. While another thread refreshes, it does nothing.
    pub fn refresh(&self) {
        let Ok(mut known) = self.known.try_lock() else {
            return;
        };
        let (now, mut readings) = match self.look() {
            Ok(now) => (now, Vec::new()),
            Err(error) => (BTreeMap::new(), vec![(Place::File(self.path.clone()), lost(&error))]),
        };
        let unreadable = !readings.is_empty();
        if known.unreadable && !unreadable {
            readings.push((Place::File(self.path.clone()), Reading::Gone));
        }
        let mut files = BTreeMap::new();
        for (path, stamp) in now {
            let unchanged = stamp.is_some() && known.files.get(&path) == Some(&stamp);
            let stamp = if unchanged { stamp } else { self.read(&path, &mut readings) };
            files.insert(path, stamp);
        }
        let gone = known.files.keys().filter(|path| !files.contains_key(*path)).cloned();
        // First, because a single file is both a place that is gone and the one that cannot be read.
        readings.splice(0..0, gone.map(|path| (Place::File(path), Reading::Gone)));
        *known = Known { files, unreadable };
        if !readings.is_empty() {
            self.lists.update(readings);
        }
    }

    /// The files that are lists by their names; those of which no more can be learnt without a stamp.
    fn look(&self) -> io::Result<BTreeMap<PathBuf, Option<Stamp>>> {
        let metadata = fs::metadata(&self.path)?;
        if !metadata.is_dir() {
            return Ok(BTreeMap::from([(self.path.clone(), Stamp::of(&metadata))]));
        }
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(&self.path)? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == LIST_ENDING) {
                let stamp = fs::metadata(&path).ok().and_then(|metadata| Stamp::of(&metadata));
                files.insert(path, stamp);
            }
        }
        Ok(files)
    }

    /// Reads a file; without a stamp it is to be tried again, whether it changes or not.
    fn read(&self, path: &Path, readings: &mut Vec<(Place, Reading)>) -> Option<Stamp> {
        let (reading, stamp) = match read_bounded(path, MAX_LIST_OCTETS) {
            Ok((octets, stamp)) => {
                (self.lists.read(&octets).map_or_else(Reading::Lost, Reading::Read), stamp)
            }
            Err(error) => (lost(&error), None),
        };
        readings.push((Place::File(path.to_owned()), reading));
        stamp
    }
}

impl Stamp {
    fn of(metadata: &Metadata) -> Option<Self> {
        Some(Self { modified: metadata.modified().ok()?, octets: metadata.len() })
    }
}

/// The octets and the stamp from before they were read: what is written meanwhile is noticed the next time.
fn read_bounded(path: &Path, limit: u64) -> io::Result<(Vec<u8>, Option<Stamp>)> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    let mut octets = Vec::new();
    if metadata.len() <= limit {
        file.take(limit.saturating_add(1)).read_to_end(&mut octets)?;
    }
    let read = u64::try_from(octets.len()).unwrap_or(u64::MAX);
    if metadata.len() > limit || read > limit {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok((octets, Stamp::of(&metadata)))
}

fn lost(error: &io::Error) -> Reading {
    Reading::Lost(match error.kind() {
        io::ErrorKind::FileTooLarge => ListProblem::TooLarge { limit: MAX_LIST_OCTETS },
        kind => ListProblem::Io(kind),
    })
}
