//! The lints: clippy, with warnings as errors.

use std::process::Command;

use anyhow::Result;

use crate::process::{cargo, run};

/// As clippy's own command hands it to clippy's compiler, with a separator behind each argument.
const ARGUMENTS: &str = "-Dwarnings__CLIPPY_HACKERY__";

/// Checks without building, which is quickest for one who changes a line.
pub fn check() -> Result<()> {
    run(cargo().args([
        "clippy",
        "--locked",
        "--workspace",
        "--all-targets",
        "--quiet",
        "--",
        "-D",
        "warnings",
    ]))
}

/// Builds the workspace with its tests, for development. Checking apart from building would look at every dependency
/// twice; clippy's compiler also builds.
pub fn build() -> Result<()> {
    run(in_the_compiler(&mut cargo()).args(["build", "--locked", "--workspace", "--all-targets"]))
}

/// Makes a command of cargo's use the compiler of [`build`], and so what that built.
pub fn in_the_compiler(cargo: &mut Command) -> &mut Command {
    cargo.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver").env("CLIPPY_ARGS", ARGUMENTS)
}
