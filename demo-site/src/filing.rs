//! `POST /applications`: a signed application comes in; a receipt, or a refusal that consumes nothing, goes out.

use crate::challenge::receive;
use crate::japan;
use crate::journal::Event;
use crate::judgement::judge;
use crate::limits::MAX_ENVELOPE_BYTES;
use crate::refusal::Refusal;
use crate::session::{self, SessionDigest};
use crate::site::{RECIPIENT_ID, Site};
use crate::store::{Filed, NewFiling};
use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use shomei_application::{Application, Container, Timestamp};
use shomei_envelope::{SignedApplication, attached};
use shomei_pki::World;
use std::sync::Arc;
use tokio::task::spawn_blocking;

/// CMS (RFC 7193 §2), and the compact and the flattened serialization of JSON Web Signature (RFC 7515 §9.2.1).
const MEDIA_TYPES: [(&str, Container); 3] = [
    ("application/cms", Container::Cades),
    ("application/jose", Container::Jades),
    ("application/jose+json", Container::Jades),
];

#[derive(Serialize)]
struct Receipt {
    receipt: String,
    url: String,
}

/// What became of an envelope that was taken.
enum Taken {
    Now(String),
    Before(String),
}

/// Takes an envelope of the kind that its media type names and answers 201 `{"receipt","url"}`, or 200 with the same
/// receipt where the very same bytes were stored before from the same session.
pub async fn file(
    State(site): State<Arc<Site>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let container = container_of(&headers).ok_or(Refusal::WrongMediaType)?;
    let session = session::of(&headers).ok_or(Refusal::NoSession)?;
    let envelope = receive(body, MAX_ENVELOPE_BYTES).await?;
    let task = spawn_blocking(move || take(&site, session, container, &envelope));
    let (status, receipt) = match task.await.map_err(|_| Refusal::TemporarilyUnavailable)?? {
        Taken::Now(receipt) => (StatusCode::CREATED, receipt),
        Taken::Before(receipt) => (StatusCode::OK, receipt),
    };
    let url = format!("/receipts/{receipt}");
    Ok((status, [(header::CACHE_CONTROL, "no-store")], Json(Receipt { receipt, url })).into_response())
}

fn container_of(headers: &HeaderMap) -> Option<Container> {
    let found = headers.get(header::CONTENT_TYPE)?.as_bytes();
    let known =
        |(name, container): (&str, _)| found.eq_ignore_ascii_case(name.as_bytes()).then_some(container);
    MEDIA_TYPES.into_iter().find_map(known)
}

fn take(site: &Site, session: SessionDigest, container: Container, bytes: &[u8]) -> Result<Taken, Refusal> {
    let now = site.now()?;
    if !site.ask(|store| store.session_lives(session, now))? {
        return Err(Refusal::NoSession);
    }
    if let Some(taken) = taken_before(site, session, bytes)? {
        return Ok(taken);
    }
    let envelope = attached::parse(bytes).map_err(|_| Refusal::UnreadableEnvelope)?;
    if envelope.container() != container {
        return Err(Refusal::UnreadableEnvelope);
    }
    let application = read(site, envelope.content())?;
    check_address(site, &application)?;
    judge_and_store(site, session, bytes, &envelope, &application, now)
}

/// The receipt of the very same bytes from the same session.
fn taken_before(site: &Site, session: SessionDigest, bytes: &[u8]) -> Result<Option<Taken>, Refusal> {
    let receipt = site.ask(|store| store.receipt_of(bytes, session))?;
    if receipt.is_some() {
        site.journal().write(Event::AcceptedBefore);
    }
    Ok(receipt.map(Taken::Before))
}

fn judge_and_store(
    site: &Site,
    session: SessionDigest,
    bytes: &[u8],
    envelope: &SignedApplication,
    application: &Application,
    now: Timestamp,
) -> Result<Taken, Refusal> {
    let challenge = &application.challenge.value;
    let row = site.ask(|store| store.challenge(challenge, session))?.ok_or(Refusal::UnknownChallenge)?;
    if site.ask(|store| store.is_consumed(challenge))? {
        // The same envelope may have been stored since it was looked for: a page that posts it twice at once.
        return taken_before(site, session, bytes)?.ok_or(Refusal::ChallengeUsed);
    }
    let judgement = judge(site, envelope, application, &row, now)?;
    let filing = NewFiling {
        challenge,
        session,
        envelope: bytes,
        report: &judgement.report,
        revocation: judgement.revocation,
        answer: &judgement.answer,
        standing: judgement.standing,
        received_at: now,
        day: &japan::compact_day(now),
    };
    match site.ask(|store| store.file(&filing))? {
        Filed::Now(receipt) => {
            site.journal().write(Event::Accepted { revocation: judgement.revocation.as_str() });
            Ok(Taken::Now(receipt))
        }
        Filed::Before(receipt) => Ok(Taken::Before(receipt)),
        Filed::ChallengeUsed => Err(Refusal::ChallengeUsed),
    }
}

/// The document in the envelope. In worlds of tests it may come from a developer's own machine.
fn read(site: &Site, content: &[u8]) -> Result<Application, Refusal> {
    let read = match site.trust().world() {
        World::Production => Application::parse(content),
        World::JlisTest | World::Lab => Application::parse_development(content),
    };
    read.map_err(|_| Refusal::UnreadableDocument)
}

/// Said first, and by its own code, to a resident who came to the wrong city or by way of a wrong site.
fn check_address(site: &Site, application: &Application) -> Result<(), Refusal> {
    if application.recipient.id != RECIPIENT_ID {
        return Err(Refusal::WrongRecipient);
    }
    if application.recipient.origin != *site.origin() {
        return Err(Refusal::WrongOrigin);
    }
    Ok(())
}
