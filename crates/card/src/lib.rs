//! What a My Number Card means: the JPKI application over any transport.
//!
//! The way of one signature is [`Card::open`], [`Card::unlock_signature`], [`SignatureSession::certificate`],
//! [`SignatureSession::sign`], [`SignatureSession::close`]; the types allow no other order, and the key is closed
//! also when a step fails or a value is dropped. What this crate can say to a card is the list in `command`:
//! it verifies the signature password only, it signs nothing but a SHA-256 digest in its DigestInfo, and it
//! reads nothing of the input-support application, where the individual number lives.
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
