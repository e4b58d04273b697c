//! A card reader in software: a card on the other end of a TCP connection to vpcd, the virtual reader driver of
//! pcscd.
//!
//! vpcd listens on every interface, so pcscd runs in a network namespace of its own, with a `/run` of its own;
//! clients outside reach its socket through `/proc`. Needs `unshare` (util-linux), `ip` (iproute2), pcscd and vpcd,
//! and either root or user namespaces.

mod any_card;
mod control;
mod daemon;
mod fault;
mod link;
mod namespace;
mod order;
mod presence;
mod service;
mod session;
mod slot;
mod specimen;
mod state;
mod trace;

use std::io;
use std::path::PathBuf;

use thiserror::Error;

pub use self::any_card::AnyCard;
pub use self::daemon::leashed;
pub use self::fault::{Fault, FaultError, Planned};
pub use self::link::LinkError;
pub use self::namespace::enter;
pub use self::session::{Start, run, run_card};
pub use self::specimen::{RecordError, Specimen};
pub use self::state::StateError;
pub(crate) use self::state::StateFile;

/// Where vpcd waits for the card of its first reader, inside the namespace.
const VPCD: &str = "127.0.0.1:35963";
/// And for the card of its second.
const VPCD_SECOND: &str = "127.0.0.1:35964";

/// Why a reader could not start or go on.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReaderError {
    /// A program that the reader needs could not be started.
    #[error("{program}: {source}")]
    Program {
        /// Its name.
        program: &'static str,
        /// Why.
        source: io::Error,
    },
    /// A program that the reader needs failed.
    #[error("{program} failed: {status}")]
    Failed {
        /// Its name.
        program: &'static str,
        /// How it ended.
        status: std::process::ExitStatus,
    },
    /// The namespace could not be furnished.
    #[error("preparing the namespace: {0}")]
    Namespace(io::Error),
    /// pcscd did not offer the virtual reader, or did not notice a card coming or going, in ten seconds.
    #[error("PC/SC: waited ten seconds in vain for {0}")]
    Timeout(&'static str),
    /// pcscd answered with an error.
    #[error("PC/SC: {0}")]
    Pcsc(#[from] pcsc::Error),
    /// vpcd could not be reached.
    #[error("vpcd at {address}: {source}")]
    Vpcd {
        /// Where it was looked for.
        address: String,
        /// Why.
        source: io::Error,
    },
    /// The control socket could not be made.
    #[error("{path}: {source}")]
    Control {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The card's thread ended by itself.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// Standard input or output failed.
    #[error("standard input or output: {0}")]
    Stdio(io::Error),
}
