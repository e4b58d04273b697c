//! The envelope that came back, before the page sends it on. What must hold is the envelope crate's to say.

use crate::document::read_definition;
use crate::javascript::{array, object};
use crate::refusal::Refusal;
use shomei_application::Application;
use shomei_application::identity::CertificateText;
use shomei_application::procedure::{CertificateItems, Comparison};
use shomei_envelope::{OwnCheckError, verify_own};
use shomei_pki::{BasicFourItems, RsaVerifier};
use wasm_bindgen::JsValue;

/// What was found after everything else held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CheckedReply {
    pub(crate) comparisons: Vec<ComparedField>,
}

/// An answer of the form compared with the certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ComparedField {
    pub(crate) field: String,
    pub(crate) item: &'static str,
    pub(crate) outcome: &'static str,
}

/// Holds the envelope to the document that was asked for, then compares the certificate's holder with the answers.
///
/// # Errors
/// See [`crate::check_reply`].
pub(crate) fn check(document: &str, envelope: &[u8], definition: &str) -> Result<CheckedReply, Refusal> {
    let definition = read_definition(definition)?;
    let application =
        Application::parse(document.as_bytes()).map_err(|error| Refusal::at("bad-document", error))?;
    let held = verify_own(envelope, document.as_bytes(), &RsaVerifier).map_err(|error| refusal(&error))?;
    let birth = held.holder.birth.to_string();
    let found = definition.compare(&application, items(&held.holder, &birth));
    Ok(CheckedReply { comparisons: found.into_iter().map(compared).collect() })
}

fn refusal(error: &OwnCheckError) -> Refusal {
    Refusal::of(match error {
        OwnCheckError::Document(_) => "bad-document",
        OwnCheckError::Envelope(_) | OwnCheckError::OtherContainer { .. } | OwnCheckError::Signers { .. } => {
            "bad-envelope"
        }
        OwnCheckError::OtherContent | OwnCheckError::ContentDigest => "other-document",
        OwnCheckError::Certificate(_) | OwnCheckError::OtherCertificate => "bad-certificate",
        OwnCheckError::Signature => "bad-signature",
    })
}

fn items<'a>(holder: &'a BasicFourItems, birth: &'a str) -> CertificateItems<'a> {
    CertificateItems {
        name: CertificateText { text: &holder.name, substitutes: &holder.name_substitutes },
        address: CertificateText { text: &holder.address, substitutes: &holder.address_substitutes },
        birth,
        sex: holder.sex.digit(),
    }
}

fn compared(comparison: Comparison) -> ComparedField {
    ComparedField {
        item: comparison.item.name(),
        outcome: comparison.outcome.name(),
        field: comparison.field,
    }
}

impl From<ComparedField> for JsValue {
    fn from(found: ComparedField) -> Self {
        object([
            ("field", found.field.into()),
            ("item", found.item.into()),
            ("outcome", found.outcome.into()),
        ])
    }
}

impl From<CheckedReply> for JsValue {
    fn from(checked: CheckedReply) -> Self {
        object([("comparisons", array(checked.comparisons.into_iter().map(Self::from)))])
    }
}
