//! The page module: what a municipal page needs before and after the signature.
//!
//! A thin layer between JavaScript values and the crates that hold the rules. It never talks to the extension, the card or the
//! network: that is the hand-written part of the npm package (`wasm/package/`).

mod document;
mod form;
mod issued;
mod refusal;
mod reply;
#[cfg(test)]
mod tests;

use refusal::Refusal;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlFormElement;

/// What is wrong with a filled form: an array of `{place, code}` in the form's order, empty if a document can be built.
///
/// # Errors
/// Throws `{code, path?}`: `bad-definition`, `attachment-unsupported`.
#[wasm_bindgen(js_name = checkForm)]
pub fn check_form(form: &HtmlFormElement, definition: &str) -> Result<JsValue, JsValue> {
    let found = form::answers(form).and_then(|answers| document::violations(definition, &answers));
    to_js(&found.map_err(JsValue::from)?)
}

/// The application document of a filled form as canonical JSON (RFC 8785), the text that will be signed.
///
/// # Errors
/// Throws `{code, path?, violations?}`: `bad-form`, `bad-definition`, `bad-challenge`, `wrong-procedure`,
/// `format-not-for-pages`, `attachment-unsupported`.
#[wasm_bindgen(js_name = buildDocument)]
pub fn build_document(
    form: &HtmlFormElement,
    definition: &str,
    issued: JsValue,
    container: &str,
) -> Result<String, JsValue> {
    let issued = serde_wasm_bindgen::from_value(issued).map_err(|_| Refusal::of("bad-challenge"));
    let built =
        issued.and_then(|issued| document::build(definition, &form::answers(form)?, issued, container));
    built.map_err(JsValue::from)
}

/// Checks an envelope before it is sent: it holds exactly `document`, in the container that `document` names, and its
/// signature and the profile of its certificate hold.
/// Returns `{comparisons: [{field, item, outcome}]}`. Trust and revocation are the server's to check.
///
/// # Errors
/// Throws `{code, path?}`: `bad-envelope`, `other-document`, `bad-certificate`, `bad-signature`, `bad-document`, `bad-definition`.
#[wasm_bindgen(js_name = checkReply)]
pub fn check_reply(document: &str, envelope: &[u8], definition: &str) -> Result<JsValue, JsValue> {
    to_js(&reply::check(document, envelope, definition).map_err(JsValue::from)?)
}

fn to_js<T: serde::Serialize>(value: &T) -> Result<JsValue, JsValue> {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(JsValue::from)
}
