//! Drives the workspace: what to install, what to build, the demonstration, the tests, the figures.
//!
//! Knows the other parts only by their commands and files, never by their code.

use anyhow::Result;
use clap::{Parser, Subcommand};

mod arrows;
mod bench;
mod build;
mod debian;
mod demo;
mod extension;
mod fuzz;
mod lints;
mod node;
mod process;
mod python;
mod reached;
mod setup;
mod tables;
mod test;
mod tidy;
mod verify_page;
mod webassembly;

/// Drives the workspace.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what the build, the demonstration and the tests need.
    Setup,
    /// Build everything that ships or is shown.
    Build,
    /// Build the offline verify page alone.
    VerifyPage,
    /// File one application with a virtual card, in a real browser.
    Demo(demo::Options),
    /// Run every test.
    Test,
    /// Run the fuzzer's targets under libFuzzer.
    Fuzz(fuzz::Options),
    /// Measure, and print each figure beside a peer's or its limit.
    Bench(bench::Options),
    /// Check format, lints, crate arrows and file rules.
    Tidy,
    /// Make the table of Japanese characters anew.
    Tables,
}

fn main() -> Result<()> {
    match Arguments::parse().task {
        Task::Setup => setup::install().map(drop),
        Task::Build => build::everything(&setup::install()?, build::Extent::Shown),
        Task::VerifyPage => verify_page::build_alone(&setup::install()?),
        Task::Demo(options) => demo::build_and_show(&options),
        Task::Test => test::everything(),
        Task::Fuzz(options) => fuzz::targets(&options),
        Task::Bench(options) => bench::measure(&options),
        Task::Tables => tables::write(),
        Task::Tidy => tidy::check(&setup::install()?),
    }
}
