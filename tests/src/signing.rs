//! One filing, from the document to the envelope.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;
use shomei_application::Timestamp;
use shomei_card::{Card, LastTry, SignaturePassword, Transport};
use shomei_envelope::cades;

/// Signs an application document as the host does, without asking anybody, and closes the key.
///
/// # Errors
/// When the card refuses a step, or its certificate cannot be read.
pub fn sign(transport: impl Transport, document: &[u8], password: &SignaturePassword) -> Result<Vec<u8>> {
    let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())?;
    let mut card = Card::open(transport)?;
    let mut session = card.unlock_signature(password, LastTry::NotConfirmed)?;
    let certificate = session.certificate()?;
    let prepared = cades::prepare(document, &certificate, Timestamp::from_unix_seconds(now)?)?;
    let signature = session.sign(&prepared.digest())?;
    session.close()?;
    Ok(prepared.complete(&signature)?)
}
