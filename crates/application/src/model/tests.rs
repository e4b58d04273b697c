use super::*;
use crate::limits::MAX_DOCUMENT_BYTES;
use proptest::prelude::*;

/// A document with one of everything, canonical.
const SAMPLE: &str = concat!(
    r#"{"attachments":[{"mediaType":"application/pdf","name":"委任状.pdf","sha256":""#,
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    r#"","size":1024}],"challenge":{"createdAt":"2026-11-23T20:48:00Z","expiresAt":"2026-11-23T21:18:00Z","#,
    r#""value":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},"container":"cades","fields":["#,
    r#"{"label":"氏名","name":"applicant-name","value":"髙﨑　𠮷子"},"#,
    r#"{"label":"必要な人の範囲","name":"scope","text":"世帯の一部の人","value":"part"},"#,
    r#"{"group":"必要な人 1","label":"氏名","name":"people.1.name","value":"葛󠄀城　一郎\n同　二郎"}],"#,
    r#""notices":[{"id":"fee","text":"手数料は1通につき300円です。"}],"#,
    r#""procedure":{"id":"juminhyo-utsushi","sha256":""#,
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    r#"","title":"住民票の写しの交付申請","version":"1"},"#,
    r#""recipient":{"id":"129992","name":"みほん市","origin":"https://shinsei.city.mihon.lg.jp"},"#,
    r#""schema":"shomei-application/1"}"#,
);

#[test]
fn a_canonical_document_is_read_and_written_back() {
    let application = Application::parse(SAMPLE.as_bytes()).unwrap();
    assert_eq!(application.to_canonical(), SAMPLE.as_bytes());
    assert_eq!(application.sha256(), sha256(SAMPLE.as_bytes()));
    assert_eq!(application.value("people.1.name"), Some("葛\u{e0100}城　一郎\n同　二郎"));
    assert_eq!(application.value("people"), None);
}

/// Each line: a sentence | what to replace in the sample | by what | what is said of it.
const CHANGES: &str = r#"
a line feed at the end | ation/1"} | ation/1"}<LF> | document: not canonical from byte 978
a space | ,"size" | , "size" | document: not canonical from byte 146
a needless escape | "1" | "\u0031" | document: not canonical from byte 848
two keys changed places | "id":"129992","name":"みほん市" | "name":"みほん市","id":"129992" | document: not canonical from byte 866
a key twice | {"id":"fee", | {"id":"fee","id":"fee", | document: byte 628: a key that was there before
a size with a fraction | 1024 | 1024.0 | document: byte 153: a number with a fraction or an exponent
another version | application/1 | application/2 | /schema: the schema is not shomei-application/1
a schema that is a number | "shomei-application/1" | 1 | /schema: not a string
no schema | ,"schema":"shomei-application/1" | | /schema: missing
a container of files | "cades" | "pades" | /container: not a known container
a member too many | {"attachments" | {"a/b~":1,"attachments" | /a~1b~0: unknown member
a member of a field too many | {"label":"氏名" | {"hidden":true,"label":"氏名" | /fields/0/hidden: unknown member
no label | {"label":"氏名", | { | /fields/0/label: missing
an empty label | {"label":"氏名", | {"label":"", | /fields/0/label: empty
a label with a joiner | {"label":"氏名", | {"label":"氏<ZWJ>名", | /fields/0/label: an invisible character (U+200D) at byte 3
a label of 101 characters | "必要な人の範囲" | "<101>" | /fields/1/label: longer than 100
a field that is an array | "fields":[ | "fields":[[], | /fields/0: not an object
fields that are an object | "notices":[{"id":"fee","text":"手数料は1通につき300円です。"}] | "notices":{} | /notices: not an array
a value that is a number | "髙﨑　𠮷子" | 1 | /fields/0/value: not a string
a value with an override | 髙﨑 | 髙<RLO>﨑 | /fields/0/value: a control of the writing direction (U+202E) at byte 3
a value of 4001 characters | 髙﨑　𠮷子 | <4001> | /fields/0/value: longer than 4000
a value with doubled brackets | 髙﨑 | >> | /fields/0/value: doubled angle brackets at byte 0
a value with CRLF | \n同 | \r\n同 | /fields/2/value: a control character (U+000D) at byte 19
words of a choice on two lines | 世帯の一部の人 | 世帯の\n一部の人 | /fields/1/text: a control character (U+000A) at byte 9
an empty group | 必要な人 1 | | /fields/2/group: empty
a name with an empty part | people.1.name | people..name | /fields/2/name: not parts of letters, digits, hyphens and underscores with dots between them
a name in Japanese | people.1.name | 氏名 | /fields/2/name: not parts of letters, digits, hyphens and underscores with dots between them
a name twice | "scope" | "applicant-name" | /fields/1: a name that was there before
a size that is negative | 1024 | -1 | /attachments/0/size: out of range
a digest in capitals | e3b0c442 | E3B0C442 | /attachments/0/sha256: not 64 lower-case hexadecimal digits
a digest cut short | e3b0c442 | e3b0c44 | /attachments/0/sha256: not 64 lower-case hexadecimal digits
a file in a folder | 委任状.pdf | ../委任状.pdf | /attachments/0/name: not a file name without folders
an empty file name | 委任状.pdf | | /attachments/0/name: empty
a file name on two lines | 委任状.pdf | 委任状\n.pdf | /attachments/0/name: a control character (U+000A) at byte 9
a media type with a parameter | application/pdf | text/html;a=b | /attachments/0/mediaType: not a media type in lower case
a notice on two lines | 手数料は1通 | 手数料は\n1通 | /notices/0/text: a control character (U+000A) at byte 12
a challenge of 42 characters | AAAAAAAA"} | AAAAAAA"} | /challenge: not 32 bytes in base64url without padding
a challenge of a day | 2026-11-23T21:18 | 2026-11-24T21:18 | /challenge: it lives longer than 3600 seconds
a time with a fraction | 20:48:00Z | 20:48:00.0Z | /challenge/createdAt: not written as YYYY-MM-DDThh:mm:ssZ
a recipient of seven digits | 129992 | 1299920 | /recipient/id: not 6 or 13 digits
an http origin | https://shinsei.city.mihon.lg.jp | http://localhost | /recipient/origin: not https
an origin with a path | mihon.lg.jp | mihon.lg.jp/ | /recipient/origin: more than scheme, host and port
a procedure without id | "id":"juminhyo-utsushi" | "id":"" | /procedure/id: empty
"#;

#[test]
fn one_changed_place_is_refused_by_name() {
    for line in CHANGES.lines().skip(1) {
        let columns: Vec<String> = line.split(" |").map(|column| spelled_out(column.trim_start())).collect();
        let [name, from, to, expected] = columns.as_slice() else { panic!("four columns: {line}") };
        let changed = SAMPLE.replacen(from, to, 1);
        assert_ne!(changed, SAMPLE, "{name}: nothing was changed");
        let said = Application::parse(changed.as_bytes()).map_err(|error| error.to_string());
        assert_eq!(said.err().as_ref(), Some(expected), "{name}");
    }
}

/// What the table above writes in angle brackets because it cannot be seen or is too long.
fn spelled_out(column: &str) -> String {
    let signs = [
        ("<LF>", "\n".to_owned()),
        ("<ZWJ>", "\u{200d}".to_owned()),
        ("<RLO>", "\u{202e}".to_owned()),
        ("<101>", "長".repeat(101)),
        ("<4001>", "長".repeat(4001)),
    ];
    signs.iter().fold(column.to_owned(), |text, (sign, meaning)| text.replace(sign, meaning))
}

#[test]
fn development_origins_need_the_development_reader() {
    let local = SAMPLE.replace("https://shinsei.city.mihon.lg.jp", "http://localhost:8080");
    assert!(Application::parse(local.as_bytes()).is_err());
    let application = Application::parse_development(local.as_bytes()).unwrap();
    assert!(application.recipient.origin.is_development());
}

#[test]
fn a_built_document_is_held_to_the_same_limits() {
    let sample = Application::parse(SAMPLE.as_bytes()).unwrap();
    let field = |index: usize| Field {
        name: format!("f{index}"),
        value: "長".repeat(4000),
        ..sample.fields[0].clone()
    };
    let notice = |index: usize| Notice { id: format!("n{index}"), text: "注意".to_owned() };
    let file = |index: usize| Attachment { name: format!("{index}.pdf"), ..sample.attachments[0].clone() };
    let cases = [
        ("as it is", sample.clone(), None),
        (
            "257 fields",
            Application { fields: (0..257).map(field).collect(), ..sample.clone() },
            Some("/fields: longer than 256"),
        ),
        (
            "more bytes than a document has",
            Application { fields: (0..22).map(field).collect(), ..sample.clone() },
            Some("document: longer than 262144"),
        ),
        (
            "51 notices",
            Application { notices: (0..51).map(notice).collect(), ..sample.clone() },
            Some("/notices: longer than 50"),
        ),
        (
            "21 attachments",
            Application { attachments: (0..21).map(file).collect(), ..sample.clone() },
            Some("/attachments: longer than 20"),
        ),
        (
            "a size that JSON cannot hold",
            Application { attachments: vec![Attachment { size: 1 << 53, ..file(0) }], ..sample.clone() },
            Some("/attachments/0/size: out of range"),
        ),
    ];
    for (name, application, expected) in cases {
        let said = application.check().map_err(|error| error.to_string());
        assert_eq!(said.err().as_deref(), expected, "{name}");
        let read = Application::parse(&application.to_canonical());
        assert!(read.is_err() || expected.is_none() || name == "a size that JSON cannot hold", "{name}");
    }
}

#[test]
fn bytes_beyond_the_maximum_are_refused_before_they_are_read() {
    let error = Application::parse(&vec![b'['; MAX_DOCUMENT_BYTES + 1]).unwrap_err();
    assert_eq!(error.to_string(), "document: byte 262144: more than 262144 bytes");
}

proptest! {
    #[test]
    fn a_changed_byte_is_refused_or_signed_as_it_stands(at in 0..SAMPLE.len(), byte in any::<u8>()) {
        let mut bytes = SAMPLE.as_bytes().to_vec();
        bytes[at] = byte;
        if let Ok(application) = Application::parse(&bytes) {
            prop_assert_eq!(application.to_canonical(), bytes);
        }
    }

    #[test]
    fn any_value_that_is_accepted_keeps_its_bytes(value in any::<String>()) {
        let mut application = Application::parse(SAMPLE.as_bytes()).unwrap();
        application.fields[0].value = value;
        let read = Application::parse(&application.to_canonical());
        prop_assert_eq!(read.is_ok(), application.check().is_ok());
        if let Ok(read) = read {
            prop_assert_eq!(read, application);
        }
    }
}
