//! One card operation at a time for each user, across all host processes.
//!
//! An advisory lock on a file: the kernel releases it with the process, however the process ends.

use std::fs::{DirBuilder, File};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, Mode, OFlags};

/// Permission bits of the folder that holds the lock: its owner and nobody else.
const PRIVATE_FOLDER: u32 = 0o700;

/// Held for the length of one operation; dropping it lets the next one start.
#[derive(Debug)]
pub struct OperationLock {
    _file: File,
}

/// Why an operation may not start.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another host process of this user is busy with the card.
    #[error("another operation is under way")]
    Busy,
    /// The folder for the lock belongs to somebody else or is open to others.
    #[error("the folder for the lock is not private")]
    NotPrivate,
    /// The file system refused.
    #[error("the lock file cannot be opened")]
    Io(#[from] std::io::Error),
}

impl OperationLock {
    /// Takes the lock of the current user in `$XDG_RUNTIME_DIR/shomei`, or in a private folder under the system's
    /// temporary folder when that variable is not set.
    ///
    /// # Errors
    /// [`LockError::Busy`] when another process holds it; it never waits.
    pub fn take() -> Result<Self, LockError> {
        Self::take_in(&private_folder())
    }

    fn take_in(folder: &Path) -> Result<Self, LockError> {
        make_private(folder)?;
        let flags = OFlags::CREATE | OFlags::RDWR | OFlags::CLOEXEC | OFlags::NOFOLLOW;
        let file = rustix::fs::open(folder.join("operation.lock"), flags, Mode::RUSR | Mode::WUSR)
            .map_err(std::io::Error::from)?;
        match rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Self { _file: File::from(file) }),
            Err(rustix::io::Errno::WOULDBLOCK) => Err(LockError::Busy),
            Err(error) => Err(LockError::Io(error.into())),
        }
    }
}

fn private_folder() -> PathBuf {
    match std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from) {
        Some(folder) if folder.is_absolute() => folder.join("shomei"),
        _ => std::env::temp_dir().join(format!("shomei-{}", user())),
    }
}

fn user() -> u32 {
    rustix::process::geteuid().as_raw()
}

fn make_private(folder: &Path) -> Result<(), LockError> {
    match DirBuilder::new().mode(PRIVATE_FOLDER).create(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(error.into()),
        _ => {}
    }
    // A folder planted by somebody else could point the lock at a file of ours.
    let found = folder.symlink_metadata()?;
    let ours = found.is_dir() && found.uid() == user() && found.mode() & 0o077 == 0;
    if ours { Ok(()) } else { Err(LockError::NotPrivate) }
}

#[cfg(test)]
mod tests {
    use super::{LockError, OperationLock};
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn a_second_operation_is_told_busy_and_the_next_one_may_start_after_the_first_ends() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("shomei");
        let first = OperationLock::take_in(&folder).unwrap();
        assert!(matches!(OperationLock::take_in(&folder), Err(LockError::Busy)));
        drop(first);
        OperationLock::take_in(&folder).unwrap();
    }

    #[test]
    fn a_folder_open_to_others_or_reached_by_a_link_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let open = home.path().join("open");
        std::fs::create_dir(&open).unwrap();
        std::fs::set_permissions(&open, std::fs::Permissions::from_mode(0o755)).unwrap();
        let link = home.path().join("link");
        symlink(&open, &link).unwrap();
        for folder in [open, link] {
            assert!(matches!(OperationLock::take_in(&folder), Err(LockError::NotPrivate)), "{folder:?}");
        }
    }
}
