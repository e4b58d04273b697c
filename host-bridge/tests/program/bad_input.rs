//! Every bad frame and message gets its answer at once, without a window, and the connection goes on where it can.

use std::time::{Duration, Instant};

use crate::running::{CALLER, Host, Place, SITE, document, frame, hello, sign};
use serde_json::{Value, json};
use shomei_protocol::limits::{MAX_DOCUMENT, MAX_REQUEST_FRAME};

/// An answer takes a few milliseconds; this leaves room for a machine that builds at the same time.
const AT_ONCE: Duration = Duration::from_secs(1);

fn installed() -> (Place, Host) {
    let place = Place::installed(&[]);
    let host = place.host(&place.launcher(), CALLER);
    (place, host)
}

/// The message's frame, the id that the answer quotes, and its code.
type Case = (&'static str, Vec<u8>, Value, &'static str);

fn message(name: &'static str, message: Value, code: &'static str) -> Case {
    let id = message["id"].clone();
    (name, frame(message.to_string().as_bytes()), id, code)
}

fn unreadable(name: &'static str, body: &[u8], code: &'static str) -> Case {
    (name, frame(body), Value::Null, code)
}

fn with(mut message: Value, key: &str, value: Value) -> Value {
    message[key] = value;
    message
}

fn messages() -> Vec<Case> {
    let good = document(0);
    let longer = format!("{}{}", " ".repeat(MAX_DOCUMENT), good);
    vec![
        unreadable("an empty frame", b"", "bad-frame"),
        unreadable("not UTF-8", b"\xFF\xFE{}", "bad-frame"),
        unreadable("not JSON", b"{\"id\":", "not-json"),
        unreadable("two values", b"{}{}", "not-json"),
        unreadable("an array", b"[]", "bad-message"),
        unreadable("no id", b"{\"command\":\"hello\",\"protocol\":1}", "bad-id"),
        unreadable("an id with a space", b"{\"id\":\"a b\",\"command\":\"hello\",\"protocol\":1}", "bad-id"),
        unreadable("a number as id", b"{\"id\":1,\"command\":\"hello\",\"protocol\":1}", "bad-id"),
        message("an unknown command", json!({"id": "m1", "command": "read-card"}), "unknown-command"),
        message("a reserved command", json!({"id": "m2", "command": "login"}), "not-supported"),
        message("an unknown key", with(hello("m3"), "extra", json!(1)), "bad-message"),
        message("a used id", hello("first"), "reused-id"),
        message("protocol 0", with(hello("m4"), "protocol", json!(0)), "unsupported-protocol"),
        message("protocol 2", with(sign("m5", SITE, &good), "protocol", json!(2)), "unsupported-protocol"),
        message(
            "no document",
            json!({"id": "m6", "command": "sign", "protocol": 1, "origin": SITE}),
            "bad-message",
        ),
        message("an http site", sign("d1", "http://shinsei.city.mihon.lg.jp", &good), "bad-origin"),
        message("localhost without --dev", sign("d2", "http://localhost:3000", &good), "bad-origin"),
        message("no origin", sign("d3", "", &good), "bad-origin"),
        message("another site's document", sign("d4", "https://evil.example", &good), "origin-mismatch"),
        message("a document that is no JSON", sign("d5", SITE, "{"), "bad-document"),
        message(
            "an unknown member",
            sign("d6", SITE, &good.replace("\"notices\"", "\"notice\"")),
            "bad-document",
        ),
        message(
            "a right-to-left character",
            sign("d7", SITE, &good.replace("理由", "理\u{202E}由")),
            "bad-document",
        ),
        message(
            "an invisible character",
            sign("d8", SITE, &good.replace("理由", "理\u{200B}由")),
            "bad-document",
        ),
        message("markup", sign("d9", SITE, &good.replace("family", "<<family>>")), "bad-document"),
        message(
            "another schema",
            sign("d10", SITE, &good.replace("application/1", "application/2")),
            "wrong-schema",
        ),
        message("a PDF", sign("d11", SITE, &good.replace("\"cades\"", "\"pdf\"")), "format-not-for-pages"),
        message(
            "a container of tomorrow",
            sign("d12", SITE, &good.replace("\"cades\"", "\"asic-e\"")),
            "wrong-container",
        ),
        message("not canonical", sign("d13", SITE, &good.replace(":[", ": [")), "not-canonical"),
        message("an old challenge", sign("d14", SITE, &document(2 * 60 * 60)), "expired"),
        message("a challenge from the future", sign("d15", SITE, &document(-20 * 60)), "clock-off"),
        message("a challenge from last week", sign("d16", SITE, &document(7 * 24 * 60 * 60)), "clock-off"),
        message("a long document", sign("d17", SITE, &longer), "too-large"),
    ]
}

#[test]
fn every_bad_message_is_answered_with_its_code_and_the_connection_goes_on() {
    let (_place, mut host) = installed();
    host.send(&hello("first"));
    assert_eq!(host.reply()["reply"], "hello");
    for (name, bytes, id, code) in messages() {
        let asked = Instant::now();
        host.raw(&bytes);
        let reply = host.reply();
        assert_eq!(
            (&reply["reply"], &reply["code"], &reply["id"]),
            (&json!("error"), &json!(code), &id),
            "{name}"
        );
        assert!(asked.elapsed() < AT_ONCE, "{name} took {:?}", asked.elapsed());
    }
    host.send(&hello("last"));
    assert_eq!(host.reply()["reply"], "hello");
}

#[test]
fn a_refused_document_is_told_by_its_place() {
    let (_place, mut host) = installed();
    host.send(&sign("a", SITE, &document(0).replace("family", "<<family>>")));
    assert_eq!(host.reply()["path"], "/fields/0/value");
}

#[test]
fn a_frame_that_breaks_the_stream_is_answered_and_ends_the_connection() {
    let over = u32::try_from(MAX_REQUEST_FRAME + 1).unwrap().to_ne_bytes().to_vec();
    let cases = [
        ("over the limit", over, "too-large"),
        ("the longest length", u32::MAX.to_ne_bytes().to_vec(), "too-large"),
        ("half a length", vec![2, 0], "bad-frame"),
        ("half a message", frame(b"{}")[..5].to_vec(), "bad-frame"),
    ];
    for (name, bytes, code) in cases {
        let (_place, mut host) = installed();
        host.raw(&bytes);
        if code == "bad-frame" {
            host.hang_up();
        }
        let reply = host.reply();
        assert_eq!((&reply["code"], &reply["id"]), (&json!(code), &Value::Null), "{name}");
        assert!(host.is_silent_to_the_end(), "{name}");
        assert!(host.child.wait().unwrap().success(), "{name}");
    }
}

#[test]
fn a_cancel_of_nothing_is_heard() {
    let (_place, mut host) = installed();
    host.send(&json!({"id": "a", "command": "cancel", "target": "b"}));
    assert_eq!(host.reply(), json!({"reply": "cancelling", "id": "a"}));
}

#[test]
fn a_sound_request_without_a_display_is_answered_too() {
    let (_place, mut host) = installed();
    host.send(&sign("a", SITE, &document(0)));
    let reply = host.reply();
    assert_eq!((&reply["code"], &reply["id"]), (&json!("unavailable"), &json!("a")));
}

#[test]
fn the_end_of_input_ends_the_host_without_a_word() {
    let (_place, mut host) = installed();
    host.hang_up();
    assert!(host.is_silent_to_the_end());
    assert!(host.child.wait().unwrap().success());
}

#[test]
fn a_caller_that_it_was_not_installed_for_is_refused_whatever_it_asks() {
    let place = Place::installed(&[]);
    let stranger = "chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba/";
    let cases =
        [("a stranger", place.launcher(), stranger), ("no settings", crate::running::program(), CALLER)];
    for (name, launcher, caller) in cases {
        let mut host = place.host(&launcher, caller);
        for request in [hello("a"), sign("b", SITE, &document(0))] {
            host.send(&request);
            assert_eq!(host.reply()["code"], "forbidden-caller", "{name}");
        }
    }
}

#[test]
fn only_one_host_of_a_user_works_at_a_time() {
    let place = Place::installed(&[]);
    let folder = place.files().parent().unwrap().join("shomei");
    std::fs::create_dir(&folder).unwrap();
    std::fs::set_permissions(&folder, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let lock = std::fs::File::create(folder.join("operation.lock")).unwrap();
    lock.lock().unwrap();
    let mut host = place.host(&place.launcher(), CALLER);
    host.send(&sign("a", SITE, &document(0)));
    assert_eq!(host.reply()["code"], "busy");
}
