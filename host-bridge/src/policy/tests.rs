use std::time::Duration;

use shomei_application::{
    Application, Challenge, Container, Field, Origin, ProcedureRef, Recipient, Timestamp,
};
use shomei_protocol::ErrorCode;

use super::{OPERATION_LIMIT, Refusal, SHORTEST_OPERATION, judge, time_for};

const SITE: &str = "https://shinsei.city.mihon.lg.jp";
const LOCAL: &str = "http://localhost:8080";
const LIFE: i64 = 1800;

fn created() -> Timestamp {
    Timestamp::from_unix_seconds(1_780_000_000).unwrap()
}

fn application(origin: &str) -> Application {
    Application {
        container: Container::Cades,
        procedure: ProcedureRef {
            id: "p".into(),
            version: "1".into(),
            title: "申請".into(),
            sha256: "ab".repeat(32),
        },
        recipient: Recipient {
            id: "129992".into(),
            name: "みほん市".into(),
            origin: Origin::parse_development(origin).unwrap(),
        },
        challenge: Challenge::issue(&[7; 32], created(), LIFE).unwrap(),
        fields: vec![Field {
            name: "a".into(),
            label: "氏名".into(),
            value: "山田".into(),
            text: None,
            group: None,
        }],
        attachments: vec![],
        notices: vec![],
    }
}

fn code_at(origin: &str, bytes: &[u8], later: i64, development: bool) -> Option<ErrorCode> {
    judge(origin, bytes, created().moved_by(later), development).err().map(|refusal| refusal.code)
}

#[test]
fn a_fresh_document_of_the_asking_site_is_accepted() {
    assert_eq!(judge(SITE, &application(SITE).to_canonical(), created(), false), Ok(application(SITE)));
}

#[test]
fn the_document_must_name_the_asking_site_which_must_be_https() {
    let cases = [
        ("another site", SITE, "https://evil.example", false, Some(ErrorCode::OriginMismatch)),
        (
            "another port",
            SITE,
            "https://shinsei.city.mihon.lg.jp:8443",
            false,
            Some(ErrorCode::OriginMismatch),
        ),
        ("http", SITE, "http://shinsei.city.mihon.lg.jp", false, Some(ErrorCode::BadOrigin)),
        ("http, for development", SITE, "http://shinsei.city.mihon.lg.jp", true, Some(ErrorCode::BadOrigin)),
        ("a path", SITE, "https://shinsei.city.mihon.lg.jp/", false, Some(ErrorCode::BadOrigin)),
        ("localhost", LOCAL, LOCAL, false, Some(ErrorCode::BadOrigin)),
        ("localhost in the document", LOCAL, SITE, false, Some(ErrorCode::BadDocument)),
        ("localhost, for development", LOCAL, LOCAL, true, None),
        ("https, for development", SITE, SITE, true, None),
    ];
    for (name, recipient, asking, development, expected) in cases {
        let bytes = application(recipient).to_canonical();
        assert_eq!(code_at(asking, &bytes, 0, development), expected, "{name}");
    }
}

#[test]
fn the_challenge_is_judged_by_a_clock_that_may_be_a_quarter_of_an_hour_off() {
    let bytes = application(SITE).to_canonical();
    let cases = [
        (-901, Some(ErrorCode::ClockOff)),
        (-900, None),
        (LIFE, None),
        (LIFE + 900, None),
        (LIFE + 901, Some(ErrorCode::Expired)),
        (LIFE + 900 + 86_401, Some(ErrorCode::ClockOff)),
    ];
    for (later, expected) in cases {
        assert_eq!(code_at(SITE, &bytes, later, false), expected, "{later} s after its making");
    }
}

#[test]
fn a_refused_document_names_the_place() {
    let bytes = application(SITE).to_canonical();
    let text = String::from_utf8(bytes).unwrap();
    let cases = [
        (text.replace("山田", "山<<田"), ErrorCode::BadDocument, Some("/fields/0/value")),
        (text.replace("山田", "\u{202E}山田"), ErrorCode::BadDocument, Some("/fields/0/value")),
        (text.replace("application/1", "application/2"), ErrorCode::WrongSchema, None),
        (text.replace(":[", ": ["), ErrorCode::NotCanonical, None),
        (text.replace("\"title\"", "\"titel\""), ErrorCode::BadDocument, Some("/procedure/titel")),
        ("[]".into(), ErrorCode::BadDocument, Some("")),
    ];
    for (document, code, path) in cases {
        let expected = Refusal { code, path: path.map(Into::into) };
        assert_eq!(judge(SITE, document.as_bytes(), created(), false), Err(expected), "{document}");
    }
}

#[test]
fn a_page_may_ask_for_the_two_containers_around_documents_and_is_told_apart_from_formats_around_files() {
    let text = String::from_utf8(application(SITE).to_canonical()).unwrap();
    let cases = [
        ("cades", None),
        ("jades", None),
        ("pdf", Some(ErrorCode::FormatNotForPages)),
        ("pades", Some(ErrorCode::FormatNotForPages)),
        ("egov", Some(ErrorCode::FormatNotForPages)),
        ("xml", Some(ErrorCode::FormatNotForPages)),
        ("cades-detached", Some(ErrorCode::FormatNotForPages)),
        ("jades-detached", Some(ErrorCode::FormatNotForPages)),
        ("asic-e", Some(ErrorCode::WrongContainer)),
        ("JAdES", Some(ErrorCode::WrongContainer)),
        ("pdf ", Some(ErrorCode::WrongContainer)),
        ("", Some(ErrorCode::WrongContainer)),
    ];
    for (container, code) in cases {
        let document = text.replace("\"cades\"", &format!("\"{container}\""));
        let found = judge(SITE, document.as_bytes(), created(), false);
        assert_eq!(found.err(), code.map(Refusal::from), "{container}");
    }
    let of_another_shape = br#"{"container":"pdf","file":"a.pdf","schema":"shomei-application/1"}"#;
    assert_eq!(code_at(SITE, of_another_shape, 0, false), Some(ErrorCode::FormatNotForPages));
}

#[test]
fn an_operation_takes_ten_minutes_or_until_the_challenge_ends() {
    let application = application(SITE);
    let cases = [
        (0, OPERATION_LIMIT),
        (LIFE - 300, Duration::from_secs(300)),
        (LIFE - 5, SHORTEST_OPERATION),
        (LIFE + 800, SHORTEST_OPERATION),
    ];
    for (later, expected) in cases {
        assert_eq!(time_for(&application, created().moved_by(later)), expected, "{later} s after its making");
    }
}
