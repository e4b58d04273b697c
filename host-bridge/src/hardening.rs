//! Keeps the process's memory out of core dumps, debuggers of the same user, and panic messages.
//!
//! It runs before the first frame is read, so no moment exists in which a password could be dumped. It is not
//! a defence against a hostile administrator: `docs/security.md` says what is not stopped.

use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

/// Why the process could not be closed against dumps; nothing may be read in that case.
#[derive(Debug, thiserror::Error)]
pub enum HardeningError {
    /// `prctl(PR_SET_DUMPABLE, 0)` was refused.
    #[error("the process could not be made non-dumpable")]
    Dumpable(#[source] rustix::io::Errno),
    /// `setrlimit(RLIMIT_CORE, 0)` was refused.
    #[error("core files could not be forbidden")]
    CoreLimit(#[source] rustix::io::Errno),
}

/// Makes the process non-dumpable, forbids core files and silences panic payloads.
///
/// # Errors
/// [`HardeningError`] when the kernel refuses; the caller must then end without reading anything.
pub fn close_memory() -> Result<(), HardeningError> {
    // A panic payload may quote what was being handled; the place in the source never does.
    std::panic::set_hook(Box::new(|_| {}));
    set_dumpable_behavior(DumpableBehavior::NotDumpable).map_err(HardeningError::Dumpable)?;
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    setrlimit(Resource::Core, none).map_err(HardeningError::CoreLimit)
}
