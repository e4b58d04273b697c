//! Builds everything that ships or is shown.

use anyhow::Result;

use crate::process::{cargo, run};
use crate::setup::Tools;
use crate::{extension, webassembly};

/// Release builds only for what ships to residents (the host, the page module); the rest is built for
/// development, once, with the same features as its tests.
pub fn everything(tools: &Tools) -> Result<()> {
    extension::build()?;
    webassembly::build(tools.webassembly, &tools.node)?;
    cargo_build(&["--release", "--package", "shomei-host"])?;
    cargo_build(&["--package", "shomei-cli", "--package", "shomei-lab"])?;
    cargo_build(&["--package", "shomei-demo-site", "--package", "shomei-tests"])
}

fn cargo_build(arguments: &[&str]) -> Result<()> {
    run(cargo().args(["build", "--locked"]).args(arguments))
}
