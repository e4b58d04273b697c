//! Pages: what they hold, what they never hold, and what stands around them.

use super::desk::{Browser, Desk, answers};
use crate::CONTENT_SECURITY_POLICY;
use axum::body::Body;
use axum::http::{Request, header};

const PAGES: [&str; 4] = ["/", "/privacy", "/procedures/juminhyo-utsushi", "/nowhere"];

#[tokio::test]
async fn every_response_carries_the_security_headers() {
    let desk = Desk::open();
    let gets = PAGES.into_iter().chain([
        "/procedures/juminhyo-utsushi/definition.json",
        "/procedures/other",
        "/receipts/1",
        "/receipts/1/application.p7m",
        "/assets/application.js",
        "/assets/other.js",
        "/shomei/shomei.js",
        "/shomei/snippets/part.wasm",
        "/challenges",
    ]);
    let mut requests: Vec<_> = gets.map(|path| Request::get(path).body(Body::empty()).unwrap()).collect();
    requests.push(Request::post("/applications").body(Body::empty()).unwrap());
    for request in requests {
        let path = request.uri().clone();
        let headers = desk.send(request).await.headers;
        assert_eq!(headers[header::CONTENT_SECURITY_POLICY], CONTENT_SECURITY_POLICY, "{path}");
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
        assert_eq!(headers[header::REFERRER_POLICY], "no-referrer", "{path}");
        assert_eq!(headers["cross-origin-opener-policy"], "same-origin", "{path}");
    }
}

#[tokio::test]
async fn no_page_holds_anything_that_the_policy_would_stop() {
    let desk = Desk::open();
    for path in PAGES {
        let page = desk.get(path).await.text();
        assert!(page.contains(r#"<html lang="ja">"#) && page.contains("試験用"), "{path}");
        for inline in ["<style", "style=", "onclick=", "javascript:", "<script>", "http://", "https://"] {
            assert!(!page.contains(inline), "{path}: {inline}");
        }
    }
}

#[tokio::test]
async fn every_question_of_the_procedure_has_a_labelled_control() {
    let page = Desk::open().get("/procedures/juminhyo-utsushi").await.text();
    for (name, _) in answers() {
        for part in [format!(r#"<label for="{name}">"#), format!(r#"id="{name}" name="{name}""#)] {
            assert!(page.contains(&part), "{part}");
        }
    }
    for part in [
        r#"autocomplete="bday""#,
        r#"id="people.10.name""#,
        r#"data-when="delivery" data-when-values="counter""#,
        r#"id="confirm""#,
        r#"id="sign""#,
        r#"id="status" class="status" role="status" aria-live="polite""#,
        "<noscript>",
    ] {
        assert!(page.contains(part), "{part}");
    }
    for never in ["autocomplete=\"on\"", "password", "個人番号を入力"] {
        assert!(!page.contains(never), "{never}");
    }
}

#[tokio::test]
async fn the_receipt_shows_what_was_signed_and_only_to_the_browser_that_filed_it() {
    let (desk, mut browser) = (Desk::open(), Browser::default());
    let envelope = desk.sign(&browser.confirm(&desk).await);
    let filed = browser.file(&desk, &envelope).await.json();
    let url = filed["url"].as_str().unwrap();
    let page = browser.get(&desk, url).await;
    let text = page.text();
    for part in [
        "受付番号",
        "山田 花子",
        "必要な人 2",
        "マイナンバーカード",
        "年金の手続き &#60;em&#62;&#38;",
        "試験用",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
    let download = browser.get(&desk, &format!("{url}/application.p7m")).await;
    assert_eq!(download.body, envelope);
    assert!(download.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
    let mut stranger = Browser::default();
    let _session = stranger.confirm(&desk).await;
    for other in [stranger, Browser::default()] {
        assert_eq!(other.get(&desk, url).await.status, 404);
        assert_eq!(
            other.get(&desk, &format!("{url}/application.p7m")).await.refusal(),
            (404, "not-found".into())
        );
    }
}

#[tokio::test]
async fn the_page_module_is_served_as_it_lies_and_nothing_beside_it() {
    let desk = Desk::open();
    for (path, media_type) in [
        ("/shomei/shomei.js", "text/javascript; charset=utf-8"),
        ("/shomei/snippets/part.wasm", "application/wasm"),
    ] {
        let answer = desk.get(path).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.headers[header::CONTENT_TYPE].to_str().unwrap()),
            (200, &media_type)
        );
    }
    for path in [
        "/shomei/package.json",
        "/shomei/../filings.sqlite",
        "/shomei/%2e%2e/filings.sqlite",
        "/shomei/snippets",
    ] {
        assert_eq!(desk.get(path).await.status, 404, "{path}");
    }
}
