//! The desk at which the tables of tests sit: one virtual card, every operation on it, and a transport that writes
//! down what was said.

use std::sync::LazyLock;

use shomei_virtual_card::{Behaviour, Contents, Credential, InputSupport, VirtualCard};

use super::{certificate, password};
use crate::{
    Addressing, Card, CardError, ChangeError, Dialect, Extended, LastTry, LoginStatement,
    NewSignaturePassword, PasswordEntry, Pin, SignaturePassword, Transport, TransportError, UnlockError,
};

const KEY: &[u8] = include_bytes!("fixtures/key.pkcs8.der");
/// The basic four items as a test card of the public service holds them.
pub(super) const ATTRIBUTES: &[u8] = include_bytes!("fixtures/text-0002.bin");
/// What stands in the place of an authority's certificate: an empty SEQUENCE.
pub(super) const AUTHORITY: &[u8] = &[0x30, 0x00];
/// SHA-256 of `shomei`.
pub(super) const DIGEST: [u8; 32] = [
    0x0E, 0x02, 0x4A, 0x98, 0x14, 0x54, 0xE2, 0x14, 0x70, 0xF2, 0x16, 0xA2, 0x57, 0x7B, 0x80, 0x43, 0xB5,
    0x6F, 0x31, 0xE5, 0x8F, 0x92, 0x54, 0x91, 0xCC, 0xA8, 0x8F, 0xDF, 0x54, 0xC6, 0x18, 0xE3,
];
pub(super) const SIGNATURE_PASSWORD: &str = "ABC123";
pub(super) const AUTHENTICATION_PIN: &str = "1234";
pub(super) const INPUT_SUPPORT_PIN: &str = "4321";

/// Every way of speaking that this crate has.
pub(super) const DIALECTS: [(&str, Dialect); 3] = [
    ("select", Dialect { addressing: Addressing::Select, extended: Extended::Never }),
    ("short identifiers", Dialect { addressing: Addressing::ShortIdentifier, extended: Extended::Never }),
    ("extended", Dialect { addressing: Addressing::Select, extended: Extended::Untried }),
];

/// A card with a signature certificate of 1,800 bytes.
static CONTENTS: LazyLock<Contents> = LazyLock::new(|| contents(&certificate(1_800)));

impl Transport for VirtualCard {
    fn transmit(&mut self, command: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
        place(&self.respond(command), response)
    }
}

/// Puts an answer where a transport puts it.
pub(super) fn place(answer: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
    let room = response.len();
    let place = response.get_mut(..answer.len()).ok_or(TransportError::AnswerTooLong { room })?;
    place.copy_from_slice(answer);
    Ok(answer.len())
}

pub(super) fn contents(certificate: &[u8]) -> Contents {
    let credential = |secret| Credential::new(certificate, AUTHORITY, KEY, secret).unwrap();
    Contents {
        signature: Some(credential(SIGNATURE_PASSWORD)),
        authentication: credential(AUTHENTICATION_PIN),
        input_support: Some(InputSupport::with_attributes_file(ATTRIBUTES, INPUT_SUPPORT_PIN)),
    }
}

/// The desk's card, new.
pub(super) fn new_card() -> VirtualCard {
    card_that(Behaviour::default())
}

/// The same with the given behaviour.
pub(super) fn card_that(behaviour: Behaviour) -> VirtualCard {
    VirtualCard::with_behaviour(CONTENTS.clone(), behaviour)
}

pub(super) fn right() -> SignaturePassword {
    password(SIGNATURE_PASSWORD)
}

pub(super) fn pin(text: &str) -> Pin {
    let mut entry = PasswordEntry::new();
    entry.paste(text).unwrap();
    Pin::parse(&entry).unwrap()
}

pub(super) fn new_password(text: &str) -> NewSignaturePassword {
    let mut entry = PasswordEntry::new();
    entry.paste(text).unwrap();
    NewSignaturePassword::parse(&entry).unwrap()
}

pub(super) fn statement() -> LoginStatement {
    LoginStatement::new("https://shinsei.city.mihon.lg.jp", &"A".repeat(43), 1_790_000_000).unwrap()
}

/// Everything that this crate does with a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    Status,
    FreeCertificates,
    Filing,
    FilingOfTwo,
    Login,
    ChangeOfPassword,
    ChangeOfPin,
    BasicFourItems,
}

impl Operation {
    pub(super) const ALL: [Self; 8] = [
        Self::Status,
        Self::FreeCertificates,
        Self::Filing,
        Self::FilingOfTwo,
        Self::Login,
        Self::ChangeOfPassword,
        Self::ChangeOfPin,
        Self::BasicFourItems,
    ];

    /// Does it, with the right password.
    pub(super) fn run(self, transport: impl Transport, dialect: Dialect) -> Result<(), Failure> {
        if let Self::Filing | Self::FilingOfTwo = self {
            return file(transport, dialect, if self == Self::Filing { 1 } else { 2 });
        }
        let mut card = Card::resume_in(transport, dialect);
        match self {
            Self::Filing | Self::FilingOfTwo => {}
            Self::Status => {
                card.status()?;
            }
            Self::FreeCertificates => {
                card.signature_authority_certificate()?;
                card.authentication_authority_certificate()?;
                card.authentication_certificate()?;
            }
            Self::Login => {
                let mut session =
                    card.unlock_authentication(&pin(AUTHENTICATION_PIN), LastTry::NotConfirmed)?;
                session.sign(&statement())?;
                session.close()?;
            }
            Self::ChangeOfPassword => {
                card.change_signature_password(&right(), &new_password("NEW456"), LastTry::NotConfirmed)?;
            }
            Self::ChangeOfPin => {
                card.change_authentication_pin(
                    &pin(AUTHENTICATION_PIN),
                    &pin("9876"),
                    LastTry::NotConfirmed,
                )?;
            }
            Self::BasicFourItems => {
                let mut session =
                    card.unlock_input_support(&pin(INPUT_SUPPORT_PIN), LastTry::NotConfirmed)?;
                session.basic_four_items()?;
                session.close()?;
            }
        }
        Ok(())
    }
}

/// Look, unlock, read, sign, close.
fn file(transport: impl Transport, dialect: Dialect, documents: usize) -> Result<(), Failure> {
    let mut card = Card::open_in(transport, dialect)?;
    let mut session = card.unlock_signature(&right(), LastTry::NotConfirmed)?;
    session.certificate()?;
    for _ in 0..documents {
        session.sign(&DIGEST)?;
    }
    Ok(session.close()?)
}

/// What any operation can fail with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    Card(CardError),
    Unlock(UnlockError),
    Change(ChangeError),
}

impl From<CardError> for Failure {
    fn from(error: CardError) -> Self {
        Self::Card(error)
    }
}

impl From<UnlockError> for Failure {
    fn from(error: UnlockError) -> Self {
        Self::Unlock(error)
    }
}

impl From<ChangeError> for Failure {
    fn from(error: ChangeError) -> Self {
        Self::Change(error)
    }
}

impl Failure {
    /// What the card or the way to it did, unless the failure is about the password.
    pub(super) const fn card_error(self) -> Option<CardError> {
        match self {
            Self::Card(error)
            | Self::Unlock(UnlockError::Card(error))
            | Self::Change(
                ChangeError::Old(UnlockError::Card(error))
                | ChangeError::Unknown(error)
                | ChangeError::ChangedThen(error),
            ) => Some(error),
            _ => None,
        }
    }
}
