//! Every test, from the rules of the house to the browser.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::process::{cargo, root, run, say, target};
use crate::{build, demo, lints, setup, tidy};

/// How many files of tests run at the same time end to end. Each has a reader, a display, a browser and a server of its
/// own, and mostly waits, as a person would; but some hold how soon something happens.
const AT_ONCE: &str = "--test-concurrency=2";

/// Sets up, builds with the lints, then runs the rings from inside out, the demonstration last.
pub fn everything() -> Result<()> {
    let tools = setup::install()?;
    step("Rules of the house");
    tidy::check_files(&tools)?;
    step("Build");
    build::everything(&tools, build::Extent::Tested)?;
    step("Rust");
    run_tests(lints::in_the_compiler(&mut cargo()).args(["test", "--locked", "--workspace"]))?;
    step("Extension and modules for browsers");
    let mut scripts = tools.node.command("node");
    scripts.arg("--test").args(test_files("extension/tests")?).args(test_files("wasm/tests")?);
    scripts.args(test_files("verify-page/tests")?);
    run_tests(&mut scripts)?;
    step("End to end");
    let mut end_to_end = tools.node.command("node");
    end_to_end.args(["--test", AT_ONCE]).args(test_files("tests")?);
    run_tests(&mut end_to_end)?;
    step("Demonstration");
    demo::show(&tools, &demo::Options::headless())
}

/// The files of a folder that Node's test runner is to run; it treats folders differently from version to version.
fn test_files(folder: &str) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(root().join(folder))? {
        let path = entry?.path();
        let name = path.to_string_lossy();
        if name.ends_with(".test.mjs") || name.ends_with(".test.js") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn step(name: &str) {
    say(format!("\n== {name}"));
}

fn run_tests(command: &mut Command) -> Result<()> {
    run(command.env("SHOMEI_TARGET", target()))
}
