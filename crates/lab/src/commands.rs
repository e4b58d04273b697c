//! The command line.

use std::env;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

use clap::{Args, Parser, Subcommand, ValueEnum};
use der::DateTime;
use shomei_lab::folder::{self, FolderError};
use shomei_lab::reader::{self, AnyCard, Planned, ReaderError, Specimen, Start, StateError};
use shomei_lab::{
    AUTHENTICATION_PIN, INPUT_SUPPORT_PIN, IssueError, PasswordError, Passwords, Purpose, Reason,
    SIGNATURE_PASSWORD, World,
};
use shomei_virtual_card::{Profile, VirtualCard};
use thiserror::Error;

/// The hidden command behind [`Command::LeashedPcscd`].
const LEASH: &str = "leashed-pcscd";

/// The lab of Shomei: fictional residents, their My Number Cards, and a card reader in software.
#[derive(Parser)]
#[command(name = "shomei-lab", version)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes a world: two authorities, residents with certificates and keys, revocation lists.
    Issue(Issue),
    /// Revokes a holder's certificate in a world.
    Revoke(Revoke),
    /// Renews every revocation list of a world.
    Renew {
        /// Folder of the world.
        #[arg(long)]
        world: PathBuf,
    },
    /// Connects a card to a running vpcd. Obeys orders on standard input and on the control socket, and reports in JSON
    /// lines on standard output.
    Card {
        #[command(flatten)]
        play: Play,
        /// Address of vpcd.
        #[arg(long, default_value = "127.0.0.1:35963")]
        vpcd: String,
    },
    /// Runs a reader (pcscd and vpcd, in namespaces of their own) with a card in it. Obeys orders on standard input and on
    /// the control socket, and reports in JSON lines on standard output.
    Reader(Reader),
    /// Runs pcscd so that it dies with its parent.
    #[command(name = LEASH, hide = true)]
    LeashedPcscd { parent: u32 },
    /// Prints the passwords of every lab card, as JSON.
    Passwords,
}

#[derive(Args)]
struct Issue {
    /// Folder to write the world into.
    #[arg(long)]
    out: PathBuf,
    /// The instant to make it for, as 2026-04-01T00:00:00Z, in place of now.
    #[arg(long)]
    at: Option<DateTime>,
}

#[derive(Args)]
struct Revoke {
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

/// A card, how it behaves, and what is written down about it.
#[derive(Args)]
struct Play {
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
struct Reader {
    #[command(flatten)]
    play: Play,
    /// A card for the second slot: the folder of one, or `other` for a card of another kind.
    #[arg(long, value_name = "DIR|other")]
    second: Option<PathBuf>,
    /// Already in namespaces of its own.
    #[arg(long, hide = true)]
    inside: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Which {
    Signature,
    Authentication,
}

#[derive(Debug, Error)]
enum Failure {
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error(transparent)]
    Issue(#[from] IssueError),
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    State(#[from] StateError),
    #[error("{path}: {source}")]
    Trace { path: PathBuf, source: io::Error },
    #[error(transparent)]
    Reader(#[from] ReaderError),
    #[error("the clock: {0}")]
    Clock(#[from] der::Error),
    #[error("standard output: {0}")]
    Output(#[from] io::Error),
}

pub(crate) fn run() -> ExitCode {
    match obey(Line::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Nothing is left to be done about a standard error that cannot be written to.
            let _ = writeln!(io::stderr(), "shomei-lab: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn obey(command: Command) -> Result<(), Failure> {
    match command {
        Command::Issue(Issue { out, at }) => {
            let now = at.map_or_else(SystemTime::now, |at| at.to_system_time());
            Ok(folder::write(&World::make(now)?, &out)?)
        }
        Command::Revoke(Revoke { world, holder, certificate, reason }) => {
            let purpose = match certificate {
                Which::Signature => Purpose::Signature,
                Which::Authentication => Purpose::Authentication,
            };
            let list = folder::revoke(&world, &holder, purpose, reason, now()?)?;
            Ok(writeln!(io::stdout(), "{}", list.display())?)
        }
        Command::Renew { world } => Ok(folder::renew_lists(&world, now()?)?),
        Command::Card { play, vpcd } => Ok(reader::run_card(play.start(None)?, &vpcd)?),
        Command::Reader(Reader { play, second, inside: true }) => {
            let second = second.map(|second| specimen(&second, Profile::default())).transpose()?;
            Ok(reader::run(play.start(second)?, LEASH)?)
        }
        Command::Reader(_) => {
            let arguments = env::args_os().skip(1).chain([OsString::from("--inside")]);
            match reader::enter(arguments)? {}
        }
        Command::LeashedPcscd { parent } => match reader::leashed(parent)? {},
        Command::Passwords => passwords(),
    }
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

fn passwords() -> Result<(), Failure> {
    let passwords = serde_json::json!({
        "SIGNATURE_PASSWORD": SIGNATURE_PASSWORD,
        "AUTHENTICATION_PIN": AUTHENTICATION_PIN,
        "INPUT_SUPPORT_PIN": INPUT_SUPPORT_PIN,
    });
    Ok(writeln!(io::stdout(), "{passwords}")?)
}

fn now() -> Result<DateTime, Failure> {
    Ok(DateTime::from_system_time(SystemTime::now())?)
}

fn reason(name: &str) -> Result<Reason, String> {
    let names = || Reason::NAMED.map(|(name, _)| name).join(", ");
    Reason::NAMED
        .into_iter()
        .find_map(|(known, reason)| (known == name).then_some(reason))
        .ok_or_else(|| format!("one of {}", names()))
}
