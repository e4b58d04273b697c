//! Octets that are no PDF, or one that two readers read in two ways, and the limits.

use super::document::Document;
use super::object::Object;
use super::syntax::Reader;
use super::*;

fn object(text: &str) -> Result<Object, EnvelopeError> {
    let mut reader = Reader::new(text.as_bytes(), 0);
    let object = reader.object()?;
    reader.skip();
    if reader.at() == text.len() { Ok(object) } else { Err(reader.error("the end")) }
}

#[test]
fn objects_have_one_meaning_or_none() {
    let same = [
        ("(a)", "<61>"),
        ("(\\141)", "<61>"),
        ("(a\\\nb)", "(ab)"),
        ("(a\r\nb)", "(a\\nb)"),
        ("(a(b)c)", "<6128622963>"),
        ("<6>", "<60>"),
        ("/A#42", "/AB"),
        ("1.50", "+1.5"),
        ("007", "7"),
        ("-0.0", "0"),
        ("[1 0 R]", "[ 1  0 %c\n R ]"),
        ("<< /A 1 /B 2 >>", "<</B 2/A 1>>"),
    ];
    for (one, other) in same {
        assert_eq!(object(one).unwrap(), object(other).unwrap(), "{one}");
    }
    for bad in [
        "",
        "nul",
        "nulls",
        "1e3",
        "--1",
        "1.2.3",
        ".",
        "+",
        "(",
        "(a",
        "(\\9)",
        "(\\477)",
        "<6g>",
        "<61",
        "/A#0",
        "/A#00",
        "[1",
        "]",
        "<< /A >>",
        "<< /A 1",
        "<< 1 2 >>",
        "<< /A 1 /A 2 >>",
        "<< /A 1 /#41 2 >>",
        "R",
        "{ }",
        "1 0 obj",
    ] {
        assert!(object(bad).is_err(), "{bad}");
    }
}

#[test]
fn what_is_too_much_is_refused() {
    let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(object(&deep(MAX_DEPTH)).is_ok());
    assert_eq!(object(&deep(MAX_DEPTH + 1)), Err(EnvelopeError::Limit { what: "nesting", most: MAX_DEPTH }));
    let entries = |count: usize| (0..count).map(|key| format!("/K{key} 0 ")).collect::<String>();
    assert!(object(&format!("<< {} >>", entries(MAX_ENTRIES))).is_ok());
    assert!(object(&format!("<< {} >>", entries(MAX_ENTRIES + 1))).is_err());
    let long = format!("({})", "a".repeat(MAX_OBJECT));
    let limit = EnvelopeError::Limit { what: "octets of an object", most: MAX_OBJECT };
    assert_eq!(object(&(long + " ")), Err(limit));
    let mut updates = samples::plain();
    for _ in 1..MAX_SECTIONS {
        updates = samples::updated(&updates, &[], 6, "");
    }
    assert!(Document::read(&updates).is_ok());
    let updates = samples::updated(&updates, &[], 6, "");
    assert!(Document::read(&updates).is_err());
    let length = MAX_PDF + 1;
    assert_eq!(parse(&vec![b'%'; length]), Err(EnvelopeError::TooLong { length }));
}

/// A stream that is a thousand times longer after decompression than before.
#[test]
fn a_bomb_is_not_unpacked() {
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(&vec![0; MAX_DECODED + 1], 9);
    let dictionary = object("<< /Filter /FlateDecode >>").unwrap();
    let unpacked = stream::decode(dictionary.as_dictionary().unwrap(), &packed, 7);
    assert!(matches!(unpacked, Err(EnvelopeError::Stream { offset: 7, .. })));
}

/// To older readers it would be the one, to all others the other.
#[test]
fn an_object_that_table_and_stream_have_in_two_places_is_refused() {
    let file = samples::hybrid();
    assert_eq!(check(&file), Ok(0));
    let shown = samples::swapped(&file, "0000000000 65535 f", "0000000017 00000 n");
    let refused = check(&shown);
    let Err(EnvelopeError::CrossReference { why, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!(why, "an object that the table has in another place");
}

/// Each file is wrong in one way.
#[test]
fn a_file_that_a_repairing_reader_would_take_is_refused() {
    let plain = samples::plain();
    let text = String::from_utf8_lossy(&plain).into_owned();
    let start = samples::last_section(&plain);
    let swap = |from: &str, to: &str| samples::swapped(&plain, from, to);
    let stream = samples::with_streams();
    let files = [
        ("another version", swap("%PDF-1.7", "%PDF-1.8")),
        ("no %%EOF", plain[..plain.len() - 6].to_vec()),
        ("octets after the end", [plain.as_slice(), b"x"].concat()),
        ("no startxref", swap("startxref", "startyref")),
        ("startxref elsewhere", swap(&format!("startxref\n{start}"), &format!("startxref\n{}", start - 1))),
        ("an offset beside an object", swap("0000000015 00000 n", "0000000016 00000 n")),
        ("an offset beyond the end", swap("0000000015 00000 n", "0000099999 00000 n")),
        ("two objects at one place", swap("0000000064 00000 n", "0000000015 00000 n")),
        ("another generation", swap("0000000015 00000 n", "0000000015 00001 n")),
        ("an entry of no kind", swap("0000000015 00000 n", "0000000015 00000 x")),
        ("a short entry", swap("00000 n \n", "00000 n\n ")),
        ("another number", swap("1 0 obj", "9 0 obj")),
        ("more entries than it says", swap("0 6\n", "0 5\n")),
        ("a Size that is too small", swap("/Size 6", "/Size 5")),
        ("no Root", swap("/Root 1 0 R", "/Toor 1 0 R")),
        ("another Root", swap("/Root 1 0 R", "/Root 2 0 R")),
        ("encrypted", samples::updated(&plain, &[], 6, "/Encrypt << >>")),
        ("a section that names itself", swap("/Root 1 0 R >>", &format!("/Root 1 0 R/Prev {start}>>")[..14])),
        ("no endobj", swap("endobj\n2 0", "endobx\n2 0")),
        ("a Length that is too short", swap("/Length 38", "/Length 37")),
        ("a Length that is too long", swap("/Length 38", "/Length 99")),
        ("a stream outside the file", swap("/Length 38", "/F (a)/L 1")),
        ("a key twice", swap("/Type /Pages /Kids", "/Kids[] /A 1 /Kids")),
        ("octets between objects", swap("endobj\n2 0 obj", "endobjx2 0 obj")),
        ("an object that no table names", swap("6\n0000000000 65535 f", "6\n0000000000 65535 n")),
        ("a stream of another type", samples::swapped(&stream, "/XRef", "/Xref")),
        ("an object stream of another type", samples::swapped(&stream, "/ObjStm", "/ObjStN")),
        ("another predictor", samples::swapped(&stream, "/Predictor 12", "/Predictor 16")),
        ("another filter", samples::swapped(&stream, "/FlateDecode", "/FlateDecodf")),
        ("other widths", samples::swapped(&stream, "/W [1 4 1]", "/W [1 4 2]")),
        ("widths that nobody has", samples::swapped(&stream, "/W [1 4 1]", "/W [1 0 5]")),
    ];
    assert!(text.contains("0000000064 00000 n"));
    let certificate = &lab().holder().signature.certificate;
    for (name, file) in files {
        let prepared = prepare(&file, Profile::PadesB, certificate, lab().now);
        assert!(matches!(prepared, Err(PrepareError::Document(_))), "{name}");
    }
}

/// Dates as other programs write them, and what is no date.
#[test]
fn dates_have_an_offset() {
    let time = |text: &str| words::from_date(text.as_bytes()).map(|time| time.to_string());
    for (text, expected) in [
        ("D:20261130081500+09'00'", Some("2026-11-29T23:15:00Z")),
        ("D:20261130081500+09'00", Some("2026-11-29T23:15:00Z")),
        ("D:20261130081500Z", Some("2026-11-30T08:15:00Z")),
        ("D:20261130081500Z00'00'", Some("2026-11-30T08:15:00Z")),
        ("D:20261130081500-01'30'", Some("2026-11-30T09:45:00Z")),
        ("D:20261130081500", None),
        ("D:20261130", None),
        ("20261130081500Z", None),
        ("D:20261330081500Z", None),
        ("D:20261130081500+24'00'", None),
        ("D:20261130081500+9'00'", None),
        ("D:2026113008150+Z", None),
    ] {
        assert_eq!(time(text).as_deref(), expected, "{text}");
    }
}

#[test]
fn text_is_read_in_its_three_encodings() {
    for (octets, text) in [
        (b"abc".as_slice(), "abc"),
        (b"\xfe\xff\x5c\x71", "山"),
        (b"\xef\xbb\xbf\xe5\xb1\xb1", "山"),
        (b"\xfe\xff\x5c", "\u{fffd}"),
        (b"\x80", "\u{fffd}"),
    ] {
        assert_eq!(words::decode(octets), text);
    }
    assert_eq!(words::decode(&words::encode("山田　太郎")), "山田　太郎");
}
