//! `shomei`: verifies a signed application from the command line.
//!
//! Reads files, asks the clock once, prints a report. It fetches nothing: revocation lists are files, too.

mod arguments;
mod inputs;
mod japanese;
mod verifier;

use arguments::{Arguments, Command, Verify};
use clap::Parser;
use inputs::{InputError, Inputs};
use shomei_application::json;
use shomei_envelope::{Report, Verdict};
use std::io::Write;
use std::process::ExitCode;
use verifier::AwsLcVerifier;

/// Exit code for input that cannot be used; clap ends with the same for arguments.
const UNUSABLE: u8 = 2;

fn main() -> ExitCode {
    let Arguments { command: Command::Verify(arguments) } = Arguments::parse();
    let code = match verify(&arguments) {
        Ok(report) => print(&report, arguments.json).map(|()| code_of(report.verdict())),
        Err(error) => writeln!(std::io::stderr(), "shomei: {error}").map(|()| UNUSABLE),
    };
    ExitCode::from(code.unwrap_or(UNUSABLE))
}

fn verify(arguments: &Verify) -> Result<Report, InputError> {
    let inputs = Inputs::read(arguments, &AwsLcVerifier)?;
    Ok(shomei_envelope::verify(
        &inputs.envelope,
        &inputs.anchors,
        inputs.revocation.as_ref(),
        inputs.at,
        &inputs.expectations,
        &AwsLcVerifier,
    ))
}

fn print(report: &Report, as_json: bool) -> std::io::Result<()> {
    let mut text =
        if as_json { json::to_canonical_string(&report.to_json()) } else { japanese::render(report) };
    text.push('\n');
    std::io::stdout().write_all(text.as_bytes())
}

/// 0 only when every check passed and every expectation was given and met.
const fn code_of(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Valid => 0,
        Verdict::Invalid => 1,
        Verdict::RevocationUnknown => 3,
        Verdict::BindingNotChecked => 4,
    }
}
