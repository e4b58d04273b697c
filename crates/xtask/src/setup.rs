//! What a bare Debian 12 lacks. Idempotent: a second run looks and changes nothing.

use std::panic::resume_unwind;
use std::thread;

use anyhow::Result;

use crate::node::Node;
use crate::webassembly::Compiler;
use crate::{debian, node, python, webassembly};

/// The tools that setup found or installed.
pub struct Tools {
    /// Node.js with npm.
    pub node: Node,
    /// The compiler for the page module.
    pub webassembly: Compiler,
}

/// Folders with an npm lock file: the optimiser of the page module, the extension's type checker, the
/// browser driver.
const NPM_FOLDERS: [&str; 3] = ["crates/xtask/tools", "extension", "tests"];

/// Installs what is missing and returns the tools.
pub fn install() -> Result<Tools> {
    debian::install(debian::PACKAGES)?;
    let node = node::find()?;
    thread::scope(|scope| {
        let python = scope.spawn(python::install);
        for folder in NPM_FOLDERS {
            node.install(folder)?;
        }
        python.join().unwrap_or_else(|panic| resume_unwind(panic))
    })?;
    let webassembly = webassembly::find()?;
    Ok(Tools { node, webassembly })
}
