//! The same operations as a careful program does them with the `myna-card` crate: it asks for the counter before every
//! try, and for what the card carries before a filing. Nothing is closed, as that crate closes nothing by itself;
//! after a change of password the counter is read, for which the password has to be closed.

use myna_card::ap::jpki::{JpkiAp, SignatureScheme};
use myna_card::ap::text::{TextAp, ef};
use myna_card::{Card, MasterFile, Pin, Result};
use shomei_card::Counted;
use shomei_lab::{AUTHENTICATION_PIN, INPUT_SUPPORT_PIN, SIGNATURE_PASSWORD};

use super::ours::{DIGEST, NEW_PASSWORD};
use crate::Foreign;
use crate::InProcess;

pub(super) type Theirs = Card<Foreign<Counted<InProcess>>>;

pub(super) fn look(card: &mut Theirs) -> Result<()> {
    let mut jpki = JpkiAp::select(card)?;
    jpki.read_certificate_availability()?;
    jpki.sign_pin_retries()?;
    jpki.read_sign_ca_certificate_der().map(drop)
}

pub(super) fn filing(card: &mut Theirs) -> Result<()> {
    let mut jpki = JpkiAp::select(card)?;
    jpki.read_certificate_availability()?;
    jpki.sign_pin_retries()?;
    jpki.verify_sign_pin(&Pin::new(SIGNATURE_PASSWORD)?)?;
    jpki.read_sign_certificate_der()?;
    jpki.sign_with_sign_key(SignatureScheme::PreHashedDigestInfo, &DIGEST).map(drop)
}

pub(super) fn status(card: &mut Theirs) -> Result<()> {
    let mut jpki = JpkiAp::select(card)?;
    jpki.read_token_type()?;
    jpki.read_certificate_availability()?;
    jpki.sign_pin_retries()?;
    jpki.auth_pin_retries().map(drop)
}

pub(super) fn login(card: &mut Theirs) -> Result<()> {
    let mut jpki = JpkiAp::select(card)?;
    jpki.auth_pin_retries()?;
    jpki.verify_auth_pin(&Pin::numeric(AUTHENTICATION_PIN)?)?;
    jpki.sign_with_auth_key(SignatureScheme::PreHashedDigestInfo, &DIGEST).map(drop)
}

pub(super) fn authentication_certificate(card: &mut Theirs) -> Result<()> {
    JpkiAp::select(card)?.read_auth_certificate_der().map(drop)
}

pub(super) fn change(card: &mut Theirs) -> Result<()> {
    let mut jpki = JpkiAp::select(card)?;
    jpki.sign_pin_retries()?;
    jpki.change_sign_pin(&Pin::new(SIGNATURE_PASSWORD)?, &Pin::new(NEW_PASSWORD)?)?;
    closing(card)?;
    JpkiAp::select(card)?.sign_pin_retries().map(drop)
}

pub(super) fn basic_four_items(card: &mut Theirs) -> Result<()> {
    let mut text = TextAp::select(card)?;
    text.retries(ef::PIN)?;
    text.verify_pin(&Pin::numeric(INPUT_SUPPORT_PIN)?)?;
    text.read_attributes().map(drop)
}

/// What that crate's documentation says to do before and after.
pub(super) fn closing(card: &mut Theirs) -> Result<()> {
    MasterFile::select(card).map(drop)
}
