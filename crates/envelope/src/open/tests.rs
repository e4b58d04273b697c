use super::*;
use crate::testing::{Key, Lab, lab};

const FORM: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DataRoot><様式ID>1</様式ID>\
    <様式バージョン>1</様式バージョン><STYLESHEET>1.xsl</STYLESHEET><構成情報 ID=\"構成情報\">\
    <氏名>山田　太郎</氏名></構成情報><署名情報></署名情報></DataRoot>";

/// What stands beside a signature, with the error of a place where nothing else is.
fn beside(name: &str) -> Result<Vec<u8>, String> {
    match name {
        "a.txt" | "b.txt" => Ok(name.into()),
        _ => Err(format!("no {name} here")),
    }
}

fn detached_cades(lab: &Lab) -> Vec<u8> {
    let file = FileDigest::of("a.txt", b"a.txt");
    let prepared = cades::prepare_detached(&file, &lab.holder().signature.certificate, lab.now).unwrap();
    let signature = lab.sign(Key::Signature, &prepared.digest());
    prepared.complete(&signature).unwrap()
}

fn detached_jades(lab: &Lab, names: &[&str]) -> Vec<u8> {
    let files: Vec<_> = names.iter().map(|name| jades::ReadFile::of(name, name.as_bytes())).collect();
    let prepared = jades::prepare_detached(&files, &lab.holder().signature.certificate, lab.now).unwrap();
    let signature = lab.sign(Key::Signature, &prepared.digest());
    prepared.complete(&signature).unwrap()
}

fn form(lab: &Lab, name: &str) -> Vec<u8> {
    let certificate = &lab.holder().signature.certificate;
    let prepared = egov::prepare(FORM.as_bytes(), &[(name, name.as_bytes())], certificate, lab.now).unwrap();
    let signature = lab.sign(Key::Signature, &prepared.digest());
    prepared.complete(&signature).unwrap()
}

#[test]
fn every_format_is_opened_beside_its_files_and_says_what_is_in_the_way() {
    let lab = lab();
    let long = [b"<DataRoot>".as_slice(), &vec![b' '; egov::MAX_XML]].concat();
    let table: [(&str, Vec<u8>, Option<&str>, &str); 14] = [
        ("an application", lab.signed(), None, "cades"),
        ("a broken application", lab.signed()[..500].to_vec(), None, "not a signed application: "),
        ("a file", detached_cades(lab), Some("a.txt"), "cades-detached"),
        ("a file without a name", detached_cades(lab), None, "the signature of a file, and its name"),
        ("a file that is not there", detached_cades(lab), Some("c.txt"), "no c.txt here"),
        ("a broken signature", detached_cades(lab)[..500].to_vec(), None, "not the signature of a file: "),
        ("files", detached_jades(lab, &["a.txt", "b.txt"]), None, "jades-detached"),
        ("files, one not there", detached_jades(lab, &["a.txt", "c.txt"]), None, "no c.txt here"),
        ("a form", form(lab, "a.txt"), None, "egov"),
        ("a form without its file", form(lab, "c.txt"), None, "no c.txt here"),
        ("a form without a signature", b"<DataRoot/>".to_vec(), None, "not a signed form of e-Gov: "),
        ("a long form", long, None, "more than the 4194304 octets that the format egov may have"),
        ("a PDF", b"%PDF-1.7".to_vec(), None, "not a signed PDF: a PDF without a signature"),
        ("a text", b"text".to_vec(), None, "none of the formats of a signature"),
    ];
    for (name, octets, content, expected) in table {
        let opened = match open(&octets, content, beside) {
            Ok(signed) => signed.format().name().to_owned(),
            Err(error) => error.to_string(),
        };
        assert!(opened.starts_with(expected), "{name}: {opened}");
    }
}

#[test]
fn the_name_of_a_signature_tells_its_file() {
    for (signature, file) in [
        ("note.txt.p7s", Some("note.txt")),
        ("NOTE.P7S", Some("NOTE")),
        ("申請書.pdf.p7s", Some("申請書.pdf")),
        (".p7s", None),
        ("note.p7m", None),
        ("p7s", None),
        ("申", None),
    ] {
        assert_eq!(signed_name(signature), file, "{signature}");
    }
}
