//! What holds for every request and every response: headers, and the rule that writes come from our own pages.

use crate::journal::Event;
use crate::refusal::Refusal;
use crate::site::Site;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;

/// The site's content security policy (CSP Level 3). Nothing inline, nothing from elsewhere; `wasm-unsafe-eval` lets
/// the page module be compiled and nothing else be evaluated.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 8] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=()",
    ),
];

/// Puts the headers on every response, refusals included.
pub async fn add_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Writes down every refusal, by its code.
pub async fn write_refusals_down(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if let Some(refusal) = response.extensions().get::<Refusal>() {
        site.journal().write(Event::Refused { code: refusal.code() });
    }
    response
}

/// Refuses a request that could change something unless a page of this very origin made it.
pub async fn own_pages_only(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads || is_from(request.headers(), site.origin().as_str()) {
        return next.run(request).await;
    }
    Refusal::CrossSite.into_response()
}

/// Browsers send `Origin` with every POST and `Sec-Fetch-Site` with every request over TLS; a page can forge neither.
/// What is there must be ours, and one of them must be there.
fn is_from(headers: &HeaderMap, origin: &str) -> bool {
    let named = single(headers, &header::ORIGIN).map(|found| found == Some(origin));
    let fetched =
        single(headers, &HeaderName::from_static("sec-fetch-site")).map(|site| site == Some("same-origin"));
    match (named, fetched) {
        (None, None) => false,
        (named, fetched) => named.unwrap_or(true) && fetched.unwrap_or(true),
    }
}

/// `None`: absent. `Some(None)`: there twice, or not text.
fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<Option<&'a str>> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    Some(first.to_str().ok().filter(|_| values.next().is_none()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "https://shinsei.city.mihon.lg.jp";

    #[test]
    fn only_our_own_pages_may_write() {
        let table: [(&[(&str, &str)], bool); 10] = [
            (&[("origin", OURS)], true),
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("origin", OURS), ("sec-fetch-site", "same-origin")], true),
            (&[], false),
            (&[("origin", "null")], false),
            (&[("origin", "https://evil.example")], false),
            (&[("origin", OURS), ("sec-fetch-site", "cross-site")], false),
            (&[("origin", "https://city.mihon.lg.jp"), ("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "none")], false),
            (&[("origin", OURS), ("origin", OURS)], false),
        ];
        for (sent, allowed) in table {
            let mut headers = HeaderMap::new();
            for (name, value) in sent {
                headers.append(HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
            }
            assert_eq!(is_from(&headers, OURS), allowed, "{sent:?}");
        }
    }
}
