//! Why there is no report. The page has a sentence for each code.

use js_sys::{Object, Reflect};
use shomei_envelope::{OpenError, Reason as _};
use wasm_bindgen::JsValue;

/// A code for the page's sentences, and the place in English. Codes of unusable files are those of `shomei verify --json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: &'static str,
    pub(crate) detail: String,
    /// The name of a file that is missing.
    pub(crate) file: Option<String>,
    /// Which of several authorities it is about, from 0.
    pub(crate) index: Option<u32>,
}

impl Refusal {
    pub(crate) fn of(code: &'static str, detail: impl ToString) -> Self {
        Self { code, detail: detail.to_string(), file: None, index: None }
    }

    pub(crate) fn missing(name: &str) -> Self {
        Self { file: Some(name.to_owned()), ..Self::of("file-missing", "") }
    }
}

impl From<&OpenError> for Refusal {
    fn from(error: &OpenError) -> Self {
        Self::of(error.code(), error)
    }
}

/// What does not apply is left out.
impl From<Refusal> for JsValue {
    fn from(refusal: Refusal) -> Self {
        let members = [
            ("code", Some(refusal.code.into())),
            ("detail", Some(refusal.detail.into())),
            ("file", refusal.file.map(Self::from)),
            ("index", refusal.index.map(Self::from)),
        ];
        let object = Object::new();
        for (name, value) in members {
            // A new object takes every member.
            let _ = value.map(|value| Reflect::set(&object, &name.into(), &value));
        }
        object.into()
    }
}
