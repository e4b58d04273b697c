use super::*;
use proptest::prelude::*;

const MAX: usize = 4096;

#[test]
fn refuses_what_two_readers_could_read_differently() {
    use ErrorKind::*;
    let cases: &[(&str, &[u8], usize, ErrorKind)] = &[
        ("nothing", b"", 0, UnexpectedEnd),
        ("white space alone", b" \n", 2, UnexpectedEnd),
        ("a byte order mark", b"\xEF\xBB\xBF{}", 0, UnexpectedByte),
        ("null", b"[null]", 1, Null),
        ("a fraction", b"[1.5]", 1, NotAnInteger),
        ("a whole number with a fraction", b"1.0", 0, NotAnInteger),
        ("an exponent", b"1e2", 0, NotAnInteger),
        ("a capital exponent", b"1E2", 0, NotAnInteger),
        ("negative zero", b"[-0]", 1, NegativeZero),
        ("negative zero with a fraction", b"-0.0", 0, NotAnInteger),
        ("a leading zero", b"01", 0, LeadingZero),
        ("a plus sign", b"+1", 0, UnexpectedByte),
        ("a minus alone", b"-", 1, UnexpectedEnd),
        ("2^53", b"9007199254740992", 0, IntegerRange),
        ("-2^53", b"-9007199254740992", 0, IntegerRange),
        ("a number of forty digits", b"1111111111111111111111111111111111111111", 0, IntegerRange),
        ("NaN", b"NaN", 0, UnexpectedByte),
        ("a key twice", br#"{"a":1,"b":2,"a":1}"#, 13, DuplicateKey),
        ("a key twice in two spellings", br#"{"a":1,"\u0061":2}"#, 7, DuplicateKey),
        ("a key twice further in", br#"[{"x":{"k":1,"k":1}}]"#, 13, DuplicateKey),
        ("a key that is no string", b"{1:2}", 1, UnexpectedByte),
        ("a comma at the end of an array", b"[1,]", 3, UnexpectedByte),
        ("a comma at the end of an object", br#"{"a":1,}"#, 7, UnexpectedByte),
        ("no colon", br#"{"a" 1}"#, 5, UnexpectedByte),
        ("an open array", b"[1", 2, UnexpectedEnd),
        ("an open object", br#"{"a":1"#, 6, UnexpectedEnd),
        ("an open string", br#""abc"#, 4, UnexpectedEnd),
        ("an open escape", br#""abc\"#, 5, UnexpectedEnd),
        ("single quotes", b"'a'", 0, UnexpectedByte),
        ("a comment", b"/**/1", 0, UnexpectedByte),
        ("a word cut short", b"tru", 0, UnexpectedByte),
        ("a word in capitals", b"TRUE", 0, UnexpectedByte),
        ("a value after the value", b"{} {}", 3, TrailingData),
        ("a zero byte after the value", b"{}\0", 2, TrailingData),
        ("a form feed as white space", b"\x0C1", 0, UnexpectedByte),
        ("a line feed in a string", b"\"a\nb\"", 2, ControlCharacter),
        ("a zero byte in a string", b"\"a\0b\"", 2, ControlCharacter),
        ("an unknown escape", br#""a\x""#, 2, BadEscape),
        ("a short unicode escape", br#""\u12""#, 1, BadEscape),
        ("a unicode escape with a sign", br#""\u+123""#, 1, BadEscape),
        ("a high surrogate alone", br#""a\ud800""#, 2, LoneSurrogate),
        ("a high surrogate before a letter", br#""\ud800\u0041""#, 1, LoneSurrogate),
        ("two high surrogates", br#""\ud800\ud800""#, 1, LoneSurrogate),
        ("a low surrogate alone", br#""\udc00""#, 1, LoneSurrogate),
        ("a surrogate in bytes", b"\"\xED\xA0\x80\"", 1, NotUtf8),
        ("an overlong form", b"\"\xC0\xAF\"", 1, NotUtf8),
        ("a character cut short", b"\"\xE3\x81\"", 1, NotUtf8),
        ("nine arrays in one another", b"[[[[[[[[[1]]]]]]]]]", 8, TooDeep),
    ];
    for (name, bytes, offset, kind) in cases {
        assert_eq!(parse(bytes, MAX), Err(Error { offset: *offset, kind: *kind }), "{name}");
    }
}

#[test]
fn writes_the_one_canonical_form() {
    let cases: &[(&str, &str, &str)] = &[
        ("white space goes", " { \"a\" : [ 1 ,\t2 ] }\r\n", r#"{"a":[1,2]}"#),
        ("empty array and object", "[[ ],{ }]", "[[],{}]"),
        ("truth values", "[true,false]", "[true,false]"),
        ("the largest number", "9007199254740991", "9007199254740991"),
        ("the smallest number", "-9007199254740991", "-9007199254740991"),
        ("eight arrays in one another", "[[[[[[[[1]]]]]]]]", "[[[[[[[[1]]]]]]]]"),
        ("a surrogate pair is one character", r#""\ud842\udfb7""#, "\"𠮷\""),
        ("nothing is composed (RFC 8785 §3.1)", r#""A\u030a""#, "\"A\u{30a}\""),
        (
            "the strings of RFC 8785 §3.2.2",
            r#""\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/""#,
            r#""€$\u000f\nA'B\"\\\\\"/""#,
        ),
        (
            "every short escape",
            r#""\b\t\n\f\r\"\\\/\u0000\u001f\u007f""#,
            "\"\\b\\t\\n\\f\\r\\\"\\\\/\\u0000\\u001f\u{7f}\"",
        ),
        (
            "the keys of RFC 8785 §3.2.3",
            r#"{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}"#,
            "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\u{fb33}\":3}",
        ),
        ("the empty key first", r#"{"a":1,"":2,"A":3}"#, r#"{"":2,"A":3,"a":1}"#),
    ];
    for (name, text, canonical) in cases {
        let value = parse(text.as_bytes(), MAX).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(to_canonical_string(&value), *canonical, "{name}");
    }
}

#[test]
fn counts_the_bytes_before_it_reads_them() {
    assert_eq!(parse(b"[1]", 3).map(|value| to_canonical(&value)), Ok(b"[1]".to_vec()));
    assert_eq!(parse(b"[1] ", 3), Err(Error { offset: 3, kind: ErrorKind::TooLarge { max: 3 } }));
}

#[test]
fn setting_a_key_again_replaces_its_value() {
    let object = Object::new().with("b", 1_u32).with("a", "x").with("b", true);
    assert_eq!(to_canonical_string(&object.into()), r#"{"a":"x","b":true}"#);
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        (Integer::MIN.get()..=Integer::MAX.get()).prop_map(|n| Integer::new(n).unwrap().into()),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 48, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..6).prop_map(|members| {
                let add = |object: Object, (key, value): (String, Value)| object.with(&key, value);
                members.into_iter().fold(Object::new(), add).into()
            }),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(value in values()) {
        prop_assert_eq!(parse(&to_canonical(&value), usize::MAX), Ok(value));
    }

    #[test]
    fn another_canonicaliser_writes_the_same(value in values()) {
        let ours = to_canonical(&value);
        let other: serde_json::Value = serde_json::from_slice(&ours).unwrap();
        prop_assert_eq!(serde_json_canonicalizer::to_vec(&other).unwrap(), ours);
    }

    #[test]
    fn another_writers_layout_reads_the_same(value in values()) {
        let other: serde_json::Value = serde_json::from_slice(&to_canonical(&value)).unwrap();
        prop_assert_eq!(parse(&serde_json::to_vec_pretty(&other).unwrap(), usize::MAX), Ok(value));
    }

    #[test]
    fn whatever_is_accepted_another_reader_accepts_too(text in r#"[\[\]{}:,"\\ua0-9.eE tfn-]{0,24}"#) {
        if let Ok(value) = parse(text.as_bytes(), MAX) {
            let other: serde_json::Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(serde_json_canonicalizer::to_vec(&other).unwrap(), to_canonical(&value));
        }
    }

    #[test]
    fn any_bytes_get_an_answer_with_an_offset_inside(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        if let Err(error) = parse(&bytes, MAX) {
            prop_assert!(error.offset <= bytes.len());
        }
    }
}
