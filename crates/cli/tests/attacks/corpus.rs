//! The whole corpus, and what is true of all of it.

use crate::attack::{Attack, Control, alone, differences, lay_out, together};
use crate::{ber, certificates, documents, files, jose, padding, pdf, structure, transplants, xml};
use std::collections::HashSet;
use std::sync::OnceLock;

/// Around an application: everything is expected. They are made once, as signing takes its time.
fn applications() -> &'static [Attack] {
    static ATTACKS: OnceLock<Vec<Attack>> = OnceLock::new();
    ATTACKS.get_or_init(|| {
        let structure = [structure::attacks(), ber::attacks(), padding::attacks(), jose::attacks()];
        let meaning = [certificates::attacks(), documents::attacks(), transplants::attacks()];
        structure.into_iter().chain(meaning).flatten().collect()
    })
}

/// Beside files, which are bound to no recipient: one signer is expected.
fn beside_files() -> &'static [Attack] {
    static ATTACKS: OnceLock<Vec<Attack>> = OnceLock::new();
    ATTACKS.get_or_init(|| {
        let parts = [files::attacks(), xml::attacks(), pdf::attacks(), transplants::pasted_into_files()];
        parts.into_iter().flatten().collect()
    })
}

fn check(attacks: &[Attack], expectations: &str) {
    let top = tempfile::tempdir().unwrap();
    lay_out(attacks, top.path());
    let expect = ["--expect", expectations];
    let said = together(attacks, top.path(), &expect);
    let differences = differences(attacks, &said);
    assert!(
        differences.is_empty(),
        "{} of {}:\n{}",
        differences.len(),
        attacks.len(),
        differences.join("\n")
    );
    assert_eq!(alone(attacks, top.path(), &expect), said, "one file after the other");
    let unbound = together(attacks, top.path(), &[]);
    assert!(unbound.iter().all(|(code, _)| *code != 0), "without expectations nothing is valid");
}

#[test]
fn every_attack_on_an_application_is_refused_with_its_exit_code_and_its_reason() {
    check(applications(), "expect.json");
}

#[test]
fn every_attack_on_files_is_refused_with_its_exit_code_and_its_reason() {
    check(beside_files(), "signers.json");
}

#[test]
fn the_corpus_is_large_and_every_name_stands_once() {
    let attacks: Vec<&Attack> = [applications(), beside_files()].into_iter().flatten().collect();
    let refused = attacks.iter().filter(|attack| !matches!(attack.expected, Control(_))).count();
    assert!(refused >= 900, "{refused} attacks");
    let mut names = HashSet::new();
    for attack in attacks {
        assert!(names.insert(&attack.name), "{}", attack.name);
    }
}
