//! `docs/counter.md` says what the program does.

use std::fs;

use shomei_lab::rules::{Rule, SWITCHES};

use crate::desk::{Desk, lab};

fn document() -> String {
    fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/counter.md")).unwrap()
}

#[test]
fn its_table_of_rules_is_that_of_the_program() {
    let line = |rule: &Rule| {
        let (id, japanese, english, source) = (rule.id(), rule.japanese(), rule.english(), rule.source());
        format!("| `{id}` | {japanese}<br>{english} | {source} |\n")
    };
    let lines: String = Rule::ALL.iter().map(line).collect();
    let table = format!("| id | rule | source |\n|---|---|---|\n{lines}");
    assert!(document().contains(&format!("\n## Rules\n\n{table}\n")), "the table should be\n{table}");
}

#[test]
fn its_switches_are_those_of_the_program() {
    let switches = format!("{SWITCHES:?}");
    let fields = switches.trim_start_matches("Switches { ").trim_end_matches(" }").split(", ");
    let expected: Vec<_> = fields.map(|field| field.replace(": ", "` | `")).collect();
    let document = document();
    let table = document.split("## Switches").nth(1).unwrap();
    let lines: Vec<_> = table.lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(lines.len(), expected.len());
    for (line, expected) in lines.iter().zip(expected) {
        assert!(line.starts_with(&format!("| `{expected}` |")), "{line}: {expected}");
    }
}

#[test]
fn its_examples_can_be_used_and_every_action_has_one() {
    let (desk, document) = (Desk::open(), document());
    let actions = document.split("## Actions").nth(1).unwrap().split("## The world").next().unwrap();
    let rows = actions.lines().filter(|line| line.starts_with("| "));
    let examples: Vec<_> = rows.filter_map(|line| line.split('`').nth(1)).collect();
    for example in &examples {
        let said = desk.ask(example);
        assert!(matches!(said.status.code(), Some(0 | 1)), "{example}: {said:?}");
    }
    let help = lab().args(["counter", "--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).map(str::trim);
    let names = commands.take_while(|line| !line.is_empty()).filter_map(|line| line.split(' ').next());
    for name in names.filter(|name| *name != "help") {
        assert!(examples.iter().any(|example| example.split(' ').next() == Some(name)), "{name}");
    }
}
