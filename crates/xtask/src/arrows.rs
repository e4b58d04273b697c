//! Which crate may depend on which: the arrows of the architecture.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::process::{cargo, output};

/// Normal dependencies between the crates of the workspace, as drawn in ARCHITECTURE.md.
const ARROWS: [(&str, &[&str]); 14] = [
    ("apdu", &[]),
    ("application", &[]),
    ("card", &["apdu"]),
    ("cli", &["application", "envelope", "pki", "revocation"]),
    ("demo-site", &["application", "envelope", "pki", "revocation"]),
    ("envelope", &["application", "pki"]),
    ("host", &["application", "card", "envelope", "pki", "protocol"]),
    ("lab", &["apdu", "virtual-card"]),
    ("pki", &[]),
    ("protocol", &[]),
    ("revocation", &["pki"]),
    ("verify-page", &["application", "envelope", "pki"]),
    ("virtual-card", &["apdu"]),
    ("wasm", &["application", "envelope", "pki", "protocol"]),
];

/// Crates that ship nothing: `xtask` depends on none of ours, and nothing depends on `tests`.
const UNBOUND: [&str; 1] = ["tests"];

/// What a development dependency may add from any crate.
const FOR_TESTS: [&str; 2] = ["virtual-card", "lab"];

/// Compares the workspace's own dependencies with the arrows.
pub fn check() -> Result<()> {
    let metadata = output(cargo().args(["metadata", "--format-version=1", "--no-deps", "--locked"]));
    let metadata: Value = serde_json::from_str(&metadata.context("cargo metadata failed")?)?;
    let faults = faults(&metadata);
    if !faults.is_empty() {
        bail!("the crates depend on each other against ARCHITECTURE.md:\n{}", faults.join("\n"));
    }
    Ok(())
}

fn faults(metadata: &Value) -> Vec<String> {
    let packages = metadata.get("packages").and_then(Value::as_array);
    packages.into_iter().flatten().flat_map(package_faults).collect()
}

fn package_faults(package: &Value) -> Vec<String> {
    let from = short_name(package);
    let dependencies = package.get("dependencies").and_then(Value::as_array);
    let ours = dependencies.into_iter().flatten().filter(|dependency| is_ours(dependency));
    ours.filter_map(|dependency| arrow_fault(from, short_name(dependency), dependency.get("kind"))).collect()
}

fn arrow_fault(from: &str, to: &str, kind: Option<&Value>) -> Option<String> {
    if UNBOUND.contains(&from) {
        return None;
    }
    let normal: BTreeSet<&str> =
        ARROWS.iter().filter(|(name, _)| *name == from).flat_map(|(_, to)| to.iter().copied()).collect();
    let development = kind.and_then(Value::as_str) == Some("dev");
    let allowed = normal.contains(to) || (development && FOR_TESTS.contains(&to));
    (!allowed).then(|| format!("  {from} → {to}{}", if development { " (for tests)" } else { "" }))
}

fn short_name(package: &Value) -> &str {
    let name = package.get("name").and_then(Value::as_str).unwrap_or_default();
    name.strip_prefix("shomei-").unwrap_or(name)
}

fn is_ours(dependency: &Value) -> bool {
    dependency.get("name").and_then(Value::as_str).is_some_and(|name| name.starts_with("shomei-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn workspace(from: &str, to: &str, kind: Value) -> Value {
        json!({"packages": [{"name": format!("shomei-{from}"), "dependencies": [
            {"name": format!("shomei-{to}"), "kind": kind}, {"name": "time", "kind": null}]}]})
    }

    #[test]
    fn an_arrow_that_is_not_drawn_is_a_fault() {
        let cases = [
            ("card", "apdu", Value::Null, true),
            ("virtual-card", "card", Value::Null, false),
            ("virtual-card", "card", json!("dev"), false),
            ("lab", "pki", Value::Null, false),
            ("card", "virtual-card", json!("dev"), true),
            ("card", "virtual-card", Value::Null, false),
            ("demo-site", "lab", json!("dev"), true),
            ("demo-site", "lab", Value::Null, false),
            ("cli", "virtual-card", Value::Null, false),
            ("xtask", "apdu", Value::Null, false),
            ("card", "apdu", json!("build"), true),
            ("tests", "card", Value::Null, true),
            ("newcomer", "apdu", Value::Null, false),
        ];
        for (from, to, kind, allowed) in cases {
            let found = faults(&workspace(from, to, kind.clone()));
            assert_eq!(found.is_empty(), allowed, "{from} → {to} {kind}: {found:?}");
        }
    }

    #[test]
    fn the_workspace_keeps_to_the_arrows() {
        check().unwrap();
    }
}
