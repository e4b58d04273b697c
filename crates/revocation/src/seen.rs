//! The numbers of lists that were seen, in a file: without them a restart would take an old list for the newest.

use shomei_pki::{SeenNumbers, SeenNumbersError};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A file of seen numbers (text, see [`SeenNumbers`]). It is replaced whole, so that a power cut leaves the old or the
/// new one; what another process has written into it meanwhile is taken over first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenFile {
    path: PathBuf,
}

/// Why the numbers cannot be remembered.
#[derive(Debug, thiserror::Error)]
pub enum SeenError {
    /// The file cannot be read or written.
    #[error("{}: {cause}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// The file holds something else. Beginning anew would forget which lists are old.
    #[error("{}: {cause}", path.display())]
    Text {
        /// The file.
        path: PathBuf,
        /// Where.
        cause: SeenNumbersError,
    },
}

impl SeenError {
    /// The file.
    pub fn path(&self) -> &Path {
        match self {
            SeenError::Io { path, .. } | SeenError::Text { path, .. } => path,
        }
    }

    /// The kind of failure; invalid data where the file holds something else.
    pub fn kind(&self) -> io::ErrorKind {
        match self {
            SeenError::Io { cause, .. } => cause.kind(),
            SeenError::Text { .. } => io::ErrorKind::InvalidData,
        }
    }
}

impl SeenFile {
    /// Opens the file with the numbers in it; makes an empty one where there is none.
    ///
    /// # Errors
    /// It cannot be read or made, or holds something else.
    pub fn open(path: &Path) -> Result<(Self, SeenNumbers), SeenError> {
        let file = Self { path: path.to_owned() };
        match file.read()? {
            Some(seen) => Ok((file, seen)),
            None => {
                let none = SeenNumbers::default();
                file.replace(&none)?;
                Ok((file, none))
            }
        }
    }

    /// Adds what is higher in `seen`.
    ///
    /// # Errors
    /// As for [`Self::open`]; the file is then as it was.
    pub fn remember(&self, seen: &SeenNumbers) -> Result<(), SeenError> {
        let before = self.read()?.unwrap_or_default();
        let mut after = before.clone();
        after.merge(seen);
        if after == before { Ok(()) } else { self.replace(&after) }
    }

    fn read(&self) -> Result<Option<SeenNumbers>, SeenError> {
        let text = match fs::read_to_string(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other.map_err(|cause| self.failed(cause))?,
        };
        let read = text.parse().map_err(|cause| SeenError::Text { path: self.path.clone(), cause });
        read.map(Some)
    }

    fn replace(&self, seen: &SeenNumbers) -> Result<(), SeenError> {
        let mut name = self.path.as_os_str().to_owned();
        name.push(format!(".{}.new", std::process::id()));
        let new = PathBuf::from(name);
        let written = write_down(&new, &seen.to_string()).and_then(|()| fs::rename(&new, &self.path));
        written.and_then(|()| sync_folder(&self.path)).map_err(|cause| self.failed(cause))
    }

    fn failed(&self, cause: io::Error) -> SeenError {
        SeenError::Io { path: self.path.clone(), cause }
    }
}

fn write_down(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// A rename is on the disk when its folder is.
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(number: u8) -> SeenNumbers {
        let mut seen = SeenNumbers::default();
        seen.see(b"key", None, &[number]);
        seen
    }

    #[test]
    fn numbers_outlive_the_process_and_never_go_down() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seen");
        let (file, first) = SeenFile::open(&path).unwrap();
        assert_eq!(first, SeenNumbers::default());
        for (number, kept) in [(5, 5), (3, 5), (7, 7)] {
            file.remember(&numbers(number)).unwrap();
            assert_eq!(SeenFile::open(&path).unwrap().1, numbers(kept));
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_file_that_cannot_be_read_is_an_error_and_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seen");
        fs::write(&path, "key - 1\n").unwrap();
        assert!(matches!(SeenFile::open(&path), Err(SeenError::Text { .. })));
        assert_eq!(fs::read_to_string(&path).unwrap(), "key - 1\n");
        for path in [folder.path(), &folder.path().join("missing/seen")] {
            assert!(matches!(SeenFile::open(path), Err(SeenError::Io { .. })), "{}", path.display());
        }
    }
}
