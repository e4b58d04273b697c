//! A signature made for one purpose, offered as another; each in the very octets that its own purpose gives it.

use crate::attack::{Attack, Expected, Invalid, Unusable};
use crate::cms::{APPLICATION, CONTENT_TYPE, Cms, FILE, Signer, inside, oid};
use crate::files::beside;
use crate::jws::{Jws, base64url, header};
use crate::padding::pss_of;
use crate::scene::{scene, sha256, sign};
use crate::{pdf, xml};
use shomei_application::Container;
use shomei_lab::Issued;
use std::fs;
use std::process::Command;

/// A login statement, as the authentication key signs one.
pub(crate) const LOGIN: &[u8] = b"shomei-login/1\n{\"challenge\":\"c\",\"issuedAt\":\"2026-10-01T00:00:00Z\",\"origin\":\"https://a.example\"}";

/// What a client signs in TLS 1.3 (RFC 8446 §4.4.3) over some handshake.
fn certificate_verify() -> Vec<u8> {
    [&[0x20; 64][..], b"TLS 1.3, client CertificateVerify\0", &sha256(b"handshake")].concat()
}

/// Signatures that exist, each over the octets of its own purpose.
fn signatures() -> Vec<(&'static str, Vec<u8>)> {
    let (holder, authentication) = (scene().holder(), scene().authentication());
    let document = scene().document(Container::Cades);
    let of_cms = |mut cms: Cms, content: &[u8]| sign(holder, &cms.signer().message(content));
    let file_header = header(holder).replace("shomei-application+jose", "shomei-files+jose");
    vec![
        ("of the document itself", sign(holder, &document)),
        ("of CMS around the document", of_cms(Cms::good(), &document)),
        ("of CMS beside the document", of_cms(Cms::beside(&document), b"")),
        ("of JWS around the document", sign(holder, &Jws::by(holder, &document).signed())),
        ("of JWS beside files", sign(holder, format!("{}.", base64url(file_header.as_bytes())).as_bytes())),
        ("of a form in XML", sign(holder, &xml::message(xml::good()))),
        ("of a login statement", sign(holder, LOGIN)),
        ("of a login statement, by the authentication key", sign(authentication, LOGIN)),
        ("of TLS 1.3", sign(holder, &certificate_verify())),
        ("of TLS 1.3, by the authentication key", sign(authentication, &certificate_verify())),
        ("of TLS 1.3 by RSASSA-PSS", pss_of(holder, &certificate_verify())),
        ("of the certificate", sign(holder, &holder.certificate)),
    ]
}

/// Each signature put where another one belongs; those that belong there are left out.
fn pasted() -> Vec<Attack> {
    let (document, mut attacks) = (scene().document(Container::Cades), Vec::new());
    let jades = scene().document(Container::Jades);
    let no = Invalid("signature/signature");
    for (name, value) in signatures() {
        let in_cms = Cms::around(&document).with(|cms| cms.signer().value = Some(value.clone()));
        let in_jws = Jws::by(scene().holder(), &jades).with(|jws| jws.value = Some(value.clone()));
        if name != "of CMS around the document" {
            attacks.push(Attack::new(format!("signature {name} in CMS"), "a.p7m", in_cms.encode(), no));
        }
        attacks.push(Attack::new(
            format!("signature {name} in JWS"),
            "a.jws",
            in_jws.compact().into_bytes(),
            no,
        ));
    }
    attacks
}

/// The same where forms and PDFs have theirs.
pub(crate) fn pasted_into_files() -> Vec<Attack> {
    let (mut attacks, no) = (Vec::new(), Invalid("signature/signature"));
    for (name, value) in signatures() {
        attacks.push(Attack::new(format!("signature {name} in PDF"), "a.pdf", pdf::with_value(&value), no));
        if name != "of a form in XML" {
            let form = xml::value(xml::good(), &value).into_bytes();
            let form = Attack::new(format!("signature {name} in XML"), "kousei.xml", form, no);
            attacks.push(form.beside(&[xml::MAP]));
        }
    }
    attacks
}

/// Content of one purpose in the envelope of another, signed as that.
fn repacked() -> Vec<Attack> {
    let (holder, authentication) = (scene().holder(), scene().authentication());
    let (for_cades, for_jades) = (scene().document(Container::Cades), scene().document(Container::Jades));
    let (cms, jws) = (Cms::good().encode(), Jws::good().compact().into_bytes());
    let attributes = Cms::good().signer().message(&for_cades);
    let by = |key: &Issued, content: &[u8]| {
        let signers = vec![Signer::of(key, APPLICATION, content)];
        let certificates = vec![key.certificate.clone()];
        Cms { content: inside(content), signers, certificates, ..Cms::good() }.encode()
    };
    let container = Invalid("binding/container");
    let none = Invalid("binding/not-an-application");
    let bad_key = Invalid("chain/profile binding/not-an-application");
    let in_cms: [(&str, Vec<u8>, Expected); 10] = [
        ("a document for JWS", by(holder, &for_jades), container),
        ("an envelope of CMS", by(holder, &cms), none),
        ("an envelope of JWS", by(holder, &jws), none),
        ("the input of a JWS signature", by(holder, &Jws::good().signed()), none),
        ("the signed attributes of another", by(holder, &attributes), none),
        ("a form in XML", by(holder, xml::good().as_bytes()), none),
        ("what is signed of a form in XML", by(holder, &xml::message(xml::good())), none),
        ("a login statement", by(holder, LOGIN), none),
        ("a login statement, by the authentication key", by(authentication, LOGIN), bad_key),
        ("a handshake of TLS, by the authentication key", by(authentication, &certificate_verify()), bad_key),
    ];
    let jws_by = |key: &Issued, content: &[u8]| Jws::by(key, content).compact().into_bytes();
    let in_jws: [(&str, Vec<u8>, Expected); 7] = [
        ("a document for CMS", jws_by(holder, &for_cades), container),
        ("an envelope of CMS", jws_by(holder, &cms), none),
        ("an envelope of JWS", jws_by(holder, &jws), none),
        ("the signed attributes of CMS", jws_by(holder, &attributes), none),
        ("a form in XML", jws_by(holder, xml::good().as_bytes()), none),
        ("a login statement", jws_by(holder, LOGIN), none),
        ("a login statement, by the authentication key", jws_by(authentication, LOGIN), bad_key),
    ];
    let cms = in_cms
        .map(|(name, octets, expected)| Attack::new(format!("in CMS: {name}"), "a.p7m", octets, expected));
    let jws = in_jws
        .map(|(name, octets, expected)| Attack::new(format!("in JWS: {name}"), "a.jws", octets, expected));
    cms.into_iter().chain(jws).collect()
}

/// What stands inside put outside, and the other way round; one kind's words around the other's.
fn turned() -> Vec<Attack> {
    let document = scene().document(Container::Cades);
    let [protected, payload, signature] = Jws::good().parts();
    let stripped = Cms::around(&Cms::good().signer().message(&document)).with(|cms| {
        cms.signer().value = Some(sign(scene().holder(), &Cms::good().signer().message(&document)));
        cms.signer().attributes = None;
    });
    let file_type = |mut cms: Cms| {
        cms.content_type = FILE.to_vec();
        cms
    };
    let typed = |mut cms: Cms, content_type: &[u8]| {
        cms.signer().set(CONTENT_TYPE, &[&oid(content_type)]);
        cms
    };
    vec![
        Attack::new(
            "turned: CMS without its content",
            "document.p7s",
            Cms::good().with(|c| c.content.clear()).encode(),
            Unusable("content-place"),
        )
        .beside(&[("document", &document)]),
        Attack::new(
            "turned: CMS beside its content by its type alone",
            "document.p7s",
            file_type(Cms::good().with(|c| c.content.clear())).encode(),
            Unusable("content-type"),
        )
        .beside(&[("document", &document)]),
        Attack::new(
            "turned: the signature beside a file with the file inside",
            "a.p7m",
            Cms::beside(&document).with(|c| c.content = inside(&document)).encode(),
            Unusable("content-place"),
        ),
        Attack::new(
            "turned: the same of an application by its outer type",
            "a.p7m",
            {
                let mut cms = Cms::beside(&document).with(|c| c.content = inside(&document));
                cms.content_type = APPLICATION.to_vec();
                cms.encode()
            },
            Unusable("content-type"),
        ),
        Attack::new(
            "turned: an application's type around a signature of a file",
            "a.p7m",
            typed(Cms::good(), FILE).encode(),
            Unusable("content-type"),
        ),
        Attack::new(
            "turned: signed attributes as the content",
            "a.p7m",
            stripped.encode(),
            Unusable("no-signed-attributes"),
        ),
        Attack::new(
            "turned: JWS without its payload",
            "a.jws",
            format!("{protected}..{signature}").into_bytes(),
            Unusable("content-type"),
        ),
        Attack::new(
            "turned: JWS of files with a payload",
            "a.jws",
            beside(&header(scene().holder()).replace("application+jose", "files+jose"))
                .replacen("..", &format!(".{payload}."), 1)
                .into_bytes(),
            Unusable("content-type"),
        ),
        Attack::new(
            "turned: JWS in DER",
            "a.p7m",
            crate::cms::octets(Jws::good().compact().as_bytes()),
            Unusable("no-format"),
        ),
        Attack::new("turned: a login statement alone", "login", LOGIN.to_vec(), Unusable("no-format")),
        Attack::new(
            "turned: a login statement as a protected header",
            "a.jws",
            Jws::headed(LOGIN).compact().into_bytes(),
            Unusable("no-format"),
        ),
    ]
}

pub(crate) fn attacks() -> Vec<Attack> {
    [pasted(), repacked(), turned()].into_iter().flatten().collect()
}

/// OpenSSL takes the very signature of an application for one over its attributes as content, where they are taken
/// away: RFC 5652 §5.4 signs both alike. The type of content cannot stop it there, so we refuse what has no attributes.
#[test]
fn openssl_accepts_stripped_attributes_and_we_do_not() {
    let folder = tempfile::tempdir().unwrap();
    let document = scene().document(Container::Cades);
    let attributes = Cms::good().signer().message(&document);
    let signature = sign(scene().holder(), &attributes);
    let cms = Cms::around(&attributes).with(|cms| {
        cms.signer().value = Some(signature);
        cms.signer().attributes = None;
    });
    fs::write(folder.path().join("a.p7m"), cms.encode()).unwrap();
    let mut openssl = Command::new("openssl");
    openssl.current_dir(&folder).args(["cms", "-verify", "-x509_strict", "-inform", "DER", "-binary"]);
    openssl.args(["-in", "a.p7m", "-out", "content", "-CAfile"]).arg(scene().path().join("lab-ca.pem"));
    let output = openssl.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(fs::read(folder.path().join("content")).unwrap(), attributes);
    let attacks = turned();
    assert!(attacks.iter().any(|attack| attack.octets == cms.encode()), "it is one of the corpus");
}
