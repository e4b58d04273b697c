//! Paths that were given, and everything that is in those that are folders.

use crate::files::FileError;
use std::fs;
use std::path::{Path, PathBuf};

/// Something found, in the order of its path.
pub(super) struct Found {
    pub(super) path: PathBuf,
    pub(super) kind: Kind,
}

pub(super) enum Kind {
    /// Given by its own path: it is expected to be signed.
    Named,
    /// A file in a folder.
    File,
    /// A link, pipe or device in a folder. It is not opened.
    Other,
    /// A folder that cannot be looked through.
    Unreadable(FileError),
}

/// Every file at `paths` and below, each folder in the order of names. Links are followed where they were given, not
/// where they were found.
pub(super) fn walk(paths: &[PathBuf]) -> Vec<Found> {
    let mut found = Vec::new();
    for path in paths {
        match path.is_dir() {
            true => folders(path, &mut found),
            false => found.push(Found { path: path.clone(), kind: Kind::Named }),
        }
    }
    found
}

fn folders(top: &Path, found: &mut Vec<Found>) {
    let first = found.len();
    let mut waiting = vec![top.to_owned()];
    while let Some(folder) = waiting.pop() {
        if let Err(error) = entries(&folder, &mut waiting, found) {
            let kind = Kind::Unreadable(FileError { path: folder.clone(), error });
            found.push(Found { path: folder, kind });
        }
    }
    if let Some(found) = found.get_mut(first..) {
        found.sort_by(|one, other| one.path.cmp(&other.path));
    }
}

fn entries(folder: &Path, waiting: &mut Vec<PathBuf>, found: &mut Vec<Found>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        if kind.is_dir() {
            waiting.push(path);
        } else {
            let kind = if kind.is_file() { Kind::File } else { Kind::Other };
            found.push(Found { path, kind });
        }
    }
    Ok(())
}
