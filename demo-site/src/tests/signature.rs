//! Signature, certificate and revocation.

use super::desk::{Browser, Desk};
use der::DateTime;
use shomei_lab::{Purpose, Reason, folder};
use std::fs;

#[tokio::test]
async fn every_tampered_byte_is_refused() {
    let (desk, mut browser) = (Desk::open(), Browser::default());
    let envelope = desk.sign(&browser.confirm(&desk).await);
    // Every 41st byte lies in every part: content, certificate, attributes, signature.
    for place in (0..envelope.len()).step_by(41) {
        let mut tampered = envelope.clone();
        tampered[place] ^= 1;
        let answer = browser.file(&desk, &tampered).await;
        assert!(answer.status.is_client_error(), "byte {place}: {}", answer.text());
    }
    let content = envelope.windows(6).position(|part| part == "世帯".as_bytes()).unwrap();
    let mut tampered = envelope.clone();
    tampered.splice(content..content + 6, "家族".bytes());
    assert_eq!(browser.file(&desk, &tampered).await.refusal(), (422, "signature-invalid".into()));
    assert_eq!(browser.file(&desk, &envelope).await.status, 201, "nothing was consumed");
}

#[tokio::test]
async fn a_certificate_of_authorities_that_are_not_trusted_here_is_refused() {
    let (desk, mut browser) = (Desk::with_other_authorities(), Browser::default());
    let envelope = desk.sign(&browser.confirm(&desk).await);
    assert_eq!(browser.file(&desk, &envelope).await.refusal(), (422, "certificate-not-trusted".into()));
}

#[tokio::test]
async fn a_certificate_that_is_over_is_refused() {
    let (desk, mut browser) = (Desk::open(), Browser::default());
    desk.wait(7 * 365 * 24 * 60 * 60);
    let envelope = desk.sign(&browser.confirm(&desk).await);
    assert_eq!(browser.file(&desk, &envelope).await.refusal(), (422, "certificate-expired".into()));
}

#[tokio::test]
async fn a_revoked_certificate_is_refused_as_soon_as_a_list_names_it() {
    let (desk, mut browser) = (Desk::with_own_world(), Browser::default());
    let envelope = desk.sign(&browser.confirm(&desk).await);
    let now = u64::try_from(desk.now().unix_seconds()).unwrap();
    let at = DateTime::from_unix_duration(std::time::Duration::from_secs(now - 30)).unwrap();
    folder::revoke(&desk.world, "yamada-taro", Purpose::Signature, Reason::AffiliationChanged, at).unwrap();
    assert_eq!(browser.file(&desk, &envelope).await.refusal(), (422, "certificate-revoked".into()));
}

#[tokio::test]
async fn an_application_that_nobody_can_say_about_is_kept_and_never_called_valid() {
    let (desk, mut browser) = (Desk::with_own_world(), Browser::default());
    let envelope = desk.sign(&browser.confirm(&desk).await);
    fs::write(desk.world.join("crl/signature-mihon-shi.crl"), b"broken").unwrap();
    let answer = browser.file(&desk, &envelope).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let page = browser.get(&desk, answer.json()["url"].as_str().unwrap()).await.text();
    assert!(page.contains("受付・失効確認待ち") && !page.contains("有効"), "{page}");
    assert!(desk.journal().contains(r#"{"event":"accepted","revocation":"unknown"}"#));
}
