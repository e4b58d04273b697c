//! ISO 7816-4 bytes: commands, responses, status words, BER-TLV.
//!
//! Bytes in, meaning out, and back. There is no input or output here, no state, and no constant that belongs
//! to one card: instructions, file identifiers and application names live with whoever speaks to or plays a
//! card, so that the two sides never share a mistake. Section numbers are those of ISO/IEC 7816-4:2005.

#![no_std]

extern crate alloc;

mod class;
mod command;
mod error;
mod response;
mod status;
pub mod tlv;

pub use class::Class;
pub use command::{Command, Data, Form, MAX_EXTENDED_DATA, MAX_SHORT_COMMAND, MAX_SHORT_DATA};
pub use error::{DecodeError, EncodeError, Malformed};
pub use response::{MAX_SHORT_RESPONSE, Response};
pub use status::StatusWord;
