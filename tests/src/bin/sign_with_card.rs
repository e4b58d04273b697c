//! Signs an application document with the card in the reader, or with one that has no reader around it, without a window.
//!
//! Standard input: the document. `SHOMEI_TEST_PASSWORD`: the signature password. Standard output: the envelope.
//! Standard error: how many exchanges it took, closing included.

use std::io::{Read, Write, stderr, stdin, stdout};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Parser;
use shomei_card::Counted;
use shomei_tests::{InProcess, PcscTransport, password_from_environment, sign};

#[derive(Parser)]
struct Arguments {
    /// Folder of a card that is spoken to directly, as it is now.
    #[arg(long, value_name = "DIR")]
    card: Option<PathBuf>,
}

fn main() -> Result<()> {
    let mut document = Vec::new();
    stdin().read_to_end(&mut document)?;
    let password = password_from_environment()?;
    let (envelope, exchanges) = match Arguments::parse().card {
        Some(card) => {
            let mut transport = InProcess::read(&card)?;
            (sign(&mut transport, &document, &password)?, transport.exchanges())
        }
        None => {
            let mut transport = Counted::new(PcscTransport::connect()?);
            let envelope = sign(&mut transport, &document, &password)?;
            let exchanges = transport.exchanges();
            transport.into_inner().power_off()?;
            (envelope, exchanges)
        }
    };
    writeln!(stderr(), "{exchanges} exchanges")?;
    stdout().write_all(&envelope).context("writing the envelope")
}
