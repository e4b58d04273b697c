//! pcscd, on a leash: it dies with the process that started it, however that one ends.

use std::convert::Infallible;
use std::ffi::OsStr;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, io, process, thread};

use rustix::process::{Pid, Signal, getppid, kill_process, set_parent_process_death_signal};

use super::ReaderError;
use crate::passwords::ENVIRONMENT;

const NAME: &str = "pcscd";
/// How long pcscd may take to end when it is asked to.
const PATIENCE: Duration = Duration::from_secs(2);
const BETWEEN_LOOKS: Duration = Duration::from_millis(5);

/// A running pcscd. Dropping it ends it.
#[derive(Debug)]
pub(super) struct Daemon(Child);

impl Daemon {
    /// Starts pcscd by way of this program's own command for it, followed by this process's id.
    pub(super) fn start(leash: &str) -> Result<Self, ReaderError> {
        let failed = |source| ReaderError::Program { program: NAME, source };
        let mut command = Command::new(env::current_exe().map_err(failed)?);
        for variable in ENVIRONMENT {
            command.env_remove(variable);
        }
        command
            .args([leash, &process::id().to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .map(Self)
            .map_err(failed)
    }

    /// Asks pcscd to end, and waits for it.
    pub(super) fn stop(mut self) {
        if let Some(id) = i32::try_from(self.0.id()).ok().and_then(Pid::from_raw) {
            // Fails only if pcscd is gone already.
            let _ = kill_process(id, Signal::TERM);
        }
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline && self.check().is_ok() {
            thread::sleep(BETWEEN_LOOKS);
        }
    }

    /// How pcscd ended, if it did.
    pub(super) fn check(&mut self) -> Result<(), ReaderError> {
        match self.0.try_wait() {
            Ok(None) => Ok(()),
            Ok(Some(status)) => Err(ReaderError::Failed { program: NAME, status }),
            Err(source) => Err(ReaderError::Program { program: NAME, source }),
        }
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // Either fails only if pcscd is gone already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Replaces this process by pcscd, which the kernel will kill when the process `parent` dies.
///
/// # Errors
/// [`ReaderError::Program`]: pcscd could not be started, or `parent` is dead already.
pub fn leashed(parent: u32) -> Result<Infallible, ReaderError> {
    let failed = |source| ReaderError::Program { program: NAME, source };
    set_parent_process_death_signal(Some(Signal::KILL)).map_err(|error| failed(error.into()))?;
    // Who died before the line above sends no signal any more.
    let alive = getppid().map(Pid::as_raw_pid).and_then(|pid| u32::try_from(pid).ok()) == Some(parent);
    if !alive {
        return Err(failed(io::ErrorKind::BrokenPipe.into()));
    }
    let path =
        [env::var_os("PATH").unwrap_or_default().as_os_str(), OsStr::new("/usr/sbin")].join(OsStr::new(":"));
    Err(failed(Command::new(NAME).arg("--foreground").env("PATH", path).exec()))
}
