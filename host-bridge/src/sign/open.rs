//! Files that a person named, opened once and read with bounds.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use shomei_envelope::{FileDigest, check_file_name};

use super::error::InputError;
use super::output::WriteError;
use crate::subject::ShownFile;

/// Octets of one file, and of all files of one operation: they are held in memory, so that what was shown is what is
/// signed.
pub const MAX_OCTETS: u64 = 200 * 1024 * 1024;

/// A file, and what was in it.
#[derive(Debug)]
pub struct OpenedFile {
    /// The path that was named.
    pub path: PathBuf,
    /// Its name, size and digest.
    pub digest: FileDigest,
    /// Its octets.
    pub octets: Vec<u8>,
}

/// Where a file was read, and what was in it then.
#[derive(Debug)]
pub struct Source {
    path: PathBuf,
    sha256: [u8; 32],
}

/// Reads all files, in their order.
///
/// # Errors
/// [`InputError`] for the first file that cannot be signed.
pub fn open_all(paths: &[PathBuf]) -> Result<Vec<OpenedFile>, InputError> {
    continue_with(Vec::new(), paths)
}

/// Reads further files, as far as there is room beside those that were read.
///
/// # Errors
/// [`InputError`] for the first file that cannot be signed.
pub fn continue_with(mut files: Vec<OpenedFile>, paths: &[PathBuf]) -> Result<Vec<OpenedFile>, InputError> {
    for path in paths {
        let read = files.iter().map(|file| file.digest.octets).sum();
        files.push(open(path, MAX_OCTETS.saturating_sub(read))?);
    }
    Ok(files)
}

fn open(path: &Path, room: u64) -> Result<OpenedFile, InputError> {
    let name = name_of(path)?;
    let octets = read(path, room).map_err(|error| match error {
        ReadError::Io(source) => InputError::Unreadable { path: path.to_owned(), source },
        ReadError::NotAFile => InputError::NotAFile { path: path.to_owned() },
        ReadError::TooLong => InputError::TooLong { path: path.to_owned(), limit: MAX_OCTETS },
    })?;
    Ok(OpenedFile { path: path.to_owned(), digest: FileDigest::of(name, &octets), octets })
}

/// The name of the file at `path`, as a signature can carry it and a window show it.
///
/// # Errors
/// [`InputError`] where it cannot.
pub fn name_of(path: &Path) -> Result<&str, InputError> {
    let name = path.file_name().ok_or_else(|| InputError::NotAFile { path: path.to_owned() })?;
    let name = name.to_str().ok_or_else(|| InputError::NameNotText { path: path.to_owned() })?;
    check_file_name(name).map_err(|error| InputError::Name { path: path.to_owned(), error })?;
    Ok(name)
}

enum ReadError {
    Io(std::io::Error),
    NotAFile,
    TooLong,
}

impl From<std::io::Error> for ReadError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

fn read(path: &Path, room: u64) -> Result<Vec<u8>, ReadError> {
    // A pipe or device may have no end, or wait for somebody who writes.
    if !std::fs::metadata(path)?.is_file() {
        return Err(ReadError::NotAFile);
    }
    let mut octets = Vec::new();
    File::open(path)?.take(room.saturating_add(1)).read_to_end(&mut octets)?;
    let fits = u64::try_from(octets.len()).is_ok_and(|length| length <= room);
    if fits { Ok(octets) } else { Err(ReadError::TooLong) }
}

impl OpenedFile {
    /// What the window shows of it.
    pub fn shown(&self) -> ShownFile {
        let folder = folder_of(&self.path);
        ShownFile { file: self.digest.clone(), folder: shown_path(&folder) }
    }

    /// What is remembered of it when its octets are no longer needed.
    pub fn source(&self) -> Source {
        Source { path: self.path.clone(), sha256: self.digest.sha256 }
    }
}

impl Source {
    /// Whether the file still holds what was shown: a signature beside another file would be of use to nobody.
    ///
    /// # Errors
    /// [`WriteError::Changed`].
    pub fn check(&self) -> Result<(), WriteError> {
        let octets = read(&self.path, MAX_OCTETS).ok();
        let found = octets.map(|octets| FileDigest::of("", &octets).sha256);
        let same = found == Some(self.sha256);
        if same { Ok(()) } else { Err(WriteError::Changed { path: self.path.clone() }) }
    }
}

/// The folder that a file lies in, from the root on where the system says so.
pub fn folder_of(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute.parent().map(Path::to_owned).unwrap_or_default()
}

/// A path as text: what could reorder or hide other characters is replaced.
pub fn shown_path(path: &Path) -> String {
    let fit = |character: char| {
        let alone = character.encode_utf8(&mut [0; 4]).to_owned();
        matches!(character, '/' | '\\' | ':' | '.') || check_file_name(&alone).is_ok()
    };
    path.to_string_lossy().chars().map(|one| if fit(one) { one } else { '\u{FFFD}' }).collect()
}
