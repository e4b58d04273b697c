//! Every test, from the rules of the house to the browser.

use anyhow::Result;

use crate::process::{cargo, root, run, say, target};
use crate::{build, demo, setup, tidy};

/// Sets up, builds, then runs the rings from inside out, the demonstration last.
pub fn everything() -> Result<()> {
    let tools = setup::install()?;
    build::everything(&tools)?;
    tidy::check(&tools)?;
    step("Rust tests");
    run_tests(cargo().args(["test", "--locked", "--workspace"]))?;
    step("Extension rules");
    run_tests(
        tools
            .node
            .command("node")
            .arg("--test")
            .arg(root().join("extension/tests/")),
    )?;
    step("End to end");
    let mut end_to_end = tools.node.command("node");
    end_to_end
        .args(["--test", "--test-concurrency=1"])
        .args(browser_tests()?);
    run_tests(&mut end_to_end)?;
    step("Demonstration");
    demo::show(&tools, &demo::Options::headless())
}

fn browser_tests() -> Result<Vec<std::path::PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(root().join("tests"))? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn step(name: &str) {
    say(format!("\n== {name}"));
}

fn run_tests(command: &mut std::process::Command) -> Result<()> {
    run(command.env("SHOMEI_TARGET", target()))
}
