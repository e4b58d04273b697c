//! Makes this program known to a browser, for the current user only, and takes that back.
//!
//! Three files lie together in the folder where the browser looks: the manifest, the launcher (a link to the program)
//! and the settings, which the host finds through the launcher's path. No registry, no policy, no system folder.

mod atomic;
mod browser;

use std::path::{Path, PathBuf};

use serde::Serialize;
use shomei_protocol::HOST_NAME;

use crate::caller::Settings;
use atomic::{remove_file, replace_file, replace_link};
pub use browser::{Browser, ExtensionId, PlaceError};

/// The manifest's file name; browsers demand the host's name.
pub const MANIFEST_FILE: &str = "jp.shomei.host.json";
/// The settings' file name, beside the launcher.
pub const SETTINGS_FILE: &str = "jp.shomei.host.settings.json";
/// The launcher's file name: what the manifest's `path` names.
pub const LAUNCHER_FILE: &str = "jp.shomei.host.launcher";

/// What to install.
#[derive(Debug, Clone)]
pub struct Installation {
    /// For which browser.
    pub browser: Browser,
    /// A Chromium profile folder (user data directory), or `None` for the browser's usual place.
    pub profile: Option<PathBuf>,
    /// For which extensions.
    pub extensions: Vec<ExtensionId>,
    /// The program that the browser starts.
    pub program: PathBuf,
    /// Whether http on localhost is permitted, always under a TEST banner.
    pub development: bool,
}

/// Why an installation was not made or taken back.
#[derive(Debug, thiserror::Error)]
pub enum InstallError {
    /// The place where the browser looks is not known.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// No extension was named.
    #[error("name the extension with --extension-id, or add --dev for the development extension")]
    NoExtension,
    /// The program is not a file with an absolute path.
    #[error("{0} is not a program with an absolute path")]
    Program(PathBuf),
    /// A file could not be written or removed.
    #[error("{path}: {source}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The texts could not be made.
    #[error("the manifest cannot be written as JSON")]
    Json(#[from] serde_json::Error),
}

/// The manifest as browsers read it. Source: MDN, "Native manifests", section "Native messaging manifests".
#[derive(Debug, Serialize)]
struct Manifest<'a> {
    name: &'static str,
    description: &'static str,
    path: &'a Path,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    allowed_origins: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    allowed_extensions: Option<&'a [String]>,
}

/// Installs, replacing an earlier installation in the same place. Each file is replaced whole or not at all.
/// Returns the manifest's path.
///
/// # Errors
/// [`InstallError`]; the manifest is written last, so a failure never leaves one that points at nothing.
pub fn install(installation: &Installation) -> Result<PathBuf, InstallError> {
    let program = &installation.program;
    if !program.is_absolute() || !program.is_file() {
        return Err(InstallError::Program(program.clone()));
    }
    if installation.extensions.is_empty() {
        return Err(InstallError::NoExtension);
    }
    let folder = installation.browser.manifest_folder(installation.profile.as_deref())?;
    std::fs::create_dir_all(&folder).map_err(|source| InstallError::File { path: folder.clone(), source })?;
    let callers: Vec<String> = installation.extensions.iter().map(ExtensionId::caller).collect();
    let launcher = folder.join(LAUNCHER_FILE);
    replace_link(&launcher, program)?;
    let settings = Settings::new(callers.clone(), installation.development);
    replace_file(&folder.join(SETTINGS_FILE), &serde_json::to_vec_pretty(&settings)?)?;
    let manifest = manifest(installation.browser, &launcher, &callers);
    let path = folder.join(MANIFEST_FILE);
    replace_file(&path, &serde_json::to_vec_pretty(&manifest)?)?;
    Ok(path)
}

/// Takes an installation back: removes the three files and nothing else. Files that are already gone are no error.
///
/// # Errors
/// [`InstallError::Place`] or [`InstallError::File`].
pub fn uninstall(browser: Browser, profile: Option<&Path>) -> Result<(), InstallError> {
    let folder = browser.manifest_folder(profile)?;
    // The manifest first: from then on no browser starts what is about to go.
    [MANIFEST_FILE, SETTINGS_FILE, LAUNCHER_FILE].iter().try_for_each(|name| remove_file(&folder.join(name)))
}

fn manifest<'a>(browser: Browser, launcher: &'a Path, callers: &'a [String]) -> Manifest<'a> {
    let (origins, extensions) =
        if browser.is_chromium() { (Some(callers), None) } else { (None, Some(callers)) };
    Manifest {
        name: HOST_NAME,
        description: "Shomei: signs online applications with the My Number Card",
        path: launcher,
        r#type: "stdio",
        allowed_origins: origins,
        allowed_extensions: extensions,
    }
}
