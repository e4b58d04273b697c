//! Why the module did not do what it was asked. The npm package turns this into its error class.

use serde::Serialize;
use shomei_application::{ParseError, Violation};
use wasm_bindgen::JsValue;

/// A code for programs, and where it applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Refusal {
    pub(crate) code: &'static str,
    /// JSON Pointer (RFC 6901) into the document or definition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) path: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) violations: Vec<Fault>,
}

/// One rule of a definition that an answer does not keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Fault {
    /// The field's name, or a JSON Pointer if it begins with `/`.
    pub(crate) place: String,
    pub(crate) code: &'static str,
}

impl Refusal {
    pub(crate) fn of(code: &'static str) -> Self {
        Self { code, path: None, violations: Vec::new() }
    }

    pub(crate) fn at(code: &'static str, error: ParseError) -> Self {
        Self { path: Some(error.path), ..Self::of(code) }
    }

    pub(crate) fn of_form(violations: &[Violation]) -> Self {
        Self { violations: faults(violations), ..Self::of("bad-form") }
    }
}

pub(crate) fn faults(violations: &[Violation]) -> Vec<Fault> {
    violations.iter().map(|found| Fault { place: found.place.clone(), code: found.rule.code() }).collect()
}

impl From<Refusal> for JsValue {
    fn from(refusal: Refusal) -> Self {
        crate::to_js(&refusal).unwrap_or_else(|error| error)
    }
}
