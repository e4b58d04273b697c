//! One attack, and what the command says of many.

use crate::scene::{Scene, scene};
use serde_json::Value;
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// What has to be said of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// Exit code 2: it cannot be judged, for this reason.
    Unusable(&'static str),
    /// Exit code 1: exactly these checks fail, as `check/reason`.
    Invalid(&'static str),
    /// This exit code, and no check fails: no attack, but what attacks are made from.
    Control(i32),
}

pub(crate) use Expected::{Control, Invalid, Unusable};

/// A table: a name, how it comes to be, and what has to be said of it, a line a case.
macro_rules! rows {
    ($($name:literal: $change:expr => $expected:expr;)*) => { &[$(($name, $change, $expected)),*] };
}
pub(crate) use rows;

/// A file to be verified, with what lies beside it.
pub(crate) struct Attack {
    pub(crate) name: String,
    /// The name of the signed file.
    pub(crate) file: &'static str,
    pub(crate) octets: Vec<u8>,
    pub(crate) beside: Vec<(String, Vec<u8>)>,
    pub(crate) expected: Expected,
}

impl Attack {
    pub(crate) fn new(
        name: impl Into<String>,
        file: &'static str,
        octets: Vec<u8>,
        expected: Expected,
    ) -> Self {
        Self { name: name.into(), file, octets, beside: Vec::new(), expected }
    }

    pub(crate) fn beside(mut self, files: &[(&str, &[u8])]) -> Self {
        self.beside.extend(files.iter().map(|(name, octets)| ((*name).to_owned(), octets.to_vec())));
        self
    }

    fn lay_out(&self, folder: &Path) {
        fs::create_dir(folder).unwrap();
        fs::write(folder.join(self.file), &self.octets).unwrap();
        for (name, octets) in &self.beside {
            fs::write(folder.join(name), octets).unwrap();
        }
    }
}

impl Expected {
    pub(crate) const fn exit_code(self) -> i32 {
        match self {
            Self::Unusable(_) => 2,
            Self::Invalid(_) => 1,
            Self::Control(code) => code,
        }
    }

    const fn reason(self) -> &'static str {
        match self {
            Self::Unusable(reason) | Self::Invalid(reason) => reason,
            Self::Control(_) => "",
        }
    }
}

/// What the command said of each file: its exit code and its reason.
pub(crate) type Said = (i32, String);

/// `shomei verify` with every means to check, and more arguments.
fn shomei(path: &Path, more: &[&str]) -> Output {
    let Scene { now, folder, .. } = scene();
    let mut command = Command::new(env!("CARGO_BIN_EXE_shomei"));
    command.current_dir(folder.path()).arg("verify").arg(path).args([
        "--world",
        "lab",
        "--anchors",
        "anchors",
    ]);
    command.args(["--crl", "crl", "--json", "--at", &now.to_string()]).args(more).output().unwrap()
}

/// Lays every attack out in a folder of its own below `top`.
pub(crate) fn lay_out(attacks: &[Attack], top: &Path) {
    for (index, attack) in attacks.iter().enumerate() {
        attack.lay_out(&top.join(format!("{index:04}")));
    }
}

/// One run over the folder that they lie in.
pub(crate) fn together(attacks: &[Attack], top: &Path, more: &[&str]) -> Vec<Said> {
    let output = shomei(top, more);
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let told: HashMap<String, Value> =
        lines.filter_map(|line| Some((line["file"].as_str()?.to_owned(), line))).collect();
    let path = |(index, attack): (usize, &Attack)| top.join(format!("{index:04}")).join(attack.file);
    let line = |place| told.get(path(place).to_str().unwrap()).unwrap();
    attacks.iter().enumerate().map(|place| said(line(place))).collect()
}

/// A run for each alone: the same words, and an exit code of its own.
pub(crate) fn alone(attacks: &[Attack], top: &Path, more: &[&str]) -> Vec<Said> {
    let one = |(index, attack): (usize, &Attack)| {
        let output = shomei(&top.join(format!("{index:04}")).join(attack.file), more);
        let line: Value =
            serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}: {output:?}", attack.name));
        let report =
            if line.get("unusable").is_some() { line } else { serde_json::json!({ "report": line }) };
        let (_, reason) = said(&report);
        (output.status.code().unwrap_or(-1), reason)
    };
    attacks.iter().enumerate().map(one).collect()
}

/// The exit code that a line stands for, and the reason in it.
fn said(line: &Value) -> Said {
    if let Some(why) = line.get("unusable") {
        return (2, why["code"].as_str().unwrap().to_owned());
    }
    if let Some(why) = line.get("skipped") {
        return (2, why.as_str().unwrap().to_owned());
    }
    let report = &line["report"];
    let code = match report["verdict"].as_str().unwrap() {
        "valid" => 0,
        "invalid" => 1,
        "revocation-unknown" => 3,
        _ => 4,
    };
    (code, failures(report).join(" "))
}

/// Every reason of every check that failed, as `check/reason` and, for an expectation or a file, which.
fn failures(report: &Value) -> Vec<String> {
    let checks = report["checks"].as_array().unwrap();
    let failed = checks.iter().filter(|check| check["outcome"] == "failed");
    let reasons = failed.flat_map(|check| {
        check["reasons"].as_array().unwrap().iter().map(move |reason| {
            let which = reason.get("expectation").or(reason.get("file")).and_then(Value::as_str);
            let which = which.map(|which| format!(":{which}")).unwrap_or_default();
            format!("{}/{}{which}", check["name"].as_str().unwrap(), reason["code"].as_str().unwrap())
        })
    });
    reasons.collect()
}

/// A line for each attack of which something else was said than has to be.
pub(crate) fn differences(attacks: &[Attack], said: &[Said]) -> Vec<String> {
    let pairs = attacks.iter().zip(said);
    let other = pairs.filter(|(attack, (code, reason))| {
        (*code, reason.as_str()) != (attack.expected.exit_code(), attack.expected.reason())
    });
    other
        .map(|(attack, said)| format!("{}: expected {:?}, said {said:?}", attack.name, attack.expected))
        .collect()
}
