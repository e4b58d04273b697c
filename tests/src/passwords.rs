//! Passwords and PINs as a person would have entered them.

use anyhow::{Context, Result};
use shomei_card::{NewSignaturePassword, PasswordEntry, Pin, SignaturePassword};

fn entry(typed: &str) -> Result<PasswordEntry> {
    let mut entry = PasswordEntry::new();
    entry.paste(typed)?;
    Ok(entry)
}

/// A signature password.
///
/// # Errors
/// When it cannot be one.
pub fn signature_password(typed: &str) -> Result<SignaturePassword> {
    Ok(SignaturePassword::parse(&entry(typed)?)?)
}

/// A signature password to be set.
///
/// # Errors
/// When it cannot be one.
pub fn new_signature_password(typed: &str) -> Result<NewSignaturePassword> {
    Ok(NewSignaturePassword::parse(&entry(typed)?)?)
}

/// A PIN.
///
/// # Errors
/// When it cannot be one.
pub fn pin(typed: &str) -> Result<Pin> {
    Ok(Pin::parse(&entry(typed)?)?)
}

/// The signature password in `SHOMEI_TEST_PASSWORD`.
///
/// # Errors
/// When there is none.
pub fn password_from_environment() -> Result<SignaturePassword> {
    signature_password(&std::env::var("SHOMEI_TEST_PASSWORD").context("SHOMEI_TEST_PASSWORD")?)
}
