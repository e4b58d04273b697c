//! The application document: model, canonical form, procedure definitions, text and date rules.
//!
//! Data flows one way: bytes → [`json`] → [`Application::parse`] → [`ProcedureDefinition::check`] → [`identity`].
//! Nothing here reads a clock, a file or the network, and nothing here knows certificates or signatures.

mod challenge;
mod digest;
pub mod identity;
pub mod json;
pub mod limits;
mod model;
mod origin;
pub mod procedure;
mod shape;
pub mod text;
mod timestamp;

pub use challenge::{CLOCK_TOLERANCE_SECONDS, Challenge, ChallengeError, Freshness, MAX_CHALLENGE_SECONDS};
pub use digest::{sha256, sha256_hex};
pub use model::{
    Application, Attachment, Container, Field, Notice, ParseError, ProcedureRef, Reason, Recipient, SCHEMA,
};
pub use origin::{Origin, OriginError};
pub use procedure::{ProcedureDefinition, Violation};
pub use timestamp::{Timestamp, TimestampError};
