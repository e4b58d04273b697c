//! `docs/verify.md` shows what the command prints, and names what it can say.

use crate::desk::{desk, folder_of, run, words};
use std::fs;

const DOCUMENT: &str = include_str!("../../../../docs/verify.md");

/// The blocks fenced as `language`.
fn blocks(language: &str) -> Vec<&'static str> {
    let opening = format!("```{language}\n");
    DOCUMENT.split(&opening).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

#[test]
fn every_example_ends_with_its_exit_code() {
    let inbox = desk().folder.path().join("inbox");
    fs::create_dir(&inbox).unwrap();
    let files = folder_of(&[
        ("1.p7m", "application.p7m"),
        ("2.p7m", "changed.p7m"),
        ("note.txt", "note.txt"),
        ("note.txt.p7s", "note.txt.p7s"),
    ]);
    for entry in fs::read_dir(files.path()).unwrap() {
        let path = entry.unwrap().path();
        fs::hard_link(&path, inbox.join(path.file_name().unwrap())).unwrap();
    }
    let examples = blocks("console");
    assert_eq!(examples.len(), 3);
    for example in examples {
        let (line, expected) = example.split_once('\n').unwrap();
        let arguments: Vec<&str> = line.strip_prefix("$ shomei ").unwrap().split(' ').collect();
        let output = run(&arguments);
        let code = output.status.code().unwrap();
        assert_eq!(format!("exit code {code}"), expected.trim(), "{line}\n{}", words(&output));
    }
}

#[test]
fn every_option_is_described() {
    let help = words(&run(&["verify", "--help"]));
    let options: Vec<&str> = help
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("--"))
        .map(|rest| rest.split([' ', '<', '[']).next().unwrap())
        .collect();
    assert!(options.len() >= 15, "{options:?}");
    for option in options {
        assert!(DOCUMENT.contains(&format!("`--{option}")), "--{option}");
    }
}
