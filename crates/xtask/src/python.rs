//! Python's packages for the tests: judges of signatures, in an environment of their own in `target/python`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::process::{command, root, run, say, target};

/// The packages, each in one version.
const REQUIREMENTS: &str = "tests/judges/requirements.txt";

/// Installs exactly what [`REQUIREMENTS`] names; nothing is done where that was done before. An environment for an
/// older list is made anew, as pip would leave what the new one does not name.
pub fn install() -> Result<()> {
    let venv = target().join("python");
    let requirements = root().join(REQUIREMENTS);
    let digest = format!("{:x}", Sha256::digest(fs::read(&requirements).context(REQUIREMENTS)?));
    let stamp = venv.join(".installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == digest) {
        return Ok(());
    }
    say(format!("Installing Python packages of {REQUIREMENTS} in {}", venv.display()));
    make(&venv, &requirements)?;
    fs::write(stamp, digest).context("noting the installation")
}

/// Debian's own interpreter: another on PATH may be gone tomorrow.
fn make(venv: &Path, requirements: &Path) -> Result<()> {
    run(command("/usr/bin/python3").args(["-m", "venv", "--clear"]).arg(venv))?;
    let mut pip = command(venv.join("bin/python3"));
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--requirement",
    ]);
    run(pip.arg(requirements))
}
