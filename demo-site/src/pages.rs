//! The pages, as values that templates show. Every value is escaped by the template engine.

use crate::form::{Control, EntryView};
use crate::refusal::Refusal;
use crate::site::Site;
use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use shomei_application::procedure::JUMINHYO_UTSUSHI;
use shomei_pki::World;
use std::sync::Arc;

/// What every page has around it.
pub struct Frame {
    /// The line of the test banner; none in production.
    pub(crate) banner: Option<&'static str>,
}

/// A procedure in the list.
struct ProcedureLine<'a> {
    id: &'a str,
    title: &'a str,
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home<'a> {
    frame: Frame,
    procedure: ProcedureLine<'a>,
}

#[derive(Template)]
#[template(path = "privacy.html")]
struct Privacy {
    frame: Frame,
}

#[derive(Template)]
#[template(path = "procedure.html")]
struct Procedure<'a> {
    frame: Frame,
    id: &'a str,
    title: &'a str,
    /// The kind of envelope that the form asks for.
    container: &'static str,
    entries: Vec<EntryView<'a>>,
    notices: Vec<&'a str>,
}

#[derive(Template)]
#[template(path = "message.html")]
struct Message {
    frame: Frame,
    heading: &'static str,
    sentence: &'static str,
    code: &'static str,
}

impl Frame {
    /// The frame of a site in `world`.
    pub fn of(world: World) -> Self {
        let banner = match world {
            World::Production => None,
            World::JlisTest => Some("J-LIS のテスト用カードだけを使えます。本物の申請は受け付けません。"),
            World::Lab => Some("Shomei の試験用カードだけを使えます。本物の申請は受け付けません。"),
        };
        Self { banner }
    }
}

/// `GET /`
pub async fn home(State(site): State<Arc<Site>>) -> Response {
    let procedure = ProcedureLine { id: &site.procedure().id, title: &site.procedure().title };
    html(&Home { frame: frame(&site), procedure }, "no-cache")
}

/// `GET /privacy`
pub async fn privacy(State(site): State<Arc<Site>>) -> Response {
    html(&Privacy { frame: frame(&site) }, "no-cache")
}

/// `GET /procedures/{id}`. May be kept by the browser: it holds nothing of the resident, and a browser that keeps it
/// can give typed answers back after "back".
pub async fn procedure(State(site): State<Arc<Site>>, Path(id): Path<String>) -> Response {
    let definition = site.procedure();
    if id != definition.id {
        return not_found(&site);
    }
    let page = Procedure {
        frame: frame(&site),
        id: &definition.id,
        title: &definition.title,
        container: site.container().as_str(),
        entries: EntryView::all(definition),
        notices: definition.notices.iter().map(|notice| notice.text.as_str()).collect(),
    };
    html(&page, "no-cache")
}

/// `GET /procedures/{id}/definition.json`
pub async fn definition(State(site): State<Arc<Site>>, Path(id): Path<String>) -> Result<Response, Refusal> {
    if id != site.procedure().id {
        return Err(Refusal::NotFound);
    }
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")];
    Ok((headers, JUMINHYO_UTSUSHI).into_response())
}

/// Every other address.
pub async fn nowhere(State(site): State<Arc<Site>>) -> Response {
    not_found(&site)
}

/// The page that says there is nothing here.
pub fn not_found(site: &Site) -> Response {
    message(site, "ページが見つかりません", Refusal::NotFound)
}

/// A refusal as a page, for addresses that people open.
pub fn message(site: &Site, heading: &'static str, refusal: Refusal) -> Response {
    let page = Message { frame: frame(site), heading, sentence: refusal.sentence(), code: refusal.code() };
    (refusal.status(), Extension(refusal), html(&page, "no-store")).into_response()
}

/// A template as a response.
pub fn html(page: &impl Template, cache: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, cache)];
    match page.render() {
        Ok(text) => (headers, text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The frame of this site's pages.
pub fn frame(site: &Site) -> Frame {
    Frame::of(site.trust().world())
}
