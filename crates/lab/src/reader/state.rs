//! What a card keeps from one start of the lab to the next, in a file: tries left and changed passwords.
//!
//! ```json
//! { "signaturePassword": { "left": 5, "changed": { "salt": "00…", "digest": "00…" } }, "authenticationPin": { "left": 0 } }
//! ```

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags, openat, renameat};
use serde::{Deserialize, Serialize};
use shomei_virtual_card::{Reference, ReferenceState, SaltedDigest, State};
use thiserror::Error;

/// Why a state could not be kept or taken up.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StateError {
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file that holds something else.
    #[error("{path}: no state of a card: {source}")]
    Content {
        /// Where.
        path: PathBuf,
        /// Why, with line and column.
        source: serde_json::Error,
    },
}

/// The file. Its folder stays open, so that it is found wherever the process is moved.
#[derive(Debug)]
pub(crate) struct StateFile {
    path: PathBuf,
    folder: OwnedFd,
    name: OsString,
    kept: State,
}

impl StateFile {
    /// Opens the file, or begins one: the state is empty then.
    pub(crate) fn open(path: &Path) -> Result<Self, StateError> {
        let failed = |source| StateError::File { path: path.to_path_buf(), source };
        let name = path.file_name().ok_or_else(|| failed(io::ErrorKind::InvalidInput.into()))?.to_owned();
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = OwnedFd::from(File::open(parent).map_err(failed)?);
        let kept = match openat(&folder, &name, OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty()) {
            Ok(file) => {
                let mut text = String::new();
                File::from(file).read_to_string(&mut text).map_err(failed)?;
                from_json(&text).map_err(|source| StateError::Content { path: path.to_path_buf(), source })?
            }
            Err(rustix::io::Errno::NOENT) => State::default(),
            Err(error) => return Err(failed(error.into())),
        };
        Ok(Self { path: path.to_path_buf(), folder, name, kept })
    }

    pub(crate) const fn kept(&self) -> &State {
        &self.kept
    }

    /// Writes the state if it changed: whole, or not at all. What is kept of a password that this card lacks stays.
    pub(crate) fn keep(&mut self, state: State) -> Result<(), StateError> {
        let missing =
            |kept: &&ReferenceState| state.references.iter().all(|now| now.reference != kept.reference);
        let lacking: Vec<_> = self.kept.references.iter().filter(missing).cloned().collect();
        let state = State { references: [state.references, lacking].concat() };
        if state != self.kept {
            let failed = |source| StateError::File { path: self.path.clone(), source };
            to_json(&state).map_err(io::Error::from).and_then(|text| self.replace(&text)).map_err(failed)?;
            self.kept = state;
        }
        Ok(())
    }

    fn replace(&self, text: &str) -> io::Result<()> {
        let mut beside = self.name.clone();
        beside.push(format!(".{}", std::process::id()));
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::TRUNC | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let mut file = File::from(openat(&self.folder, &beside, flags, Mode::RUSR | Mode::WUSR)?);
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        Ok(renameat(&self.folder, &beside, &self.folder, &self.name)?)
    }
}

#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Written {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    signature_password: Option<WrittenReference>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    authentication_pin: Option<WrittenReference>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    input_support_pin: Option<WrittenReference>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenReference {
    left: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changed: Option<WrittenDigest>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenDigest {
    #[serde(with = "hexadecimal")]
    salt: [u8; 16],
    #[serde(with = "hexadecimal")]
    digest: [u8; 32],
}

impl Written {
    const fn place(&mut self, reference: Reference) -> &mut Option<WrittenReference> {
        match reference {
            Reference::SignaturePassword => &mut self.signature_password,
            Reference::AuthenticationPin => &mut self.authentication_pin,
            Reference::InputSupportPin => &mut self.input_support_pin,
        }
    }
}

fn to_json(state: &State) -> serde_json::Result<String> {
    let mut written = Written::default();
    for ReferenceState { reference, left, changed } in &state.references {
        let changed = changed.map(|SaltedDigest { salt, digest }| WrittenDigest { salt, digest });
        *written.place(*reference) = Some(WrittenReference { left: *left, changed });
    }
    serde_json::to_string_pretty(&written).map(|json| json + "\n")
}

fn from_json(text: &str) -> serde_json::Result<State> {
    let mut written: Written = serde_json::from_str(text)?;
    let kept = |reference| {
        let WrittenReference { left, changed } = written.place(reference).take()?;
        let changed = changed.map(|WrittenDigest { salt, digest }| SaltedDigest { salt, digest });
        Some(ReferenceState { reference, left, changed })
    };
    Ok(State { references: Reference::ALL.into_iter().filter_map(kept).collect() })
}

/// Bytes in JSON as hexadecimal digits.
mod hexadecimal {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>, const N: usize>(
        deserializer: D,
    ) -> Result<[u8; N], D::Error> {
        let text = String::deserialize(deserializer)?;
        let pairs = text.as_bytes().chunks(2).map(|pair| {
            let digits = str::from_utf8(pair).ok().filter(|pair| pair.len() == 2 && !pair.contains('+'));
            digits.and_then(|digits| u8::from_str_radix(digits, 16).ok())
        });
        let bytes: Option<Vec<u8>> = pairs.collect();
        let bytes = bytes.and_then(|bytes| bytes.try_into().ok());
        bytes.ok_or_else(|| D::Error::custom(format!("not {N} bytes in hexadecimal")))
    }
}

#[cfg(test)]
mod tests;
