//! The operations as our client does them. What an operation opened stays open, so that closing can be counted by
//! itself; only a change of password closes, because it reads the counter afterwards.

use std::mem::forget;

use anyhow::Result;
use shomei_card::{Card, Counted, Dialect, LastTry, LoginStatement, Transport};
use shomei_lab::{AUTHENTICATION_PIN, INPUT_SUPPORT_PIN, SIGNATURE_PASSWORD};

use crate::{InProcess, new_signature_password, pin, signature_password};

/// What is signed: any digest.
pub(super) const DIGEST: [u8; 32] = [0x5A; 32];
/// What the password is changed to.
pub(super) const NEW_PASSWORD: &str = "TSUGI2027";
/// What a login answers: 32 bytes.
const CHALLENGE: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

pub(super) type Ours<'a> = Card<&'a mut Counted<InProcess>>;

/// Finds out which card it is: application, availability, counter, and the certificate of the authority.
pub(super) fn look(mut card: Ours<'_>) -> Result<Ours<'_>> {
    card.signature_authority_certificate()?;
    Ok(card)
}

pub(super) fn filing(mut card: Ours<'_>) -> Result<Ours<'_>> {
    file(&mut card)?;
    Ok(card)
}

/// The part of a filing that the card does, as of an open card.
pub(super) fn file<T: Transport>(card: &mut Card<T>) -> Result<()> {
    let mut session =
        card.unlock_signature(&signature_password(SIGNATURE_PASSWORD)?, LastTry::NotConfirmed)?;
    session.certificate()?;
    session.sign(&DIGEST)?;
    forget(session);
    Ok(())
}

pub(super) fn signature(mut card: Ours<'_>) -> Result<Ours<'_>> {
    let mut session =
        card.unlock_signature(&signature_password(SIGNATURE_PASSWORD)?, LastTry::NotConfirmed)?;
    session.sign(&DIGEST)?;
    forget(session);
    Ok(card)
}

pub(super) fn status(mut card: Ours<'_>) -> Result<Ours<'_>> {
    card.status()?;
    Ok(card)
}

pub(super) fn login(mut card: Ours<'_>) -> Result<Ours<'_>> {
    let statement = LoginStatement::new("https://shinsei.city.mihon.lg.jp", CHALLENGE, 1_790_000_000)?;
    let mut session = card.unlock_authentication(&pin(AUTHENTICATION_PIN)?, LastTry::NotConfirmed)?;
    session.sign(&statement)?;
    forget(session);
    Ok(card)
}

pub(super) fn authentication_certificate(mut card: Ours<'_>) -> Result<Ours<'_>> {
    card.authentication_certificate()?;
    Ok(card)
}

pub(super) fn change(mut card: Ours<'_>) -> Result<Ours<'_>> {
    let (old, new) = (signature_password(SIGNATURE_PASSWORD)?, new_signature_password(NEW_PASSWORD)?);
    card.change_signature_password(&old, &new, LastTry::NotConfirmed)?;
    Ok(card)
}

pub(super) fn basic_four_items(mut card: Ours<'_>) -> Result<Ours<'_>> {
    let mut session = card.unlock_input_support(&pin(INPUT_SUPPORT_PIN)?, LastTry::NotConfirmed)?;
    session.basic_four_items()?;
    forget(session);
    Ok(card)
}

/// A card as an operation begins with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beginning {
    /// Nothing is known of it, and the operation itself asks what it needs.
    Resumed,
    /// It was opened: application, availability and counter. Counted with the operation.
    Opened,
}

impl Beginning {
    pub(super) fn card(self, transport: &mut Counted<InProcess>, dialect: Dialect) -> Result<Ours<'_>> {
        Ok(match self {
            Self::Resumed => Card::resume_in(transport, dialect),
            Self::Opened => Card::open_in(transport, dialect)?,
        })
    }
}
