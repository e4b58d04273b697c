//! Debian packages: which are missing, and installing them.

use anyhow::{Result, bail};

use crate::process::{command, output, run, say};

/// What the build, the demonstration and the tests use, by Debian 12's names.
pub const PACKAGES: &[&str] = &[
    // building
    "build-essential",
    "pkg-config",
    "libpcsclite-dev",
    "python3",
    "python3-venv",
    // card and reader
    "pcscd",
    "vsmartcard-vpcd",
    "opensc",
    "iproute2",
    // browser and window
    "chromium",
    "chromium-l10n",
    "firefox-esr",
    "xvfb",
    "xdotool",
    "x11-utils",
    "imagemagick",
    "libegl1",
    "libgl1",
    "libgl1-mesa-dri",
    "libx11-6",
    "libx11-xcb1",
    "libxcursor1",
    "libxi6",
    "libxkbcommon-x11-0",
    "libxrandr2",
    "fontconfig",
    "fonts-ipafont-gothic",
    // judges
    "openssl",
    "libxml2-utils",
    "xmlsec1",
    "default-jdk-headless",
    "python3-jsonschema",
    "poppler-utils",
    "libnss3-tools",
];

/// What the project is measured beside, besides what the tests use.
pub const BENCH_PACKAGES: &[&str] = &["python3-cryptography"];

/// Debian's own compiler with the standard library's source, for machines whose rustup cannot add wasm32.
pub const WEBASSEMBLY_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "lld-19"];

/// Installs those of `packages` that are missing. On another system it says what to install and goes on:
/// the programs may have come another way.
pub fn install(packages: &[&str]) -> Result<()> {
    if output(command("dpkg-query").arg("--version")).is_none() {
        say(format!("This is not Debian. Please install what these packages hold: {}", packages.join(" ")));
        return Ok(());
    }
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    say(format!("Installing Debian packages: {}", missing.join(" ")));
    run(apt_get()?.arg("update"))?;
    run(apt_get()?.args(["install", "--yes", "--no-install-recommends"]).args(&missing))
}

fn is_installed(package: &str) -> bool {
    let status = output(command("dpkg-query").args(["--show", "--showformat=${db:Status-Status}", package]));
    status.as_deref() == Some("installed")
}

/// apt-get, through sudo only where we are not root.
fn apt_get() -> Result<std::process::Command> {
    let root = output(command("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    let mut apt = command(if root { "apt-get" } else { "sudo" });
    if !root {
        if output(command("sudo").arg("--version")).is_none() {
            bail!("installing packages needs root or sudo; please install: {}", PACKAGES.join(" "));
        }
        apt.arg("apt-get");
    }
    apt.args(["-o", "DPkg::Lock::Timeout=300", "--quiet"]);
    apt.env("DEBIAN_FRONTEND", "noninteractive");
    Ok(apt)
}
