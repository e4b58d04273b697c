//! The answers of an HTML form, as the browser would submit them. No judgement of names or values.

use crate::refusal::Refusal;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{File, FormData, HtmlFormElement};

/// The pairs (name, value) of the form's successful controls (HTML Standard, "constructing the entry list").
///
/// # Errors
/// `attachment-unsupported` when a file is chosen.
pub(crate) fn answers(form: &HtmlFormElement) -> Result<Vec<(String, String)>, Refusal> {
    let unreadable = |_: JsValue| Refusal::of("bad-form");
    let data = FormData::new_with_form(form).map_err(unreadable)?;
    let mut answers = Vec::new();
    for entry in data.entries() {
        let entry = js_sys::Array::from(&entry.map_err(unreadable)?);
        if let (Some(name), Some(value)) = (entry.get(0).as_string(), text(entry.get(1))?) {
            answers.push((name, value));
        }
    }
    Ok(answers)
}

/// The text of an entry; nothing for a file control that was left empty, which browsers submit as a file without a name.
fn text(value: JsValue) -> Result<Option<String>, Refusal> {
    match value.dyn_ref::<File>() {
        None => Ok(value.as_string()),
        Some(file) if file.name().is_empty() => Ok(None),
        Some(_) => Err(Refusal::of("attachment-unsupported")),
    }
}
