//! The rules of the house that a machine can hold.

use anyhow::{Context, Result, bail};

use crate::process::{cargo, command, output, root, run};
use crate::{arrows, lints, reached, setup::Tools};

/// Longest source file: past this it holds more than one idea.
const MAX_LINES: usize = 500;

/// Format, arrows, file rules, the extension's types, lints.
pub fn check(tools: &Tools) -> Result<()> {
    check_files(tools)?;
    lints::check()
}

/// All but the lints: what takes seconds.
pub fn check_files(tools: &Tools) -> Result<()> {
    arrows::check()?;
    file_rules()?;
    run(cargo().args(["fmt", "--all", "--check"]))?;
    let compiler = root().join("extension/node_modules/typescript/bin/tsc");
    run(tools.node.command("node").arg(compiler).args(["--project", "extension"]))
}

fn file_rules() -> Result<()> {
    let files = output(command("git").arg("ls-files")).context("git ls-files failed")?;
    let mut faults: Vec<String> = files.lines().flat_map(file_faults).collect();
    let names: Vec<&str> = files.lines().collect();
    faults.extend(reached::unreached(&names, |file| std::fs::read_to_string(root().join(file)).ok()));
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    Ok(())
}

fn file_faults(file: &str) -> Vec<String> {
    let Ok(text) = std::fs::read_to_string(root().join(file)) else {
        return Vec::new();
    };
    faults_in(file, &text)
}

fn faults_in(file: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let source = [".rs", ".js", ".mjs", ".css"].iter().any(|ending| file.ends_with(ending));
    if source && text.lines().count() > MAX_LINES {
        faults.push(format!("{file}: more than {MAX_LINES} lines"));
    }
    if file.ends_with(".rs") && text.lines().any(|line| line.trim_start().starts_with("#[ignore")) {
        faults.push(format!("{file}: an ignored test"));
    }
    if file.ends_with("package-lock.json") && text.contains("\"resolved\"") {
        faults.push(format!("{file}: names where packages were downloaded from"));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_rule_finds_its_fault() {
        let long = "x\n".repeat(MAX_LINES + 1);
        let cases = [
            ("a.rs", "fn f() {}\n", 0),
            ("a.rs", long.as_str(), 1),
            ("a.md", long.as_str(), 0),
            ("a.rs", "    #[ignore = \"slow\"]\n", 1),
            ("package-lock.json", "\"resolved\": 1", 1),
        ];
        for (file, text, expected) in cases {
            assert_eq!(faults_in(file, text).len(), expected, "{file}");
        }
    }
}
