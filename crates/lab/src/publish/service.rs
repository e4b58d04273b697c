//! The routes, and what goes wrong on the way on purpose.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::routing::{get, post};
use base64ct::{Base64, Encoding};

use super::answering::Answering;
use super::lists::List;
use super::{Misbehaviour, Options};

const LARGEST_REQUEST: usize = 64 * 1024;
const HUGE: usize = 16 * 1024 * 1024;
const SLOW: Duration = Duration::from_secs(30);

struct Service {
    world: PathBuf,
    misbehaviour: Option<Misbehaviour>,
    answering: Answering,
}

type Shared = State<Arc<Service>>;

pub(super) fn routes(options: &Options, answering: Answering) -> Router {
    let (world, misbehaviour) = (options.world.clone(), options.misbehaviour);
    Router::new()
        .route("/crl/{name}", get(list))
        .route("/ocsp", post(ocsp_by_post))
        .route("/ocsp/{*request}", get(ocsp_by_get))
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST))
        .with_state(Arc::new(Service { world, misbehaviour, answering }))
}

async fn list(State(service): Shared, Path(name): Path<String>, headers: HeaderMap) -> Response<Body> {
    let Some(list) = List::read(&service.world, &name) else {
        return plain(StatusCode::NOT_FOUND);
    };
    let validators = [(header::ETAG, list.tag.clone()), (header::LAST_MODIFIED, list.modified())];
    let mut response = if list.is_known(&headers) {
        plain(StatusCode::NOT_MODIFIED)
    } else {
        service.say("application/pkix-crl", list.der).await
    };
    for (name, value) in validators {
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

async fn ocsp_by_post(State(service): Shared, headers: HeaderMap, request: Bytes) -> Response<Body> {
    if headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind != "application/ocsp-request") {
        return plain(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    service.answer(&request).await
}

async fn ocsp_by_get(State(service): Shared, Path(request): Path<String>) -> Response<Body> {
    match Base64::decode_vec(&request) {
        Ok(request) => service.answer(&request).await,
        Err(_) => plain(StatusCode::BAD_REQUEST),
    }
}

impl Service {
    async fn answer(&self, request: &[u8]) -> Response<Body> {
        match self.answering.answer(request) {
            Ok(answer) => self.say("application/ocsp-response", answer).await,
            Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR),
        }
    }

    async fn say(&self, media_type: &'static str, mut said: Vec<u8>) -> Response<Body> {
        match self.misbehaviour {
            Some(Misbehaviour::Http500) => return plain(StatusCode::INTERNAL_SERVER_ERROR),
            Some(Misbehaviour::Redirect) => {
                let mut response = plain(StatusCode::FOUND);
                response.headers_mut().insert(header::LOCATION, HeaderValue::from_static("/elsewhere"));
                return response;
            }
            Some(Misbehaviour::Slow) => tokio::time::sleep(SLOW).await,
            Some(Misbehaviour::Huge) => said.resize(HUGE, 0),
            Some(Misbehaviour::Truncated) => said.truncate(said.len() / 2),
            _ => {}
        }
        let mut response = Response::new(Body::from(said));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        response
    }
}

fn plain(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
