//! Signs an application document with the card in the reader, without a window.
//!
//! Standard input: the document. `SHOMEI_TEST_PASSWORD`: the signature password. Standard output: the envelope.
//! Standard error: how many exchanges it took, closing included.

use std::io::{Read, Write, stderr, stdin, stdout};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, anyhow};
use shomei_application::Timestamp;
use shomei_card::{Card, Counted, LastTry, PasswordEntry, SignaturePassword};
use shomei_envelope::cades;
use shomei_tests::PcscTransport;

fn main() -> Result<()> {
    let mut document = Vec::new();
    stdin().read_to_end(&mut document)?;
    let mut transport = Counted::new(PcscTransport::connect()?);
    let envelope = sign(&mut transport, &document, &password()?)?;
    let exchanges = transport.exchanges();
    transport.into_inner().power_off()?;
    writeln!(stderr(), "{exchanges} exchanges")?;
    stdout().write_all(&envelope).context("writing the envelope")
}

fn password() -> Result<SignaturePassword> {
    let mut entry = PasswordEntry::new();
    let typed = std::env::var("SHOMEI_TEST_PASSWORD").context("SHOMEI_TEST_PASSWORD")?;
    entry.paste(&typed).map_err(|error| anyhow!("{error}"))?;
    SignaturePassword::parse(&entry).map_err(|error| anyhow!("{error}"))
}

fn sign(
    transport: &mut Counted<PcscTransport>,
    document: &[u8],
    password: &SignaturePassword,
) -> Result<Vec<u8>> {
    let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())?;
    let mut card = Card::open(transport)?;
    let mut session = card.unlock_signature(password, LastTry::NotConfirmed)?;
    let certificate = session.certificate()?;
    let prepared = cades::prepare(document, &certificate, Timestamp::from_unix_seconds(now)?)?;
    let signature = session.sign(&prepared.digest())?;
    session.close()?;
    Ok(prepared.complete(&signature)?)
}
