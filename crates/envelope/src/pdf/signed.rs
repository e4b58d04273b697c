//! A signed PDF, as the checks of every format see it.

use super::parse::SignedPdf;
use super::signature::Signature as OfPdf;
use crate::signed::{Content, Format, NotCovered, Part, Signature, Signed};
use std::borrow::Cow;

impl Signed for SignedPdf {
    fn format(&self) -> Format {
        Format::Pdf
    }

    fn signatures(&self) -> Vec<Signature<'_>> {
        self.signatures().iter().flat_map(of_pdf).collect()
    }

    /// The whole file, which has no name of its own and no parts that the report could show.
    fn covered(&self) -> Content<'_> {
        Content::Files(Vec::new())
    }

    /// What came after each signature but the last: the signatures after it.
    fn not_covered(&self) -> Vec<NotCovered> {
        let earlier = 1..self.signatures().len();
        earlier.map(|number| NotCovered::LaterSignatures(number.to_string())).collect()
    }
}

fn of_pdf(signature: &OfPdf) -> Option<Signature<'_>> {
    let signer = signature.parts.signers.first()?;
    Some(Signature {
        certificate: &signer.certificate,
        claimed: Some(signature.claimed),
        stated: signature.stated.clone(),
        message: Cow::Owned(signer.attributes.to_be_signed()),
        value: &signer.signature,
        changed: match signer.attributes.message_digest == signature.covered {
            true => Vec::new(),
            false => vec![Part::Content],
        },
        certificate_digest: Some(signer.attributes.certificate_digest),
        issuer_and_serial: Some(&signer.identifier),
    })
}
