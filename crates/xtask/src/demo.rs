//! The demonstration: one application filed from a real browser, with a virtual card.

use anyhow::Result;
use clap::Args;

use crate::process::{root, run, say, target};
use crate::{build, setup};

/// How the demonstration runs.
#[derive(Args, Default)]
pub struct Options {
    /// File an application without a person, under a virtual display, and leave the results in target/demo.
    #[arg(long)]
    headless: bool,
    /// Leave browser, reader and server running at the end.
    #[arg(long)]
    keep: bool,
}

impl Options {
    /// The demonstration as the tests run it.
    pub fn headless() -> Self {
        Self { headless: true, keep: false }
    }
}

/// Sets up, builds and runs the demonstration. Without a display it runs headless.
pub fn build_and_show(options: &Options) -> Result<()> {
    let tools = setup::install()?;
    build::everything(&tools, build::Extent::Shown)?;
    show(&tools, options)
}

/// Runs the demonstration with what is already built.
pub fn show(tools: &setup::Tools, options: &Options) -> Result<()> {
    let headless = options.headless || std::env::var_os("DISPLAY").is_none();
    let mut command = tools.node.command("node");
    command.arg(root().join("tests/demo.mjs"));
    if headless {
        command.arg("--headless");
    }
    if options.keep {
        command.arg("--keep");
    }
    run(command.env("SHOMEI_TARGET", target()))?;
    if headless {
        say(format!("The results are in {}", target().join("demo").display()));
    }
    Ok(())
}
