use crate::limits::{
    MAX_DOCUMENT, MAX_ENVELOPE_BASE64, MAX_ID, MAX_ORIGIN, MAX_REPLY_FRAME, MAX_REQUEST_FRAME,
};
use crate::page::{PageReply, PageRequest, Status};
use crate::{
    ErrorCode, HOST_NAME, Id, Language, OLDEST_PROTOCOL, PROTOCOL, Reply, Request, RequestError, negotiate,
    parse_request, require_supported,
};
use proptest::prelude::*;

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// The codes as published. Lines are added at the end; a line is never changed, moved or taken away.
const PUBLISHED: &str = include_str!("../error-codes.txt");

#[test]
fn the_codes_are_the_published_ones_in_their_order() {
    let ours: Vec<&str> = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(ours, PUBLISHED.lines().collect::<Vec<_>>());
}

#[test]
fn every_code_says_when_and_what_next() {
    for code in ErrorCode::ALL {
        let word = code.as_str();
        assert!(word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{word}");
        assert!(code.when().ends_with('.') && code.next().ends_with('.'), "{word}");
        assert_eq!(ErrorCode::parse(word), Some(*code));
        assert_eq!(serde_json::to_value(code).unwrap(), word);
    }
}

#[test]
fn a_code_of_a_newer_side_reads_as_unavailable() {
    let reply = Reply::parse(br#"{"reply":"error","id":null,"code":"of-tomorrow"}"#).unwrap();
    assert_eq!(reply, Reply::error(None, ErrorCode::Unavailable));
}

#[test]
fn no_word_of_a_code_tells_of_card_reader_or_password() {
    for code in ErrorCode::ALL {
        let told = ["card", "reader", "pin", "password", "retry", "blocked"];
        assert!(!code.as_str().split('-').any(|part| told.contains(&part)), "{code}");
    }
}

#[test]
fn messages_are_read_as_documented() {
    let hello = Request::Hello { id: id("a1"), protocol: 1 };
    let sign = |language| Request::Sign {
        id: id("a2"),
        protocol: 1,
        origin: "https://shinsei.city.mihon.lg.jp".to_owned(),
        document: "{}".to_owned(),
        language,
    };
    let cancel = Request::Cancel { id: id("a3"), target: id("a2") };
    let cases = [
        (r#"{"id":"a1","command":"hello","protocol":1}"#, hello),
        (
            r#"{"command":"hello","protocol":4294967295,"id":"a1"}"#,
            Request::Hello { id: id("a1"), protocol: u32::MAX },
        ),
        (
            r#"{"id":"a2","command":"sign","protocol":1,"origin":"https://shinsei.city.mihon.lg.jp","document":"{}"}"#,
            sign(None),
        ),
        (
            r#"{"id":"a2","command":"sign","protocol":1,"origin":"https://shinsei.city.mihon.lg.jp","document":"{}","language":"ja-easy"}"#,
            sign(Some(Language::JaEasy)),
        ),
        (r#" {"id":"a3","command":"cancel","target":"a2"}"#, cancel),
    ];
    for (message, expected) in cases {
        assert_eq!(parse_request(message.as_bytes()), Ok(expected.clone()), "{message}");
        assert_eq!(parse_request(&serde_json::to_vec(&expected).unwrap()), Ok(expected), "{message}");
    }
}

/// Each line: a sentence | the message | the id that the refusal quotes, if any | its code.
const REFUSED: &str = r#"
nothing | | | not-json
no JSON | hello | | not-json
JSON cut short | {"id":"a","command":"hello" | | not-json
two values | {"id":"a","command":"cancel","target":"b"}{} | | not-json
a lone surrogate | {"id":"a","command":"\ud800"} | | not-json
an array | ["a","hello",1] | | bad-message
an array in the order of the members | ["hello","a",1] | | bad-message
an open array | ["a" | | not-json
a string | "hello" | | bad-message
null | null | | bad-message
no id | {"command":"hello","protocol":1} | | bad-id
an id that is null | {"id":null,"command":"hello","protocol":1} | | bad-id
an id that is a number | {"id":1,"command":"hello","protocol":1} | | bad-id
an empty id | {"id":"","command":"hello","protocol":1} | | bad-id
an id with a space | {"id":"a b","command":"hello","protocol":1} | | bad-id
an id with a dot | {"id":"a.b","command":"hello","protocol":1} | | bad-id
an id of 65 characters | {"id":"<65>","command":"hello","protocol":1} | | bad-id
two ids | {"id":"a","id":"b","command":"hello","protocol":1} | | bad-message
no command | {"id":"a","protocol":1} | a | bad-message
a command that is a number | {"id":"a","command":1} | a | bad-message
two commands | {"id":"a","command":"hello","command":"hello","protocol":1} | | bad-message
an unknown command | {"id":"a","command":"shutdown"} | a | unknown-command
a command in capitals | {"id":"a","command":"Hello","protocol":1} | a | unknown-command
the reserved login | {"id":"a","command":"login","protocol":1,"origin":"https://example.jp"} | a | not-supported
a hello without version | {"id":"a","command":"hello"} | a | bad-message
a version that is a string | {"id":"a","command":"hello","protocol":"1"} | a | bad-message
a version with a fraction | {"id":"a","command":"hello","protocol":1.5} | a | bad-message
two versions | {"id":"a","command":"hello","protocol":1,"protocol":1} | | bad-message
an unknown key | {"id":"a","command":"hello","protocol":1,"password":"x"} | a | bad-message
a key of another command | {"id":"a","command":"cancel","target":"b","protocol":1} | a | bad-message
a target that is no id | {"id":"a","command":"cancel","target":""} | a | bad-message
no target | {"id":"a","command":"cancel"} | a | bad-message
no origin | {"id":"a","command":"sign","protocol":1,"document":"{}"} | a | bad-message
an origin that is null | {"id":"a","command":"sign","protocol":1,"origin":null,"document":"{}"} | a | bad-message
a document that is an object | {"id":"a","command":"sign","protocol":1,"origin":"https://example.jp","document":{}} | a | bad-message
an unknown language | {"id":"a","command":"sign","protocol":1,"origin":"https://example.jp","document":"{}","language":"fr"} | a | bad-message
a language in an object | {"id":"a","command":"sign","protocol":1,"origin":"https://example.jp","document":"{}","language":{"ja":null}} | a | bad-message
a language that is null | {"id":"a","command":"sign","protocol":1,"origin":"https://example.jp","document":"{}","language":null} | a | bad-message
a later version | {"id":"a","command":"sign","protocol":2,"origin":"https://example.jp","document":"{}"} | a | unsupported-protocol
a later version with a key of its own | {"id":"a","command":"sign","protocol":2,"page":"x"} | a | unsupported-protocol
version zero | {"id":"a","command":"sign","protocol":0,"origin":"https://example.jp","document":"{}"} | a | unsupported-protocol
an origin that is too long | {"id":"a","command":"sign","protocol":1,"origin":"<268>","document":"{}"} | a | bad-origin
a document that is too long | {"id":"a","command":"sign","protocol":1,"origin":"https://example.jp","document":"<262145>"} | a | too-large
"#;

#[test]
fn a_bad_message_is_refused_under_its_id_where_it_has_one() {
    for line in REFUSED.lines().skip(1) {
        let columns: Vec<&str> = line.split(" |").map(str::trim).collect();
        let [name, message, quoted, code] = columns.as_slice() else { panic!("four columns: {line}") };
        let lengths = [("<65>", MAX_ID + 1), ("<268>", MAX_ORIGIN + 1), ("<262145>", MAX_DOCUMENT + 1)];
        let message = lengths
            .iter()
            .fold((*message).to_owned(), |text, (sign, length)| text.replace(sign, &"x".repeat(*length)));
        let expected = RequestError { id: Id::parse(quoted).ok(), code: ErrorCode::parse(code).unwrap() };
        assert_eq!(parse_request(message.as_bytes()), Err(expected), "{name}");
    }
}

#[test]
fn bytes_that_are_not_utf8_are_not_json() {
    let expected = RequestError { id: None, code: ErrorCode::NotJson };
    assert_eq!(parse_request(b"{\"id\":\"a\",\"command\":\"\xFF\"}"), Err(expected));
}

#[test]
fn a_frame_beyond_the_maximum_is_refused_unread() {
    let expected = RequestError { id: None, code: ErrorCode::TooLarge };
    assert_eq!(parse_request(&vec![b' '; MAX_REQUEST_FRAME + 1]), Err(expected));
}

#[test]
fn replies_are_written_as_documented() {
    let cases = [
        (
            Reply::Hello {
                id: id("a1"),
                protocol: 1,
                version: "0.1.0".to_owned(),
                capabilities: vec!["sign".to_owned()],
            },
            r#"{"reply":"hello","id":"a1","protocol":1,"version":"0.1.0","capabilities":["sign"]}"#,
            true,
        ),
        (Reply::Opened { id: id("a2") }, r#"{"reply":"opened","id":"a2"}"#, false),
        (
            Reply::Signed { id: id("a2"), envelope: "MIIB".to_owned() },
            r#"{"reply":"signed","id":"a2","envelope":"MIIB"}"#,
            true,
        ),
        (Reply::Cancelling { id: id("a3") }, r#"{"reply":"cancelling","id":"a3"}"#, true),
        (
            Reply::error(Some(id("a2")), ErrorCode::Cancelled),
            r#"{"reply":"error","id":"a2","code":"cancelled"}"#,
            true,
        ),
        (Reply::error(None, ErrorCode::BadFrame), r#"{"reply":"error","id":null,"code":"bad-frame"}"#, true),
        (
            Reply::Error {
                id: Some(id("a2")),
                code: ErrorCode::BadDocument,
                path: Some("/fields/3/value".to_owned()),
            },
            r#"{"reply":"error","id":"a2","code":"bad-document","path":"/fields/3/value"}"#,
            true,
        ),
    ];
    for (reply, json, last) in cases {
        assert_eq!(String::from_utf8(reply.to_json().unwrap()).unwrap(), json);
        assert_eq!(Reply::parse(json.as_bytes()).unwrap(), reply, "{json}");
        assert_eq!(reply.is_last(), last, "{json}");
        assert_eq!(
            serde_json::to_value(reply.id()).unwrap(),
            serde_json::to_value(&reply).unwrap()["id"],
            "{json}"
        );
    }
}

#[test]
fn a_reply_with_a_key_too_many_is_none() {
    let cases = [
        r#"{"reply":"opened","id":"a2","tries":3}"#,
        r#"{"reply":"error","id":"a2","code":"unavailable","reason":"no card"}"#,
        r#"{"reply":"signed","id":"a2"}"#,
        r#"{"reply":"progress","id":"a2"}"#,
        r#"["opened","a2"]"#,
    ];
    for json in cases {
        assert!(Reply::parse(json.as_bytes()).is_err(), "{json}");
    }
}

#[test]
fn a_reply_is_never_longer_than_browsers_take() {
    let signed = |length| Reply::Signed { id: id(&"a".repeat(MAX_ID)), envelope: "A".repeat(length) };
    assert!(signed(MAX_ENVELOPE_BASE64).to_json().unwrap().len() <= MAX_REPLY_FRAME);
    assert!(signed(MAX_REPLY_FRAME).to_json().is_err());
    assert!(Reply::parse(&vec![b' '; MAX_REPLY_FRAME + 1]).is_err());
}

#[test]
fn the_longest_documents_message_fits_its_frame() {
    let request = Request::Sign {
        id: id(&"a".repeat(MAX_ID)),
        protocol: PROTOCOL,
        origin: "x".repeat(MAX_ORIGIN),
        document: "\"".repeat(MAX_DOCUMENT),
        language: Some(Language::JaEasy),
    };
    assert_eq!(parse_request(&serde_json::to_vec(&request).unwrap()), Ok(request));
}

#[test]
fn two_sides_speak_the_newest_version_that_both_know() {
    let cases = [
        (0, Err(ErrorCode::UnsupportedProtocol)),
        (OLDEST_PROTOCOL, Ok(OLDEST_PROTOCOL)),
        (PROTOCOL, Ok(PROTOCOL)),
        (PROTOCOL + 1, Ok(PROTOCOL)),
        (u32::MAX, Ok(PROTOCOL)),
    ];
    for (offered, expected) in cases {
        assert_eq!(negotiate(offered), expected, "{offered}");
    }
    assert_eq!(require_supported(PROTOCOL), Ok(()));
    assert_eq!(require_supported(PROTOCOL + 1), Err(ErrorCode::UnsupportedProtocol));
}

#[test]
fn the_host_name_is_one_that_browsers_accept() {
    let spelled =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    assert!(HOST_NAME.split('.').all(spelled));
}

#[test]
fn page_messages_have_no_origin_and_no_reasons() {
    let refused_requests = [
        r#"{"command":"sign","id":"a","protocol":1,"document":"{}","origin":"https://example.jp"}"#,
        r#"{"command":"status"}"#,
    ];
    for json in refused_requests {
        assert!(serde_json::from_str::<PageRequest>(json).is_err(), "{json}");
    }
    let refused_replies = [
        r#"{"reply":"status","id":"a","status":"no-card"}"#,
        r#"{"reply":"status","id":"a","status":"not-ready","reason":"no card"}"#,
    ];
    for json in refused_replies {
        assert!(PageReply::parse(json).is_err(), "{json}");
    }
}

#[test]
fn page_messages_are_written_as_documented() {
    let sign = PageRequest::Sign { id: id("a"), protocol: 1, document: "{}".to_owned(), language: None };
    let requests = [
        (PageRequest::Status { id: id("a") }, r#"{"command":"status","id":"a"}"#),
        (sign, r#"{"command":"sign","id":"a","protocol":1,"document":"{}"}"#),
        (
            PageRequest::Cancel { id: id("b"), target: id("a") },
            r#"{"command":"cancel","id":"b","target":"a"}"#,
        ),
    ];
    for (request, json) in requests {
        assert_eq!(request.to_json().unwrap(), json);
        assert_eq!(serde_json::from_str::<PageRequest>(json).unwrap(), request);
    }
    let replies = [
        (
            PageReply::Status { id: id("a"), status: Status::NotReady },
            r#"{"reply":"status","id":"a","status":"not-ready"}"#,
        ),
        (PageReply::Opened { id: id("a") }, r#"{"reply":"opened","id":"a"}"#),
    ];
    for (reply, json) in replies {
        assert_eq!(serde_json::to_string(&reply).unwrap(), json);
        assert_eq!(PageReply::parse(json).unwrap(), reply);
    }
}

proptest! {
    #[test]
    fn any_bytes_get_an_answer(message in prop::collection::vec(any::<u8>(), 0..64)) {
        prop_assert!(parse_request(&message).is_err());
    }

    #[test]
    fn any_text_in_a_sign_request_arrives_unchanged(origin in "[ -~]{0,80}", document in any::<String>()) {
        let request = Request::Sign { id: id("a"), protocol: PROTOCOL, origin, document, language: None };
        prop_assert_eq!(parse_request(&serde_json::to_vec(&request).unwrap()), Ok(request));
    }

    #[test]
    fn an_id_is_its_own_text_or_none(text in "[A-Za-z0-9_. -]{0,70}") {
        let fits = (1..=MAX_ID).contains(&text.len()) && !text.contains(['.', ' ']);
        prop_assert_eq!(Id::parse(&text).ok().map(|id| id.to_string()), fits.then_some(text));
    }
}
