//! Judges from elsewhere: poppler's `pdfsig` and pyHanko. Neither knows Japan's card.

use super::*;
use crate::Reason as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The environment that `cargo xtask setup` made.
fn python() -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.join("target"), PathBuf::from);
    target.join("python/bin/python3")
}

fn pyhanko(arguments: &[&Path]) -> String {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pdf/tests/judge.py");
    let output = Command::new(python()).arg(program).args(arguments).output().expect("cargo xtask setup");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A file, and whether its signatures hold.
struct Case {
    name: String,
    octets: Vec<u8>,
    holds: bool,
}

/// What we sign, and a change in each part that a signature covers.
fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for profile in Profile::ALL {
        let signed = sign(&samples::plain(), profile);
        let changes = [
            ("header", "%PDF-1.7", "%PDF-1.6"),
            ("page", "MIHON", "NIHON"),
            ("box", "595 842", "595 843"),
            ("root", "/Root 1 0 R >>", "/Root 1 0 R  >"),
            ("name", "/Name <FEFF", "/Name <FEFE"),
            ("date", "+09'00'", "+08'00'"),
            ("filter", "/Adobe.PPKLite", "/Adobe.PPKMS  "),
            ("flags", "/SigFlags 3", "/SigFlags 2"),
        ];
        let case = |part: &str, octets, holds| Case {
            name: format!("{}-{part}.pdf", profile.name()),
            octets,
            holds,
        };
        cases.push(case("good", signed.clone(), true));
        cases.push(case("streams", sign(&samples::with_streams(), profile), true));
        cases.push(case("hybrid", sign(&samples::hybrid(), profile), true));
        cases.push(case("hybrid-by-word", sign(&samples::hybrid_by_word(), profile), true));
        cases.push(case("two", sign_by(lab().other_holder(), &signed, profile), true));
        let changed = changes.map(|(part, from, to)| case(part, samples::swapped(&signed, from, to), false));
        cases.extend(changed);
    }
    cases
}

/// The cases as files in a folder.
fn lay_out(cases: &[Case]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    cases.iter().for_each(|case| std::fs::write(folder.path().join(&case.name), &case.octets).unwrap());
    folder
}

#[test]
fn pyhanko_accepts_what_we_sign_and_refuses_every_change() {
    let cases = cases();
    let folder = lay_out(&cases);
    let files: Vec<PathBuf> = cases.iter().map(|case| folder.path().join(&case.name)).collect();
    for (authority, right) in [("lab-ca.pem", true), ("lab-authentication-ca.pem", false)] {
        let authority = lab().path().join(authority);
        let arguments: Vec<&Path> =
            [Path::new("judge"), &authority].into_iter().chain(files.iter().map(PathBuf::as_path)).collect();
        let lines = pyhanko(&arguments);
        for case in &cases {
            let path = format!("{} ", folder.path().join(&case.name).display());
            let verdict = lines.lines().find_map(|line| line.strip_prefix(&path)).unwrap();
            let good = match case.name.contains("two") {
                true => "good:ENTIRE_REVISION good:ENTIRE_FILE",
                false => "good:ENTIRE_FILE",
            };
            assert_eq!(verdict == good, case.holds && right, "{}: {verdict}", case.name);
            assert_eq!(holds(&case.octets), case.holds, "{}", case.name);
        }
    }
}

/// A store of NSS that trusts this authority alone.
fn store(authority: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let place = format!("sql:{}", folder.path().display());
    let certutil = |arguments: &[&str]| {
        let output = Command::new("certutil").args(arguments).args(["-d", &place]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    certutil(&["-N", "--empty-password"]);
    let file = lab().path().join(authority);
    certutil(&["-A", "-n", "authority", "-t", "CT,CT,CT", "-a", "-i", file.to_str().unwrap()]);
    folder
}

/// Of the certificate poppler says nothing: the profile has its policy as a critical extension, which the library of
/// this version does not know. The chain is for pyHanko to judge.
fn pdfsig(store: &Path, file: &Path) -> String {
    let place = format!("sql:{}", store.display());
    let output = Command::new("pdfsig").args(["-nssdir", &place, "-no-ocsp"]).arg(file).output().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn poppler_accepts_what_we_sign_and_refuses_every_change() {
    let cases = cases();
    let folder = lay_out(&cases);
    let store = store("lab-ca.pem");
    for case in &cases {
        let said = pdfsig(store.path(), &folder.path().join(&case.name));
        let count = |words: &str| said.matches(words).count();
        let signatures = if case.name.contains("two") { 2 } else { 1 };
        let valid = count("Signature is Valid.") == signatures;
        let total =
            count("Total document signed") == 1 && count("Not total document signed") == signatures - 1;
        assert_eq!(valid && total, case.holds, "{}: {said}", case.name);
    }
}

/// What pyHanko signs with the key of the lab's holder, and what becomes of it.
#[test]
fn what_pyhanko_signs_is_read_or_refused_for_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, octets: &[u8]| std::fs::write(folder.path().join(name), octets).unwrap();
    write("plain.pdf", &samples::plain());
    write("streams.pdf", &samples::with_streams());
    write("ours.pdf", &sign(&samples::plain(), Profile::Moj));
    let card = lab().path().join("cards").join(&lab().holder().resident.id);
    let (key, certificate) = (card.join("signature-key.der"), card.join("signature-certificate.der"));
    pyhanko(&[Path::new("sign"), &key, &certificate, &lab().path().join("lab-ca.pem"), folder.path()]);
    let read = |name: &str| std::fs::read(folder.path().join(format!("{name}.pdf"))).unwrap();
    for (name, expected) in [
        ("pades", "none"),
        ("adbe", "signed-attributes"),
        ("streams", "none"),
        ("twice", "none"),
        ("second", "pdf-changed-after-signing"),
        ("chain", "number-of-certificates"),
        ("pss", "signature-algorithm"),
        ("sha512", "digest-algorithm"),
        ("certified", "pdf-not-read"),
        ("nameless", "pdf-signature-dictionary"),
    ] {
        let signed = read(name);
        let found = parse(&signed).map_or_else(|error| error.code(), |_| "none");
        assert_eq!(found, expected, "{name}: {:?}", parse(&signed).err());
        assert_eq!(holds(&signed), expected == "none", "{name}");
    }
    let signed = read("pades");
    let stated = parse(&signed).unwrap().signatures()[0].stated().to_vec();
    assert_eq!(
        stated,
        [(crate::Statement::Name, "A Name".into()), (crate::Statement::Reason, "A Reason".into())]
    );
    assert!(holds(&sign(&signed, Profile::PadesB)), "ours after theirs");
    making::refuses_changes(&signed, 13);
    making::refuses_changes(&read("twice"), 47);
}
