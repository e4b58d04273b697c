//! Cards, alone or in a reader.

use std::env;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use shomei_lab::folder;
use shomei_lab::reader::{self, AnyCard, Planned, Specimen, Start};
use shomei_lab::{AUTHENTICATION_PIN, INPUT_SUPPORT_PIN, Passwords, SIGNATURE_PASSWORD};
use shomei_virtual_card::{Profile, VirtualCard};

use super::{Failure, LEASH};

/// A card, how it behaves, and what is written down about it.
#[derive(Args)]
pub(super) struct Play {
    /// Folder of the card, like WORLD/cards/yamada-taro.
    #[arg(long, value_name = "DIR")]
    card: PathBuf,
    /// How the card behaves: plastic, android, no-signature-certificate, contactless, iso-blocked, t0, no-extended or
    /// reset-clears.
    #[arg(long, value_name = "NAME", value_parser = profile, default_value = "plastic")]
    profile: Profile,
    /// File that keeps tries left and changed passwords from one start to the next.
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// File that takes a JSON line for each exchange, without passwords. An earlier one is replaced.
    #[arg(long, value_name = "FILE")]
    trace: Option<PathBuf>,
    /// Something to go wrong once: empty, byte, garbage, long, status:6F00, remove, reset, delay:30s, silent or swap, with
    /// @N at the N-th exchange. Can be given several times.
    #[arg(long, value_name = "SPEC")]
    fault: Vec<Planned>,
    /// Unix socket to take orders on, besides standard input.
    #[arg(long, value_name = "SOCKET")]
    control: Option<PathBuf>,
    /// Start with the card beside the reader.
    #[arg(long)]
    empty: bool,
}

#[derive(Args)]
pub(super) struct Reader {
    #[command(flatten)]
    play: Play,
    /// A card for the second slot: the folder of one, or `other` for a card of another kind.
    #[arg(long, value_name = "DIR|other")]
    second: Option<PathBuf>,
    /// Already in namespaces of its own.
    #[arg(long, hide = true)]
    inside: bool,
}

pub(super) fn card(play: &Play, vpcd: &str) -> Result<(), Failure> {
    Ok(reader::run_card(play.start(None)?, vpcd)?)
}

pub(super) fn reader(reader: &Reader) -> Result<(), Failure> {
    let Reader { play, second, inside } = reader;
    if !inside {
        let arguments = env::args_os().skip(1).chain([OsString::from("--inside")]);
        match reader::enter(arguments)? {}
    }
    let second = second.as_deref().map(|second| specimen(second, Profile::default())).transpose()?;
    Ok(reader::run(play.start(second)?, LEASH)?)
}

impl Play {
    fn start(&self, second: Option<Specimen>) -> Result<Start<'_>, Failure> {
        let card = specimen(&self.card, self.profile)?;
        if let Some(path) = &self.state {
            card.keep_in(path)?;
        }
        if let Some(path) = &self.trace {
            card.trace_to(path).map_err(|source| Failure::Trace { path: path.clone(), source })?;
        }
        self.fault.iter().for_each(|planned| card.plan(*planned));
        Ok(Start { card, second, empty: self.empty, control: self.control.as_deref() })
    }
}

/// The card in a folder, with the passwords of the environment; or one of another kind.
fn specimen(card: &Path, profile: Profile) -> Result<Specimen, Failure> {
    if card == Path::new("other") {
        return Ok(Specimen::new(AnyCard::Other));
    }
    let contents = folder::read_card_with(card, &Passwords::from_environment()?)?;
    let card = VirtualCard::with_behaviour(contents, profile.behaviour());
    Ok(Specimen::new(AnyCard::MyNumber(Box::new(card))))
}

fn profile(name: &str) -> Result<Profile, String> {
    let names = || Profile::NAMED.map(|(name, _)| name).join(", ");
    Profile::NAMED
        .into_iter()
        .find_map(|(known, profile)| (known == name).then_some(profile))
        .ok_or_else(|| format!("one of {}", names()))
}

pub(super) fn passwords() -> Result<(), Failure> {
    let passwords = serde_json::json!({
        "SIGNATURE_PASSWORD": SIGNATURE_PASSWORD,
        "AUTHENTICATION_PIN": AUTHENTICATION_PIN,
        "INPUT_SUPPORT_PIN": INPUT_SUPPORT_PIN,
    });
    Ok(writeln!(io::stdout(), "{passwords}")?)
}
