//! Fuzzing: every target of `tests/fuzz` under libFuzzer, by cargo-fuzz and a nightly compiler. Not part of the tests,
//! which replay what it found.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::debian;
use crate::process::{command, output, root, run, say, target};

/// What runs the targets; from crates.io.
const CARGO_FUZZ: &str = "0.13.2";

/// How long to fuzz, and what.
#[derive(Args)]
pub struct Options {
    /// Seconds for each target.
    #[arg(long, default_value_t = 600)]
    seconds: u32,
    /// Only this target.
    #[arg(long)]
    only: Option<String>,
}

/// Runs each target for its time. What is found first lies in `tests/fuzz/artifacts`; inputs that reach new code stay
/// in `target/fuzz-corpus`.
pub fn targets(options: &Options) -> Result<()> {
    debian::install(debian::PACKAGES)?;
    let cargo_fuzz = install()?;
    for name in names()? {
        if options.only.as_ref().is_none_or(|only| *only == name) {
            fuzz(&cargo_fuzz, &name, options.seconds)?;
        }
    }
    Ok(())
}

/// The targets are the folders of the committed corpora; a test holds that these are all.
fn names() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for folder in std::fs::read_dir(root().join("tests/fuzz/corpus"))? {
        names.push(folder?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn install() -> Result<PathBuf> {
    if output(command("cargo").args(["+nightly", "--version"])).is_none() {
        bail!("fuzzing needs a nightly compiler: rustup toolchain install nightly");
    }
    let tools = target().join("fuzz-tools");
    let program = tools.join("bin/cargo-fuzz");
    if !program.exists() {
        say(format!("cargo-fuzz was not found: installing cargo-fuzz {CARGO_FUZZ} in {}", tools.display()));
        run(command("cargo")
            .args(["install", "--quiet", "--locked", "cargo-fuzz", "--version", CARGO_FUZZ, "--root"])
            .arg(&tools))?;
    }
    Ok(program)
}

fn fuzz(cargo_fuzz: &Path, name: &str, seconds: u32) -> Result<()> {
    say(format!("\n== {name} for {seconds} s"));
    let grown = target().join("fuzz-corpus").join(name);
    std::fs::create_dir_all(&grown).context("the folder of the grown corpus")?;
    let mut fuzzer = command(cargo_fuzz);
    fuzzer.env("RUSTUP_TOOLCHAIN", "nightly").args(["run", "--fuzz-dir", "tests/fuzz", "--target-dir"]);
    fuzzer.arg(target().join("fuzz")).arg(name).arg(grown);
    fuzzer.arg(root().join("tests/fuzz/corpus").join(name));
    run(fuzzer.arg("--").args([format!("-max_total_time={seconds}"), "-print_final_stats=1".to_owned()]))
}
