//! Several signers of one form: each signs the document alone, and the page puts the signatures into one envelope.

use crate::refusal::Refusal;
use shomei_envelope::cades::{MergeError, merge};

/// One CAdES envelope with every signature of `envelopes`.
///
/// # Errors
/// See [`crate::merge_envelopes`].
pub(crate) fn join(envelopes: &[Vec<u8>]) -> Result<Vec<u8>, Refusal> {
    let envelopes: Vec<&[u8]> = envelopes.iter().map(Vec::as_slice).collect();
    merge(&envelopes).map_err(|error| refusal(&error))
}

/// The path names the envelope, by its index.
fn refusal(error: &MergeError) -> Refusal {
    let (code, index) = match error {
        MergeError::Envelope { index, .. } => ("bad-envelope", Some(index)),
        MergeError::OtherContent { index } => ("other-document", Some(index)),
        MergeError::SameSigner { index } => ("same-signer", Some(index)),
        MergeError::Signers { .. } => ("wrong-signers", None),
    };
    Refusal { path: index.map(|index| format!("/{index}")), ..Refusal::of(code) }
}
