//! Every scenario, made twice and judged by OpenSSL.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;
use std::thread;

use serde_json::Value;
use shomei_virtual_card::VirtualCard;
use tempfile::TempDir;

use super::*;
use crate::Date;
use crate::reader::{AnyCard, Specimen};

const AT: &str = "2026-04-01T00:00:00Z";

static FOUNDATION: LazyLock<Foundation> = LazyLock::new(|| Foundation::lay(AT.parse().unwrap()).unwrap());

fn made(scenario: &Scenario) -> TempDir {
    let folder = TempDir::new().unwrap();
    scenario.write(&FOUNDATION, folder.path()).unwrap();
    folder
}

fn openssl(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("openssl").args(arguments).current_dir(folder).output().unwrap();
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

/// Every file below a folder with its octets.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

/// What OpenSSL finds wrong with the certificate that `scenario.json` names, and what is expected.
fn errors(folder: &Path) -> (u64, u64) {
    let description: Value =
        serde_json::from_slice(&fs::read(folder.join("scenario.json")).unwrap()).unwrap();
    let expected = &description["expected"];
    let text = |field: &str| expected[field].as_str().unwrap();
    openssl(folder, &["crl", "-inform", "DER", "-in", text("list"), "-out", "list.pem"]);
    let said = openssl(
        folder,
        &[
            "verify",
            "-crl_check",
            "-attime",
            "1775001600",
            "-CAfile",
            text("anchor"),
            "-CRLfile",
            "list.pem",
            text("certificate"),
        ],
    );
    let error = said.lines().find_map(|line| line.strip_prefix("error ")?.split(' ').next()?.parse().ok());
    assert!(error.is_some() || said.trim_end().ends_with(": OK"), "{said}");
    (error.unwrap_or_default(), expected["openssl"].as_u64().unwrap())
}

#[test]
fn openssl_agrees_with_every_scenario() {
    let all: Vec<_> = scenarios().collect();
    thread::scope(|scope| {
        for half in all.chunks(all.len().div_ceil(2)) {
            scope.spawn(move || {
                for scenario in half {
                    let folder = made(scenario);
                    let (found, expected) = errors(folder.path());
                    assert_eq!(found, expected, "{}", scenario.name);
                }
            });
        }
    });
}

#[test]
fn the_same_name_and_instant_give_the_same_files() {
    // One for each way of making: on the card, with a list, beside the card, and by another authority.
    for name in ["moved-last-month", "superseded", "rsa-1024", "next-generation", "wrong-authority"] {
        let scenario = scenarios().find(|scenario| scenario.name == name).unwrap();
        let again = TempDir::new().unwrap();
        scenario.write(&Foundation::lay(AT.parse().unwrap()).unwrap(), again.path()).unwrap();
        assert!(files(made(&scenario).path()) == files(again.path()), "{name}");
    }
}

#[test]
fn each_scenario_has_a_name_of_its_own() {
    let names: BTreeSet<_> = scenarios().map(|scenario| scenario.name).collect();
    assert_eq!(names.len(), scenarios().count());
}

#[test]
fn a_card_holds_what_its_situation_says() {
    let cases = [
        ("valid", true, false, false),
        ("under-15", false, false, false),
        ("fourteen", false, false, false),
        ("fifteen", true, false, false),
        ("reiwa-1", false, false, false),
        ("opted-out", false, false, false),
        ("locked", true, true, false),
        ("superseded", true, false, true),
        ("rsa-1024", true, false, true),
    ];
    for (name, signature, state, odd) in cases {
        let scenario = scenarios().find(|scenario| scenario.name == name).unwrap();
        let folder = made(&scenario);
        let card = folder.path().join("cards").join(scenario.person.id);
        assert_eq!(crate::folder::read_card(&card).unwrap().signature.is_some(), signature, "{name}");
        assert_eq!(card.join("state.json").exists(), state, "{name}");
        assert_eq!(folder.path().join("odd").exists(), odd, "{name}");
    }
}

#[test]
fn a_card_takes_up_the_state_that_lies_beside_it() {
    for (name, left) in [("locked", 0), ("last-try", 1)] {
        let scenario = scenarios().find(|scenario| scenario.name == name).unwrap();
        let folder = made(&scenario);
        let card = folder.path().join("cards").join(scenario.person.id);
        let contents = crate::folder::read_card(&card).unwrap();
        let specimen = Specimen::new(AnyCard::MyNumber(Box::new(VirtualCard::new(contents))));
        specimen.keep_in(&card.join("state.json")).unwrap();
        let kept: Value = serde_json::from_slice(&fs::read(card.join("state.json")).unwrap()).unwrap();
        assert_eq!(kept["signaturePassword"]["left"], left, "{name}");
        assert_eq!(kept["authenticationPin"]["left"], 3, "{name}");
    }
}

/// The rows of the table in the document.
fn rows() -> Vec<String> {
    let day = Date::new(2026, 4, 1);
    scenarios()
        .map(|scenario| {
            let verdict = scenario.verdict_on(day).word();
            let Scenario { name, remark, .. } = scenario;
            format!("| `{name}` | {} | {} | {verdict} |", remark.japanese, remark.english)
        })
        .collect()
}

#[test]
fn the_document_lists_every_scenario() {
    let document = include_str!("../../../../docs/scenarios.md");
    let listed: Vec<_> = document.lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(listed, rows());
}
