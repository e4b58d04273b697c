//! What a My Number Card means: the JPKI application over any transport.
//!
//! The way of one signature is [`Card::open`], [`Card::unlock_signature`], [`SignatureSession::certificate`],
//! [`SignatureSession::sign`], [`SignatureSession::close`]; the types allow no other order, and the key is closed
//! also when a step fails or a value is dropped. What this crate can say to a card is the list in `command`:
//! it verifies the signature password only, it signs nothing but a SHA-256 digest in its DigestInfo, and it
//! reads nothing of the input-support application, where the individual number lives.
//!
//! ```
//! use shomei_card::{Card, LastTry, SignaturePassword, Transport, UnlockError};
//!
//! fn sign(
//!     transport: impl Transport,
//!     password: &SignaturePassword,
//!     to_be_signed: impl FnOnce(&[u8]) -> [u8; 32],
//! ) -> Result<[u8; 256], UnlockError> {
//!     let mut card = Card::open(transport)?;
//!     let mut session = card.unlock_signature(password, LastTry::NotConfirmed)?;
//!     let certificate = session.certificate()?;
//!     let signature = session.sign(&to_be_signed(&certificate))?;
//!     session.close()?;
//!     Ok(signature)
//! }
//! ```
//!
//! There is no reader here: whoever owns one implements [`Transport`], holds the card exclusively while a
//! [`Card`] lives, and powers it off at the end.

mod card;
mod certificate;
mod channel;
mod command;
mod counted;
mod error;
mod password;
mod session;
mod transport;

#[cfg(test)]
mod tests;

pub use card::{Card, LastTry, Tries};
pub use counted::Counted;
pub use error::{CardError, Part, UnlockError};
pub use password::{EntryError, EntryFull, PasswordEntry, SignaturePassword};
pub use session::SignatureSession;
pub use shomei_apdu::StatusWord;
pub use transport::{Transport, TransportError};
