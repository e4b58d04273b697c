//! The desk at which tests of several parts sit: a world with a card in a reader, ways to that card, and a document
//! to sign; and what is measured there.
//!
//! Ships nothing. The transport is not the host's on purpose: two clients that agree say more than one.

mod desk;
mod document;
pub mod figures;
mod foreign;
pub mod fuzz;
mod hexadecimal;
mod in_process;
mod judge;
mod passwords;
mod programs;
mod reader;
mod relayed;
mod signing;
mod transport;
mod world;

pub use desk::Desk;
pub use document::residence_record_application;
pub use foreign::Foreign;
pub use hexadecimal::{from_hexadecimal, to_hexadecimal};
pub use in_process::InProcess;
pub use judge::openssl_accepts;
pub use passwords::{new_signature_password, password_from_environment, pin, signature_password};
pub use programs::{built, printed};
pub use reader::{Count, Reader};
pub use relayed::{POWER_OFF, Relayed, name};
pub use signing::sign;
pub use transport::PcscTransport;
pub use world::{CARD, issue};
