//! Every test, from the rules of the house to the browser.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::process::{cargo, root, run, say, target};
use crate::{build, demo, lints, setup, tidy};

/// Tests end to end that open no window of the host: they run at the same time. A window listens and answers within
/// times that its tests hold, so those run one after the other.
const WITHOUT_WINDOW: [&str; 4] =
    ["causes.test.mjs", "formats.test.mjs", "jades.test.mjs", "verify-page.test.mjs"];

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
    let (without, with): (Vec<PathBuf>, Vec<PathBuf>) = test_files("tests")?
        .into_iter()
        .partition(|file| WITHOUT_WINDOW.iter().any(|name| file.ends_with(name)));
    step("End to end, without the window");
    run_tests(tools.node.command("node").args(["--test", "--test-concurrency=2"]).args(without))?;
    step("End to end");
    run_tests(tools.node.command("node").args(["--test", "--test-concurrency=1"]).args(with))?;
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
