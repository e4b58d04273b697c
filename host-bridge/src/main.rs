//! `shomei-host`: the browser starts it for each connection; a resident runs `shomei-host install` once.

use std::process::ExitCode;

fn main() -> ExitCode {
    shomei_host::run(std::env::args_os())
}
