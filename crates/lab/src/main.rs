//! `shomei-lab`: makes lab worlds and plays their cards.

use std::process::ExitCode;

mod commands;

fn main() -> ExitCode {
    commands::run()
}
