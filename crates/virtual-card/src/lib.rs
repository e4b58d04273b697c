//! A software My Number Card: the files, keys, passwords and counters of the JPKI application, behind the bytes
//! of ISO 7816-4.
//!
//! It answers as the plastic card is reported to answer, oddities included: a verified password outlives a reset,
//! files end in filler, passwords are compared byte for byte. It shares no constant with the client it is
//! tested with, and it is no security device: private keys lie in ordinary memory.

mod behaviour;
mod card;
mod contents;
mod file;
mod key;
mod secret;
mod token;

pub use behaviour::{Behaviour, Exhausted, OpenQuery};
pub use card::{ATR, VirtualCard};
pub use contents::{Contents, Credential};
pub use key::{KeyError, SigningKey};
pub use token::Token;
