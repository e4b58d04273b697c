//! Who started this process, and whether it was installed for them.
//!
//! The browser names the extension in the arguments. Programs of the same user can do the same: this guards against
//! mistakes, not against attackers (`docs/security.md`).

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::install::{MANIFEST_FILE, SETTINGS_FILE};

/// Value of `schema` in a settings file.
const SETTINGS_SCHEMA: &str = "shomei-host-settings/1";
/// Longest settings file that is read, in bytes.
const MAX_SETTINGS: u64 = 64 * 1024;
/// What precedes the id in a Chromium extension's origin.
pub const CHROMIUM_SCHEME: &str = "chrome-extension://";

/// What `shomei-host install` decided, kept beside the launcher that the browser starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    schema: String,
    /// Callers as the browser names them: `chrome-extension://<id>/`, or a Firefox add-on's id.
    pub callers: Vec<String>,
    /// Whether http on localhost is a permitted origin. Every window then carries the TEST banner.
    pub development: bool,
}

/// An extension as the browser names it in the arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller(String);

impl Settings {
    /// Settings for `callers`; `development` also permits http on localhost.
    #[must_use]
    pub fn new(callers: Vec<String>, development: bool) -> Self {
        Self { schema: SETTINGS_SCHEMA.to_owned(), callers, development }
    }

    /// Reads the settings beside `launcher`, the path under which the browser started this process (`argv[0]`).
    /// The path is not resolved: the launcher is a link, and the settings lie beside the link.
    #[must_use]
    pub fn beside(launcher: &Path) -> Option<Self> {
        let file = launcher.parent()?.join(SETTINGS_FILE);
        let small = file.metadata().ok()?.len() <= MAX_SETTINGS;
        let bytes = small.then(|| std::fs::read(file).ok()).flatten()?;
        serde_json::from_slice(&bytes).ok().filter(|settings: &Self| settings.schema == SETTINGS_SCHEMA)
    }

    /// Whether this host was installed for `caller`.
    #[must_use]
    pub fn allow(&self, caller: &Caller) -> bool {
        self.callers.contains(&caller.0)
    }
}

impl Caller {
    /// Finds the caller in the arguments of a process that a browser started: Chromium passes the extension's origin,
    /// Firefox the path of the manifest and the add-on's id. `None` when a person started it.
    /// Sources: Chromium, "Native messaging"; MDN, "Native messaging", section "Exchanging messages".
    #[must_use]
    pub fn from_arguments(arguments: &[OsString]) -> Option<Self> {
        let first = arguments.get(1)?;
        if let Some(origin) = first.to_str().filter(|text| text.starts_with(CHROMIUM_SCHEME)) {
            return Some(Self(origin.to_owned()));
        }
        let is_manifest = PathBuf::from(first).file_name().is_some_and(|name| name == MANIFEST_FILE);
        let add_on = arguments.get(2)?.to_str()?;
        is_manifest.then(|| Self(add_on.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Caller, Settings};
    use crate::install::SETTINGS_FILE;

    const ORIGIN: &str = "chrome-extension://abcdefghijklmnopabcdefghijklmnop/";

    fn caller(arguments: &[&str]) -> Option<Caller> {
        Caller::from_arguments(&arguments.iter().map(Into::into).collect::<Vec<_>>())
    }

    #[test]
    fn a_browser_is_told_from_a_person_by_the_arguments() {
        let cases: [(&str, &[&str], Option<&str>); 6] = [
            ("Chromium", &["/h", ORIGIN], Some(ORIGIN)),
            ("Chromium on Windows", &["/h", ORIGIN, "--parent-window=7"], Some(ORIGIN)),
            ("Firefox", &["/h", "/x/jp.shomei.host.json", "a@b"], Some("a@b")),
            ("another manifest", &["/h", "/x/jp.other.json", "a@b"], None),
            ("a command", &["/h", "install"], None),
            ("nothing", &["/h"], None),
        ];
        for (name, arguments, expected) in cases {
            assert_eq!(caller(arguments), expected.map(|id| Caller(id.to_owned())), "{name}");
        }
    }

    #[test]
    fn settings_are_read_beside_the_launcher_and_nothing_else_passes() {
        let folder = tempfile::tempdir().unwrap();
        let launcher = folder.path().join("launcher");
        assert_eq!(Settings::beside(&launcher), None, "no settings");
        let settings = Settings::new(vec![ORIGIN.into()], false);
        let good = serde_json::to_string(&settings).unwrap();
        let unknown_key = good.replacen('{', "{\"extra\":1,", 1);
        let other_schema = good.replace("settings/1", "settings/2");
        for (text, expected) in [(good, Some(settings)), (unknown_key, None), (other_schema, None)] {
            std::fs::write(folder.path().join(SETTINGS_FILE), &text).unwrap();
            assert_eq!(Settings::beside(&launcher), expected, "{text}");
        }
    }

    #[test]
    fn only_the_extension_it_was_installed_for_is_allowed() {
        let settings = Settings::new(vec![ORIGIN.into()], false);
        assert!(settings.allow(&Caller(ORIGIN.into())));
        for other in ["chrome-extension://abcdefghijklmnopabcdefghijklmnoo/", "a@b", ""] {
            assert!(!settings.allow(&Caller(other.into())), "{other}");
        }
    }
}
