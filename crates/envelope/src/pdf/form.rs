//! The interactive form and the signature fields in it (ISO 32000-1 §12.7).

use super::document::Document;
use super::error::EnvelopeError;
use super::object::{Dictionary, Object, Reference};
use super::{MAX_FIELD_DEPTH, MAX_FIELDS, MAX_SIGNATURES};

/// A signature field with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SignatureField {
    pub(super) field: Reference,
    /// The signature dictionary.
    pub(super) value: Reference,
}

/// The form of a document, as far as signing needs it.
pub(super) struct Form {
    /// The dictionary; empty where there is none.
    pub(super) dictionary: Dictionary,
    /// Its object, unless it stands in the catalog itself.
    pub(super) reference: Option<Reference>,
    /// The fields at its root.
    pub(super) fields: Vec<Object>,
    /// The object of their array, unless it stands in the form itself.
    pub(super) array: Option<Reference>,
}

impl Form {
    pub(super) fn read(document: &Document<'_>) -> Result<Self, EnvelopeError> {
        let catalog = document.catalog()?;
        if catalog.get("Perms").is_some() {
            return Err(EnvelopeError::Unsupported("permissions of its own (Perms)"));
        }
        let reference = catalog.get("AcroForm").and_then(Object::as_reference);
        let dictionary = match document.value(&catalog, "AcroForm")? {
            Object::Null => Dictionary::default(),
            Object::Dictionary(dictionary) => dictionary,
            _ => return Err(EnvelopeError::Structure("AcroForm")),
        };
        let array = dictionary.get("Fields").and_then(Object::as_reference);
        let fields = match document.value(&dictionary, "Fields")? {
            Object::Null => Vec::new(),
            Object::Array(fields) => fields,
            _ => return Err(EnvelopeError::Structure("Fields")),
        };
        Ok(Self { dictionary, reference, fields, array })
    }

    /// Whether anything but pages may be shown in place of pages.
    pub(super) fn has_xfa(&self) -> bool {
        self.dictionary.get("XFA").is_some()
    }

    /// The partial names of the fields at the root.
    pub(super) fn names(&self, document: &Document<'_>) -> Result<Vec<Vec<u8>>, EnvelopeError> {
        let mut names = Vec::new();
        for field in &self.fields {
            if let Object::Dictionary(field) = document.resolve(field)? {
                names.extend(field.get("T").and_then(Object::as_text).map(|name| name.octets.clone()));
            }
        }
        Ok(names)
    }

    /// The signature fields that have a value, in the order of the form.
    pub(super) fn signatures(&self, document: &Document<'_>) -> Result<Vec<SignatureField>, EnvelopeError> {
        let mut search = Search { document, left: MAX_FIELDS, found: Vec::new() };
        search.walk(&self.fields, false, MAX_FIELD_DEPTH)?;
        let found = search.found;
        let twice = |(index, one): (usize, &SignatureField)| {
            found.iter().take(index).find(|other| other.value == one.value).map(|_| one.value.number)
        };
        if let Some(number) = found.iter().enumerate().find_map(twice) {
            return Err(EnvelopeError::Dictionary { number, why: "the value of two fields" });
        }
        match found.len() {
            0..=MAX_SIGNATURES => Ok(found),
            count => Err(EnvelopeError::Signatures { count }),
        }
    }
}

struct Search<'a> {
    document: &'a Document<'a>,
    left: usize,
    found: Vec<SignatureField>,
}

impl Search<'_> {
    /// `signature` is what the fields inherit: that they are signature fields.
    fn walk(&mut self, fields: &[Object], signature: bool, depth: usize) -> Result<(), EnvelopeError> {
        let deeper = EnvelopeError::Limit { what: "nesting of fields", most: MAX_FIELD_DEPTH };
        let depth = depth.checked_sub(1).ok_or(deeper)?;
        for entry in fields {
            let more = EnvelopeError::Limit { what: "fields", most: MAX_FIELDS };
            self.left = self.left.checked_sub(1).ok_or(more)?;
            let Object::Dictionary(field) = self.document.resolve(entry)? else { continue };
            let signature = field.get("FT").map_or(signature, |kind| kind.is_name("Sig"));
            match (entry.as_reference(), field.get("V")) {
                (Some(reference), Some(value)) if signature => self.add(reference, value)?,
                (None, Some(_)) if signature => {
                    return Err(EnvelopeError::Unsupported("a signature field that is no object"));
                }
                _ => {}
            }
            if let Object::Array(kids) = self.document.value(&field, "Kids")? {
                self.walk(&kids, signature, depth)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, field: Reference, value: &Object) -> Result<(), EnvelopeError> {
        match value {
            Object::Null => {}
            Object::Reference(value) => self.found.push(SignatureField { field, value: *value }),
            _ => return Err(EnvelopeError::Unsupported("a signature that is no object")),
        }
        Ok(())
    }
}
