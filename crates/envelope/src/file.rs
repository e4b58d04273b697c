//! A file that a signature covers by its digest, outside the envelope.

use sha2::{Digest, Sha256};
use std::fmt;

/// Octets of a file's name in UTF-8: the most that file systems take.
pub const MAX_FILE_NAME: usize = 255;

/// What is known of a file whose octets somebody read: the name that the signature gives it, and what was in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDigest {
    /// The name, without a folder. The digest says nothing about it.
    pub name: String,
    /// How many octets it has.
    pub octets: u64,
    /// SHA-256 of the octets.
    pub sha256: [u8; 32],
}

/// Why a name cannot stand in a signature for a file beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileNameError {
    /// Empty, or longer than a name may be.
    #[error("the name has {octets} octets, not 1 to {MAX_FILE_NAME}")]
    Length {
        /// Octets of the name.
        octets: usize,
    },
    /// The name of a folder, `.` or `..`.
    #[error("the name is that of a folder")]
    Folder,
    /// A character that would lead to another folder, or that nobody sees.
    #[error("the name holds {0:?}")]
    Character(char),
}

impl FileDigest {
    /// The digest of these octets, under this name.
    pub fn of(name: &str, octets: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            octets: u64::try_from(octets.len()).unwrap_or(u64::MAX),
            sha256: Sha256::digest(octets).into(),
        }
    }
}

impl fmt::Display for FileDigest {
    /// `name, n octets, SHA-256 hex`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}, {} octets, SHA-256 ", self.name, self.octets)?;
        self.sha256.iter().try_for_each(|octet| write!(out, "{octet:02x}"))
    }
}

/// Whether `name` can be that of a file in one folder with the signature, on every system, and be read by a person:
/// no separators, no drive, no control characters, no bidirectional controls (Unicode UAX #9).
///
/// # Errors
/// The first reason.
pub fn check_file_name(name: &str) -> Result<(), FileNameError> {
    if !(1..=MAX_FILE_NAME).contains(&name.len()) {
        return Err(FileNameError::Length { octets: name.len() });
    }
    if matches!(name, "." | "..") {
        return Err(FileNameError::Folder);
    }
    let unfit = |character: &char| {
        character.is_control()
            || matches!(character, '/' | '\\' | ':' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    name.chars().find(unfit).map_or(Ok(()), |character| Err(FileNameError::Character(character)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_that_of_a_file_beside_the_signature() {
        let long = "a".repeat(256);
        for (name, answer) in [
            ("申請書.pdf", Ok(())),
            ("a", Ok(())),
            ("", Err(FileNameError::Length { octets: 0 })),
            (long.as_str(), Err(FileNameError::Length { octets: 256 })),
            (".", Err(FileNameError::Folder)),
            ("..", Err(FileNameError::Folder)),
            ("../a", Err(FileNameError::Character('/'))),
            ("a\\b", Err(FileNameError::Character('\\'))),
            ("c:a", Err(FileNameError::Character(':'))),
            ("a\nb", Err(FileNameError::Character('\n'))),
            ("fdp\u{202e}exe", Err(FileNameError::Character('\u{202e}'))),
        ] {
            assert_eq!(check_file_name(name), answer, "{name:?}");
        }
    }

    #[test]
    fn a_digest_names_what_it_is_of() {
        let file = FileDigest::of("a.txt", b"abc");
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(file.to_string(), format!("a.txt, 3 octets, SHA-256 {sha256}"));
    }
}
