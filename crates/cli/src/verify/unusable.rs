//! A file that could not be judged, in words and as a word for programs.

use super::open::OpenError;
use crate::files::FileError;
use shomei_application::json::Object;
use shomei_envelope::{Reason, reasons};
use std::fmt::Display;
use std::io;
use std::path::Path;

/// Why a file could not be judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unusable {
    code: &'static str,
    /// For people; it begins with the path.
    pub(super) message: String,
}

impl Unusable {
    /// `{"unusable": {"code": …, "message": …}}`, as `docs/report.schema.json` has it, still without the file.
    pub(super) fn to_json(&self) -> Object {
        let why = Object::new().with("code", self.code).with("message", self.message.as_str());
        Object::new().with("unusable", why)
    }

    /// The same with the file.
    pub(super) fn line(&self, file: &Path) -> Object {
        self.to_json().with("file", file.to_string_lossy().into_owned())
    }
}

impl<E: Reason + Display> From<&E> for Unusable {
    fn from(error: &E) -> Self {
        Self { code: error.code(), message: error.to_string() }
    }
}

reasons!(FileError {
    Self { error, .. } if error.kind() == io::ErrorKind::FileTooLarge => "too-long",
    Self { .. } => "unreadable",
});

reasons!(OpenError {
    Self::NotAFile { .. } => "not-a-file",
    Self::Unnamed { .. } => "content-not-named",
    Self::Missing { .. } => "file-missing",
    Self::ContentInside { .. } => "content-place",
    ;
    Self::File(error) => error,
    Self::Signature { error, .. } => error,
});

#[cfg(test)]
mod tests {
    use super::*;
    use shomei_application::json::{self, Value};
    use shomei_envelope::reading_codes;

    const SCHEMA: &str = include_str!("../../../../docs/report.schema.json");

    #[test]
    fn the_schema_lists_exactly_the_codes_of_unusable_files() {
        let mut codes = [reading_codes(), FileError::CODES.to_vec(), OpenError::CODES.to_vec()].concat();
        codes.sort_unstable();
        codes.dedup();
        let schema = json::parse(SCHEMA.as_bytes(), SCHEMA.len()).unwrap();
        let member = |value: &Value, name: &str| value.as_object().unwrap().get(name).unwrap().clone();
        let listed =
            ["$defs", "unusableCode", "enum"].iter().fold(schema, |value, name| member(&value, name));
        let listed: Vec<&str> = listed.as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
        assert_eq!(listed, codes);
    }
}
