//! Signatures of other shapes.

use super::*;

const C14N: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
const TRANSFORM: &str =
    r#"<Transform Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"></Transform>"#;

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
        ("a prefix taken away", with("<SignedInfo>", "<SignedInfo xmlns:x=''>"), namespace("")),
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
    let of_octets = |count: usize| base64::Engine::encode(&base64::prelude::BASE64_STANDARD, vec![7; count]);
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
