//! A signature made for another city, site, procedure, browser or time is worth nothing here.

use super::desk::{Browser, Desk};
use shomei_application::{Application, Challenge, Origin};

#[tokio::test]
async fn a_document_for_another_purpose_is_refused_by_name() {
    type Change = fn(&mut Application);
    let table: [(&str, Change, (u16, &str)); 11] = [
        ("another city", |d| d.recipient.id = "129984".into(), (422, "wrong-recipient")),
        ("another site", |d| d.recipient.origin = origin("https://evil.example"), (422, "wrong-origin")),
        (
            "another port",
            |d| d.recipient.origin = origin("https://shinsei.city.mihon.lg.jp:8443"),
            (422, "wrong-origin"),
        ),
        ("another definition", |d| d.procedure.sha256 = "0".repeat(64), (422, "wrong-procedure")),
        ("another version", |d| d.procedure.version = "2".into(), (422, "wrong-procedure")),
        ("another procedure", |d| d.procedure.id = "tenshutsu".into(), (422, "wrong-procedure")),
        ("another title", |d| d.procedure.title = "転出届".into(), (422, "contents-refused")),
        ("a challenge of its own", |d| d.challenge = own_challenge(d), (409, "unknown-challenge")),
        (
            "a longer life",
            |d| d.challenge.expires_at = d.challenge.expires_at.moved_by(60),
            (409, "unknown-challenge"),
        ),
        ("a notice less", |d| drop(d.notices.pop()), (422, "contents-refused")),
        ("another choice's words", |d| d.fields[4].text = Some("世帯全員".into()), (422, "contents-refused")),
    ];
    let (desk, mut browser) = (Desk::open(), Browser::default());
    for (case, change, (status, code)) in table {
        let mut document = browser.confirm(&desk).await;
        change(&mut document);
        let answer = browser.file(&desk, &desk.sign(&document)).await;
        assert_eq!(answer.refusal(), (status, code.into()), "{case}");
    }
}

#[tokio::test]
async fn another_browsers_challenge_is_unknown() {
    let (desk, mut victim, mut thief) = (Desk::open(), Browser::default(), Browser::default());
    let envelope = desk.sign(&victim.confirm(&desk).await);
    let _session = thief.confirm(&desk).await;
    assert_eq!(thief.file(&desk, &envelope).await.refusal(), (409, "unknown-challenge".into()));
    assert_eq!(Browser::default().file(&desk, &envelope).await.refusal(), (401, "no-session".into()));
    assert_eq!(victim.file(&desk, &envelope).await.status, 201);
    assert_eq!(thief.file(&desk, &envelope).await.refusal(), (409, "unknown-challenge".into()));
}

#[tokio::test]
async fn a_challenge_ends_after_thirty_minutes_and_a_session_after_twelve_hours() {
    let (desk, mut browser) = (Desk::open(), Browser::default());
    let envelope = desk.sign(&browser.confirm(&desk).await);
    desk.wait(30 * 60 + 1);
    assert_eq!(browser.file(&desk, &envelope).await.refusal(), (409, "challenge-expired".into()));
    desk.wait(12 * 60 * 60);
    assert_eq!(browser.file(&desk, &envelope).await.refusal(), (401, "no-session".into()));
}

#[tokio::test]
async fn who_signs_is_who_applies() {
    let table = [
        ("another name", 0, "山田 次郎", (422, "applicant-mismatch")),
        ("another birthday", 2, "1985-04-02", (422, "applicant-mismatch")),
        ("an individual number", 10, "番号は １２３４－５６７８－９０１８ です", (422, "individual-number")),
    ];
    let (desk, mut browser) = (Desk::open(), Browser::default());
    for (case, field, value, (status, code)) in table {
        let mut document = browser.confirm(&desk).await;
        document.fields[field].value = value.into();
        let answer = browser.file(&desk, &desk.sign(&document)).await;
        assert_eq!(answer.refusal(), (status, code.into()), "{case}");
    }
    let mut document = browser.confirm(&desk).await;
    document.fields[0].value = "山田太郎".into();
    document.fields[1].value = "みほん市内".into();
    assert_eq!(browser.file(&desk, &desk.sign(&document)).await.status, 201, "addresses are for the staff");
}

fn origin(text: &str) -> Origin {
    Origin::parse(text).unwrap()
}

fn own_challenge(document: &Application) -> Challenge {
    Challenge::issue(&[9; 32], document.challenge.created_at, 60).unwrap()
}
