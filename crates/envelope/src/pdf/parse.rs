//! Reading a signed PDF: where its signatures are, that each covers its revision, and what later revisions did.

use super::document::Document;
use super::error::EnvelopeError;
use super::form::Form;
use super::signature::Signature;
use super::{gaps, update};

/// A PDF with at least one signature. The last covers all of it but its own value; each earlier one covers a revision, and
/// the revisions after it have only added signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedPdf {
    signatures: Vec<Signature>,
}

/// What no signature is without.
const BYTE_RANGE: &[u8] = b"/ByteRange";

/// Reads a signed PDF.
///
/// # Errors
/// [`EnvelopeError::NotSigned`] where there is no trace of a signature, however broken the file is otherwise; else the first way in
/// which it is not one of a profile, or was changed after a signature.
pub fn parse(input: &[u8]) -> Result<SignedPdf, EnvelopeError> {
    let is_signed = || input.windows(BYTE_RANGE.len()).any(|window| window == BYTE_RANGE);
    match read(input) {
        Err(error @ EnvelopeError::TooLong { .. }) => Err(error),
        Err(_) if !is_signed() => Err(EnvelopeError::NotSigned),
        read => read,
    }
}

fn read(input: &[u8]) -> Result<SignedPdf, EnvelopeError> {
    let document = Document::read(input)?;
    let signatures = read_signatures(&document)?;
    let strict = signatures.first().map_or(input.len(), |first| first.end);
    check_none_removed(&gaps::check(&document, strict)?, &signatures)?;
    if signatures.is_empty() {
        return Err(EnvelopeError::NotSigned);
    }
    if let Some(last) = signatures.last().filter(|last| last.end != input.len()) {
        return Err(EnvelopeError::NotToTheEnd { offset: last.end });
    }
    check_revisions(input, &signatures)?;
    Ok(SignedPdf { signatures })
}

impl SignedPdf {
    /// The signatures, the earliest first.
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }
}

/// In the order of what they cover.
fn read_signatures(document: &Document<'_>) -> Result<Vec<Signature>, EnvelopeError> {
    let fields = Form::read(document)?.signatures(document)?;
    let mut signatures =
        fields.into_iter().map(|field| Signature::read(document, field)).collect::<Result<Vec<_>, _>>()?;
    signatures.sort_by_key(|signature| signature.end);
    let same = signatures.windows(2).find_map(|pair| match pair {
        [one, next] if one.end == next.end => Some(next.field.value.number),
        _ => None,
    });
    match same {
        None => Ok(signatures),
        Some(number) => Err(EnvelopeError::ByteRange { number }),
    }
}

/// A signature that any revision had is still there, at its place.
fn check_none_removed(defined: &[(u32, usize)], signatures: &[Signature]) -> Result<(), EnvelopeError> {
    for (number, offset) in defined {
        let held = |signature: &Signature| {
            signature.field.value.number == *number
                && *offset < signature.gap.start
                && signature.gap.start < signature.end
        };
        let count = defined.iter().filter(|(other, _)| other == number).count();
        if count != 1 || !signatures.iter().any(held) {
            return Err(EnvelopeError::Removed { number: *number });
        }
    }
    Ok(())
}

/// Each revision that was signed is a file of its own: it is read as one.
fn check_revisions(input: &[u8], signatures: &[Signature]) -> Result<(), EnvelopeError> {
    let mut earlier: Option<Document<'_>> = None;
    for (index, signature) in signatures.iter().enumerate() {
        let revision = Document::read(input.get(..signature.end).unwrap_or_default())?;
        let fields = Form::read(&revision)?.signatures(&revision)?;
        let expected = signatures.get(..=index).unwrap_or_default();
        let missing = expected.iter().find(|one| !fields.contains(&one.field));
        if let Some(missing) = missing.or((fields.len() != expected.len()).then_some(signature)) {
            return Err(EnvelopeError::Removed { number: missing.field.value.number });
        }
        if let Some(earlier) = &earlier {
            update::check(earlier, &revision, signature)?;
        }
        earlier = Some(revision);
    }
    Ok(())
}
