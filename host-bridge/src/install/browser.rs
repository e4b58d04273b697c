//! Where each browser looks for native-messaging manifests of one user, and how it names extensions.
//!
//! Linux only so far; other systems get their own table here.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::caller::CHROMIUM_SCHEME;

/// A browser that starts native-messaging hosts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Browser {
    /// Chromium.
    Chromium,
    /// Google Chrome.
    Chrome,
    /// Microsoft Edge.
    Edge,
    /// Mozilla Firefox.
    Firefox,
}

/// An extension's id: 32 letters a–p (Chromium), or `name@domain` or `{uuid}` (Firefox).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExtensionId {
    /// 32 letters a–p, derived from the extension's key.
    Chromium(String),
    /// The id in the add-on's manifest.
    Firefox(String),
}

/// Why there is no place or no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    /// Neither `HOME` nor the browser's own variable names a folder.
    #[error("HOME is not set to an absolute path")]
    NoHome,
    /// Firefox looks in the home folder, whatever the profile is.
    #[error("Firefox has no manifests in a profile; leave --profile out")]
    FirefoxProfile,
    /// The profile's path is not absolute.
    #[error("--profile needs an absolute path")]
    RelativeProfile,
    /// The text is neither kind of extension id.
    #[error("{0} is not an extension id")]
    ExtensionId(String),
    /// The id belongs to the other kind of browser.
    #[error("{0} is not an id of an extension for this browser")]
    OtherBrowser(String),
}

impl Browser {
    /// The folder in which this browser looks. `profile` is a Chromium user data directory.
    ///
    /// # Errors
    /// [`PlaceError`] when the folder cannot be named.
    pub fn manifest_folder(self, profile: Option<&Path>) -> Result<PathBuf, PlaceError> {
        match (self, profile) {
            (Self::Firefox, Some(_)) => Err(PlaceError::FirefoxProfile),
            // Newer profiles moved to the XDG folder; the look-up of native hosts did not.
            (Self::Firefox, None) => Ok(home()?.join(".mozilla/native-messaging-hosts")),
            (_, Some(profile)) if !profile.is_absolute() => Err(PlaceError::RelativeProfile),
            (_, Some(profile)) => Ok(profile.join("NativeMessagingHosts")),
            (_, None) => Ok(configuration()?.join(self.configuration_name()).join("NativeMessagingHosts")),
        }
    }

    /// Whether extensions are named by a `chrome-extension` origin.
    #[must_use]
    pub fn is_chromium(self) -> bool {
        self != Self::Firefox
    }

    fn configuration_name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Chrome => "google-chrome",
            Self::Edge => "microsoft-edge",
            Self::Firefox => "mozilla",
        }
    }

    /// Checks that `id` is of this browser's kind.
    ///
    /// # Errors
    /// [`PlaceError::OtherBrowser`].
    pub fn accept(self, id: ExtensionId) -> Result<ExtensionId, PlaceError> {
        match (self.is_chromium(), &id) {
            (true, ExtensionId::Chromium(_)) | (false, ExtensionId::Firefox(_)) => Ok(id),
            _ => Err(PlaceError::OtherBrowser(id.caller())),
        }
    }
}

impl ExtensionId {
    /// How the browser names this extension in the manifest and in the host's arguments.
    #[must_use]
    pub fn caller(&self) -> String {
        match self {
            Self::Chromium(id) => format!("{CHROMIUM_SCHEME}{id}/"),
            Self::Firefox(id) => id.clone(),
        }
    }
}

impl FromStr for ExtensionId {
    type Err = PlaceError;

    fn from_str(text: &str) -> Result<Self, PlaceError> {
        let plain =
            |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
        if text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'a'..=b'p')) {
            return Ok(Self::Chromium(text.to_owned()));
        }
        let braced = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let is_uuid = braced.is_some_and(|uuid| uuid.len() == 36 && plain(uuid));
        let is_address = text
            .split_once('@')
            .is_some_and(|(name, domain)| !domain.is_empty() && plain(name) && plain(domain));
        if is_uuid || is_address {
            return Ok(Self::Firefox(text.to_owned()));
        }
        Err(PlaceError::ExtensionId(text.to_owned()))
    }
}

fn home() -> Result<PathBuf, PlaceError> {
    folder_in("HOME").ok_or(PlaceError::NoHome)
}

fn configuration() -> Result<PathBuf, PlaceError> {
    folder_in("XDG_CONFIG_HOME").map_or_else(|| Ok(home()?.join(".config")), Ok)
}

fn folder_in(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute())
}

#[cfg(test)]
mod tests {
    use super::{Browser, ExtensionId, PlaceError};
    use std::path::Path;

    #[test]
    fn extension_ids_are_of_two_kinds_and_nothing_else() {
        let cases = [
            ("abcdefghijklmnopabcdefghijklmnop", true),
            ("abcdefghijklmnopabcdefghijklmnoq", false),
            ("abcdefghijklmnopabcdefghijklmno", false),
            ("shomei@example.jp", true),
            ("{12345678-1234-1234-1234-123456789abc}", true),
            ("{12345678}", false),
            ("@", false),
            ("a b@example.jp", false),
            ("*", false),
            ("", false),
        ];
        for (text, good) in cases {
            assert_eq!(text.parse::<ExtensionId>().is_ok(), good, "{text}");
        }
    }

    #[test]
    fn an_id_of_the_other_kind_is_refused() {
        let chromium: ExtensionId = "abcdefghijklmnopabcdefghijklmnop".parse().unwrap();
        let firefox: ExtensionId = "shomei@example.jp".parse().unwrap();
        for browser in [Browser::Chromium, Browser::Chrome, Browser::Edge] {
            assert!(browser.accept(chromium.clone()).is_ok());
            assert!(browser.accept(firefox.clone()).is_err());
        }
        assert!(Browser::Firefox.accept(firefox).is_ok());
        assert!(Browser::Firefox.accept(chromium).is_err());
    }

    #[test]
    fn a_profile_names_the_folder_for_chromium_and_is_refused_for_firefox() {
        let profile = Some(Path::new("/p"));
        let folder = Path::new("/p/NativeMessagingHosts");
        assert_eq!(Browser::Chromium.manifest_folder(profile).as_deref(), Ok(folder));
        assert_eq!(Browser::Firefox.manifest_folder(profile), Err(PlaceError::FirefoxProfile));
        assert_eq!(Browser::Edge.manifest_folder(Some(Path::new("p"))), Err(PlaceError::RelativeProfile));
    }
}
