//! The test world: two certification authorities, fictional residents with their cards, and a card reader that
//! exists only in software.
//!
//! Everything made here says so: `O=SHOMEI-LAB` in every name, policies of the project's own arc. The profile is
//! that of the real certificates, held field by field against one read off a test card. Nothing here checks a
//! certificate: what makes them and what judges them share no code.

mod authority;
mod birthday;
mod calendar;
mod certificate;
pub mod counter;
pub mod folder;
pub mod forging;
mod moment;
mod name;
pub mod ocsp;
pub mod passwords;
pub mod people;
mod policy;
pub mod publish;
pub mod reader;
pub mod register;
pub mod repertoire;
mod resident;
mod revocation;
pub mod rules;
pub mod scenario;
mod world;

pub use authority::{Authority, Issued};
pub use calendar::{MissingDay, NoDay};
pub use certificate::{
    Attribute, Deviations, Digest, IssueError, KeySize, NextGeneration, OtherNames, Purpose,
};
pub use passwords::{AUTHENTICATION_PIN, INPUT_SUPPORT_PIN, PasswordError, Passwords, SIGNATURE_PASSWORD};
pub use resident::{Date, Municipality, RESIDENTS, Resident, Sex};
pub use revocation::Reason;
pub use world::{Holder, World};
