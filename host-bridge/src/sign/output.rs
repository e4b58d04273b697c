//! The files that are made: all of them or none, and never in the place of another.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;

use super::error::InputError;
use super::open;

/// For their owner: whoever reads a signature reads its signer's address.
const FILE_MODE: u32 = 0o600;

/// Paths at which nothing is yet.
#[derive(Debug)]
pub struct Outputs {
    paths: Vec<PathBuf>,
}

/// Why signatures that were made are not on the disk. Nothing of them is.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The system refused.
    #[error("{}: cannot be written", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// Something is at its place now.
    #[error("{}: exists", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A file is not any more what the window showed.
    #[error("{}: changed", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
}

impl Outputs {
    /// Refuses, before anybody is asked for a password, what could not be written afterwards.
    ///
    /// # Errors
    /// [`InputError`]: two files in one place, no folder, a file that exists.
    pub fn new(paths: Vec<PathBuf>) -> Result<Self, InputError> {
        for (number, path) in paths.iter().enumerate() {
            let name = open::name_of(path)?.to_owned();
            if paths.iter().take(number).any(|earlier| earlier == path) {
                return Err(InputError::Twice { name });
            }
            let folder = folder(path);
            if !folder.is_dir() {
                return Err(InputError::NoFolder { path: folder.to_owned() });
            }
            if path.symlink_metadata().is_ok() {
                return Err(InputError::Exists { path: path.clone() });
            }
        }
        Ok(Self { paths })
    }

    /// Where they will be.
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// Writes everything beside its place, then moves it there. After a failure nothing remains.
    ///
    /// # Errors
    /// [`WriteError`], for the first file.
    pub fn write(&self, contents: &[Vec<u8>]) -> Result<(), WriteError> {
        let mut made = Made::default();
        let mut staged = Vec::new();
        for (number, (path, content)) in self.paths.iter().zip(contents).enumerate() {
            let temporary = folder(path).join(format!(".shomei-{}-{number}.tmp", std::process::id()));
            stage(&temporary, content, &mut made).map_err(at(path))?;
            staged.push((temporary, path));
        }
        for (temporary, path) in staged {
            place(&temporary, path, &mut made).map_err(at(path))?;
        }
        made.keep();
        Ok(())
    }
}

/// What is on the disk so far, and is taken back if it does not come to the end.
#[derive(Default)]
struct Made(Vec<PathBuf>);

impl Made {
    fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        for path in &self.0 {
            let _gone_already = std::fs::remove_file(path);
        }
    }
}

fn stage(temporary: &Path, content: &[u8], made: &mut Made) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(FILE_MODE).open(temporary)?;
    made.0.push(temporary.to_owned());
    file.write_all(content)?;
    file.sync_all()
}

fn place(temporary: &Path, path: &Path, made: &mut Made) -> std::io::Result<()> {
    match renameat_with(CWD, temporary, CWD, path, RenameFlags::NOREPLACE) {
        Ok(()) => {}
        // A file system without such a move has links, which do not replace anything either.
        Err(Errno::INVAL | Errno::NOSYS) => {
            std::fs::hard_link(temporary, path)?;
            let _removed_later = std::fs::remove_file(temporary);
        }
        Err(error) => return Err(error.into()),
    }
    made.0.push(path.to_owned());
    File::open(folder(path))?.sync_all()
}

fn at(path: &Path) -> impl FnOnce(std::io::Error) -> WriteError {
    let path = path.to_owned();
    move |source| match source.kind() {
        ErrorKind::AlreadyExists => WriteError::Exists { path },
        _ => WriteError::Io { path, source },
    }
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests;
