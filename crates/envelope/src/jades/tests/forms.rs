//! Other forms of the same thing, each with the reason for which it is refused.

use super::*;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use shomei_application::json::{Error as JsonError, ErrorKind};

fn encode(octets: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(octets)
}

/// The good header as text, with one passage replaced.
fn header_with(from: &str, to: &str) -> String {
    let text = String::from_utf8(header(lab()).encode()).unwrap();
    assert_eq!(text.matches(from).count(), 1, "{from} in {text}");
    text.replace(from, to)
}

/// An envelope with this header, which lacks nothing but a good signature.
fn under(header: &str) -> String {
    format!("{}.{}", form::signing_input(header.as_bytes(), b"{}"), encode(&[0x55; SIGNATURE_LENGTH]))
}

#[test]
fn every_other_header_is_refused_by_name() {
    use HeaderError::*;
    let certificate = base64::prelude::BASE64_STANDARD.encode(&lab().holder().signature.certificate);
    let once = format!("[\"{certificate}\"]");
    let twice = format!("[\"{certificate}\",\"{certificate}\"]");
    let digest = encode(&digest(&lab().holder().signature.certificate));
    let seconds = lab().now.unix_seconds().to_string();
    let with = |parameter: &str| header_with("{\"alg\"", &format!("{{{parameter},\"alg\""));
    let whole = header_with("RS256", "RS256");
    let type_with = |found: &str| (header_with(TYPE, found), Type { expected: TYPE, found: found.into() });
    let algorithm = |found: &str| (header_with("RS256", found), Algorithm { found: found.into() });
    let json = |offset, kind| Json(JsonError { offset, kind });
    let table: Vec<(&str, (String, HeaderError))> = vec![
        ("no signature", (header_with("RS256", "none"), Unsecured)),
        ("no signature in another spelling", algorithm("None")),
        ("a shared secret", algorithm("HS256")),
        ("another padding", algorithm("PS256")),
        ("another digest", algorithm("RS512")),
        ("a curve", algorithm("ES384")),
        ("small letters", algorithm("rs256")),
        ("no algorithm", (header_with("\"alg\":\"RS256\",", ""), Parameter { pointer: "/alg" })),
        ("an algorithm that is no text", (header_with("\"RS256\"", "256"), Parameter { pointer: "/alg" })),
        ("extensions", (with("\"crit\":[\"exp\"]"), Critical)),
        ("no extensions", (with("\"crit\":[]"), Critical)),
        ("an unencoded payload", (with("\"b64\":false"), UnencodedPayload)),
        ("an encoded payload, said aloud", (with("\"b64\":true"), UnencodedPayload)),
        (
            "an unencoded payload as it must be declared",
            (with("\"b64\":false,\"crit\":[\"b64\"]"), UnencodedPayload),
        ),
        ("a key", (with("\"jwk\":{\"kty\":\"RSA\"}"), Jwk)),
        ("a place of keys", (with("\"jku\":\"https://keys.example\""), Jku)),
        ("a place of certificates", (with("\"x5u\":\"https://keys.example\""), X5u)),
        ("a key's name", (with("\"kid\":\"1\""), Unknown("kid".into()))),
        ("a content type", (with("\"cty\":\"json\""), Unknown("cty".into()))),
        ("compression", (with("\"zip\":\"DEF\""), Unknown("zip".into()))),
        (
            "the signing time of earlier versions",
            (with("\"sigT\":\"2026-01-01T00:00:00Z\""), Unknown("sigT".into())),
        ),
        ("the digest of SHA-1", (with("\"x5t\":\"\""), Unknown("x5t".into()))),
        ("a detached payload", (with("\"sigD\":{}"), Unknown("sigD".into()))),
        ("a parameter twice", (with("\"alg\":\"RS256\""), json(15, ErrorKind::DuplicateKey))),
        ("a null", (with("\"x\":null"), json(5, ErrorKind::Null))),
        ("nine levels", (with("\"x\":[[[[[[[[1]]]]]]]]"), json(12, ErrorKind::TooDeep))),
        ("a general type", type_with("JOSE")),
        ("a token", type_with("JWT")),
        ("a type with its prefix", type_with("application/shomei-application+jose")),
        ("a type in capitals", type_with("Shomei-Application+jose")),
        ("the type of a login", type_with("shomei-login+jose")),
        ("no type", (header_with(&format!(",\"typ\":\"{TYPE}\""), ""), Parameter { pointer: "/typ" })),
        ("two certificates", (header_with(&once, &twice), Certificates { count: 2 })),
        ("no certificate in the list", (header_with(&once, "[]"), Certificates { count: 0 })),
        (
            "a certificate outside a list",
            (header_with(&once, &format!("\"{certificate}\"")), Parameter { pointer: "/x5c" }),
        ),
        ("a certificate that is no text", (header_with(&once, "[1]"), Parameter { pointer: "/x5c/0" })),
        ("a certificate in base64url", (header_with(&once, "[\"A-__\"]"), CertificateEncoding)),
        ("a certificate without padding", (header_with(&once, "[\"AA\"]"), CertificateEncoding)),
        ("a certificate with idle bits", (header_with(&once, "[\"AB==\"]"), CertificateEncoding)),
        ("a certificate with a line break", (header_with(&once, "[\"AAAA\\nAAAA\"]"), CertificateEncoding)),
        ("a digest of 31 octets", (header_with(&digest, &encode(&[7; 31])), CertificateDigest)),
        ("a digest of 33 octets", (header_with(&digest, &encode(&[7; 33])), CertificateDigest)),
        ("a digest with padding", (header_with(&digest, &format!("{digest}=")), CertificateDigest)),
        (
            "a digest with idle bits",
            (header_with(&digest, &format!("{}B", "A".repeat(42))), CertificateDigest),
        ),
        ("a time before 1970", (header_with(&seconds, "-1"), SigningTime)),
        ("a time after 9999", (header_with(&seconds, "253402300800"), SigningTime)),
        ("a time as text", (header_with(&seconds, "\"0\""), Parameter { pointer: "/iat" })),
        ("a time with a fraction", (header_with(&seconds, "1.5"), json(21, ErrorKind::NotAnInteger))),
        ("a space", (header_with("\"alg\":", "\"alg\": "), NotCanonical { offset: 7 })),
        ("an escape", (header_with("RS256", "\\u0052S256"), NotCanonical { offset: 8 })),
        ("a line feed after the end", (format!("{whole}\n"), NotCanonical { offset: whole.len() })),
        ("a list", ("[]".into(), Parameter { pointer: "" })),
    ];
    for (name, (header, error)) in table {
        // An envelope begins with `e`, which a list does not; the header is read by itself there.
        assert_eq!(header::read(header.as_bytes()), Err(error.clone()), "{name}");
        if header.starts_with("{\"") {
            assert_eq!(parse(under(&header).as_bytes()), Err(EnvelopeError::Header(error)), "{name}");
        }
    }
    assert!(parse(under(&whole).as_bytes()).is_ok(), "the good header itself");
}

#[test]
fn every_other_compact_form_is_refused_with_its_place() {
    let protected = encode(&header(lab()).encode());
    let (at, payload) = (protected.len() + 1, "e30");
    let signature = encode(&[0x55; SIGNATURE_LENGTH]);
    let at_signature = at + payload.len() + 1;
    let joined = |parts: &[&str]| parts.join(".");
    let idle = format!("{}V", &signature[..341]);
    let longest = form::encoded_length(MAX_DOCUMENT_BYTES);
    let longest_header = form::encoded_length(MAX_HEADER);
    let long = "A".repeat(longest + 1);
    let long_header = format!("e{}", "A".repeat(longest_header));
    let base64url = |offset| EnvelopeError::Base64Url { place: Place::Octet(offset) };
    let length = |offset, length, shortest, longest| {
        let place = Place::Octet(offset);
        EnvelopeError::Length { place, length, shortest, longest }
    };
    let table = [
        ("nothing", String::new(), EnvelopeError::NeitherForm { found: None }),
        ("a space", format!(" {protected}"), EnvelopeError::NeitherForm { found: Some(b' ') }),
        ("the octet of a SEQUENCE", "0".into(), EnvelopeError::NeitherForm { found: Some(0x30) }),
        ("a header alone", protected.clone(), EnvelopeError::Parts { count: 1 }),
        ("no signature part", joined(&[&protected, payload]), EnvelopeError::Parts { count: 2 }),
        ("five parts", joined(&[&protected, payload, &signature, "", ""]), EnvelopeError::Parts { count: 5 }),
        ("a detached payload", joined(&[&protected, "", &signature]), length(at, 0, 2, longest)),
        ("an empty signature", joined(&[&protected, payload, ""]), length(at_signature, 0, 342, 342)),
        (
            "a short signature",
            joined(&[&protected, payload, &signature[1..]]),
            length(at_signature, 341, 342, 342),
        ),
        ("too long a payload", joined(&[&protected, &long, &signature]), length(at, long.len(), 2, longest)),
        (
            "too long a header",
            joined(&[&long_header, payload, &signature]),
            length(0, longest_header + 1, 2, longest_header),
        ),
        ("padding", joined(&[&protected, "e30=", &signature]), base64url(at + 3)),
        ("a space inside", joined(&[&protected, "e3 0", &signature]), base64url(at + 2)),
        ("a line feed at the end of a part", joined(&[&protected, "e30\n", &signature]), base64url(at + 3)),
        ("base64 instead of base64url", joined(&[&protected, "e30+", &signature]), base64url(at + 3)),
        ("a character alone", joined(&[&protected, "e30AA", &signature]), base64url(at + 4)),
        ("idle bits in the payload", joined(&[&protected, "e31", &signature]), base64url(at + 2)),
        ("idle bits in the signature", joined(&[&protected, payload, &idle]), base64url(at_signature + 341)),
        ("a character of two octets", joined(&[&protected, "eé", &signature]), base64url(at + 1)),
    ];
    for (name, text, error) in table {
        assert_eq!(parse(text.as_bytes()), Err(error), "{name}");
    }
    assert!(parse(joined(&[&protected, payload, &signature]).as_bytes()).is_ok(), "the form itself");
    let cut = [protected.as_bytes(), b".\xff.A"].concat();
    assert_eq!(parse(&cut), Err(base64url(at)), "not UTF-8");
    let long = vec![b'e'; MAX_ENVELOPE + 1];
    assert_eq!(parse(&long), Err(EnvelopeError::TooLong { length: long.len() }));
}

#[test]
fn every_other_flattened_form_is_refused_with_its_place() {
    use EnvelopeError::*;
    let good = String::from_utf8(good(Serialization::Flattened)).unwrap();
    let end = good.len();
    let with = |member: &str| good.replacen('{', &format!("{{{member},"), 1);
    let json = |offset, kind| Json(JsonError { offset, kind });
    let payload = encode(&document(lab()));
    let changed = |from: &str, to: &str| good.replacen(from, to, 1);
    let (payload_member, renamed) =
        (format!("\"payload\":\"{payload}\","), changed("\"payload\"", "\"Payload\""));
    let payload_at = Place::Member("/payload");
    let table = [
        ("an unprotected header", with("\"header\":{\"kid\":\"1\"}"), UnprotectedHeader),
        ("an empty unprotected header", with("\"header\":{}"), UnprotectedHeader),
        ("one signature in a list", "{\"payload\":\"e30\",\"signatures\":[{}]}".into(), GeneralSerialization),
        ("two signatures", "{\"payload\":\"e30\",\"signatures\":[{},{}]}".into(), Signatures { count: 2 }),
        ("no signature in a list", "{\"payload\":\"e30\",\"signatures\":[]}".into(), Signatures { count: 0 }),
        ("both serializations at once", with("\"signatures\":[{},{}]"), Signatures { count: 2 }),
        ("an unknown member", with("\"x\":1"), UnknownMember("x".into())),
        ("another spelling", renamed, UnknownMember("Payload".into())),
        ("a missing member", changed(&payload_member, ""), Member { pointer: "/payload" }),
        ("a member that is no text", changed(&format!("\"{payload}\""), "1"), Member { pointer: "/payload" }),
        ("a member twice", with("\"payload\":\"e30\""), json(17, ErrorKind::DuplicateKey)),
        ("depth", format!("{{\"x\":{}", "[".repeat(9)), json(12, ErrorKind::TooDeep)),
        ("an end too early", good[..end - 1].into(), json(end - 1, ErrorKind::UnexpectedEnd)),
        ("two envelopes", good.repeat(2), json(end, ErrorKind::TrailingData)),
        ("a space", changed("\"payload\":", "\"payload\": "), NotCanonical { offset: 11 }),
        ("a line feed at the end", format!("{good}\n"), NotCanonical { offset: end }),
        ("an escape", changed("\"payload\"", "\"\\u0070ayload\""), NotCanonical { offset: 2 }),
        ("no members", "{}".into(), Member { pointer: "/protected" }),
        (
            "no payload",
            changed(&payload, ""),
            Length {
                place: payload_at,
                length: 0,
                shortest: 2,
                longest: form::encoded_length(MAX_DOCUMENT_BYTES),
            },
        ),
        ("padding", changed(&payload, "e30="), Base64Url { place: payload_at }),
        ("idle bits", changed(&payload, "e31"), Base64Url { place: payload_at }),
    ];
    for (name, text, error) in table {
        assert_eq!(parse(text.as_bytes()), Err(error), "{name}");
    }
    let moved = changed(&payload_member, "");
    let moved = format!("{},\"payload\":\"{payload}\"}}", &moved[..moved.len() - 1]);
    assert!(matches!(parse(moved.as_bytes()), Err(NotCanonical { offset: 3 })), "another order of members");
}
