//! From confirmation to receipt, once, twice, and while the database does not work.

use super::desk::{Browser, CMS, Desk, ORIGIN};
use crate::limits::MAX_ENVELOPE_BYTES;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use rusqlite::Connection;
use serde_json::json;
use shomei_application::Container;

#[tokio::test]
async fn a_confirmed_and_signed_application_gets_a_receipt_and_its_evidence_is_kept() {
    let (desk, mut browser) = (Desk::open(), Browser::default());
    let envelope = desk.sign(&browser.confirm(&desk).await);
    let answer = browser.file(&desk, &envelope).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    let receipt = answer.json()["receipt"].as_str().unwrap().to_owned();
    assert!(receipt.ends_with("-000001") && receipt.len() == 15, "{receipt}");
    assert_eq!(answer.json()["url"], format!("/receipts/{receipt}"));

    let database = Connection::open(desk.database()).unwrap();
    let sql = "SELECT envelope, report, revocation, received_at FROM filing";
    type Row = (Vec<u8>, String, String, i64);
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    let (kept, report, revocation, at): Row = database.query_row(sql, [], read).unwrap();
    assert_eq!((kept, revocation.as_str(), at), (envelope, "good", desk.now().unix_seconds()));
    assert!(report.contains(r#""verdict":"valid""#), "{report}");
}

#[tokio::test]
async fn the_same_envelope_again_gets_the_same_receipt_even_after_the_challenge_has_expired() {
    let (desk, mut browser) = (Desk::open(), Browser::default());
    let envelope = desk.sign(&browser.confirm(&desk).await);
    let first = browser.file(&desk, &envelope).await;
    desk.wait(2 * 60 * 60);
    let again = browser.file(&desk, &envelope).await;
    assert_eq!((first.status, again.status), (StatusCode::CREATED, StatusCode::OK));
    assert_eq!(first.json(), again.json());
}

#[tokio::test]
async fn another_envelope_for_a_used_challenge_is_refused() {
    let (desk, mut browser) = (Desk::open(), Browser::default());
    let mut document = browser.confirm(&desk).await;
    assert_eq!(browser.file(&desk, &desk.sign(&document)).await.status, StatusCode::CREATED);
    document.fields[9].value = "3".into();
    assert_eq!(browser.file(&desk, &desk.sign(&document)).await.refusal(), (409, "challenge-used".into()));
}

#[tokio::test]
async fn one_envelope_sent_twice_at_once_is_stored_once() {
    let (desk, mut browser) = (Desk::open(), Browser::default());
    let envelope = desk.sign(&browser.confirm(&desk).await);
    let (one, two) = tokio::join!(browser.file(&desk, &envelope), browser.file(&desk, &envelope));
    assert!(one.status.is_success() && two.status.is_success(), "{} {}", one.text(), two.text());
    assert_eq!(one.json(), two.json());
}

#[tokio::test]
async fn a_database_that_does_not_work_consumes_nothing_and_the_same_envelope_is_taken_later() {
    let (desk, mut browser) = (Desk::open(), Browser::default());
    let envelope = desk.sign(&browser.confirm(&desk).await);
    let other = Connection::open(desk.database()).unwrap();
    let troubles = [
        ("BEGIN IMMEDIATE", "ROLLBACK"),
        (
            "CREATE TRIGGER full BEFORE INSERT ON filing BEGIN SELECT RAISE(ABORT, 'full'); END",
            "DROP TRIGGER full",
        ),
    ];
    for (begins, ends) in troubles {
        other.execute_batch(begins).unwrap();
        let refused = browser.file(&desk, &envelope).await;
        other.execute_batch(ends).unwrap();
        assert_eq!(refused.refusal(), (503, "temporarily-unavailable".into()), "{begins}");
    }
    assert_eq!(browser.file(&desk, &envelope).await.status, StatusCode::CREATED);
    assert!(desk.journal().contains(r#"{"event":"store-failed","sqlite":5}"#), "{}", desk.journal());
}

#[tokio::test]
async fn a_refused_envelope_consumes_nothing() {
    let (desk, mut browser) = (Desk::open(), Browser::default());
    let document = browser.confirm(&desk).await;
    let mut wrong = document.clone();
    wrong.fields[0].label = "申請者".into();
    assert_eq!(browser.file(&desk, &desk.sign(&wrong)).await.refusal(), (422, "contents-refused".into()));
    assert_eq!(browser.file(&desk, &desk.sign(&document)).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn what_is_no_envelope_is_refused_before_anything_is_asked_of_it() {
    let (desk, mut browser) = (Desk::open(), Browser::default());
    let _confirmed = browser.confirm(&desk).await;
    let table = [
        (Vec::new(), (400, "unreadable-envelope")),
        (b"{}".to_vec(), (400, "unreadable-envelope")),
        (vec![0x30; MAX_ENVELOPE_BYTES], (400, "unreadable-envelope")),
        (vec![0x30; MAX_ENVELOPE_BYTES + 1], (413, "too-large")),
        (desk.sign_bytes(Container::Cades, b"{}"), (400, "unreadable-document")),
    ];
    for (body, (status, code)) in table {
        assert_eq!(browser.file(&desk, &body).await.refusal(), (status, code.into()), "{} bytes", body.len());
    }
}

#[tokio::test]
async fn the_challenge_binds_what_the_site_says_it_binds() {
    let (desk, mut browser) = (Desk::open(), Browser::default());
    let answer = browser.ask(&desk, r#"{"procedure":"juminhyo-utsushi","container":"cades"}"#).await;
    let issued = answer.json();
    assert_eq!(issued["recipient"], json!({"id": "129992", "name": "みほん市", "origin": ORIGIN}));
    assert_eq!(issued["procedure"]["id"], "juminhyo-utsushi");
    assert_eq!(issued["challenge"]["createdAt"], desk.now().to_string());
    assert_eq!(issued["challenge"]["expiresAt"], desk.now().moved_by(30 * 60).to_string());
    assert_eq!(issued["challenge"]["value"].as_str().unwrap().len(), 43);
    let second = browser.ask(&desk, r#"{"procedure":"juminhyo-utsushi","container":"cades"}"#).await;
    assert!(second.headers.get(header::SET_COOKIE).is_none(), "the session goes on");
    assert_ne!(second.json()["challenge"]["value"], issued["challenge"]["value"]);
}

#[tokio::test]
async fn a_wish_for_anything_else_gets_no_challenge() {
    let (desk, mut browser) = (Desk::open(), Browser::default());
    let table = [
        ("", (400, "unreadable-request")),
        (r#"{"procedure":"juminhyo-utsushi"}"#, (400, "unreadable-request")),
        (r#"{"procedure":"juminhyo-utsushi","container":"pdf"}"#, (400, "unreadable-request")),
        (r#"{"procedure":"juminhyo-utsushi","container":"cades","x":1}"#, (400, "unreadable-request")),
        (r#"{"procedure":"tenshutsu","container":"cades"}"#, (404, "not-found")),
        (&" ".repeat(5000), (413, "too-large")),
    ];
    for (body, (status, code)) in table {
        assert_eq!(browser.ask(&desk, body).await.refusal(), (status, code.into()), "{body}");
    }
}

#[tokio::test]
async fn another_sites_page_can_neither_confirm_nor_file() {
    let desk = Desk::open();
    for path in ["/challenges", "/applications", "/", "/nowhere"] {
        for (name, value) in
            [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("x", "y")]
        {
            let request = Request::post(path).header(name, value).header(header::CONTENT_TYPE, CMS);
            let answer = desk.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.refusal(), (403, "cross-site".into()), "{path} {name}");
        }
    }
}

#[tokio::test]
async fn nothing_about_a_person_is_written_down() {
    let (desk, mut browser) = (Desk::open(), Browser::default());
    let mut document = browser.confirm(&desk).await;
    let challenge = document.challenge.value.clone();
    let filed = browser.file(&desk, &desk.sign(&document)).await.json();
    document.fields[0].value = "山田 次郎".into();
    let _refused = browser.file(&desk, &desk.sign(&document)).await;
    let _missing = browser.get(&desk, "/receipts/山田").await;
    let journal = desk.journal();
    for line in journal.lines() {
        let event: serde_json::Value = serde_json::from_str(line).unwrap();
        let known = ["event", "code", "revocation", "sqlite", "from", "to", "count"];
        assert!(event.as_object().unwrap().keys().all(|key| known.contains(&key.as_str())), "{line}");
    }
    let id = browser.cookie.as_deref().and_then(|cookie| cookie.split('=').nth(1)).unwrap();
    for secret in ["山田", "千葉", "1985", "043", id, &challenge, filed["receipt"].as_str().unwrap()] {
        assert!(!journal.contains(secret), "{secret}: {journal}");
    }
    assert_eq!(journal.lines().count(), 4, "{journal}");
}
