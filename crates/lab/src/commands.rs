//! The command line.

use std::env;
use std::ffi::OsString;
use std::io::{self, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

use clap::{Args, Parser, Subcommand, ValueEnum};
use der::DateTime;
use shomei_lab::folder::{self, FolderError};
use shomei_lab::reader::link::{self, LinkError};
use shomei_lab::reader::{self, ReaderError};
use shomei_lab::{
    AUTHENTICATION_PIN, INPUT_SUPPORT_PIN, IssueError, Purpose, Reason, SIGNATURE_PASSWORD, World,
};
use shomei_virtual_card::VirtualCard;
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
    /// Connects a card to a running vpcd.
    Card {
        /// Folder of the card, like WORLD/cards/yamada-taro.
        #[arg(long)]
        card: PathBuf,
        /// Address of vpcd.
        #[arg(long, default_value = "127.0.0.1:35963")]
        vpcd: String,
    },
    /// Runs a reader (pcscd and vpcd, in namespaces of their own) with a card in it, obeying `insert`, `remove`,
    /// `count` and `quit` on standard input and reporting in JSON lines on standard output.
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

#[derive(Args)]
struct Reader {
    /// Folder of the card, like WORLD/cards/yamada-taro.
    #[arg(long)]
    card: PathBuf,
    /// Start with the card beside the reader.
    #[arg(long)]
    empty: bool,
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
    Link(#[from] LinkError),
    #[error(transparent)]
    Reader(#[from] ReaderError),
    #[error("the clock: {0}")]
    Clock(#[from] der::Error),
    #[error("{address}: {source}")]
    Vpcd { address: String, source: io::Error },
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
        Command::Card { card, vpcd } => connect(&card, vpcd),
        Command::Reader(Reader { card, empty, inside: true }) => {
            Ok(reader::run(VirtualCard::new(folder::read_card(&card)?), empty, LEASH)?)
        }
        Command::Reader(_) => {
            let arguments = env::args_os().skip(1).chain([OsString::from("--inside")]);
            match reader::enter(arguments)? {}
        }
        Command::LeashedPcscd { parent } => match reader::leashed(parent)? {},
        Command::Passwords => passwords(),
    }
}

fn connect(card: &Path, address: String) -> Result<(), Failure> {
    let mut card = VirtualCard::new(folder::read_card(card)?);
    let stream = TcpStream::connect(&address).map_err(|source| Failure::Vpcd { address, source })?;
    Ok(link::serve(&mut card, stream, &link::Work::default())?)
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
