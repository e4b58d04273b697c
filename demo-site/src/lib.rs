//! みほん市 (Sample City): a municipal e-application site.
//!
//! A resident fills in a form, confirms it, signs it with a My Number Card in the host's window, and gets a receipt.
//! The site issues a challenge when the resident confirms, and stores an application only when
//! signature, binding and session hold; consuming the challenge, storing and receipting are one transaction.
//!
//! It is a demonstration: it has no back office, no payment and no accounts, and it listens on loopback only.

mod assets;
mod challenge;
mod clock;
mod filing;
mod form;
mod japan;
mod journal;
mod judgement;
mod limits;
mod pages;
mod receipt;
mod reexamination;
mod refusal;
mod schedule;
mod security;
mod server;
mod session;
mod site;
mod store;
#[cfg(test)]
mod tests;
mod trust;

pub use assets::{ModuleError, ModuleFiles};
pub use clock::Clock;
pub use journal::{Event, Journal};
pub use limits::DATABASE_PATIENCE;
pub use reexamination::{Reexamined, reexamine};
pub use refusal::Refusal;
pub use schedule::{Schedule, keep_up_to_date};
pub use security::CONTENT_SECURITY_POLICY;
pub use server::{ServeError, listen, serve, tls};
pub use site::{Config, RECIPIENT_ID, RECIPIENT_NAME, Site};
pub use store::{Store, StoreError};
pub use trust::{Trust, TrustError};

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use std::sync::Arc;

/// Every route of the site, with its headers and its rule against other sites' writes.
pub fn app(site: Arc<Site>) -> Router {
    Router::new()
        .route("/", get(pages::home))
        .route("/privacy", get(pages::privacy))
        .route("/procedures/{id}", get(pages::procedure))
        .route("/procedures/{id}/definition.json", get(pages::definition))
        .route("/challenges", post(challenge::issue))
        .route("/applications", post(filing::file))
        .route("/receipts/{number}", get(receipt::page))
        .route("/receipts/{number}/application.p7m", get(receipt::cades))
        .route("/receipts/{number}/application.jws", get(receipt::jades))
        .route("/assets/{name}", get(assets::own))
        .route("/shomei/{*path}", get(assets::module))
        .fallback(pages::nowhere)
        .layer(from_fn_with_state(site.clone(), security::own_pages_only))
        .layer(from_fn_with_state(site.clone(), security::write_refusals_down))
        .layer(from_fn(security::add_headers))
        .with_state(site)
}
