//! The figures that the project is measured by, each beside a peer's or its limit.

use std::process::Stdio;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::process::{command, say, target};
use crate::{build, debian, setup};

mod row;
mod table;

/// How the figures are printed.
#[derive(Args)]
pub struct Options {
    /// Print one JSON object for each row in place of the table.
    #[arg(long)]
    json: bool,
}

/// What measures: programs that print [rows](row), built as a server runs them.
const PROGRAMS: [&str; 3] = ["measure-card", "measure-envelopes", "measure-revocation"];

/// Sets up, builds, measures and prints. Fails when a figure is over its limit.
pub fn measure(options: &Options) -> Result<()> {
    setup::install()?;
    debian::install(debian::BENCH_PACKAGES)?;
    build::measured()?;
    let mut rows = Vec::new();
    for program in PROGRAMS {
        rows.extend(row::parse(&printed_by(program)?).with_context(|| program.to_owned())?);
    }
    if options.json {
        rows.iter().try_for_each(|row| row.to_line().map(say))?;
    } else {
        table::lines(&rows).iter().for_each(say);
    }
    match rows.iter().filter(|row| row.is_over()).count() {
        0 => Ok(()),
        over => bail!("{over} of {} figures are over their limits", rows.len()),
    }
}

fn printed_by(program: &str) -> Result<String> {
    let mut measuring = command(target().join("server").join(program));
    let output = measuring.stderr(Stdio::inherit()).output().with_context(|| program.to_owned())?;
    if !output.status.success() {
        bail!("{program} ended with {}", output.status);
    }
    Ok(String::from_utf8(output.stdout)?)
}
