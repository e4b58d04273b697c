//! What a person can type: install, uninstall, sign, version.

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::install::{Browser, ExtensionId, InstallError, Installation, PlaceError, install, uninstall};
use crate::sign::{self, SignArguments};

/// The extension's id when it is loaded with the development key; see `extension/README.md`.
const DEVELOPMENT_CHROMIUM_ID: &str = "jfmlgcacaghboblkaladoibgdaehkeai";
/// The add-on's id in Firefox, where development and store builds share it.
const DEVELOPMENT_FIREFOX_ID: &str = "shomei@shomei.jp";

/// Signs online applications with the My Number Card. A browser starts this program by itself; these commands make
/// it known to a browser and take that back, and sign files of this computer.
#[derive(Debug, Parser)]
#[command(name = "shomei-host", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make this program known to a browser, for the current user.
    Install(InstallArguments),
    /// Take an installation back.
    Uninstall(PlaceArguments),
    /// Sign files of this computer with the My Number Card.
    Sign(SignArguments),
}

#[derive(Debug, Args)]
struct PlaceArguments {
    /// Which browser.
    #[arg(long)]
    browser: Browser,
    /// A Chromium user data directory instead of the browser's usual one.
    #[arg(long, value_name = "DIR")]
    profile: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct InstallArguments {
    #[command(flatten)]
    place: PlaceArguments,
    /// An extension that may use this host; may be given several times.
    #[arg(long = "extension-id", value_name = "ID")]
    extensions: Vec<ExtensionId>,
    /// The program that the browser starts; by default this one.
    #[arg(long, value_name = "FILE")]
    host_path: Option<PathBuf>,
    /// For developers: also serves http on localhost, and every window says that it is a test. Without
    /// `--extension-id` it is installed for the extension built with the development key.
    #[arg(long)]
    dev: bool,
}

/// Runs the command in `arguments`. Prints to stdout what was done, to stderr why it was not.
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    let parsed = match Arguments::try_parse_from(arguments) {
        Ok(parsed) => parsed,
        // Help and version end here too, with their own code.
        Err(error) => {
            let _closed = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let done = match parsed.command {
        Command::Install(arguments) => put_in(arguments),
        Command::Uninstall(arguments) => take_out(&arguments),
        Command::Sign(arguments) => return sign::run(&arguments),
    };
    match done {
        Ok(done) => say(&mut std::io::stdout(), &done, ExitCode::SUCCESS),
        Err(error) => say(&mut std::io::stderr(), &format!("shomei-host: {error}"), ExitCode::FAILURE),
    }
}

fn say(output: &mut dyn Write, text: &str, code: ExitCode) -> ExitCode {
    let _closed = writeln!(output, "{text}");
    code
}

fn put_in(arguments: InstallArguments) -> Result<String, InstallError> {
    let manifest = install(&installation(arguments)?)?;
    Ok(format!("installed {}", manifest.display()))
}

fn take_out(arguments: &PlaceArguments) -> Result<String, InstallError> {
    uninstall(arguments.browser, arguments.profile.as_deref())?;
    Ok("uninstalled".to_owned())
}

fn installation(arguments: InstallArguments) -> Result<Installation, InstallError> {
    let InstallArguments { place: PlaceArguments { browser, profile }, extensions, host_path, dev } =
        arguments;
    let named: Result<Vec<_>, PlaceError> = extensions.into_iter().map(|id| browser.accept(id)).collect();
    let extensions = match (named?, dev) {
        (none, true) if none.is_empty() => vec![development_extension(browser)],
        (named, _) => named,
    };
    let program = match host_path {
        Some(path) => path,
        None => std::env::current_exe()
            .map_err(|source| InstallError::File { path: PathBuf::from("shomei-host"), source })?,
    };
    Ok(Installation { browser, profile, extensions, program, development: dev })
}

fn development_extension(browser: Browser) -> ExtensionId {
    if browser.is_chromium() {
        ExtensionId::Chromium(DEVELOPMENT_CHROMIUM_ID.to_owned())
    } else {
        ExtensionId::Firefox(DEVELOPMENT_FIREFOX_ID.to_owned())
    }
}
