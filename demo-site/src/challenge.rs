//! `POST /challenges`: the resident has confirmed the form; the site says what the signature must be bound to.

use crate::journal::Event;
use crate::limits::{BODY_TIMEOUT, CHALLENGE_SECONDS, MAX_CHALLENGE_REQUEST_BYTES, SESSION_SECONDS};
use crate::refusal::Refusal;
use crate::session::{self, SessionDigest};
use crate::site::{RECIPIENT_ID, RECIPIENT_NAME, Site};
use crate::store::ChallengeRow;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, body::Bytes};
use serde::{Deserialize, Serialize};
use shomei_application::{Challenge, Container};
use std::sync::Arc;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    procedure: String,
    container: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ChallengeBody {
    value: String,
    created_at: String,
    expires_at: String,
}

#[derive(Serialize)]
struct RecipientBody<'a> {
    id: &'a str,
    name: &'a str,
    origin: &'a str,
}

#[derive(Serialize)]
struct ProcedureBody<'a> {
    id: &'a str,
    version: &'a str,
    title: &'a str,
    sha256: &'a str,
}

#[derive(Serialize)]
struct Issued<'a> {
    challenge: ChallengeBody,
    recipient: RecipientBody<'a>,
    procedure: ProcedureBody<'a>,
}

/// Takes `{"procedure","container"}` and answers 201 with challenge, recipient and procedure, ready to be copied into
/// the document. Begins a session if the browser has none that lives.
pub async fn issue(
    State(site): State<Arc<Site>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let body = receive(body, MAX_CHALLENGE_REQUEST_BYTES).await?;
    let container = container(&site, &body)?;
    let known = session::of(&headers);
    let issuing = site.clone();
    let task = spawn_blocking(move || issue_now(&issuing, known, container));
    let (row, cookie) = task.await.map_err(|_| Refusal::TemporarilyUnavailable)??;
    site.journal().write(Event::ChallengeIssued);
    let answer = (StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], Json(issued(&site, &row)));
    Ok(match cookie {
        Some(cookie) => ([(header::SET_COOKIE, cookie)], answer).into_response(),
        None => answer.into_response(),
    })
}

/// The whole body, if it is no longer than `limit` bytes and arrives in time.
pub(crate) async fn receive(body: Body, limit: usize) -> Result<Bytes, Refusal> {
    let received = timeout(BODY_TIMEOUT, to_bytes(body, limit)).await.map_err(|_| Refusal::TooSlow)?;
    received.map_err(|_| Refusal::TooLarge)
}

fn container(site: &Site, body: &[u8]) -> Result<Container, Refusal> {
    let wish: Wish = serde_json::from_slice(body).map_err(|_| Refusal::UnreadableRequest)?;
    if wish.procedure != site.procedure().id {
        return Err(Refusal::NotFound);
    }
    Container::parse(&wish.container).ok_or(Refusal::UnreadableRequest)
}

fn issue_now(
    site: &Site,
    known: Option<SessionDigest>,
    container: Container,
) -> Result<(ChallengeRow, Option<String>), Refusal> {
    let (session, cookie) = continue_or_begin(site, known)?;
    let random = session::random_bytes().map_err(|_| Refusal::TemporarilyUnavailable)?;
    let challenge = Challenge::issue(&random, site.now()?, CHALLENGE_SECONDS);
    let row = ChallengeRow {
        challenge: challenge.map_err(|_| Refusal::TemporarilyUnavailable)?,
        session,
        origin: site.origin().as_str().to_owned(),
        recipient_id: RECIPIENT_ID.to_owned(),
        procedure: (&site.procedure().reference()).into(),
        container,
    };
    site.ask(|store| store.issue(&row))?;
    Ok((row, cookie))
}

fn continue_or_begin(
    site: &Site,
    known: Option<SessionDigest>,
) -> Result<(SessionDigest, Option<String>), Refusal> {
    let now = site.now()?;
    if let Some(session) = known
        && site.ask(|store| store.session_lives(session, now))?
    {
        return Ok((session, None));
    }
    let new = session::begin().map_err(|_| Refusal::TemporarilyUnavailable)?;
    site.ask(|store| store.begin_session(new.digest, now, now.moved_by(SESSION_SECONDS)))?;
    Ok((new.digest, Some(new.set_cookie)))
}

fn issued<'a>(site: &'a Site, row: &ChallengeRow) -> Issued<'a> {
    let procedure = site.procedure();
    Issued {
        challenge: ChallengeBody {
            value: row.challenge.value.clone(),
            created_at: row.challenge.created_at.to_string(),
            expires_at: row.challenge.expires_at.to_string(),
        },
        recipient: RecipientBody { id: RECIPIENT_ID, name: RECIPIENT_NAME, origin: site.origin().as_str() },
        procedure: ProcedureBody {
            id: &procedure.id,
            version: &procedure.version,
            title: &procedure.title,
            sha256: procedure.sha256_hex(),
        },
    }
}
