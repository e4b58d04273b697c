//! The receipt and the envelope behind it, for the browser that filed it.

use crate::japan;
use crate::pages::{Frame, frame, html, message};
use crate::refusal::Refusal;
use crate::session::{self, SessionDigest};
use crate::site::Site;
use crate::store::{Filing, standing_name};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use shomei_application::{Application, Container, Field};
use shomei_envelope::attached;
use shomei_pki::Standing;
use std::sync::Arc;
use tokio::task::spawn_blocking;

#[derive(Template)]
#[template(path = "receipt.html")]
struct Receipt {
    frame: Frame,
    number: String,
    title: String,
    received_at: String,
    received_in_japan: String,
    /// `waiting`, `provisional`, `final` or `reopened`.
    standing: &'static str,
    state: &'static str,
    /// The ending of the downloaded file's name.
    ending: &'static str,
    next_steps: Vec<&'static str>,
    values: Vec<ValueView>,
}

/// One signed answer.
struct ValueView {
    /// The group's heading, on its first field.
    starts_group: Option<String>,
    label: String,
    shown: String,
}

/// `GET /receipts/{number}`
pub async fn page(State(site): State<Arc<Site>>, headers: HeaderMap, Path(number): Path<String>) -> Response {
    let found = find(&site, &headers, number).await.and_then(|filing| {
        let application = signed(&filing)?;
        Ok(html(&receipt(&site, filing, application), "no-store"))
    });
    found.unwrap_or_else(|refusal| message(&site, "受付票を開けません", refusal))
}

/// `GET /receipts/{number}/application.p7m`: the bytes of a CAdES envelope as they came (RFC 8551 §3.2.1 names the
/// ending).
pub async fn cades(
    State(site): State<Arc<Site>>,
    headers: HeaderMap,
    Path(number): Path<String>,
) -> Result<Response, Refusal> {
    download(find(&site, &headers, number).await?, Container::Cades)
}

/// `GET /receipts/{number}/application.jws`: the bytes of a JAdES envelope as they came, in either serialization.
pub async fn jades(
    State(site): State<Arc<Site>>,
    headers: HeaderMap,
    Path(number): Path<String>,
) -> Result<Response, Refusal> {
    download(find(&site, &headers, number).await?, Container::Jades)
}

/// An application is found under the name of its own kind alone.
fn download(filing: Filing, asked: Container) -> Result<Response, Refusal> {
    if filing.container != asked {
        return Err(Refusal::NotFound);
    }
    let disposition =
        format!("attachment; filename=\"application-{}.{}\"", filing.receipt, ending(filing.container));
    let headers = [
        (header::CONTENT_TYPE, media_type(&filing).to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, filing.envelope).into_response())
}

fn ending(container: Container) -> &'static str {
    match container {
        Container::Cades => "p7m",
        Container::Jades => "jws",
    }
}

fn media_type(filing: &Filing) -> &'static str {
    match (filing.container, filing.envelope.first()) {
        (Container::Cades, _) => "application/pkcs7-mime; smime-type=signed-data",
        (Container::Jades, Some(b'{')) => "application/jose+json",
        (Container::Jades, _) => "application/jose",
    }
}

async fn find(site: &Arc<Site>, headers: &HeaderMap, number: String) -> Result<Filing, Refusal> {
    let session = session::of(headers).ok_or(Refusal::NotFound)?;
    let site = site.clone();
    let task = spawn_blocking(move || find_now(&site, session, &number));
    task.await.map_err(|_| Refusal::TemporarilyUnavailable)?
}

fn find_now(site: &Site, session: SessionDigest, number: &str) -> Result<Filing, Refusal> {
    let now = site.now()?;
    if !site.ask(|store| store.session_lives(session, now))? {
        return Err(Refusal::NotFound);
    }
    site.ask(|store| store.filing(number, session))?.ok_or(Refusal::NotFound)
}

/// The document, read from the stored envelope: the receipt shows what was signed and nothing kept beside it.
fn signed(filing: &Filing) -> Result<Application, Refusal> {
    let envelope = attached::parse(&filing.envelope).map_err(|_| Refusal::UnreadableEnvelope)?;
    Application::parse_development(envelope.content()).map_err(|_| Refusal::UnreadableDocument)
}

fn receipt(site: &Site, filing: Filing, application: Application) -> Receipt {
    Receipt {
        frame: frame(site),
        number: filing.receipt,
        received_at: filing.received_at.to_string(),
        received_in_japan: japan::date_time(filing.received_at),
        standing: standing_name(filing.standing),
        state: state(filing.standing),
        ending: ending(filing.container),
        next_steps: next_steps(&application),
        title: application.procedure.title,
        values: values(application.fields),
    }
}

/// What is known, no more and no less: 有効 stands nowhere.
fn state(standing: Standing) -> &'static str {
    match standing {
        Standing::Waiting => "受付・失効確認待ち",
        Standing::Provisional { .. } => {
            "受付（電子署名を確かめました。受付の時点で失効していなかったことは、次の失効リストで確かめます）"
        }
        Standing::Final { .. } => "受付（電子署名と、受付の時点で失効していなかったことを確かめました）",
        Standing::Reopened { .. } => "職員が確認しています",
    }
}

fn next_steps(application: &Application) -> Vec<&'static str> {
    let by_mail = application.value("delivery") == Some("mail");
    let delivery: [&'static str; 3] = if by_mail {
        [
            "住民登録をしている住所あてに、3日から5日ほど（土曜・日曜・祝日を除く）で発送します。",
            "手数料は1通300円で、ほかに郵送料がかかります。払い方は、発送の前に市民課から電話で案内します。",
            "住所が変わったときは、市民課へ連絡してください。ほかの住所あてには送れません。",
        ]
    } else {
        [
            "翌開庁日から、市民課の窓口で受け取れます（平日 午前8時30分から午後5時15分まで）。",
            "申請で選んだ本人確認書類の原本と、受付番号をお持ちください。",
            "手数料は1通300円です。受け取りのときに払います。",
        ]
    };
    delivery.into()
}

fn values(fields: Vec<Field>) -> Vec<ValueView> {
    let mut heading = None;
    let mut view = |field: Field| {
        let starts_group = field.group.clone().filter(|group| heading.as_ref() != Some(group));
        heading = field.group;
        ValueView { starts_group, label: field.label, shown: field.text.unwrap_or(field.value) }
    };
    fields.into_iter().map(&mut view).collect()
}
