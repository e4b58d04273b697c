//! Reading with a limit: what is longer than anything of its kind is refused, not read to its end.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Octets of one certificate, OCSP answer or file of expectations.
pub(crate) const MAX_SMALL: u64 = 64 * 1024;

/// A file or folder that could not be read, or is longer than its limit.
#[derive(Debug, thiserror::Error)]
#[error("{}: {error}", path.display())]
pub(crate) struct FileError {
    pub(crate) path: PathBuf,
    pub(crate) error: io::Error,
}

/// At most `limit` octets; a longer file is refused without being read to its end.
pub(crate) fn read_file(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let failed = |error| FileError { path: path.to_owned(), error };
    let mut bytes = Vec::new();
    let read = File::open(path).map_err(failed)?.take(limit).read_to_end(&mut bytes).map_err(failed)?;
    let too_long = u64::try_from(read).is_ok_and(|read| read >= limit);
    if too_long { Err(failed(io::ErrorKind::FileTooLarge.into())) } else { Ok(bytes) }
}
