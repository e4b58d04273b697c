//! What a My Number Card means: the JPKI application over any transport.
//!
//! The way of one signature is [`Card::open`], [`Card::unlock_signature`], [`SignatureSession::certificate`],
//! [`SignatureSession::sign`], [`SignatureSession::close`]; the types allow no other order, and the key is closed
//! also when a step fails or a value is dropped. The same way leads to a login
//! ([`Card::unlock_authentication`], [`LoginStatement`]) and to the basic four items
//! ([`Card::unlock_input_support`]). What this crate can say to a card is the list in `command`: it signs nothing but
//! a SHA-256 digest in its DigestInfo, with the authentication key only the digest of a login statement, and it has
//! no name for the file of the individual number.
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

mod attributes;
mod card;
mod certificate;
mod change;
mod channel;
mod command;
mod counted;
mod dialect;
mod error;
mod file;
mod login;
mod password;
pub mod pin_pad;
mod reading;
mod session;
mod status;
mod transport;

#[cfg(test)]
mod tests;

pub use attributes::BasicFourItems;
pub use card::{Card, LastTry, Tries};
pub use counted::Counted;
pub use dialect::{Addressing, Dialect, Extended};
pub use error::{AttributeFault, CardError, ChangeError, Part, UnlockError};
pub use file::Reference;
pub use login::{LoginError, LoginStatement};
pub use password::{
    EntryError, EntryFull, NewSignaturePassword, PasswordEntry, Pin, PinError, SignaturePassword,
};
pub use pin_pad::{NotEntered, PinPad};
pub use session::{
    Authentication, AuthenticationSession, InputSupport, InputSupportSession, Kind, Session, Signature,
    SignatureSession,
};
pub use shomei_apdu::StatusWord;
pub use status::{Status, Token};
pub use transport::{Transport, TransportError};
