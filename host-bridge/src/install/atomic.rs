//! Files that are replaced whole: a temporary file beside the target, synced, then renamed over it.
//!
//! A rename replaces a link instead of following it, so a planted link never redirects a write.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, symlink};
use std::path::{Path, PathBuf};

use super::InstallError;

/// Readable by all, writable by the owner: a manifest holds no secret.
const FILE_MODE: u32 = 0o644;

/// Replaces `path` by a file with `content`.
pub(super) fn replace_file(path: &Path, content: &[u8]) -> Result<(), InstallError> {
    replace(path, |temporary| {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(FILE_MODE).open(temporary)?;
        file.write_all(content)?;
        file.write_all(b"\n")?;
        file.sync_all()
    })
}

/// Replaces `path` by a link to `target`.
pub(super) fn replace_link(path: &Path, target: &Path) -> Result<(), InstallError> {
    replace(path, |temporary| symlink(target, temporary))
}

/// Removes the file or link `path`; its absence is no error.
pub(super) fn remove_file(path: &Path) -> Result<(), InstallError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(at(path)(error)),
        _ => Ok(()),
    }
}

fn replace(path: &Path, write: impl FnOnce(&Path) -> std::io::Result<()>) -> Result<(), InstallError> {
    let temporary = beside(path);
    // Left over from a run that was cut off under the same process id.
    remove_file(&temporary)?;
    let written = write(&temporary).and_then(|()| std::fs::rename(&temporary, path));
    if written.is_err() {
        let _already_gone = std::fs::remove_file(&temporary);
    }
    written.and_then(|()| sync_folder(path)).map_err(at(path))
}

fn beside(path: &Path) -> PathBuf {
    path.with_added_extension(format!("{}.tmp", std::process::id()))
}

fn sync_folder(path: &Path) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

fn at(path: &Path) -> impl FnOnce(std::io::Error) -> InstallError {
    let path = path.to_owned();
    move |source| InstallError::File { path, source }
}
