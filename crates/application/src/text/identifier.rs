//! Identifiers: texts for programs, of a small alphabet.

use crate::limits::MAX_IDENTIFIER;
use crate::shape::Reason;

/// The id or version of a procedure, the id of a notice: letters, digits, `.`, `-` and `_`.
pub(crate) fn check_id(text: &str) -> Result<(), Reason> {
    let expected = "letters, digits, dots, hyphens and underscores";
    bounded(text, MAX_IDENTIFIER)?;
    all(text, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'), expected)
}

/// The name of a field: parts of letters, digits, `-` and `_` with dots between them.
pub(crate) fn check_name(text: &str) -> Result<(), Reason> {
    let expected = "parts of letters, digits, hyphens and underscores with dots between them";
    bounded(text, MAX_IDENTIFIER)?;
    if text.split('.').any(str::is_empty) {
        return Err(Reason::Identifier { expected });
    }
    check_id(text).map_err(|_| Reason::Identifier { expected })
}

/// The id of a recipient: 全国地方公共団体コード (6 digits) or 法人番号 (13 digits).
pub(crate) fn check_recipient(text: &str) -> Result<(), Reason> {
    let expected = "6 or 13 digits";
    if !matches!(text.len(), 6 | 13) {
        return Err(Reason::Identifier { expected });
    }
    all(text, |byte| byte.is_ascii_digit(), expected)
}

/// A file name without folders. Its characters are a value's: the resident chose them.
pub(crate) fn check_file_name(text: &str) -> Result<(), Reason> {
    if text.is_empty() {
        return Err(Reason::Empty);
    }
    if text.contains(['/', '\\']) || matches!(text, "." | "..") {
        return Err(Reason::Identifier { expected: "a file name without folders" });
    }
    Ok(())
}

/// A media type without parameters (RFC 6838 §4.2), lower case.
pub(crate) fn check_media_type(text: &str, max: usize) -> Result<(), Reason> {
    let expected = "a media type in lower case";
    bounded(text, max)?;
    let (kind, subtype) = text.split_once('/').ok_or(Reason::Identifier { expected })?;
    for name in [kind, subtype] {
        let first = name.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric());
        first.then_some(()).ok_or(Reason::Identifier { expected })?;
        all(
            name,
            |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9') || b"!#$&-^_.+".contains(&byte),
            expected,
        )?;
    }
    Ok(())
}

fn bounded(text: &str, max: usize) -> Result<(), Reason> {
    match text.chars().count() {
        0 => Err(Reason::Empty),
        length if length > max => Err(Reason::TooLong { max }),
        _ => Ok(()),
    }
}

fn all(text: &str, allowed: impl Fn(u8) -> bool, expected: &'static str) -> Result<(), Reason> {
    text.bytes().all(allowed).then_some(()).ok_or(Reason::Identifier { expected })
}
