//! `docs/inspect.md` shows what the command prints, and names what it can say.

use crate::shown::pki;
use std::process::Command;

const DOCUMENT: &str = include_str!("../../../../docs/inspect.md");

/// The blocks fenced as `language`.
fn blocks(language: &str) -> Vec<&'static str> {
    let opening = format!("```{language}\n");
    DOCUMENT.split(&opening).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

#[test]
fn every_example_is_what_the_command_prints() {
    let examples = blocks("console");
    assert_eq!(examples.len(), 2);
    for example in examples {
        let (line, expected) = example.split_once('\n').unwrap();
        let arguments = line.strip_prefix("$ shomei ").unwrap().split(' ');
        let mut command = Command::new(env!("CARGO_BIN_EXE_shomei"));
        let output = command.current_dir(pki("../..")).args(arguments).output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), expected, "{line}");
        assert_eq!(output.status.code(), Some(0), "{line}");
    }
}

#[test]
fn every_code_of_a_warning_is_listed() {
    let words = include_str!("../../src/inspect/words.rs");
    let warnings: Vec<&str> = words.lines().filter(|line| line.trim_start().starts_with("WARN_")).collect();
    assert!(warnings.len() > 20);
    for line in warnings {
        let code = line.split('"').nth(1).unwrap();
        assert!(DOCUMENT.contains(&format!("| `{code}` |")), "{code}");
    }
}
