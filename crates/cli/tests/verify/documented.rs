//! `docs/verify.md` shows what the command prints, and names what it can say.

use crate::desk::{desk, folder_of, run, words};
use std::fs;

const DOCUMENT: &str = include_str!("../../../../docs/verify.md");

/// The blocks fenced as `language`.
fn blocks(language: &str) -> Vec<&'static str> {
    let opening = format!("```{language}\n");
    DOCUMENT.split(&opening).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

/// The text without what differs from one world to the next: digits, and the letters of hexadecimal numbers.
fn without_numbers(text: &str) -> String {
    let is_number = |word: &str| {
        word.len() > 7
            && word.bytes().all(|octet| octet.is_ascii_hexdigit())
            && word.bytes().any(|octet| octet.is_ascii_digit())
    };
    let words = text.split_inclusive(|character: char| !character.is_ascii_alphanumeric());
    let shown = words.map(|word| {
        let end = word.trim_end_matches(|character: char| !character.is_ascii_alphanumeric());
        let rest = &word[end.len()..];
        let shown =
            if is_number(end) { "0".to_owned() } else { end.replace(|one: char| one.is_ascii_digit(), "0") };
        format!("{shown}{rest}")
    });
    shown.collect()
}

#[test]
fn every_example_is_what_the_command_prints() {
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
        let printed = words(&run(&arguments));
        assert_eq!(without_numbers(&printed), without_numbers(expected), "{line}\n{printed}");
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
