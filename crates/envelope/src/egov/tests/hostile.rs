//! Documents made to deceive, each with what it is refused for.

use super::*;

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

const C14N: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
const TRANSFORM: &str =
    r#"<Transform Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"></Transform>"#;

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
        ("an undeclared prefix", with("<手続ID>", "<手続ID x:a=''>")),
        ("a character that XML does not have", with("山田", "&#0;")),
        ("half a surrogate pair", with("山田", "&#xD842;")),
        ("a control character", with("山田", "\u{1}")),
        ("UTF-16 without a mark", "<DataRoot>".chars().flat_map(|character| [character, '\0']).collect()),
    ] {
        let error = parse(document.as_bytes()).unwrap_err();
        assert!(matches!(error, EnvelopeError::NotWellFormed { .. }), "{name}: {error}");
    }
    check(&[
        ("markup that does not end", format!("{}<!-- ", good()), "octet: markup that does not end"),
        ("a tag that does not end", with("<手続ID>", "<手続ID a=\""), "octet: markup that does not end"),
    ]);
}

#[test]
fn nothing_is_read_beyond_its_measure() {
    let deep = format!("<その他>{}{}", "<a>".repeat(63), "</a>".repeat(63));
    let too_deep = format!("<その他>{}{}", "<a>".repeat(62), "</a>".repeat(62)).replacen("<a>", "<a><b/>", 1);
    let many = |count| (0..count).map(|number| format!(" a{number}='>'")).collect::<String>();
    let path = "あ".repeat(170);
    let path = format!("<{path}><{path}/></{path}>");
    check(&[
        ("64 elements deep", with("<その他>", &too_deep), "nothing"),
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

#[test]
fn every_other_signature_is_refused_by_name() {
    let algorithm =
        |element: &str, found: &str| format!("signature 1, octet: {element} {found:?} is not accepted");
    let exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
    let comments = format!("{C14N}#WithComments");
    let eleven = "http://www.w3.org/2006/12/xml-c14n11";
    let sha_1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
    let hmac = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256";
    let pss = "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1";
    let digest_1 = "http://www.w3.org/2000/09/xmldsig#sha1";
    let xpath = "http://www.w3.org/TR/1999/REC-xpath-19991116";
    let enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
    let method = |to: &str| {
        with(
            &format!("<CanonicalizationMethod Algorithm=\"{C14N}\""),
            &format!("<CanonicalizationMethod Algorithm=\"{to}\""),
        )
    };
    let transform = |to: &str| {
        with(&format!("<Transform Algorithm=\"{C14N}\""), &format!("<Transform Algorithm=\"{to}\""))
    };
    let cases = [
        ("exclusive canonicalization", method(exclusive), algorithm("CanonicalizationMethod", exclusive)),
        ("canonicalization with comments", method(&comments), algorithm("CanonicalizationMethod", &comments)),
        ("Canonical XML 1.1", method(eleven), algorithm("CanonicalizationMethod", eleven)),
        ("no canonicalization", method(""), algorithm("CanonicalizationMethod", "")),
        ("RSA with SHA-1", with(RSA_SHA256, sha_1), algorithm("SignatureMethod", sha_1)),
        ("HMAC", with(RSA_SHA256, hmac), algorithm("SignatureMethod", hmac)),
        ("RSASSA-PSS", with(RSA_SHA256, pss), algorithm("SignatureMethod", pss)),
        ("a digest by SHA-1", with(SHA256, digest_1), algorithm("DigestMethod", digest_1)),
        ("an XPath transform", transform(xpath), algorithm("Transform", xpath)),
        ("the transform of enveloped signatures", transform(enveloped), algorithm("Transform", enveloped)),
        ("an exclusive transform", transform(exclusive), algorithm("Transform", exclusive)),
        ("a transform with comments", transform(&comments), algorithm("Transform", &comments)),
        (
            "white space in an algorithm",
            transform(&format!("{C14N} ")),
            algorithm("Transform", &format!("{C14N} ")),
        ),
    ];
    for (name, document, expected) in cases {
        assert_eq!(said(&document), expected, "{name}");
    }
}

#[test]
fn every_other_element_of_a_signature_is_refused_by_name() {
    let dsig = "http://www.w3.org/2000/09/xmldsig#";
    let reference = element("Reference");
    let no_transforms = reference.replace("Transforms", "Tr");
    let certificate = element("X509Certificate");
    let object = "<Object><Manifest></Manifest></Object></Signature>";
    let unexpected = |name: &str| format!("signature 1, octet: {name:?} has no place here");
    let instead =
        |found: &str, expected: &str| format!("signature 1, octet: {found:?}, where {expected} must stand");
    let attributes = "signature 1, octet: not exactly the attributes of the profile".to_owned();
    let namespace = |found: &str| format!("signature 1, octet: the namespace {found:?} is declared");
    for (name, document, expected) in [
        ("two transforms", with(TRANSFORM, &TRANSFORM.repeat(2)), unexpected("Transform")),
        ("no transform", with(TRANSFORM, ""), "signature 1, octet: no Transform inside".to_owned()),
        ("no transforms", with(reference, &no_transforms), instead("Tr", "Transforms")),
        ("a transform with parameters", with("</Transform>", "<XPath/></Transform>"), unexpected("XPath")),
        (
            "an HMAC's length",
            with("</SignatureMethod>", "<HMACOutputLength/></SignatureMethod>"),
            unexpected("HMACOutputLength"),
        ),
        (
            "transforms of a file",
            with("990A01000000400001_01.xml\">", "990A01000000400001_01.xml\"><Transforms/>"),
            instead("Transforms", "DigestMethod"),
        ),
        ("an object with a manifest", with("</Signature>", object), unexpected("Object")),
        ("an object before the key", with("<KeyInfo>", "<Object/><KeyInfo>"), instead("Object", "KeyInfo")),
        ("no key", with(element("KeyInfo"), ""), "signature 1, octet: no KeyInfo inside".to_owned()),
        ("a bare key", with("<X509Data>", "<KeyValue/><X509Data>"), instead("KeyValue", "X509Data")),
        (
            "a place to fetch the key from",
            with("<X509Data>", "<RetrievalMethod URI='http://a'/><X509Data>"),
            instead("RetrievalMethod", "X509Data"),
        ),
        ("a name of the key", with("</X509Data>", "</X509Data><KeyName/>"), unexpected("KeyName")),
        ("two certificates", with(certificate, &certificate.repeat(2)), unexpected("X509Certificate")),
        (
            "a list of revoked certificates",
            with("</X509Certificate>", "</X509Certificate><X509CRL/>"),
            unexpected("X509CRL"),
        ),
        (
            "a subject's name",
            with("<X509Certificate>", "<X509SubjectName/><X509Certificate>"),
            instead("X509SubjectName", "X509Certificate"),
        ),
        ("an element in base64", with("<SignatureValue>", "<SignatureValue><a/>"), unexpected("a")),
        (
            "SignatureValue first",
            with("<SignedInfo>", "<SignatureValue/><SignedInfo>"),
            instead("SignatureValue", "SignedInfo"),
        ),
        (
            "no Id",
            good().replace(&good()[good().find(" Id=").unwrap()..good().find("><SignedInfo>").unwrap()], ""),
            attributes.clone(),
        ),
        ("another Id", with(" Id=\"20", " Id=\"S20"), "Id".to_owned()),
        ("an Id in a namespace", with("<Signature ", "<Signature xml:lang='ja' "), attributes.clone()),
        ("the type of a reference", with("<Reference ", "<Reference Type='' "), attributes.clone()),
        ("a reference without URI", with("<Reference URI=", "<Reference Uri="), attributes.clone()),
        ("the Id of SignedInfo", with("<SignedInfo>", "<SignedInfo Id='a'>"), attributes.clone()),
        (
            "the encoding of an object on the value",
            with("<SignatureValue>", "<SignatureValue Encoding=''>"),
            attributes,
        ),
        (
            "another namespace",
            with(dsig, "http://www.w3.org/2000/09/xmldsig"),
            instead("{http://www.w3.org/2000/09/xmldsig}Signature", "Signature"),
        ),
        (
            "another namespace further in",
            with("<Reference ", "<Reference xmlns='urn:x' "),
            namespace("urn:x"),
        ),
        ("a namespace taken away", with("<Reference ", "<Reference xmlns='' "), namespace("")),
        (
            "a further prefix, signed with SignedInfo",
            with("<SignedInfo>", "<SignedInfo xmlns:x='urn:x'>"),
            namespace("urn:x"),
        ),
        (
            "a comment in a digest",
            with("<DigestValue>", "<DigestValue><!-- -->"),
            "signature 1, octet: a comment".to_owned(),
        ),
        (
            "an instruction",
            with("<SignedInfo>", "<?p?><SignedInfo>"),
            "signature 1, octet: a processing instruction".to_owned(),
        ),
        (
            "text beside elements",
            with("<SignedInfo>", "あ<SignedInfo>"),
            "signature 1, octet: text beside elements".to_owned(),
        ),
    ] {
        match expected.as_str() {
            "Id" => assert!(said(&document).starts_with("signature 1, Id: \"S20"), "{name}"),
            _ => assert_eq!(said(&document), expected, "{name}"),
        }
    }
}

#[test]
fn every_other_reference_is_refused_by_name() {
    const FORM: &str = "#%E6%A7%8B%E6%88%90%E6%83%85%E5%A0%B1";
    const FILE: &str = "990A01000000400001_01.xml";
    let first = |uri: &str| with(FORM, uri);
    let file = |uri: &str| with(FILE, uri);
    let not_form =
        |uri: &str| format!("signature 1, octet: the first reference is {uri:?} and not #構成情報");
    let not_file = |uri: &str, why: &str| format!("signature 1, octet: {uri:?} does not name a file: {why}");
    let of_file = {
        let start = good().find(&format!("<Reference URI=\"{FILE}")).unwrap();
        let end = start + good()[start..].find("</Reference>").unwrap() + "</Reference>".len();
        &good()[start..end]
    };
    let form = element("Reference");
    for (name, document, expected) in [
        ("the form by its characters", first("#構成情報"), "nothing".to_owned()),
        ("the form in small letters", first(&FORM.to_lowercase()), "nothing".to_owned()),
        ("the whole document", first(""), not_form("")),
        ("an XPointer to the root", first("#xpointer(/)"), not_form("#xpointer(/)")),
        (
            "an XPointer to the form",
            first("#xpointer(id('構成情報'))"),
            not_form("#xpointer(id('構成情報'))"),
        ),
        ("another element", first("#other"), not_form("#other")),
        ("encoded twice", first("#%25E6"), not_form("#%25E6")),
        ("the form of another document", first(&format!("a.xml{FORM}")), not_form(&format!("a.xml{FORM}"))),
        ("the file first", with(form, "").replacen(of_file, &format!("{of_file}{form}"), 1), not_form(FILE)),
        (
            "the form last, as if it were a file",
            with(of_file, &format!("{of_file}{form}")),
            not_file(FORM, "'#' stands unencoded"),
        ),
        (
            "the form alone",
            {
                let end = good().find("</SignedInfo>").unwrap();
                let start = good().find(of_file).unwrap();
                [&good()[..start], &good()[end..]].concat()
            },
            "nothing".to_owned(),
        ),
        (
            "no reference",
            {
                let end = good().find("</SignedInfo>").unwrap();
                let start = good().find(form).unwrap();
                [&good()[..start], &good()[end..]].concat()
            },
            "signature 1, octet: no Reference inside".to_owned(),
        ),
        ("no file's name", file(""), not_file("", "empty")),
        ("http", file("http://a.example/a"), not_file("http://a.example/a", "':' stands unencoded")),
        (
            "a file by its URI",
            file("file:///etc/passwd"),
            not_file("file:///etc/passwd", "':' stands unencoded"),
        ),
        ("another folder", file("../a.xml"), not_file("../a.xml", "'/' stands unencoded")),
        ("another folder, encoded", file("%2E%2E%2Fa.xml"), not_file("%2E%2E%2Fa.xml", "'/' in a file name")),
        ("another folder of Windows", file("..%5Ca.xml"), not_file("..%5Ca.xml", "'\\\\' in a file name")),
        ("a drive", file("C%3Aa.xml"), not_file("C%3Aa.xml", "':' in a file name")),
        ("the folder", file("."), not_file(".", "the name of a folder")),
        ("a query", file("a.xml?b"), not_file("a.xml?b", "'?' stands unencoded")),
        ("an element of a file", file("a.xml#b"), not_file("a.xml#b", "'#' stands unencoded")),
        (
            "a file twice",
            with(of_file, &of_file.repeat(2)),
            format!("signature 1, octet: a second reference to {FILE:?}"),
        ),
        (
            "a file twice in two spellings",
            with(of_file, &format!("{of_file}{}", of_file.replace(".xml", ".%78ml"))),
            format!("signature 1, octet: a second reference to {FILE:?}"),
        ),
    ] {
        assert_eq!(said(&document), expected, "{name}");
    }
}

#[test]
fn base64_stands_in_one_form_but_for_line_breaks() {
    let value = element("SignatureValue");
    let inside = &value["<SignatureValue>".len()..value.len() - "</SignatureValue>".len()];
    let with_value = |text: &str| with(inside, text);
    let digest = |text: &str| with(element("DigestValue"), &format!("<DigestValue>{text}</DigestValue>"));
    let of_octets = |count: usize| base64::prelude::BASE64_STANDARD.encode(vec![7; count]);
    let length = |element: &str, found: usize, expected: usize| {
        format!("signature 1, octet: {element} has {found} octets, not {expected}")
    };
    let base64 = |element: &str| format!("signature 1, octet: {element} is not base64 in its one form");
    let (first, rest) = inside.split_at(64);
    let last = inside.trim_end_matches('=');
    let spare = last[..last.len() - 1].to_owned() + if last.ends_with('A') { "B==" } else { "/==" };
    let certificate = element("X509Certificate");
    for (name, document, expected) in [
        ("line feeds", with_value(&format!("\n{first}\n{rest}\n")), "nothing".to_owned()),
        ("carriage returns", with_value(&format!("{first}&#13;\r\n{rest}")), "nothing".to_owned()),
        ("a space", with_value(&format!("{first} {rest}")), base64("SignatureValue")),
        ("a tab", with_value(&format!("\t{inside}")), base64("SignatureValue")),
        ("no padding", with_value(last), base64("SignatureValue")),
        ("more padding", with_value(&format!("{inside}=")), base64("SignatureValue")),
        ("bits that stand for nothing", with_value(&spare), base64("SignatureValue")),
        ("base64url", with_value(&inside.replacen(&first[..1], "-", 1)), base64("SignatureValue")),
        ("garbage behind", with_value(&format!("{inside}!")), base64("SignatureValue")),
        ("255 octets", with_value(&of_octets(255)), length("SignatureValue", 255, 256)),
        ("257 octets", with_value(&of_octets(257)), length("SignatureValue", 257, 256)),
        ("no signature", with_value(""), length("SignatureValue", 0, 256)),
        ("no digest", digest(""), length("DigestValue", 0, 32)),
        ("a short digest", digest(&of_octets(20)), length("DigestValue", 20, 32)),
        ("a long digest", digest(&of_octets(64)), length("DigestValue", 64, 32)),
        ("a digest in hexadecimal", digest(&"0a".repeat(31)), base64("DigestValue")),
        (
            "no certificate",
            with(certificate, "<X509Certificate/>"),
            "signature 1, octet: a certificate of 0 octets, not 1 to 16384".to_owned(),
        ),
        (
            "a certificate too long",
            with(
                certificate,
                &format!("<X509Certificate>{}</X509Certificate>", of_octets(MAX_CERTIFICATE + 1)),
            ),
            "signature 1, octet: a certificate of 16385 octets, not 1 to 16384".to_owned(),
        ),
    ] {
        assert_eq!(said(&document), expected, "{name}");
    }
}
