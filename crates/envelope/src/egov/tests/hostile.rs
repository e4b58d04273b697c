//! Documents made to deceive, each with what it is refused for.

use super::*;

mod signatures;

/// What a document is refused for, in words, without the numbers of its places.
fn said(document: &str) -> String {
    match parse(document.as_bytes()) {
        Ok(_) => "nothing".to_owned(),
        Err(error) => without_places(&error.to_string()),
    }
}

fn without_places(words: &str) -> String {
    let mut parts = words.split("octet ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |said, part| {
        said + "octet" + part.trim_start_matches(|character: char| character.is_ascii_digit())
    })
}

/// The good document with the first `from` replaced, which must be there.
fn with(from: &str, to: &str) -> String {
    assert!(good().contains(from), "{from}");
    good().replacen(from, to, 1)
}

/// The element of this name, with everything inside.
fn element(name: &str) -> &'static str {
    let close = format!("</{name}>");
    let start = good().find(&format!("<{name}")).unwrap();
    let end = good().find(&close).unwrap() + close.len();
    &good()[start..end]
}

fn check(cases: &[(&str, String, &str)]) {
    assert_eq!(said(good()), "nothing");
    for (name, document, expected) in cases {
        assert_eq!(said(document), *expected, "{name}");
    }
}

#[test]
fn no_dtd_no_entity_and_no_other_encoding_is_read() {
    let laughs: String = (1..30).map(|n| format!("<!ENTITY l{n} \"&l{};&l{};\">", n - 1, n - 1)).collect();
    let laughs = format!("<!DOCTYPE DataRoot [<!ENTITY l0 \"ha\">{laughs}]>\n<DataRoot>");
    let external = "<!DOCTYPE DataRoot SYSTEM \"file:///etc/passwd\">\n<DataRoot>";
    let ids = "<!DOCTYPE DataRoot [<!ATTLIST その他 x ID #IMPLIED>]>\n<DataRoot>";
    let dtd = "octet: a document type declaration";
    let entity = "octet: a reference to an entity";
    let version = r#"version="1.0" encoding="UTF-8""#;
    check(&[
        ("billion laughs", with("<DataRoot>", &laughs), dtd),
        ("an external subset", with("<DataRoot>", external), dtd),
        ("a DTD that declares IDs", with("<DataRoot>", ids), dtd),
        ("a DTD before the declaration", format!("<!DOCTYPE a>{}", good()), dtd),
        ("a DTD inside an element", with("<手続ID>", "<手続ID><!DOCTYPE a>"), dtd),
        ("an entity's declaration alone", with("<手続ID>", "<手続ID><!ENTITY a \"b\">"), dtd),
        ("an entity", with("山田", "&name;"), entity),
        ("an entity in an attribute", with("<手続ID>", "<手続ID a='&name;'>"), entity),
        ("an ampersand alone", with("山田", "山&田"), entity),
        ("an entity of another case", with("&amp;", "&AMP;"), entity),
        (
            "Shift_JIS by its name",
            with("UTF-8", "Shift_JIS"),
            "the XML declaration: \"Shift_JIS\" is not UTF-8",
        ),
        ("UTF-16 by its name", with("UTF-8", "UTF-16"), "the XML declaration: \"UTF-16\" is not UTF-8"),
        ("XML 1.1", with(version, r#"version="1.1""#), "the XML declaration: \"1.1\" is not 1.0"),
    ]);
    let utf_16: Vec<u8> =
        std::iter::once(0xfeff).chain(good().encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(parse(&utf_16), Err(EnvelopeError::NotUtf8 { offset: 0 }));
    let overlong = [b"<DataRoot>\xc0\xbc".as_slice(), good().as_bytes()].concat();
    assert_eq!(parse(&overlong), Err(EnvelopeError::NotUtf8 { offset: 10 }));
    let surrogate = [b"<DataRoot>\xed\xa0\x80".as_slice(), good().as_bytes()].concat();
    assert_eq!(parse(&surrogate), Err(EnvelopeError::NotUtf8 { offset: 10 }));
}

#[test]
fn what_is_not_well_formed_is_refused() {
    let two_roots = format!("{}<DataRoot/>", good());
    for (name, document) in [
        ("nothing", String::new()),
        ("white space", " \n".to_owned()),
        ("text before", format!("x{}", good())),
        ("text behind", format!("{}x", good())),
        ("a second element", two_roots),
        ("white space before the declaration", format!("\n{}", good())),
        ("two byte order marks", format!("\u{feff}\u{feff}{}", good())),
        ("an attribute twice", with("ID=\"構成情報\"", "ID=\"構成情報\" ID=\"構成情報\"")),
        ("the prefix xml for another namespace", with("<その他>", "<その他 xmlns:xml='urn:x'>")),
        ("the prefix xmlns declared", with("<その他>", "<その他 xmlns:xmlns='urn:x'>")),
        ("one attribute by two prefixes", with("<その他>", "<その他 xmlns:a='u' xmlns:b='u' a:c='' b:c=''>")),
        ("an undeclared prefix", with("<手続ID>", "<手続ID x:a=''>")),
        ("a character that XML does not have", with("山田", "&#0;")),
        ("half a surrogate pair", with("山田", "&#xD842;")),
    ] {
        let error = parse(document.as_bytes()).unwrap_err();
        assert!(matches!(error, EnvelopeError::NotWellFormed { .. }), "{name}: {error}");
    }
    let no_character = |escaped: &str| format!("octet: {escaped} is no character of XML");
    for (name, document, expected) in [
        ("a control character", with("山田", "\u{1}"), no_character("'\\u{1}'")),
        (
            "a control character before a reference",
            with("<手続ID>", "<手続ID a='\0&amp;'>"),
            no_character("'\\0'"),
        ),
        ("a noncharacter", with("山田", "\u{fffe}"), no_character("'\\u{fffe}'")),
        ("UTF-16 without a mark", good().replace('<', "<\0"), no_character("'\\0'")),
    ] {
        assert_eq!(said(&document), expected, "{name}");
    }
    check(&[
        ("markup that does not end", format!("{}<!-- ", good()), "octet: markup that does not end"),
        ("a tag that does not end", with("<手続ID>", "<手続ID a=\""), "octet: markup that does not end"),
    ]);
}

#[test]
fn nothing_is_read_beyond_its_measure() {
    let deep = format!("<その他>{}{}", "<a>".repeat(63), "</a>".repeat(63));
    let deepest = format!("<その他>{}{}", "<a>".repeat(62), "</a>".repeat(62)).replacen("<a>", "<a><b/>", 1);
    let many = |count| (0..count).map(|number| format!(" a{number}='>'")).collect::<String>();
    let path = "あ".repeat(170);
    let path = format!("<{path}><{path}/></{path}>");
    check(&[
        ("64 elements deep", with("<その他>", &deepest), "nothing"),
        ("65 elements deep", with("<その他>", &deep), "octet: deeper than 64 elements"),
        ("many attributes", with("<その他>", &format!("<その他{}>", many(32))), "nothing"),
        (
            "too many attributes",
            with("<その他>", &format!("<その他{}>", many(33))),
            "octet: 33 attributes, more than 32",
        ),
        (
            "too many elements",
            with("<その他>", &format!("<その他>{}", "<a/>".repeat(MAX_ELEMENTS))),
            "octet: more than 16384 elements",
        ),
        (
            "the most fields",
            with("<管理情報>", &format!("<管理情報>{}", "<a/>".repeat(MAX_FIELDS - 7))),
            "nothing",
        ),
        (
            "too many fields",
            with("<管理情報>", &format!("<管理情報>{}", "<a/>".repeat(MAX_FIELDS - 6))),
            "構成情報, more than 4096 fields",
        ),
        (
            "a path too long",
            with("<管理情報>", &format!("<管理情報>{path}")),
            "構成情報, a path of 1047 octets, more than 1024",
        ),
    ]);
    let long = vec![b' '; MAX_XML + 1];
    assert_eq!(parse(&long), Err(EnvelopeError::TooLong { length: long.len() }));
    let references = element("Reference").replace("\"#%E6%A7%8B%E6%88%90%E6%83%85%E5%A0%B1\"", "\"a\"");
    let references = format!("{}</SignedInfo>", references.repeat(100));
    let document = with("</SignedInfo>", &references);
    assert_eq!(said(&document), "signature 1, 103 references, more than 100".replace("103", "104"));
}

#[test]
fn what_is_shown_is_what_is_signed() {
    let form = element("構成情報");
    let other = form.replace("山田", "川田");
    let second = "octet: a second element with the ID of 構成情報";
    let part = "octet: \"構成情報\" has no place here";
    let moved = |attribute: &str| {
        let wrapped = format!("<その他>{}", form.replace("ID=", attribute));
        with("<その他>", &wrapped)
    };
    let namespace = "構成情報, octet: a namespace";
    let exactly = "octet: not exactly the attribute ID=\"構成情報\"";
    check(&[
        (
            "the signed form under その他, another in its place",
            moved("ID=").replacen("山田", "川田", 1),
            second,
        ),
        ("the same with Id", moved("Id="), second),
        ("the same with id", moved("id="), second),
        ("the same with xml:id", moved("xml:id="), second),
        ("the same with white space around", moved("xml:id=' 構成情報 ' a="), second),
        ("the same with an ID of a namespace", moved("xmlns:w='urn:w' w:Id="), second),
        ("the ID on another element of the form", with("<手続ID>", "<手続ID ID='構成情報'>"), second),
        ("the ID on a signature", with("<KeyInfo>", "<KeyInfo Id='構成情報'>"), second),
        ("two forms", with(form, &format!("{form}{other}")), part),
        (
            "two forms, the first without ID",
            with(form, &format!("{}{form}", other.replace(" ID=\"構成情報\"", ""))),
            part,
        ),
        ("no ID", with(" ID=\"構成情報\"", ""), exactly),
        ("another ID", with("ID=\"構成情報\"", "ID=\"構成\""), exactly),
        ("Id for ID", with("ID=\"構成情報\"", "Id=\"構成情報\""), exactly),
        ("xml:id for ID", with("ID=\"構成情報\"", "xml:id=\"構成情報\""), exactly),
        ("a second attribute", with("ID=\"構成情報\"", "ID=\"構成情報\" a=\"\""), exactly),
        ("a comment in the form", with("山田", "山<!-- -->田"), "構成情報, octet: a comment"),
        (
            "an instruction in the form",
            with("山田", "山<?p?>田"),
            "構成情報, octet: a processing instruction",
        ),
        (
            "text beside elements",
            with("<手続ID>", "見えない<手続ID>"),
            "構成情報, 構成情報/管理情報: text beside elements",
        ),
        (
            "a namespace on the form",
            with("<構成情報 ", "<構成情報 xmlns='urn:x' "),
            "octet: \"構成情報\", where 構成情報 must stand",
        ),
        ("a namespace in the form", with("<手続ID>", "<手続ID xmlns='urn:x'>"), namespace),
        ("a prefix in the form", with("<手続ID>", "<手続ID xmlns:x='urn:x'>"), namespace),
        ("a colon in a name", with("<役職/>", "<:役職/>"), namespace),
        ("a colon in an attribute", with("<手続ID>", "<手続ID :a=''>"), namespace),
        ("an attribute of xml in the form", with("<手続ID>", "<手続ID xml:lang='ja'>"), namespace),
        (
            "an attribute that would be handed down",
            with("<DataRoot>", "<DataRoot xml:lang='ja'>"),
            "octet: attributes, where there are none",
        ),
        (
            "a namespace that would be handed down",
            with("<DataRoot>", "<DataRoot xmlns:x='urn:x'>"),
            "octet: attributes, where there are none",
        ),
        (
            "a line break in an attribute",
            with("<手続ID>", "<手続ID a='\n'>"),
            "octet: a tab or line break in an attribute's value",
        ),
        (
            "a tab in an attribute",
            with("<手続ID>", "<手続ID a='\t'>"),
            "octet: a tab or line break in an attribute's value",
        ),
        (
            "a carriage return in a CDATA section",
            with("山田", "<![CDATA[山\r\n田]]>"),
            "octet: a CDATA section with a carriage return",
        ),
    ]);
}

#[test]
fn a_form_that_is_not_the_signed_one_is_shown_as_it_is_and_not_covered() {
    let form = element("構成情報");
    let moved = with("<その他>", &format!("<その他>{}", form.replace(" ID=\"構成情報\"", "")));
    for (name, document) in [
        ("another text", with("山田", "川田")),
        ("white space", with("<管理情報>", "<管理情報> ")),
        ("white space in a text", with("山田　太郎", "山田　太郎 ")),
        ("an empty element more", with("<役職/>", "<役職/><役職/>")),
        ("an attribute more", with("<手続ID>", "<手続ID a=''>")),
        ("a carriage return as a reference", with("山田", "山田&#xD;")),
        ("another form of Unicode", with("山田", "山田\u{fe00}")),
        ("the signed one moved under その他 without its ID", moved.replacen("山田", "川田", 1)),
    ] {
        let envelope = parse(document.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let [signature] = envelope.signatures() else { panic!("{name}") };
        assert!(!signature.content_is_covered(), "{name}");
        let names: Vec<&String> = envelope.fields().iter().map(|field| &field.text).collect();
        assert!(
            envelope.fields() != parse(good().as_bytes()).unwrap().fields() || name == "white space",
            "{names:?}"
        );
    }
}

#[test]
fn every_other_shape_of_the_document_is_refused_by_name() {
    let signature = element("Signature");
    let list = element("署名情報");
    let elsewhere = "octet: an element of a signature outside 署名情報";
    let ten = signature.repeat(11);
    check(&[
        (
            "another root",
            good().replace("DataRoot", "Root"),
            "the outermost element: \"Root\" is not DataRoot without a namespace",
        ),
        (
            "a root in a namespace",
            with("<DataRoot>", "<DataRoot xmlns='urn:x'>"),
            "the outermost element: \"DataRoot\" is not DataRoot without a namespace",
        ),
        ("no 様式ID", with(element("様式ID"), ""), "octet: \"様式バージョン\", where 様式ID must stand"),
        (
            "another order",
            with(element("様式ID"), "<STYLESHEET/>"),
            "octet: \"STYLESHEET\", where 様式ID must stand",
        ),
        ("a part more", with("</DataRoot>", "<別/></DataRoot>"), "octet: \"別\" has no place here"),
        ("an empty root", "<DataRoot/>".to_owned(), "様式ID is missing"),
        ("text in the root", with("<その他>", "あ<その他>"), "octet: text beside elements"),
        ("text beside the signatures", with("<署名情報>", "<署名情報>あ"), "octet: text beside elements"),
        (
            "an attribute of the list",
            with("<署名情報>", "<署名情報 a=''>"),
            "octet: attributes, where there are none",
        ),
        ("no signature", with(signature, ""), "0 signatures, not 1 to 10"),
        ("no list", with(list, ""), "0 signatures, not 1 to 10"),
        ("two lists", with(list, &format!("{list}<署名情報/>")), "octet: \"署名情報\" has no place here"),
        ("eleven signatures", with(signature, &ten), "11 signatures, not 1 to 10"),
        ("a signature beside the list", with("<その他>", &format!("<その他>{signature}")), elsewhere),
        (
            "a signature in the form",
            with("<手続ID>", &format!("<手続ID>{signature}")),
            "構成情報, octet: a namespace",
        ),
        (
            "another element in the list",
            with("<署名情報>", "<署名情報><a/>"),
            "signature 1, octet: \"{}a\", where Signature must stand",
        ),
        (
            "SignedInfo alone",
            with(
                signature,
                &element("SignedInfo")
                    .replace("<SignedInfo", "<SignedInfo xmlns='http://www.w3.org/2000/09/xmldsig#'"),
            ),
            "signature 1, octet: \"SignedInfo\", where Signature must stand",
        ),
    ]);
}
