//! `shomei`: verifies a signed application from the command line, and shows what certificates, revocation lists and
//! OCSP answers say.
//!
//! Reads files, asks the clock once, prints a report. It fetches nothing but what an argument has the address of.

mod arguments;
mod clock;
mod files;
mod inspect;
mod verify;

use arguments::{Arguments, Command};
use clap::Parser;
use std::io::Write;
use std::process::ExitCode;

/// Exit code for input that cannot be used; clap ends with the same for arguments.
const UNUSABLE: u8 = 2;

/// What a command ends with when its input could be used.
struct Printed {
    /// Without a final line feed.
    text: String,
    code: u8,
}

fn main() -> ExitCode {
    let printed = match Arguments::parse().command {
        Command::Verify(arguments) => verify::run(&arguments).map_err(|error| error.to_string()),
        Command::Inspect(arguments) => inspect::run(&arguments).map_err(|error| error.to_string()),
    };
    let code = match printed {
        Ok(Printed { text, code }) => writeln!(std::io::stdout(), "{text}").map(|()| code),
        Err(error) => writeln!(std::io::stderr(), "shomei: {error}").map(|()| UNUSABLE),
    };
    ExitCode::from(code.unwrap_or(UNUSABLE))
}
