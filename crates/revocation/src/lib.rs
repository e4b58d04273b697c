//! Revocation with IO: lists from files and over HTTP, responders, and what was seen of them.
//!
//! What an answer is worth is judged in `shomei-pki`, which has no IO; here the octets are fetched, within bounds of
//! size and time. Every address comes from configuration: one in a certificate that nobody has checked yet would let its
//! maker choose whom a server talks to.
//!
//! - [`Lists`]: the newest list of each place, in one index that is swapped whole under those who ask;
//! - [`CrlFolder`], [`CrlDownload`]: the places that lists come from;
//! - [`OcspResponder`]: a question over HTTP for each answer;
//! - [`Chain`]: several sources in order; [`Sources`]: all of these from one configuration.

mod chain;
mod deadline;
mod download;
mod exchange;
mod folder;
mod lists;
mod problem;
mod responder;
mod seen;
mod sources;
mod url;

pub use chain::Chain;
pub use download::CrlDownload;
pub use exchange::{HttpLimits, HttpProblem};
pub use folder::{CrlFolder, LIST_ENDING};
pub use lists::{Lists, MAX_LIST_OCTETS};
pub use problem::{ListProblem, Place, Problem};
pub use responder::{OcspResponder, RESPONDER_LIMITS};
pub use seen::{SeenError, SeenFile};
pub use sources::{Sources, SourcesConfig};
pub use url::{HttpUrl, ResponderUrl, UrlError};

use shomei_pki::SignatureVerifier;
use std::sync::Arc;

/// Signature arithmetic, shared by everything that fetches.
pub type Verifier = Arc<dyn SignatureVerifier + Send + Sync>;
