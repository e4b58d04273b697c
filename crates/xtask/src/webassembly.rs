//! Modules for browsers: wasm32 compiler, JavaScript glue, optimiser.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::debian;
use crate::node::Node;
use crate::process::{cargo, command, output, root, run, say, target};

const TARGET: &str = "wasm32-unknown-unknown";

/// Which compiler makes wasm32.
#[derive(Clone, Copy)]
pub enum Compiler {
    /// The toolchain in use has the target.
    Toolchain,
    /// Debian's `rustc-web`, which builds the standard library from its source.
    Debian,
}

/// Finds a wasm32 compiler: the installed target, else `rustup target add`, else Debian's packages.
pub fn find() -> Result<Compiler> {
    if has_target() {
        return Ok(Compiler::Toolchain);
    }
    if !has_debian_compiler() {
        say(format!("The Rust toolchain lacks {TARGET}: trying rustup, then Debian's rustc-web"));
        if run(command("rustup").args(["target", "add", TARGET])).is_ok() && has_target() {
            return Ok(Compiler::Toolchain);
        }
    }
    debian::install(debian::WEBASSEMBLY_PACKAGES)?;
    Ok(Compiler::Debian)
}

fn has_target() -> bool {
    let libraries = output(command("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    libraries.is_some_and(|path| Path::new(path.trim()).is_dir())
}

fn has_debian_compiler() -> bool {
    ["/usr/bin/cargo", "/usr/bin/rustc", "/usr/bin/wasm-ld-19"].iter().all(|path| Path::new(path).exists())
}

/// A crate of ours that becomes a module.
pub struct Module {
    /// The package's name.
    pub package: &'static str,
    /// The glue's name without its ending.
    pub out_name: &'static str,
    /// What the glue is.
    pub glue: Glue,
}

/// How a page gets the glue.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Glue {
    /// A module of JavaScript, with types.
    Imported,
    /// A classic script that declares `wasm_bindgen` and knows no address of the module.
    Inlined,
}

/// The module that municipal pages import.
const PAGE: Module = Module { package: "shomei-wasm", out_name: "shomei_module", glue: Glue::Imported };

/// Builds the npm package into `target/wasm/package/`.
pub fn build(compiler: Compiler, node: &Node) -> Result<()> {
    let package = target().join("wasm/package");
    bundle(compiler, node, &PAGE, &package)?;
    copy_files(&root().join("wasm/package"), &package)
}

/// Compiles a crate and leaves glue and optimised module (`…_bg.wasm`) in `folder`, and nothing else.
pub fn bundle(compiler: Compiler, node: &Node, module: &Module, folder: &Path) -> Result<()> {
    let compiled = compile(compiler, module.package)?;
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("clearing {}", folder.display()))?;
    }
    let mut glue = Bindgen::new();
    glue.input_path(compiled).out_name(module.out_name);
    match module.glue {
        Glue::Imported => glue.web(true)?.typescript(true),
        Glue::Inlined => glue.no_modules(true)?.typescript(false).omit_default_module_path(true),
    };
    glue.generate(folder)?;
    optimise(node, &folder.join(format!("{}_bg.wasm", module.out_name)))
}

fn compile(compiler: Compiler, package: &str) -> Result<PathBuf> {
    let folder = target().join("wasm/cargo");
    let mut command = match compiler {
        Compiler::Toolchain => cargo(),
        Compiler::Debian => debian_cargo(),
    };
    command.args(["build", "--profile", "page", "--package", package, "--target", TARGET, "--locked"]);
    if let Compiler::Debian = compiler {
        command.arg("-Zbuild-std=std,panic_abort");
    }
    run(command.env("CARGO_TARGET_DIR", &folder))?;
    Ok(folder.join(TARGET).join(format!("page/{}.wasm", package.replace('-', "_"))))
}

/// Nightly features are unlocked for this one command, to build the standard library.
fn debian_cargo() -> Command {
    let mut cargo = command("/usr/bin/cargo");
    for inherited in ["RUSTUP_TOOLCHAIN", "RUSTC_WRAPPER", "CARGO", "RUSTC", "RUSTDOC"] {
        cargo.env_remove(inherited);
    }
    cargo.env("RUSTC", "/usr/bin/rustc");
    cargo.env("RUSTC_BOOTSTRAP", "1");
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-19");
    cargo
}

/// What every browser of the last two years has, and the compiler already uses.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Sections that no browser reads.
const STRIPPED: [&str; 3] = ["--strip-debug", "--strip-producers", "--strip-target-features"];

fn optimise(node: &Node, module: &Path) -> Result<()> {
    let optimiser = root().join("crates/xtask/tools/node_modules/binaryen/bin/wasm-opt");
    let mut command = node.command("node");
    command.arg(optimiser).args(["-Oz", "--converge"]).args(STRIPPED).args(FEATURES);
    run(command.arg(module).arg("-o").arg(module))
}

fn copy_files(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from).with_context(|| format!("reading {}", from.display()))? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}
