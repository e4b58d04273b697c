//! Forms of e-Gov made to deceive: what is signed is moved, hidden, doubled or read in another way.

use crate::attack::{Attack, Control, Expected, Invalid, Unusable, rows};
use crate::padding;
use crate::scene::{scene, sha256, sign, sign_digest};
use crate::transplants::LOGIN;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use shomei_envelope::egov;
use std::sync::OnceLock;

/// A name, the document out of the good one, and what has to be said.
type Row = (&'static str, fn(&str) -> String, Expected);
/// A name, the files beside the document, and what has to be said.
type Beside = (&'static str, &'static [(&'static str, &'static [u8])], Expected);

const FORM: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DataRoot><様式ID>1</様式ID>\
    <様式バージョン>1</様式バージョン><STYLESHEET>1.xsl</STYLESHEET><構成情報 ID=\"構成情報\">\
    <氏名>高崎　吉子</氏名><電話/></構成情報><署名情報></署名情報><その他><備考>なし</備考></その他></DataRoot>";
pub(crate) const MAP: (&str, &[u8]) = ("地図 1.pdf", b"a map");

const READING: &[Row] = rows! {
    "as it should be": str::to_owned => Control(4);
    "a billion laughs": |d| d.replacen("<DataRoot>", "<!DOCTYPE DataRoot [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><DataRoot>", 1) => Unusable("xml-document-type");
    "an external entity": |d| d.replacen("<DataRoot>", "<!DOCTYPE DataRoot SYSTEM \"file:///etc/passwd\"><DataRoot>", 1) => Unusable("xml-document-type");
    "a DTD that declares identifiers": |d| d.replacen("<DataRoot>", "<!DOCTYPE DataRoot [<!ATTLIST その他 x ID #IMPLIED>]><DataRoot>", 1) => Unusable("xml-document-type");
    "a DTD inside": |d| d.replacen("<氏名>", "<氏名><!DOCTYPE a>", 1) => Unusable("xml-document-type");
    "an entity": |d| d.replacen("高崎", "&name;", 1) => Unusable("xml-entity");
    "an ampersand alone": |d| d.replacen("高崎", "高&崎", 1) => Unusable("xml-entity");
    "another encoding by its name": |d| d.replacen("UTF-8", "Shift_JIS", 1) => Unusable("xml-encoding");
    "XML 1.1": |d| d.replacen("\"1.0\"", "\"1.1\"", 1) => Unusable("xml-version");
    "a control character": |d| d.replacen("高崎", "高\u{1}崎", 1) => Unusable("xml-character");
    "two roots": |d| format!("{d}<DataRoot/>") => Unusable("xml-not-well-formed");
    "text behind": |d| format!("{d}x") => Unusable("xml-not-well-formed");
    "cut off": |d| d[..d.len() - 12].to_owned() => Unusable("xml-unterminated");
    "a comment that does not end": |d| format!("{d}<!-- ") => Unusable("xml-unterminated");
    "an attribute twice": |d| d.replacen("ID=\"構成情報\"", "ID=\"構成情報\" ID=\"構成情報\"", 1) => Unusable("xml-not-well-formed");
    "a prefix of nothing": |d| d.replacen("<氏名>", "<氏名 x:a=''>", 1) => Unusable("xml-not-well-formed");
    "a line break in an attribute": |d| d.replacen("<氏名>", "<氏名 a='\n'>", 1) => Unusable("xml-attribute-white-space");
    "a carriage return in CDATA": |d| d.replacen("高崎", "<![CDATA[高\r\n崎]]>", 1) => Unusable("xml-cdata-line-end");
    "65 elements deep": |d| d.replacen("<備考>なし", &format!("<備考>{}{}", "<a>".repeat(70), "</a>".repeat(70)), 1) => Unusable("xml-too-deep");
    "many elements": |d| d.replacen("<備考>なし", &format!("<備考>{}", "<a/>".repeat(17_000)), 1) => Unusable("xml-elements");
    "many attributes": |d| d.replacen("<備考>", &format!("<備考{}>", (0..40).map(|n| format!(" a{n}=''")).collect::<String>()), 1) => Unusable("xml-attributes");
};

const WRAPPING: &[Row] = rows! {
    "another name": |d| d.replacen("高崎", "山崎", 1) => Invalid("signature/content");
    "a space in the form": |d| d.replacen("<氏名>", " <氏名>", 1) => Invalid("signature/content");
    "an element more": |d| d.replacen("<電話/>", "<電話/><電話/>", 1) => Invalid("signature/content");
    "an attribute more": |d| d.replacen("<電話/>", "<電話 a=''/>", 1) => Invalid("signature/content");
    "the signed form under その他, another in its place": moved => Unusable("second-id");
    "the same with Id": |d| moved(d).replacen("<その他><構成情報 ID", "<その他><構成情報 Id", 1) => Unusable("second-id");
    "the same with xml:id": |d| moved(d).replacen("<その他><構成情報 ID", "<その他><構成情報 xml:id", 1) => Unusable("second-id");
    "the same without an identifier": |d| moved(d).replacen("<その他><構成情報 ID=\"構成情報\"", "<その他><構成情報", 1) => Invalid("signature/content");
    "two forms": |d| d.replacen("<署名情報>", &format!("{}<署名情報>", part(d, "構成情報")), 1) => Unusable("form-parts");
    "the identifier on another element": |d| d.replacen("<備考>", "<備考 ID='構成情報'>", 1) => Unusable("second-id");
    "the identifier on the key": |d| d.replacen("<KeyInfo>", "<KeyInfo Id='構成情報'>", 1) => Unusable("second-id");
    "no identifier": |d| d.replacen(" ID=\"構成情報\"", "", 1) => Unusable("form-id");
    "Id for ID": |d| d.replacen(" ID=", " Id=", 1) => Unusable("form-id");
    "a comment in a name": |d| d.replacen("高崎", "高<!-- -->崎", 1) => Unusable("xml-comment");
    "a processing instruction in a name": |d| d.replacen("高崎", "高<?p?>崎", 1) => Unusable("xml-instruction");
    "text beside elements": |d| d.replacen("<氏名>", "見えない<氏名>", 1) => Unusable("form-text");
    "a namespace in the form": |d| d.replacen("<氏名>", "<氏名 xmlns='urn:x'>", 1) => Unusable("xml-namespace");
    "a namespace that is handed down": |d| d.replacen("<DataRoot>", "<DataRoot xmlns:x='urn:x'>", 1) => Unusable("form-attributes");
    "a language that is handed down": |d| d.replacen("<DataRoot>", "<DataRoot xml:lang='ja'>", 1) => Unusable("form-attributes");
    "another root": |d| d.replacen("<DataRoot>", "<DataRoot2>", 1).replacen("</DataRoot>", "</DataRoot2>", 1) => Unusable("no-format");
    "a root around": |d| format!("<DataRoot>{}</DataRoot>", d.split_once('\n').unwrap().1) => Unusable("form-parts");
    "a part missing": |d| d.replacen("<様式ID>1</様式ID>", "", 1) => Unusable("form-parts");
    "a signature beside its list": |d| d.replacen("<備考>", &format!("{}<備考>", part(d, "Signature")), 1) => Unusable("signature-elsewhere");
    "no signature": |d| d.replacen(part(d, "Signature"), "", 1) => Unusable("number-of-signers");
    "eleven signatures": |d| d.replacen(part(d, "Signature"), &part(d, "Signature").repeat(11), 1) => Unusable("number-of-signers");
    "the signature twice": |d| d.replacen(part(d, "Signature"), &part(d, "Signature").repeat(2), 1) => Invalid("identity/expectation:signers");
};

const C14N: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
const RSA: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";

const SIGNATURES: &[Row] = rows! {
    "exclusive canonicalization": |d| method(d, "http://www.w3.org/2001/10/xml-exc-c14n#") => Unusable("canonicalization");
    "canonicalization with comments": |d| method(d, &format!("{C14N}#WithComments")) => Unusable("canonicalization");
    "Canonical XML 1.1": |d| method(d, "http://www.w3.org/2006/12/xml-c14n11") => Unusable("canonicalization");
    "RSA with SHA-1": |d| d.replacen(RSA, "http://www.w3.org/2000/09/xmldsig#rsa-sha1", 1) => Unusable("signature-algorithm");
    "HMAC": |d| d.replacen(RSA, "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256", 1) => Unusable("signature-algorithm");
    "RSASSA-PSS": |d| d.replacen(RSA, "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", 1) => Unusable("signature-algorithm");
    "ECDSA": |d| d.replacen(RSA, "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", 1) => Unusable("signature-algorithm");
    "a digest by SHA-1": |d| d.replacen(SHA256, "http://www.w3.org/2000/09/xmldsig#sha1", 1) => Unusable("digest-algorithm");
    "a digest by SHA-512": |d| d.replacen(SHA256, "http://www.w3.org/2001/04/xmlenc#sha512", 1) => Unusable("digest-algorithm");
    "an XPath transform": |d| transform(d, "http://www.w3.org/TR/1999/REC-xpath-19991116") => Unusable("transform");
    "an XSLT transform": |d| transform(d, "http://www.w3.org/TR/1999/REC-xslt-19991116") => Unusable("transform");
    "the enveloped transform": |d| transform(d, "http://www.w3.org/2000/09/xmldsig#enveloped-signature") => Unusable("transform");
    "a base64 transform": |d| transform(d, "http://www.w3.org/2000/09/xmldsig#base64") => Unusable("transform");
    "an XPath in the transform": |d| d.replacen("</Transform>", "<XPath>self::text()</XPath></Transform>", 1) => Unusable("signature-elements");
    "a length of an HMAC": |d| d.replacen("</SignatureMethod>", "<HMACOutputLength>0</HMACOutputLength></SignatureMethod>", 1) => Unusable("signature-elements");
    "no transform": |d| d.replacen(part(d, "Transforms"), "", 1) => Unusable("signature-elements");
    "an object with a manifest": |d| d.replacen("</Signature>", "<Object><Manifest/></Object></Signature>", 1) => Unusable("signature-elements");
    "a bare key": |d| d.replacen("<X509Data>", "<KeyValue/><X509Data>", 1) => Unusable("signature-elements");
    "a place to fetch the key from": |d| d.replacen("<X509Data>", "<RetrievalMethod URI='http://attacker.example/'/><X509Data>", 1) => Unusable("signature-elements");
    "two certificates": |d| d.replacen(part(d, "X509Certificate"), &part(d, "X509Certificate").repeat(2), 1) => Unusable("signature-elements");
    "no certificate": |d| d.replacen(part(d, "KeyInfo"), "", 1) => Unusable("signature-elements");
    "an empty certificate": |d| d.replacen(&text(d, "X509Certificate"), "", 1) => Unusable("certificate-length");
    "another person's certificate": |d| certified(d, &scene().other.certificate) => Invalid("signature/signature");
    "the authentication certificate": |d| certified(d, &scene().authentication().certificate) => Invalid("chain/profile");
    "a login statement in the form, all of it by the authentication key": |d| login(d) => Invalid("chain/profile");
    "the revoked certificate of the same person": |d| certified(d, &scene().revoked.certificate) => Invalid("signature/signature revocation/revoked");
    "a comment in the signature": |d| d.replacen("<SignedInfo>", "<!-- --><SignedInfo>", 1) => Unusable("xml-comment");
    "a comment in a digest": |d| d.replacen("<DigestValue>", "<DigestValue><!-- -->", 1) => Unusable("xml-comment");
    "an instruction in the signature": |d| d.replacen("<SignedInfo>", "<?p?><SignedInfo>", 1) => Unusable("xml-instruction");
    "a namespace in the signature": |d| d.replacen("<SignedInfo>", "<SignedInfo xmlns:x='urn:x'>", 1) => Unusable("xml-namespace");
    "text in the signature": |d| d.replacen("<SignedInfo>", "x<SignedInfo>", 1) => Unusable("signature-text");
    "an identifier of SignedInfo": |d| d.replacen("<SignedInfo>", "<SignedInfo Id='a'>", 1) => Unusable("signature-attributes");
    "a type of a reference": |d| d.replacen("<Reference ", "<Reference Type='' ", 1) => Unusable("signature-attributes");
    "a time that is none": |d| d.replacen(" Id=\"2", " Id=\"S2", 1) => Unusable("signing-time");
    "a first reference to the whole": |d| first(d, "") => Unusable("first-reference");
    "a first reference to another element": |d| first(d, "#備考") => Unusable("first-reference");
    "a first reference by XPointer": |d| first(d, "#xpointer(/)") => Unusable("first-reference");
    "a first reference to a file": |d| first(d, "a.xml") => Unusable("first-reference");
    "a first reference without encoding": |d| first(d, "#構成情報") => Invalid("signature/signature");
    "a file reference in small letters": |d| d.replacen("%E5%9C%B0", "%e5%9c%b0", 1) => Invalid("signature/signature");
    "a file reference with a plain letter": |d| d.replacen("%E5%9C%B0", "地", 1) => Invalid("signature/signature");
    "a file in the folder above": |d| file(d, "../a.pdf") => Unusable("file-reference");
    "a file in the folder above, encoded": |d| file(d, "..%2Fa.pdf") => Unusable("file-reference");
    "a file by an absolute path": |d| file(d, "/etc/passwd") => Unusable("file-reference");
    "a file by an address": |d| file(d, "http://attacker.example/a.pdf") => Unusable("file-reference");
    "a file by a backslash": |d| file(d, "a%5Cb.pdf") => Unusable("file-reference");
    "a file with a zero in its name": |d| file(d, "a.pdf%00.exe") => Unusable("file-reference");
    "a file whose name reads from right to left": |d| file(d, "a%E2%80%AEfdp.exe") => Unusable("file-reference");
    "a file of another name": |d| file(d, "other.pdf") => Unusable("file-missing");
    "a file twice": |d| d.replacen("</SignedInfo>", &format!("{}</SignedInfo>", &last_reference(d)), 1) => Unusable("file-named-twice");
    "a file's reference taken away": |d| d.replacen(&last_reference(d), "", 1) => Invalid("signature/signature");
    "another digest of the form": |d| d.replacen(&text(d, "DigestValue"), &BASE64_STANDARD.encode([1; 32]), 1) => Invalid("signature/content signature/signature");
    "a digest cut short": |d| d.replacen(&text(d, "DigestValue"), &BASE64_STANDARD.encode([1; 31]), 1) => Unusable("digest-length");
    "a digest with bits that stand for nothing": |d| d.replacen(&text(d, "DigestValue"), &format!("{}B=", "A".repeat(42)), 1) => Unusable("base64");
    "a digest with spaces": |d| d.replacen("<DigestValue>", "<DigestValue> ", 1) => Unusable("base64");
    "a signature cut short": |d| value(d, &[1; 255]) => Unusable("signature-length");
    "a signature of zeros": |d| value(d, &[0; 256]) => Invalid("signature/signature");
    "a signature over the form": |d| value(d, &sign(scene().holder(), form(d).as_bytes())) => Invalid("signature/signature");
    "a signature by RSASSA-PSS": |d| value(d, &padding::pss_signature(&message(d))) => Invalid("signature/signature");
    "a signature by another person": |d| value(d, &sign(&scene().other, &message(d))) => Invalid("signature/signature");
};

const FILES: &[Beside] = rows! {
    "changed": &[("地図 1.pdf", b"a mop")] => Invalid("signature/file:地図 1.pdf");
    "grown": &[("地図 1.pdf", b"a map\n")] => Invalid("signature/file:地図 1.pdf");
    "empty": &[("地図 1.pdf", b"")] => Invalid("signature/file:地図 1.pdf");
    "missing": &[] => Unusable("file-missing");
    "under its encoded name": &[("%E5%9C%B0%E5%9B%B3%201.pdf", b"a map")] => Unusable("file-missing");
    "of another case": &[("地図 1.PDF", b"a map")] => Unusable("file-missing");
    "with a wide space": &[("地図　1.pdf", b"a map")] => Unusable("file-missing");
};

pub(crate) fn attacks() -> Vec<Attack> {
    let document = |table: &[Row]| {
        let attack = |(name, change, expected): &Row| {
            let octets = change(good()).into_bytes();
            Attack::new(format!("XML: {name}"), "kousei.xml", octets, *expected).beside(&[MAP])
        };
        table.iter().map(attack).collect::<Vec<_>>()
    };
    let files = FILES.iter().map(|(name, files, expected)| {
        let octets = good().as_bytes().to_vec();
        Attack::new(format!("file of a form: {name}"), "kousei.xml", octets, *expected).beside(files)
    });
    [document(READING), document(WRAPPING), document(SIGNATURES), files.collect()]
        .into_iter()
        .flatten()
        .collect()
}

/// The good document.
pub(crate) fn good() -> &'static str {
    static GOOD: OnceLock<String> = OnceLock::new();
    GOOD.get_or_init(|| {
        let certificate = &scene().holder().certificate;
        let prepared = egov::prepare(FORM.as_bytes(), &[MAP], certificate, scene().now).unwrap();
        let signature = sign_digest(scene().holder(), &prepared.digest());
        String::from_utf8(prepared.complete(&signature).unwrap()).unwrap()
    })
}

/// SignedInfo in its canonical form.
pub(crate) fn message(document: &str) -> Vec<u8> {
    egov::parse(document.as_bytes()).unwrap().signatures()[0].message().to_vec()
}

/// 構成情報 in its canonical form.
fn form(document: &str) -> String {
    String::from_utf8(egov::parse(document.as_bytes()).unwrap().form().to_vec()).unwrap()
}

/// The first element of this name, with everything inside.
fn part<'d>(document: &'d str, name: &str) -> &'d str {
    let close = format!("</{name}>");
    let names = [format!("<{name}>"), format!("<{name} ")];
    let start = names.iter().filter_map(|open| document.find(open)).min().unwrap();
    &document[start..start + document[start..].find(&close).unwrap() + close.len()]
}

/// What stands in the first element of this name.
fn text(document: &str, name: &str) -> String {
    part(document, name).split_once('>').unwrap().1.rsplit_once('<').unwrap().0.to_owned()
}

/// The form under その他, and another one in its place.
fn moved(document: &str) -> String {
    let signed = part(document, "構成情報");
    let wrapped = document.replacen("<その他>", &format!("<その他>{signed}"), 1);
    wrapped.replacen("高崎", "山崎", 1)
}

fn method(document: &str, algorithm: &str) -> String {
    let from = format!("<CanonicalizationMethod Algorithm=\"{C14N}\"");
    assert!(document.contains(&from));
    document.replacen(&from, &format!("<CanonicalizationMethod Algorithm=\"{algorithm}\""), 1)
}

fn transform(document: &str, algorithm: &str) -> String {
    let from = format!("<Transform Algorithm=\"{C14N}\"");
    assert!(document.contains(&from));
    document.replacen(&from, &format!("<Transform Algorithm=\"{algorithm}\""), 1)
}

fn certified(document: &str, certificate: &[u8]) -> String {
    document.replacen(&text(document, "X509Certificate"), &BASE64_STANDARD.encode(certificate), 1)
}

/// A form that says what a login statement says, digested and signed anew.
fn login(document: &str) -> String {
    let key = scene().authentication();
    let stated = document.replacen("高崎　吉子", &String::from_utf8_lossy(LOGIN), 1);
    let digest = BASE64_STANDARD.encode(sha256(form(&stated).as_bytes()));
    let stated = certified(&stated.replacen(&text(&stated, "DigestValue"), &digest, 1), &key.certificate);
    value(&stated, &sign(key, &message(&stated)))
}

pub(crate) fn value(document: &str, signature: &[u8]) -> String {
    document.replacen(&text(document, "SignatureValue"), &BASE64_STANDARD.encode(signature), 1)
}

fn first(document: &str, reference: &str) -> String {
    let from = "\"#%E6%A7%8B%E6%88%90%E6%83%85%E5%A0%B1\"";
    assert!(document.contains(from));
    document.replacen(from, &format!("\"{reference}\""), 1)
}

fn file(document: &str, reference: &str) -> String {
    let from = "\"%E5%9C%B0%E5%9B%B3%201.pdf\"";
    assert!(document.contains(from));
    document.replacen(from, &format!("\"{reference}\""), 1)
}

fn last_reference(document: &str) -> String {
    document[document.rfind("<Reference ").unwrap()..document.find("</SignedInfo>").unwrap()].to_owned()
}
