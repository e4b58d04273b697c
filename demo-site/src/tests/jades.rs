//! Applications in JAdES: taken like those in CAdES, kept as what they are, and never taken for the other kind.

use super::desk::{Browser, CMS, Desk, JOSE};
use super::standing::lab_time;
use axum::http::{StatusCode, header};
use shomei_application::{Application, Container};
use shomei_envelope::jades;
use shomei_lab::folder;

const JOSE_JSON: &str = "application/jose+json";

/// The same envelope in the flattened serialization (RFC 7515 §7.2.2).
fn flattened(compact: &[u8]) -> Vec<u8> {
    let parts: Vec<&str> = std::str::from_utf8(compact).unwrap().split('.').collect();
    let [protected, payload, signature] = parts.as_slice() else { panic!("three parts") };
    format!(r#"{{"payload":"{payload}","protected":"{protected}","signature":"{signature}"}}"#).into_bytes()
}

#[tokio::test]
async fn both_serializations_are_filed_and_given_back_as_they_came() {
    let desk = Desk::open();
    for (serialization, media_type) in [("compact", JOSE), ("flattened", JOSE_JSON)] {
        let mut browser = Browser::default();
        let compact = desk.sign(&browser.confirm_for(&desk, Container::Jades).await);
        let envelope = if serialization == "compact" { compact } else { flattened(&compact) };
        let filed = browser.file_as(&desk, media_type, &envelope).await;
        assert_eq!(filed.status, StatusCode::CREATED, "{serialization}: {}", filed.text());
        let again = browser.file_as(&desk, media_type, &envelope).await;
        assert_eq!((again.status, again.json()), (StatusCode::OK, filed.json()), "{serialization}");

        let url = filed.json()["url"].as_str().unwrap().to_owned();
        let page = browser.get(&desk, &url).await.text();
        assert!(
            page.contains("山田 花子") && page.contains(&format!(r#"href="{url}/application.jws""#)),
            "{page}"
        );
        let download = browser.get(&desk, &format!("{url}/application.jws")).await;
        assert_eq!(download.body, envelope, "{serialization}");
        assert_eq!(download.headers[header::CONTENT_TYPE], media_type);
        let name = download.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert!(name.starts_with("attachment") && name.ends_with(".jws\""), "{name}");
        let other_kind = browser.get(&desk, &format!("{url}/application.p7m")).await;
        assert_eq!(other_kind.refusal(), (404, "not-found".into()));
    }
}

#[tokio::test]
async fn an_envelope_of_one_kind_is_never_taken_for_the_other() {
    let (cades, jades) = (Container::Cades, Container::Jades);
    let unreadable = (400, "unreadable-envelope");
    let otherwise_confirmed = (409, "unknown-challenge");
    let table = [
        ("JAdES as CMS", jades, jades, jades, CMS, unreadable),
        ("CAdES as JOSE", cades, cades, cades, JOSE, unreadable),
        ("CAdES as JOSE in JSON", cades, cades, cades, JOSE_JSON, unreadable),
        ("JAdES where CAdES was confirmed", cades, jades, jades, JOSE, otherwise_confirmed),
        ("CAdES where JAdES was confirmed", jades, cades, cades, CMS, otherwise_confirmed),
        ("JAdES around a document for CAdES", cades, cades, jades, JOSE, (400, "unreadable-document")),
        ("CAdES around a document for JAdES", jades, jades, cades, CMS, (400, "unreadable-document")),
        ("neither", jades, jades, jades, "application/json", (415, "wrong-media-type")),
    ];
    let (desk, mut browser) = (Desk::open(), Browser::default());
    for (name, confirmed, named, made, media_type, (status, code)) in table {
        let document = browser.confirm_for(&desk, confirmed).await;
        let document = Application { container: named, ..document };
        let envelope = desk.sign_bytes(made, &document.to_canonical());
        let answer = browser.file_as(&desk, media_type, &envelope).await;
        assert_eq!(answer.refusal(), (status, code.into()), "{name}");
    }
}

#[tokio::test]
async fn every_tampered_character_is_refused() {
    let (desk, mut browser) = (Desk::open(), Browser::default());
    let envelope = desk.sign(&browser.confirm_for(&desk, Container::Jades).await);
    // Every 41st character lies in every part: header with certificate, document, signature.
    for place in (0..envelope.len()).step_by(41) {
        let mut tampered = envelope.clone();
        tampered[place] ^= 1;
        let answer = browser.file_as(&desk, JOSE, &tampered).await;
        assert!(answer.status.is_client_error(), "character {place}: {}", answer.text());
    }
    let another = desk.sign(&browser.confirm_for(&desk, Container::Jades).await);
    let signature = |envelope: &[u8]| envelope.iter().rposition(|octet| *octet == b'.').unwrap();
    let tampered = [&envelope[..signature(&envelope)], &another[signature(&another)..]].concat();
    let answer = browser.file_as(&desk, JOSE, &tampered).await;
    assert_eq!(answer.refusal(), (422, "signature-invalid".into()));
    assert_eq!(browser.file_as(&desk, JOSE, &envelope).await.status, 201, "nothing was consumed");
}

#[tokio::test]
async fn the_longest_envelope_is_read_and_a_longer_one_is_not() {
    let (desk, mut browser) = (Desk::open(), Browser::default());
    let _confirmed = browser.confirm_for(&desk, Container::Jades).await;
    for (length, refusal) in [
        (jades::MAX_ENVELOPE, (400, "unreadable-envelope".to_owned())),
        (jades::MAX_ENVELOPE + 1, (413, "too-large".to_owned())),
    ] {
        let answer = browser.file_as(&desk, JOSE, &vec![b'e'; length]).await;
        assert_eq!(answer.refusal(), refusal, "{length}");
    }
}

#[tokio::test]
async fn what_was_filed_in_jades_is_asked_about_again_like_the_rest() {
    let (desk, mut browser) = (Desk::with_own_world(), Browser::default());
    let envelope = desk.sign(&browser.confirm_for(&desk, Container::Jades).await);
    assert_eq!(browser.file_as(&desk, JOSE, &envelope).await.status, StatusCode::CREATED);
    desk.wait(60);
    folder::renew_lists(&desk.world, lab_time(desk.now().unix_seconds())).unwrap();
    let done = desk.site.reexamine(desk.now()).unwrap();
    assert_eq!((done.asked, done.last_word), (1, 1));
}
