//! The figures that the project is measured by, each beside a peer's or its limit.

use std::fs;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::node::Node;
use crate::process::{command, run, say, target};
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

/// What measures in a browser, and prints rows, too.
const VERIFY_PAGE: &str = "tests/figures-verify-page.mjs";

/// Sets up, builds, measures and prints. Fails when a figure is over its limit.
pub fn measure(options: &Options) -> Result<()> {
    let tools = setup::install()?;
    debian::install(debian::BENCH_PACKAGES)?;
    build::measured(&tools)?;
    let mut rows = Vec::new();
    for program in PROGRAMS {
        let printed = printed_by(&mut command(target().join("server").join(program)), program)?;
        rows.extend(row::parse(&printed).with_context(|| program.to_owned())?);
    }
    rows.extend(row::parse(&measure_verify_page(&tools.node)?).context(VERIFY_PAGE)?);
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

/// The verify page's module in a browser, with files that are signed for it.
fn measure_verify_page(node: &Node) -> Result<String> {
    let signed = target().join("verify-page/signed");
    if signed.exists() {
        fs::remove_dir_all(&signed)?;
    }
    run(command(target().join("server/make-signed-files")).arg("--out").arg(&signed))?;
    let mut measuring = node.command("node");
    measuring.arg(VERIFY_PAGE).arg(signed).env("SHOMEI_TARGET", target());
    printed_by(&mut measuring, VERIFY_PAGE)
}

fn printed_by(measuring: &mut Command, name: &str) -> Result<String> {
    let output = measuring.stderr(Stdio::inherit()).output().with_context(|| name.to_owned())?;
    if !output.status.success() {
        bail!("{name} ended with {}", output.status);
    }
    Ok(String::from_utf8(output.stdout)?)
}
