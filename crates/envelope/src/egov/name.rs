//! Names of referenced files, and the relative references (RFC 3986 §4.2) that carry them.

use super::MAX_FILE_NAME;
use shomei_application::text;
use std::fmt::Write as _;

/// Why a text is not the name of a referenced file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing. As a reference it would be the whole document.
    #[error("empty")]
    Empty,
    /// A character that leads to another folder, drive or scheme.
    #[error("{character:?} in a file name")]
    Separator {
        /// The first one.
        character: char,
    },
    /// A folder, not a file.
    #[error("the name of a folder")]
    Folder,
    /// A character that is not seen or reorders others, or too many characters.
    #[error("{reason}")]
    Text {
        /// The rule.
        reason: String,
    },
    /// A character that a reference writes percent-encoded, or a `%` without two hexadecimal digits.
    #[error("{character:?} stands unencoded")]
    Unencoded {
        /// The first one.
        character: char,
    },
    /// The octets, once decoded, are not UTF-8.
    #[error("not UTF-8 once decoded")]
    NotUtf8,
}

/// Holds a name to what every file system and every reader takes for one file in this folder.
pub(super) fn check(name: &str) -> Result<(), NameError> {
    if name.is_empty() {
        return Err(NameError::Empty);
    }
    if let Some(character) = name.chars().find(|character| matches!(character, '/' | '\\' | ':')) {
        return Err(NameError::Separator { character });
    }
    if matches!(name, "." | "..") {
        return Err(NameError::Folder);
    }
    text::check_line(name, MAX_FILE_NAME).map_err(|reason| NameError::Text { reason: reason.to_string() })
}

/// The name in UTF-8, everything but unreserved characters (RFC 3986 §2.3) percent-encoded in upper case.
pub(super) fn encode(name: &str) -> String {
    name.bytes().fold(String::new(), |mut uri, octet| {
        if octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'.' | b'_' | b'~') {
            uri.push(char::from(octet));
        } else {
            // Writing to a string does not fail.
            let _ = write!(uri, "%{octet:02X}");
        }
        uri
    })
}

/// The name that a reference carries. Characters beyond ASCII may stand for themselves, as in an IRI (RFC 3987 §3.1).
pub(super) fn from_reference(uri: &str) -> Result<String, NameError> {
    let name = decode(uri)?;
    check(&name)?;
    Ok(name)
}

/// Takes percent-encoding away (RFC 3986 §2.1).
pub(super) fn decode(uri: &str) -> Result<String, NameError> {
    let mut octets = Vec::with_capacity(uri.len());
    let mut rest = uri.chars();
    while let Some(character) = rest.next() {
        if character == '%' {
            let digits = rest.as_str().get(..2);
            octets.push(digits.and_then(hexadecimal).ok_or(NameError::Unencoded { character })?);
            rest.nth(1);
        } else if character.is_ascii() && !stands_for_itself(character) {
            return Err(NameError::Unencoded { character });
        } else {
            octets.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
    String::from_utf8(octets).map_err(|_| NameError::NotUtf8)
}

/// Unreserved characters, sub-delimiters and `@`: a path segment without a colon (RFC 3986 §3.3).
fn stands_for_itself(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~!$&'()*+,;=@".contains(character)
}

fn hexadecimal(digits: &str) -> Option<u8> {
    let both = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    u8::from_str_radix(digits, 16).ok().filter(|_| both)
}
