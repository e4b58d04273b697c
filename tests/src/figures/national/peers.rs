//! What others take for the same lists.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::printed;

/// Python, because it can ask the system for the memory that its children took.
const SCRIPT: &str = include_str!("peers.py");

/// What the script prints.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Peers {
    /// `openssl crl -CAfile`, once for each list.
    pub(super) openssl_seconds: f64,
    /// The largest of those processes, by the entries of the largest list.
    pub(super) openssl_octets: f64,
    /// Loading and checking every list.
    pub(super) python_seconds: f64,
    /// Growth of the process, by entries.
    pub(super) python_octets: f64,
    /// Finding a serial number in its list.
    pub(super) python_lookup_micros: f64,
}

pub(super) fn measure_peers(folder: &Path) -> Result<Peers> {
    let mut python = Command::new("/usr/bin/python3");
    let json = printed(python.arg("-c").arg(SCRIPT).arg(folder))?;
    serde_json::from_slice(&json).context("what the peers printed")
}
