//! Namespaces of the reader's own: no other process sees vpcd's port, no other pcscd is disturbed.

use std::convert::Infallible;
use std::ffi::OsStr;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::{env, fs, io};

use rustix::mount::{MountFlags, mount};

use super::ReaderError;

/// What may be asked of `unshare`, most contained first: for everyone who may make user namespaces; for root where these
/// are refused; for root in a chroot, whose root is no mount that could be made private.
const WAYS: [&[&str]; 3] = [
    &["-Urmn", "--propagation", "private"],
    &["-mn", "--propagation", "private"],
    &["-mn", "--propagation", "unchanged"],
];

/// Replaces this process by itself with other arguments, inside new namespaces. The process keeps its id.
///
/// # Errors
/// [`ReaderError::Program`]: `unshare` could not be started. Where it starts and may not do its work, it says so
/// itself and ends the process.
pub fn enter<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Result<Infallible, ReaderError> {
    let failed = |source| ReaderError::Program { program: "unshare", source };
    let this = env::current_exe().map_err(failed)?;
    let mut chosen = WAYS.first().copied().unwrap_or_default();
    for way in WAYS {
        let mut tried = Command::new("unshare");
        tried.args(way).arg("true").stdin(Stdio::null()).stderr(Stdio::null());
        if tried.status().map_err(failed)?.success() {
            chosen = way;
            break;
        }
    }
    let error = Command::new("unshare")
        .args(chosen)
        .arg("--")
        .arg(this)
        .args(arguments)
        .env_remove("PCSCLITE_CSOCK_NAME")
        .exec();
    Err(failed(error))
}

/// Furnishes the new namespaces: an empty `/run` with a folder for pcscd, and the loopback interface up.
pub(super) fn furnish() -> Result<(), ReaderError> {
    mount("tmpfs", "/run", "tmpfs", MountFlags::NOSUID | MountFlags::NODEV, None)
        .map_err(|error| ReaderError::Namespace(io::Error::from(error)))?;
    fs::create_dir("/run/pcscd").map_err(ReaderError::Namespace)?;
    let status = Command::new("ip")
        .args(["link", "set", "lo", "up"])
        .stdin(Stdio::null())
        .status()
        .map_err(|source| ReaderError::Program { program: "ip", source })?;
    if status.success() { Ok(()) } else { Err(ReaderError::Failed { program: "ip", status }) }
}
