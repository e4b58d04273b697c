//! Opens the signature key and says `open`; then waits for the end of its input before it closes it. To be killed.
//!
//! `SHOMEI_TEST_PASSWORD`: the signature password.

use std::io::{Write, copy, sink, stdin, stdout};

use anyhow::Result;
use shomei_card::{Card, LastTry};
use shomei_tests::{PcscTransport, password_from_environment};

fn main() -> Result<()> {
    let mut card = Card::open(PcscTransport::connect()?)?;
    let session = card.unlock_signature(&password_from_environment()?, LastTry::NotConfirmed)?;
    writeln!(stdout(), "open")?;
    copy(&mut stdin(), &mut sink())?;
    Ok(session.close()?)
}
