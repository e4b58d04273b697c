//! Signs an application document with the card in the reader, without a window.
//!
//! Standard input: the document. `SHOMEI_TEST_PASSWORD`: the signature password. Standard output: the envelope.
//! Standard error: how many exchanges it took, closing included.

use std::io::{Read, Write, stderr, stdin, stdout};

use anyhow::{Context, Result};
use shomei_card::Counted;
use shomei_tests::{PcscTransport, password_from_environment, sign};

fn main() -> Result<()> {
    let mut document = Vec::new();
    stdin().read_to_end(&mut document)?;
    let mut transport = Counted::new(PcscTransport::connect()?);
    let envelope = sign(&mut transport, &document, &password_from_environment()?)?;
    let exchanges = transport.exchanges();
    transport.into_inner().power_off()?;
    writeln!(stderr(), "{exchanges} exchanges")?;
    stdout().write_all(&envelope).context("writing the envelope")
}
