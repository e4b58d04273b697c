//! One file: exit codes and words.

use crate::desk::{CHECKED, desk, report, run, verify, words};
use crate::schema;
use shomei_lab::{Purpose, RESIDENTS, Reason, folder};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

#[test]
fn the_exit_code_says_what_holds() {
    let elsewhere = ["--crl", "crl", "--expect", "other.json"];
    let table: [(&str, &str, &[&str], i32); 15] = [
        ("everything given and met", "application.p7m", &CHECKED, 0),
        ("everything given and met, in JAdES", "application.jws", &CHECKED, 0),
        ("JAdES meant for somebody else", "application.jws", &elsewhere, 1),
        ("JAdES without expectations", "application.jws", &["--crl", "crl"], 4),
        ("CAdES around a document for JAdES", "wrong-kind.p7m", &CHECKED, 1),
        ("one octet changed", "changed.p7m", &CHECKED, 1),
        ("meant for somebody else", "application.p7m", &elsewhere, 1),
        ("long after", "application.p7m", &[&CHECKED[..], &["--at", "2049-01-01T00:00:00Z"]].concat(), 1),
        ("no revocation list", "application.p7m", &["--expect", "expect.json"], 3),
        ("no expectations", "application.p7m", &["--crl", "crl"], 4),
        ("neither", "application.p7m", &[], 3),
        ("not an envelope", "expect.json", &CHECKED, 2),
        ("no such file", "missing.p7m", &CHECKED, 2),
        ("lists that are none", "application.p7m", &["--crl", "missing"], 2),
        ("expectations that are none", "application.p7m", &["--expect", "application.p7m"], 2),
    ];
    for (name, file, more, code) in table {
        let output = verify(file, more);
        assert_eq!(output.status.code(), Some(code), "{name}: {output:?}");
        assert_eq!(output.stdout.is_empty(), code == 2, "{name}");
        assert_eq!(output.stderr.is_empty(), code != 2, "{name}");
    }
}

#[test]
fn the_world_must_be_named_and_anchors_belong_to_it() {
    for arguments in [
        vec!["verify", "application.p7m", "--anchors", "anchors"],
        vec!["verify", "application.p7m", "--anchors", "anchors", "--world", "all"],
        vec!["verify", "application.p7m", "--anchors", "anchors", "--world", "production"],
        vec!["verify", "application.p7m", "--anchors", "anchors", "--world", "jlis-test"],
        vec!["verify", "application.p7m", "--world", "lab"],
        vec![],
    ] {
        assert_eq!(run(&arguments).status.code(), Some(2), "{arguments:?}");
    }
    let in_production = run(&["verify", "application.p7m", "--world", "production"]);
    assert_eq!(in_production.status.code(), Some(1));
}

#[test]
fn an_authority_is_dropped_by_its_fingerprint() {
    let openssl = ["x509", "-in", "lab-ca.pem", "-noout", "-fingerprint", "-sha256"];
    let printed = Command::new("openssl").current_dir(desk().folder.path()).args(openssl).output().unwrap();
    let lab = words(&printed).trim().rsplit('=').next().unwrap().to_owned();
    // Generation 1 of J-LIS, as it is published.
    let first = "19645405A1FE14377434BD55957628AC4038557C542403A2243F21C706FC9355";
    for (world, anchors, dropped, code) in [
        ("lab", &["--anchors", "anchors"][..], lab.as_str(), 1),
        ("lab", &["--anchors", "anchors"], first, 2),
        ("lab", &["--anchors", "anchors"], "1964", 2),
        ("production", &[], first, 1),
        ("production", &[], &lab, 2),
    ] {
        let common = ["verify", "application.p7m", "--world", world, "--drop-anchor", dropped];
        let output = run(&[&common, anchors, &CHECKED].concat());
        assert_eq!(output.status.code(), Some(code), "{world} without {dropped}: {output:?}");
    }
}

#[test]
fn people_read_who_signed_what_and_in_which_world() {
    let text = words(&verify("application.p7m", &CHECKED));
    for part in [
        "結果：有効（すべての確認に合格）",
        "世界：lab（実験用。実在する人の署名ではありません）",
        "氏名：高崎　吉子\n",
        "1文字目「高」、2文字目「崎」、4文字目「吉」は代替文字",
        "住所：千葉県みほん市葛町",
        "性別：女",
        "手続：住民票の写しの交付申請（juminhyo-utsushi 第1版）",
        "あて先：みほん市（129992）https://shinsei.city.mihon.lg.jp",
        "受取方法：郵送（mail）",
        "記載した内容は事実です。",
    ] {
        assert!(text.contains(part), "{part} in:\n{text}");
    }
}

#[test]
fn valid_is_never_written_beside_unknown() {
    for more in [&["--expect", "expect.json"][..], &["--crl", "crl"], &[]] {
        let text = words(&verify("application.p7m", more));
        assert!(text.contains("未確認") && !text.contains("有効"), "{text}");
        let report = words(&verify("application.p7m", &[more, &["--json"]].concat()));
        assert!(!report.contains("\"valid\""), "{report}");
    }
    let text = words(&verify("application.p7m", &["--expect", "expect.json"]));
    assert!(text.starts_with("結果：署名は一致・失効未確認\n"), "{text}");
}

#[test]
fn the_json_report_is_one_object_with_the_verdict() {
    let at = desk().now.to_string();
    let report = report("application.p7m", &[&CHECKED[..], &["--at", &at]].concat());
    assert_eq!(report["verdict"], "valid");
    assert_eq!(report["world"], "lab");
    assert_eq!(report["at"], at);
    assert_eq!(report["checks"].as_array().unwrap().len(), 6);
    assert_eq!(report["signatures"][0]["signer"]["nameSubstitutes"], "11010");
    assert_eq!(report["application"]["fields"][0]["value"], "mail");
}

#[test]
fn json_says_why_one_file_is_unusable() {
    for (file, code) in [
        ("expect.json", "no-format"),
        ("missing.p7m", "unreadable"),
        ("/dev/null", "not-a-file"),
        ("form/地図 1.pdf", "no-format"),
    ] {
        let output = verify(file, &["--json"]);
        let text = words(&output);
        schema::check("unusable", &text);
        let said: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(said["unusable"]["code"], code, "{text}");
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(output.stderr.is_empty(), "what is said once is not said twice: {output:?}");
    }
}

#[test]
fn a_revoked_certificate_is_refused_with_its_reason() {
    let copy = tempfile::tempdir().unwrap();
    copy_folder(desk().folder.path(), copy.path());
    let at = der::DateTime::from_system_time(SystemTime::now()).unwrap();
    folder::revoke(copy.path(), &RESIDENTS[1].id, Purpose::Signature, Reason::AffiliationChanged, at)
        .unwrap();
    let lists = copy.path().join("crl");
    let later = desk().now.moved_by(60).to_string();
    let arguments = ["--crl", lists.to_str().unwrap(), "--expect", "expect.json", "--at", &later];
    let output = verify("application.p7m", &arguments);
    assert_eq!(output.status.code(), Some(1));
    assert!(words(&output).contains("記載事項（氏名・住所など）の変更"), "{}", words(&output));
}

fn copy_folder(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let source: PathBuf = entry.unwrap().path();
        let target = to.join(source.file_name().unwrap());
        if source.is_dir() {
            fs::create_dir(&target).unwrap();
            copy_folder(&source, &target);
        } else {
            fs::copy(&source, &target).unwrap();
        }
    }
}
