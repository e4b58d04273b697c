//! Why the module did not do what it was asked. The npm package turns this into its error class.

use crate::javascript::{array, object};
use shomei_application::{ParseError, Violation};
use wasm_bindgen::JsValue;

/// A code for programs, and where it applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: &'static str,
    /// JSON Pointer (RFC 6901) into the document or definition.
    pub(crate) path: Option<String>,
    pub(crate) violations: Vec<Fault>,
}

/// One rule of a definition that an answer does not keep.
#[derive(Debug, Clone, PartialEq, Eq)]
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

impl From<Fault> for JsValue {
    fn from(fault: Fault) -> Self {
        object([("place", fault.place.into()), ("code", fault.code.into())])
    }
}

/// What does not apply is left out.
impl From<Refusal> for JsValue {
    fn from(refusal: Refusal) -> Self {
        let mut members = vec![("code", refusal.code.into())];
        members.extend(refusal.path.map(|path| ("path", path.into())));
        if !refusal.violations.is_empty() {
            members.push(("violations", array(refusal.violations.into_iter().map(Self::from))));
        }
        object(members)
    }
}
