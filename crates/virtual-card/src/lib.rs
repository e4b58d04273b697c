//! A software My Number Card: the files, keys, passwords and counters of the JPKI application, of the input-support
//! application and of the common one, behind the bytes of ISO 7816-4.
//!
//! It answers as the plastic card is reported to answer, oddities included: a verified password outlives a reset,
//! files end in filler, passwords are compared byte for byte. It shares no constant with the client it is
//! tested with, and it is no security device: private keys lie in ordinary memory.

mod application;
mod atr;
mod behaviour;
mod card;
mod contents;
mod input_support;
mod key;
mod profile;
mod secret;
mod standing;
mod token;

pub use atr::ATR;
pub use behaviour::{Behaviour, Exhausted, ForeignClass, Interface, MasterFile, OpenQuery, PastTheEnd};
pub use card::VirtualCard;
pub use contents::{Contents, Credential};
pub use input_support::{BasicFourItems, InputSupport};
pub use key::{KeyError, SigningKey};
pub use profile::Profile;
pub use standing::{Reference, ReferenceState, SaltedDigest, Standing, State};
pub use token::Token;
