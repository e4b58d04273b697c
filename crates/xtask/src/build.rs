//! Builds everything that ships or is shown.

use std::panic::resume_unwind;
use std::thread;

use anyhow::Result;

use crate::process::{cargo, run};
use crate::setup::Tools;
use crate::{extension, lints, verify_page, webassembly};

/// How much of the workspace is built for development.
#[derive(Clone, Copy)]
pub enum Extent {
    /// The programs that the demonstration shows.
    Shown,
    /// All of it with its tests. Tests change which features dependencies are built with, so building the programs
    /// apart from them would build those dependencies twice.
    Tested,
}

/// Release builds only for what ships to residents (the host, the modules for browsers); the rest for development. All
/// at the same time: each has stretches, as the linking of the host, in which it uses one core.
pub fn everything(tools: &Tools, extent: Extent) -> Result<()> {
    extension::build()?;
    thread::scope(|scope| {
        let host = scope.spawn(|| cargo_build(&["--release", "--package", "shomei-host"]));
        let modules = scope.spawn(|| modules(tools));
        let developed = match extent {
            Extent::Shown => cargo_build(&SHOWN),
            Extent::Tested => lints::build(),
        };
        let shipped = [host, modules].map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic)));
        shipped.into_iter().fold(developed, Result::and)
    })
}

fn modules(tools: &Tools) -> Result<()> {
    webassembly::build(tools.webassembly, &tools.node)?;
    verify_page::build(tools.webassembly, &tools.node)
}

/// Builds what measures, and what is measured, as a server runs it.
pub fn measured(tools: &Tools) -> Result<()> {
    verify_page::build(tools.webassembly, &tools.node)?;
    cargo_build(&MEASURED)
}

const MEASURED: [&str; 18] = [
    "--profile",
    "server",
    "--package",
    "shomei-tests",
    "--package",
    "shomei-lab",
    "--bin",
    "make-signed-files",
    "--bin",
    "measure-card",
    "--bin",
    "measure-envelopes",
    "--bin",
    "measure-revocation",
    "--bin",
    "relay-card",
    "--bin",
    "shomei-lab",
];

const SHOWN: [&str; 8] = [
    "--package",
    "shomei-cli",
    "--package",
    "shomei-lab",
    "--package",
    "shomei-demo-site",
    "--package",
    "shomei-tests",
];

fn cargo_build(arguments: &[&str]) -> Result<()> {
    run(cargo().args(["build", "--locked"]).args(arguments))
}
