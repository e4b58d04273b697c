//! Every format: what is expected of it, and what lies beside it.

use crate::desk::{CHECKED, desk, folder_of, report, run, verify, words};
use serde_json::{Value, json};
use std::fs;

const ATTACHED: [&str; 2] = ["application.p7m", "application.jws"];
/// Signatures that are bound to no recipient.
const UNBOUND: [&str; 4] = ["note.txt.p7s", "files.jws", "form/kousei.xml", "signed.pdf"];
const WRONG: [(&str, &str); 5] = [
    ("origin", "\"https://shinsei.city.tonari.lg.jp\""),
    ("recipientId", "\"129984\""),
    ("procedure", r#"{"id":"juminhyo-utsushi","version":"2","sha256":"00"}"#),
    ("challenge", "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\""),
    ("signers", "2"),
];

/// The exit code with a list and these expectations.
fn code(file: &str, expectations: &Value) -> Option<i32> {
    let folder = tempfile::tempdir().unwrap();
    let expect = folder.path().join("expect.json");
    fs::write(&expect, expectations.to_string()).unwrap();
    verify(file, &["--crl", "crl", "--expect", expect.to_str().unwrap()]).status.code()
}

fn right() -> Value {
    serde_json::from_str(&fs::read_to_string(desk().folder.path().join("expect.json")).unwrap()).unwrap()
}

#[test]
fn each_wrong_or_missing_expectation_alone_keeps_an_application_from_being_valid() {
    for file in ATTACHED {
        assert_eq!(code(file, &right()), Some(0), "{file}");
        for (name, value) in WRONG {
            let mut expectations = right();
            expectations[name] = serde_json::from_str(value).unwrap();
            assert_eq!(code(file, &expectations), Some(1), "{file}, wrong {name}");
            expectations.as_object_mut().unwrap().remove(name);
            assert_eq!(code(file, &expectations), Some(4), "{file}, no {name}");
        }
    }
}

#[test]
fn no_expectation_about_a_recipient_is_met_by_files() {
    for file in UNBOUND {
        for (name, _) in WRONG {
            let expectations = json!({ name: right()[name] });
            let expected = if name == "signers" { 4 } else { 1 };
            assert_eq!(code(file, &expectations), Some(expected), "{file}, {name}");
        }
        assert_eq!(code(file, &json!({ "signers": 2 })), Some(1), "{file}");
        assert_eq!(code(file, &json!({})), Some(4), "{file}");
    }
}

#[test]
fn a_report_names_its_format_and_what_was_signed() {
    for (file, format, member) in [
        ("application.p7m", "cades", "application"),
        ("application.jws", "jades", "application"),
        ("note.txt.p7s", "cades-detached", "files"),
        ("files.jws", "jades-detached", "files"),
        ("form/kousei.xml", "egov", "fields"),
    ] {
        let report = report(file, &["--crl", "crl"]);
        assert_eq!((report["format"].as_str(), report.get(member).is_some()), (Some(format), true));
    }
    let report = report("files.jws", &[]);
    let names: Vec<_> = report["files"].as_array().unwrap().iter().map(|file| &file["name"]).collect();
    assert_eq!(names, ["a.txt", "b.txt"]);
    let report = self::report("signed.pdf", &["--crl", "crl"]);
    let stated = json!({ "name": "高崎　吉子" });
    assert_eq!((&report["format"], &report["signatures"][0]["stated"]), (&json!("pdf"), &stated));
}

#[test]
fn files_beside_a_signature_are_found_by_their_names() {
    let none = folder_of(&[("note.txt.p7s", "note.txt.p7s"), ("files.jws", "files.jws"), ("a.txt", "a.txt")]);
    let other = folder_of(&[("note.txt.p7s", "note.txt.p7s"), ("note.txt", "a.txt")]);
    let changed = folder_of(&[("files.jws", "files.jws"), ("a.txt", "a.txt"), ("b.txt", "a.txt")]);
    let unnamed = folder_of(&[("signature.der", "note.txt.p7s")]);
    let path = |folder: &tempfile::TempDir, name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let content = ["--crl", "crl", "--content", "note.txt"];
    let table: [(String, &[&str], i32, &str); 9] = [
        (path(&none, "note.txt.p7s"), &[], 2, "note.txt is missing"),
        (path(&none, "files.jws"), &[], 2, "b.txt is missing"),
        (path(&none, "note.txt.p7s"), &content, 4, ""),
        (path(&other, "note.txt.p7s"), &["--crl", "crl"], 1, ""),
        (path(&other, "note.txt.p7s"), &content, 4, ""),
        (path(&changed, "files.jws"), &["--crl", "crl"], 1, ""),
        (path(&unnamed, "signature.der"), &[], 2, "--content"),
        (path(&unnamed, "signature.der"), &content, 4, ""),
        ("application.p7m".into(), &content, 2, "--content"),
    ];
    for (file, more, code, error) in table {
        let output = verify(&file, more);
        assert_eq!(output.status.code(), Some(code), "{file} {more:?}: {output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(error), "{file} {more:?}: {output:?}");
    }
    let text = words(&verify(&path(&changed, "files.jws"), &["--crl", "crl"]));
    assert!(text.contains("ファイル「b.txt」の内容が署名のあとで変わっています"), "{text}");
}

#[test]
fn a_form_is_shown_with_its_files_and_held_against_them() {
    let text = words(&verify("form/kousei.xml", &["--crl", "crl"]));
    for part in ["構成情報/氏名：高崎　吉子", "地図 1.pdf（5バイト", "「Signature/@Id」の部分"]
    {
        assert!(text.contains(part), "{part} in:\n{text}");
    }
    assert!(!text.contains("署名日時"), "a time that is not signed is nobody's claim:\n{text}");
    let missing = folder_of(&[("kousei.xml", "form/kousei.xml")]);
    let changed = folder_of(&[("kousei.xml", "form/kousei.xml"), ("地図 1.pdf", "a.txt")]);
    let edited = folder_of(&[("地図 1.pdf", "form/地図 1.pdf")]);
    let form = fs::read_to_string(desk().folder.path().join("form/kousei.xml")).unwrap();
    fs::write(edited.path().join("kousei.xml"), form.replace("高崎", "山崎")).unwrap();
    let unsigned = tempfile::tempdir().unwrap();
    fs::write(unsigned.path().join("kousei.xml"), "<DataRoot/>").unwrap();
    for (folder, code, part) in [
        (&missing, 2, "地図 1.pdf is missing"),
        (&changed, 1, "ファイル「地図 1.pdf」の内容が署名のあとで変わっています"),
        (&edited, 1, "内容が署名のあとで変わっています"),
        (&unsigned, 2, "not a signed form of e-Gov"),
    ] {
        let output = verify(folder.path().join("kousei.xml").to_str().unwrap(), &["--crl", "crl"]);
        let said = words(&output) + &String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(said.contains(part), "{part} in:\n{said}");
    }
}

#[test]
fn a_pdf_without_a_signature_is_said_to_be_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pdf");
    fs::write(&file, "%PDF-1.7\n").unwrap();
    let output = verify(file.to_str().unwrap(), &[]);
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(error.contains("not a signed PDF: a PDF without a signature"), "{error}");
}

#[test]
fn a_file_longer_than_any_of_its_format_is_named_and_not_read() {
    let folder = tempfile::tempdir().unwrap();
    for (file, length, limit) in [("application.p7m", 500_000, "344064"), ("application.jws", 500_000, "")] {
        let long = folder.path().join(file);
        let mut octets = fs::read(desk().folder.path().join(file)).unwrap();
        octets.resize(length, b'A');
        fs::write(&long, octets).unwrap();
        let output = verify(long.to_str().unwrap(), &[]);
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.contains(file) && error.contains("octets") && error.contains(limit), "{error}");
    }
}

#[test]
fn a_procedure_compares_and_expects_nothing() {
    let compared = ["--crl", "crl", "--procedure", "procedure.json"];
    let found = report("compared.p7m", &compared);
    let outcomes: Vec<_> = found["signatures"][0]["comparisons"].as_array().unwrap().iter().collect();
    assert_eq!(outcomes.len(), 2);
    assert_eq!((&outcomes[0]["field"], &outcomes[0]["outcome"]), (&json!("name"), &json!("match")));
    assert_eq!((&outcomes[1]["field"], &outcomes[1]["outcome"]), (&json!("address"), &json!("mismatch")));
    assert_eq!(found.get("applicant"), None, "the certificate contradicts the address");
    assert_eq!(found["verdict"], "binding-not-checked", "a definition is no expectation");
    let text = words(&verify("compared.p7m", &compared));
    assert!(text.contains("氏名：証明書の氏名と一致"), "{text}");
    assert!(text.contains("住所：証明書の住所と不一致"), "{text}");
    let other = report("application.p7m", &compared);
    assert_eq!(other["signatures"][0].get("comparisons"), None, "an application of another procedure");
    let broken = verify("application.p7m", &["--procedure", "expect.json"]);
    assert_eq!(broken.status.code(), Some(2));
}

#[test]
fn a_report_comes_in_three_languages_and_as_a_page() {
    for (language, verdict, lang) in [
        ("ja", "署名は一致・失効未確認", "ja"),
        ("en", "Signature matches, revocation unknown", "en"),
        ("easy", "証明書（しょうめいしょ）が 今（いま）も 使（つか）えるか、まだ わかりません。", "ja"),
    ] {
        let text = words(&verify("application.p7m", &["--language", language]));
        assert!(text.lines().next().unwrap().contains(verdict), "{text}");
        let page = words(&verify("application.p7m", &["--language", language, "--html"]));
        assert!(page.starts_with(&format!("<!DOCTYPE html>\n<html lang=\"{lang}\">")), "{page}");
        assert!(page.contains(verdict) && page.trim_end().ends_with("</html>"));
    }
    let both = verify("application.p7m", &[&CHECKED[..], &["--html", "--json"]].concat());
    assert_eq!(both.status.code(), Some(2));
    let several = run(&["verify", "a.txt", "b.txt", "--html", "--world", "lab", "--anchors", "anchors"]);
    assert_eq!(several.status.code(), Some(2));
}
