//! The command line.

mod card;
mod counter;
mod publish;
mod scenario;
mod world;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;

use clap::{Parser, Subcommand};
use der::DateTime;
use shomei_lab::counter::CounterError;
use shomei_lab::folder::{self, FolderError};
use shomei_lab::publish::PublishError;
use shomei_lab::reader::{self, ReaderError, StateError};
use shomei_lab::scenario::ScenarioError;
use shomei_lab::{IssueError, PasswordError};
use thiserror::Error;

/// The hidden command behind [`Command::LeashedPcscd`].
const LEASH: &str = "leashed-pcscd";

/// What the counter ends with where it was not a rule that said no, as for a wrong command line.
const UNUSABLE: u8 = 2;

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
    Issue(world::Issue),
    /// Makes a world with one resident in one situation, and says what a verifier is expected to say.
    Scenario(Box<scenario::Making>),
    /// Lists every scenario.
    Scenarios,
    /// Revokes a holder's certificate in a world.
    Revoke(world::Revoke),
    /// Renews every revocation list of a world.
    Renew {
        /// Folder of the world.
        #[arg(long)]
        world: PathBuf,
    },
    /// Does what a resident comes to the counter for, by the rules, and prints one line of JSON; a refusal goes to standard
    /// error and ends with 1, unusable input with 2.
    Counter(counter::Counter),
    /// Publishes the revocation lists of a world and answers OCSP requests, on a loopback address, until standard input ends
    /// or SIGTERM comes.
    Publish(publish::Publish),
    /// Connects a card to a running vpcd. Obeys orders on standard input and on the control socket, and reports in JSON
    /// lines on standard output.
    Card {
        #[command(flatten)]
        play: card::Play,
        /// Address of vpcd.
        #[arg(long, default_value = "127.0.0.1:35963")]
        vpcd: String,
    },
    /// Runs a reader (pcscd and vpcd, in namespaces of their own) with a card in it. Obeys orders on standard input and on
    /// the control socket, and reports in JSON lines on standard output.
    Reader(card::Reader),
    /// Runs pcscd so that it dies with its parent.
    #[command(name = LEASH, hide = true)]
    LeashedPcscd { parent: u32 },
    /// Prints the passwords of every lab card, as JSON.
    Passwords,
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
    /// Said already, as JSON.
    #[error("refused")]
    Refused,
    #[error(transparent)]
    Counter(#[from] CounterError),
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    #[error(transparent)]
    Publish(#[from] PublishError),
    #[error("the clock: {0}")]
    Clock(#[from] der::Error),
    #[error("standard output: {0}")]
    Output(#[from] io::Error),
}

pub(crate) fn run() -> ExitCode {
    match obey(Line::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Refused) => ExitCode::FAILURE,
        Err(failure) => {
            // Nothing is left to be done about a standard error that cannot be written to.
            let _ = writeln!(io::stderr(), "shomei-lab: {failure}");
            if matches!(failure, Failure::Counter(_)) { UNUSABLE.into() } else { ExitCode::FAILURE }
        }
    }
}

fn obey(command: Command) -> Result<(), Failure> {
    match command {
        Command::Issue(issue) => world::issue(issue),
        Command::Scenario(making) => scenario::make(*making),
        Command::Scenarios => scenario::list(),
        Command::Revoke(revoke) => world::revoke(revoke),
        Command::Renew { world } => Ok(folder::renew_lists(&world, now()?)?),
        Command::Counter(counter) => counter::serve(counter),
        Command::Publish(options) => Ok(publish::publish(options)?),
        Command::Card { play, vpcd } => card::card(&play, &vpcd),
        Command::Reader(reader) => card::reader(&reader),
        Command::LeashedPcscd { parent } => match reader::leashed(parent)? {},
        Command::Passwords => card::passwords(),
    }
}

fn now() -> Result<DateTime, Failure> {
    Ok(DateTime::from_system_time(SystemTime::now())?)
}
