//! Running the command, and the files that all tests show.

use serde_json::Value;
use shomei_lab::{RESIDENTS, World};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::SystemTime;

/// A day within the period of every certificate of the J-LIS test cards and their newer authorities.
pub(crate) const WITHIN: &str = "2026-01-01T00:00:00Z";

/// What the command printed, and how it ended.
pub(crate) struct Shown {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) error: String,
}

/// Shows these octets, given on standard input.
pub(crate) fn shown(octets: &[u8], arguments: &[&str]) -> Shown {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shomei"));
    command.args(["inspect", "-"]).args(arguments);
    let output = piped(&mut command, octets);
    Shown {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        error: String::from_utf8(output.stderr).unwrap(),
    }
}

/// As JSON, with the codes of its warnings; the exit code must fit them.
pub(crate) fn report(octets: &[u8], at: &str) -> (Value, Vec<String>) {
    let shown = shown(octets, &["--json", "--at", at]);
    let report: Value = serde_json::from_str(&shown.out).unwrap_or_else(|_| panic!("{}", shown.error));
    let warnings = report["warnings"].as_array().unwrap().iter();
    let codes: Vec<String> = warnings.map(|one| one["code"].as_str().unwrap().to_owned()).collect();
    assert_eq!(shown.code, Some(i32::from(!codes.is_empty())), "{}", shown.out);
    (report, codes)
}

/// What OpenSSL says about these octets.
pub(crate) fn openssl(octets: &[u8], arguments: &[&str]) -> String {
    let output = piped(Command::new("openssl").args(arguments), octets);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The value of one line `NAME=VALUE` that OpenSSL printed.
pub(crate) fn line<'a>(text: &'a str, name: &str) -> &'a str {
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
    line.unwrap_or_else(|| panic!("{name} in {text}"))
}

/// A time as OpenSSL writes it in ISO 8601, spelled as the report does.
pub(crate) fn utc(openssl: &str) -> String {
    openssl.replacen(' ', "T", 1)
}

fn piped(command: &mut Command, octets: &[u8]) -> Output {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // What refuses its input early closes the pipe; that is its right.
    let _ = child.stdin.take().unwrap().write_all(octets);
    child.wait_with_output().unwrap()
}

/// A file of the crate with the profile.
pub(crate) fn pki(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../pki").join(name)
}

pub(crate) fn file(name: &str) -> Vec<u8> {
    std::fs::read(pki(name)).unwrap()
}

pub(crate) const SIGNING: &str = "tests/data/jpki-sign-cert.der";
pub(crate) const AUTHENTICATION: &str = "tests/data/jpki-auth-cert.der";

/// A lab world with the resident whose name has substitute characters.
pub(crate) fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| World::with_residents(SystemTime::now(), &RESIDENTS[1..2]).unwrap())
}

/// The same octets with every `old` replaced by a `new` of the same length, which keeps all lengths right.
pub(crate) fn changed(octets: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let mut changed = octets.to_vec();
    let places: Vec<usize> = (0..octets.len()).filter(|place| octets[*place..].starts_with(old)).collect();
    assert!(!places.is_empty(), "{old:02x?}");
    places.into_iter().for_each(|place| changed[place..place + old.len()].copy_from_slice(new));
    changed
}
