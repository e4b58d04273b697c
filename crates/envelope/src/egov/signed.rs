//! A document beside the files that its signatures name, as the checks of every format see it.

use super::parse::{Envelope, FileReference, NotCovered as Uncovered, Signature as OfDocument};
use crate::FileDigest;
use crate::signed::{Content, FormField, Format, NotCovered, Part, Signature, Signed};
use std::borrow::Cow;

/// A signed document, beside the files that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedForm {
    envelope: Envelope,
    files: Vec<FileDigest>,
}

/// Why files are not those that a document's signatures name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BesideError {
    /// A signature names this file, and it is not there.
    #[error("the file {0:?} is missing")]
    Missing(String),
}

impl Envelope {
    /// The names of the files that any signature covers, each once.
    pub fn file_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for FileReference { name, .. } in self.signatures().iter().flat_map(OfDocument::files) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }

    /// The document beside files that were read. Files that no signature names are not part of it.
    ///
    /// # Errors
    /// [`BesideError::Missing`] for the first file that is named and not given.
    pub fn beside(self, files: &[FileDigest]) -> Result<SignedForm, BesideError> {
        let given = |name: &str| {
            let file = files.iter().find(|file| file.name == name).cloned();
            file.ok_or_else(|| BesideError::Missing(name.to_owned()))
        };
        let files = self.file_names().into_iter().map(given).collect::<Result<_, _>>()?;
        Ok(SignedForm { envelope: self, files })
    }
}

impl SignedForm {
    /// The parts that are not what this signature is over.
    fn changed(&self, signature: &OfDocument) -> Vec<Part> {
        let same = |reference: &FileReference| {
            let mut files = self.files.iter().filter(|file| file.name == reference.name);
            files.any(|file| file.sha256 == reference.sha256)
        };
        let form = (!signature.content_is_covered()).then_some(Part::Content);
        let files = signature.files().iter().filter(|reference| !same(reference));
        form.into_iter().chain(files.map(|reference| Part::File(reference.name.clone()))).collect()
    }
}

impl Signed for SignedForm {
    fn format(&self) -> Format {
        Format::Egov
    }

    /// Neither the certificate nor the time is covered: nobody named the one, and the other is nobody's claim.
    fn signatures(&self) -> Vec<Signature<'_>> {
        let signature = |signature| Signature {
            certificate: OfDocument::certificate(signature),
            claimed: None,
            stated: Vec::new(),
            message: Cow::Borrowed(signature.message()),
            value: signature.signature(),
            changed: self.changed(signature),
            certificate_digest: None,
            issuer_and_serial: None,
        };
        self.envelope.signatures().iter().map(signature).collect()
    }

    fn covered(&self) -> Content<'_> {
        let fields = self.envelope.fields().iter();
        let fields = fields.map(|field| FormField { path: field.path.clone(), text: field.text.clone() });
        Content::Form { fields: fields.collect(), files: self.files.clone() }
    }

    fn not_covered(&self) -> Vec<NotCovered> {
        let parts = self.envelope.not_covered();
        let parts = parts.into_iter().map(|part| NotCovered::Element(part.element().to_owned()));
        let by_each = |name: &str| {
            let names = |signature: &OfDocument| signature.files().iter().any(|file| file.name == name);
            self.envelope.signatures().iter().all(names)
        };
        let files = self.files.iter().filter(|file| !by_each(&file.name));
        parts.chain(files.map(|file| NotCovered::FileOfSome(file.name.clone()))).collect()
    }
}

impl Uncovered {
    /// The element, instruction or attribute that people find it by in the document.
    const fn element(self) -> &'static str {
        match self {
            Self::Surroundings => "xml-stylesheet",
            Self::Part(name) => name,
            Self::Certificate => "KeyInfo",
            Self::Time => "Signature/@Id",
            Self::OtherSignatures => "署名情報",
        }
    }
}
