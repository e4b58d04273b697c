//! The page module: what a municipal page needs before and after the signature.
//!
//! A thin layer between JavaScript values and the crates that hold the rules. It never talks to the extension, the card or the
//! network: that is the hand-written part of the npm package (`wasm/package/`).

mod document;
mod form;
mod household;
mod issued;
mod javascript;
mod refusal;
mod reply;
#[cfg(test)]
mod tests;

use issued::Issued;
use js_sys::{Array, Uint8Array};
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
    Ok(javascript::array(found?.into_iter().map(JsValue::from)))
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
    issued: &JsValue,
    container: &str,
) -> Result<String, JsValue> {
    let issued = Issued::read(issued).ok_or(Refusal::of("bad-challenge"))?;
    Ok(document::build(definition, &form::answers(form)?, issued, container)?)
}

/// Checks an envelope before it is sent: it holds exactly `document`, in the container that `document` names, and its
/// signature and the profile of its certificate hold.
/// Returns `{comparisons: [{field, item, outcome}]}`. Trust and revocation are the server's to check.
///
/// # Errors
/// Throws `{code, path?}`: `bad-envelope`, `other-document`, `bad-certificate`, `bad-signature`, `bad-document`, `bad-definition`.
#[wasm_bindgen(js_name = checkReply)]
pub fn check_reply(document: &str, envelope: &[u8], definition: &str) -> Result<JsValue, JsValue> {
    Ok(reply::check(document, envelope, definition)?.into())
}

/// One envelope with the signatures of all `envelopes`, an array of CAdES envelopes (`Uint8Array`) around the very same
/// document, each of which went through `checkReply`. Nothing is verified here.
///
/// # Errors
/// Throws `{code, path?}`, the path naming the envelope by its index: `bad-envelope`, `other-document`, `same-signer`,
/// `wrong-signers` (none, or more than ten).
#[wasm_bindgen(js_name = mergeEnvelopes)]
pub fn merge_envelopes(envelopes: &Array) -> Result<Vec<u8>, JsValue> {
    let envelopes: Vec<Vec<u8>> = envelopes.iter().map(|octets| Uint8Array::new(&octets).to_vec()).collect();
    Ok(household::join(&envelopes)?)
}
