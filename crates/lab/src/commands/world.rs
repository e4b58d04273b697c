//! Making worlds, and what is done to one without asking any rule.

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::SystemTime;

use clap::{Args, ValueEnum};
use der::DateTime;
use shomei_lab::folder;
use shomei_lab::{Purpose, Reason, World};

use super::{Failure, now};

#[derive(Args)]
pub(super) struct Issue {
    /// Folder to write the world into.
    #[arg(long)]
    out: PathBuf,
    /// The instant to make it for, as 2026-04-01T00:00:00Z, in place of now.
    #[arg(long)]
    at: Option<DateTime>,
}

#[derive(Args)]
pub(super) struct Revoke {
    /// Folder of the world.
    #[arg(long)]
    world: PathBuf,
    /// Name of the holder's folder, like yamada-taro.
    #[arg(long)]
    holder: String,
    /// Which certificate.
    #[arg(long, value_enum, default_value_t = Which::Signature)]
    certificate: Which,
    /// Reason by its name in RFC 5280.
    #[arg(long, value_parser = reason, default_value = "affiliationChanged")]
    reason: Reason,
}

#[derive(Clone, Copy, ValueEnum)]
enum Which {
    Signature,
    Authentication,
}

pub(super) fn issue(Issue { out, at }: Issue) -> Result<(), Failure> {
    let now = at.map_or_else(SystemTime::now, |at| at.to_system_time());
    Ok(folder::write(&World::make(now)?, &out)?)
}

pub(super) fn revoke(revoke: Revoke) -> Result<(), Failure> {
    let Revoke { world, holder, certificate, reason } = revoke;
    let purpose = match certificate {
        Which::Signature => Purpose::Signature,
        Which::Authentication => Purpose::Authentication,
    };
    let list = folder::revoke(&world, &holder, purpose, reason, now()?)?;
    Ok(writeln!(io::stdout(), "{}", list.display())?)
}

fn reason(name: &str) -> Result<Reason, String> {
    let names = || Reason::NAMED.map(|(name, _)| name).join(", ");
    Reason::NAMED
        .into_iter()
        .find_map(|(known, reason)| (known == name).then_some(reason))
        .ok_or_else(|| format!("one of {}", names()))
}
