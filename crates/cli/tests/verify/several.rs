//! Several files and folders.

use crate::desk::{CHECKED, desk, folder_of, verify, words};
use crate::schema;
use serde_json::{Value, json};
use std::cell::Cell;
use std::fs;
use std::path::Path;

fn lines(output: &std::process::Output) -> Vec<Value> {
    words(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_exit_code_is_the_worst_of_all_files() {
    let good = ("good.p7m", "application.p7m");
    let expected = CHECKED;
    let (unknown, unbound) = (["--expect", "expect.json"], ["--crl", "crl"]);
    /// Files of the folder with what they are copies of, the options, the exit code.
    type Row<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str], i32);
    let table: [Row<'_>; 9] = [
        (&[good, ("also.jws", "application.jws")], &expected, 0),
        (&[good, ("deep/er/also.jws", "application.jws"), ("text.txt", "a.txt")], &expected, 0),
        (&[good, ("bad.p7m", "changed.p7m")], &expected, 1),
        (&[good, ("missing.txt.p7s", "note.txt.p7s")], &expected, 2),
        (&[("missing.txt.p7s", "note.txt.p7s"), ("bad.p7m", "changed.p7m")], &expected, 1),
        (&[good, ("also.jws", "application.jws")], &unknown, 3),
        (&[good, ("also.jws", "application.jws")], &unbound, 4),
        (&[("text.txt", "a.txt")], &expected, 2),
        (&[], &expected, 2),
    ];
    for (entries, more, code) in table {
        let folder = folder_of(entries);
        let output = verify(folder.path().to_str().unwrap(), more);
        assert_eq!(output.status.code(), Some(code), "{entries:?} {more:?}: {output:?}");
        assert!(output.stderr.is_empty(), "no terminal, nothing asked for: {output:?}");
    }
}

#[test]
fn every_file_is_listed_in_order_with_what_came_of_it() {
    let folder = folder_of(&[
        ("1/application.p7m", "application.p7m"),
        ("2/changed.p7m", "changed.p7m"),
        ("3/note.txt", "note.txt"),
        ("3/note.txt.p7s", "note.txt.p7s"),
        ("4/other.txt.p7s", "note.txt.p7s"),
        ("5/expect.json", "expect.json"),
    ]);
    std::os::unix::fs::symlink("1/application.p7m", folder.path().join("6")).unwrap();
    std::os::unix::fs::symlink("..", folder.path().join("7")).unwrap();
    let path = folder.path().to_str().unwrap();
    let output = verify(path, &["--crl", "crl", "--json"]);
    schema::check("line", &words(&output));
    let lines = lines(&output);
    let told: Vec<(String, &Value)> = lines
        .iter()
        .filter_map(|line| Some((line["file"].as_str()?.strip_prefix(path)?[1..].to_owned(), line)))
        .collect();
    let names: Vec<&str> = told.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "1/application.p7m",
            "2/changed.p7m",
            "3/note.txt",
            "3/note.txt.p7s",
            "4/other.txt.p7s",
            "5/expect.json",
            "6",
            "7"
        ]
    );
    let verdict = |index: usize| told[index].1["report"]["verdict"].as_str();
    assert_eq!(verdict(0), Some("binding-not-checked"));
    assert_eq!(verdict(1), Some("invalid"));
    assert_eq!(told[2].1["skipped"], "content");
    assert_eq!(verdict(3), Some("binding-not-checked"));
    assert_eq!(told[4].1["unusable"]["code"], "file-missing");
    assert!(told[4].1["unusable"]["message"].as_str().unwrap().contains("4/other.txt is missing"));
    assert_eq!(told[5].1["skipped"], "no-format");
    assert_eq!((&told[6].1["skipped"], &told[7].1["skipped"]), (&json!("not-a-file"), &json!("not-a-file")));
    let summary = json!({"valid": 0, "invalid": 1, "revocation-unknown": 0, "binding-not-checked": 2, "unusable": 1, "skipped": 4});
    assert_eq!(lines.last().unwrap()["summary"], summary);
}

#[test]
fn people_read_a_line_for_each_file_and_a_table() {
    let folder = folder_of(&[("good.p7m", "application.p7m"), ("text.txt", "a.txt")]);
    fs::write(
        folder.path().join("bro\u{1b}ken.p7m"),
        &fs::read(desk().folder.path().join("application.p7m")).unwrap()[..99],
    )
    .unwrap();
    let path = folder.path().to_str().unwrap();
    for (language, valid, table) in [
        ("ja", "有効（すべての確認に合格）", "使えないファイル：1\n署名ではないファイル：1\n"),
        ("en", "Valid (every check passed)", "Unusable: 1\nNot signatures: 1\n"),
        ("easy", "有効（ゆうこう）です。ぜんぶ だいじょうぶでした。", "ファイル：1\n"),
    ] {
        let text = words(&verify(path, &[&CHECKED[..], &["--language", language]].concat()));
        assert!(text.contains(&format!("{path}/good.p7m\t{valid}\n")), "{text}");
        assert!(text.ends_with(table), "{text}");
        assert!(text.contains("bro\\u{001b}ken.p7m") && !text.contains('\u{1b}'), "{text}");
    }
}

#[test]
fn what_is_named_must_be_signed_and_what_cannot_be_opened_is_named() {
    let common = ["--world", "lab", "--anchors", "anchors", "--crl", "crl", "--expect", "expect.json"];
    for (files, code) in [
        (["application.p7m", "application.jws"], 0),
        (["application.p7m", "a.txt"], 2),
        (["application.p7m", "nowhere.p7m"], 2),
        (["application.p7m", "/dev/null"], 2),
    ] {
        let output = crate::desk::run(&[&["verify"][..], &files, &common].concat());
        assert_eq!(output.status.code(), Some(code), "{files:?}: {output:?}");
        assert!(words(&output).contains(files[1]), "{files:?}: {output:?}");
    }
}

/// How many of 10,000 files are of each kind that lies by itself, or beside a note.
const ALONE: [(&str, &str, usize); 7] = [
    ("p7m", "application.p7m", 900),
    ("jws", "application.jws", 300),
    ("changed", "changed.p7m", 300),
    ("txt.p7s", "note.txt.p7s", 300),
    ("lost.p7s", "note.txt.p7s", 200),
    ("signed.pdf", "signed.pdf", 300),
    ("page.pdf", "page.pdf", 100),
];
/// What lies in a folder of its own, and how many such folders there are.
const FOLDERS: [(&str, &[&str], usize); 2] = [
    ("form", &["form/kousei.xml", "form/地図 1.pdf"], 200),
    ("files", &["files.jws", "a.txt", "b.txt"], 200),
];
const FILES: usize = 10_000;

/// Hard links, a hundred to a folder; what is left to [`FILES`] is a text.
fn write_mix(top: &Path) {
    let from = desk().folder.path();
    let count = Cell::new(0_usize);
    let link = |folder: &str, name: &str, file: &str| {
        let folder = top.join(folder);
        fs::create_dir_all(&folder).unwrap();
        fs::hard_link(from.join(file), folder.join(name)).unwrap();
        count.set(count.get() + 1);
    };
    for (ending, file, many) in ALONE {
        for index in 0..many {
            let folder = format!("{ending}-{:03}", index / 100);
            link(&folder, &format!("{index:05}-file.{ending}"), file);
            if ending == "txt.p7s" {
                link(&folder, &format!("{index:05}-file.txt"), "note.txt");
            }
        }
    }
    for (kind, files, many) in FOLDERS {
        for index in 0..many {
            for file in files {
                link(&format!("{kind}-{index:05}"), file.rsplit('/').next().unwrap(), file);
            }
        }
    }
    for index in count.get()..FILES {
        link(&format!("text-{:03}", index / 100), &format!("{index:05}.txt"), "a.txt");
    }
}

#[test]
fn ten_thousand_files_are_counted_and_progress_is_told() {
    let top = tempfile::tempdir_in(desk().folder.path()).unwrap();
    write_mix(top.path());
    let path = top.path().to_str().unwrap();
    let output = verify(path, &["--crl", "crl", "--json", "--progress"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = lines(&output);
    assert_eq!(lines.len(), FILES + 1);
    let summary = json!({"valid": 0, "invalid": 300, "revocation-unknown": 0, "binding-not-checked": 2200, "unusable": 200, "skipped": 7300});
    assert_eq!(lines.last().unwrap()["summary"], summary);
    let told: Vec<String> = (1..=10).map(|step| format!("shomei: {} of 10000 files", step * 1000)).collect();
    let progress = String::from_utf8(output.stderr).unwrap();
    assert_eq!(progress.lines().collect::<Vec<_>>(), told);
    let files: Vec<&str> = lines.iter().filter_map(|line| line["file"].as_str()).collect();
    assert!(files.is_sorted(), "in the order of their paths");
}
