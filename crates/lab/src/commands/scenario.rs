//! Making and listing scenarios.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use der::DateTime;
use shomei_lab::scenario::{Foundation, Scenario, scenarios};

use super::{Failure, now};

#[derive(Args)]
pub(super) struct Making {
    /// Name of the scenario, as `shomei-lab scenarios` lists it.
    #[arg(value_parser = scenario)]
    name: Scenario,
    /// New folder to write the scenario into.
    #[arg(long)]
    out: PathBuf,
    /// The instant to make it for, as 2026-04-01T00:00:00Z, in place of now. The same instant gives the same files.
    #[arg(long)]
    at: Option<DateTime>,
}

pub(super) fn make(Making { name, out, at }: Making) -> Result<(), Failure> {
    Ok(name.write(&Foundation::lay(at.map_or_else(now, Ok)?)?, &out)?)
}

pub(super) fn list() -> Result<(), Failure> {
    scenarios().try_for_each(|Scenario { name, remark, .. }| {
        Ok(writeln!(io::stdout(), "{name}: {} / {}", remark.japanese, remark.english)?)
    })
}

fn scenario(name: &str) -> Result<Scenario, String> {
    scenarios()
        .find(|scenario| scenario.name == name)
        .ok_or_else(|| "none of those that `shomei-lab scenarios` lists".to_owned())
}
