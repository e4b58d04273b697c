//! What a revision after a signature may do: add one more signature, which shows nothing on a page.

use super::document::Document;
use super::error::EnvelopeError;
use super::form::Form;
use super::object::{Dictionary, Object, Reference};
use super::signature::Signature;
use super::xref::{Place, Section};

/// A field and its widget in one dictionary (ISO 32000-1 §12.5.6.19, §12.7.4.5), without anything that is shown or run.
const FIELD_KEYS: [&str; 9] = ["Type", "Subtype", "FT", "T", "V", "F", "P", "Rect", "Ff"];
/// What a program that writes a file notes about itself. No page shows it.
const NOTED: [&str; 2] = ["ModDate", "Producer"];

/// Holds `after` against `before`, the revision before it. `signature` is the one that it adds.
pub(super) fn check(
    before: &Document<'_>,
    after: &Document<'_>,
    signature: &Signature,
) -> Result<(), EnvelopeError> {
    let section = after.newest()?;
    check_sections(before, after, section)?;
    let update = Update { before, after, signature };
    for (number, place) in &section.places {
        match place {
            Place::Free if *number == 0 => {}
            Place::Free => return changed("an object was taken away", Some(*number)),
            Place::In { .. } => return changed("objects in a stream", Some(*number)),
            Place::At { offset, .. } => {
                let found = after.indirect(*offset)?;
                if found.stream.is_some() && section.stream != Some(found.reference) {
                    return changed("a stream that no signature needs", Some(*number));
                }
                update.check_object(found.reference, section)?;
            }
        }
    }
    update.check_form()
}

fn changed<T>(what: &'static str, number: Option<u32>) -> Result<T, EnvelopeError> {
    Err(EnvelopeError::Changed { what, number })
}

/// One section more, after the newest of the revision before, with a trailer that leads to the same document.
fn check_sections(
    before: &Document<'_>,
    after: &Document<'_>,
    section: &Section,
) -> Result<(), EnvelopeError> {
    let earlier = before.newest()?;
    let one_more = after.sections.len() == before.sections.len() + 1;
    if !one_more || section.previous()? != Some(earlier.offset) || section.beside()?.is_some() {
        return changed("more than one update, or one of another revision", None);
    }
    if section.offset < before.input.len() || section.stream.is_some() != earlier.stream.is_some() {
        return changed("the kind or the place of the cross-reference section", None);
    }
    let first_id = |section: &Section| {
        section.trailer.get("ID").and_then(Object::as_array).and_then(|id| id.first().cloned())
    };
    let (root, info) = ("Root", "Info");
    let same = |key| section.trailer.get(key) == earlier.trailer.get(key);
    // A program may give a file an identifier, or notes of its own, that had none.
    let kept = same(root) && (same(info) || earlier.trailer.get(info).is_none());
    let identified = first_id(earlier).is_none() || first_id(section) == first_id(earlier);
    match kept && identified && section.size()? >= earlier.size()? {
        true => Ok(()),
        false => changed("the trailer", None),
    }
}

struct Update<'a> {
    before: &'a Document<'a>,
    after: &'a Document<'a>,
    signature: &'a Signature,
}

impl Update<'_> {
    /// Whether an object of the update is one that adding a signature takes.
    fn check_object(&self, reference: Reference, section: &Section) -> Result<(), EnvelopeError> {
        let field = self.signature.field;
        if reference == field.value || section.stream == Some(reference) || self.is_new_part(reference)? {
            return self.check_new(reference);
        }
        if reference == field.field {
            self.check_new(reference)?;
            return self.check_field();
        }
        if reference == self.before.root()? {
            return self.check_catalog();
        }
        if self.is_part_of_form(reference)? {
            return Ok(());
        }
        match self.after.get(reference)? {
            Object::Dictionary(page) if page.is_of_type("Page") => self.check_page(reference, &page),
            Object::Array(_) if Some(reference) == self.annotations()? => {
                self.check_added(&self.before.get(reference)?, &self.after.get(reference)?, reference.number)
            }
            Object::Dictionary(noted) if self.is_information(reference) => self.check_noted(reference, noted),
            _ => changed("an object that no signature needs", Some(reference.number)),
        }
    }

    fn check_new(&self, reference: Reference) -> Result<(), EnvelopeError> {
        let size = self.before.newest()?.size()?;
        let is_new = usize::try_from(reference.number).is_ok_and(|number| number >= size);
        match is_new && reference.generation == 0 {
            true => Ok(()),
            false => changed("an object was put in the place of another", Some(reference.number)),
        }
    }

    /// The form, or the array of its fields, where the document had none before.
    fn is_new_part(&self, reference: Reference) -> Result<bool, EnvelopeError> {
        let (before, after) = (Form::read(self.before)?, Form::read(self.after)?);
        let form = before.reference.is_none() && before.dictionary == Dictionary::default();
        Ok((form && after.reference == Some(reference))
            || (before.fields.is_empty() && before.array.is_none() && after.array == Some(reference)))
    }

    /// The form, or the array of its fields, at the place where it was; [`Update::check_form`] judges what is in them.
    fn is_part_of_form(&self, reference: Reference) -> Result<bool, EnvelopeError> {
        let (before, after) = (Form::read(self.before)?, Form::read(self.after)?);
        Ok([before.reference, before.array].contains(&Some(reference))
            && [after.reference, after.array].contains(&Some(reference)))
    }

    /// All that a form may become: one field more, and SigFlags.
    fn check_form(&self) -> Result<(), EnvelopeError> {
        let (before, after) = (Form::read(self.before)?, Form::read(self.after)?);
        let rest = |form: &Form| form.dictionary.clone().without(&["Fields", "SigFlags"]);
        let mut fields = before.fields.clone();
        fields.push(Object::Reference(self.signature.field.field));
        let moved = before.reference.is_some() && before.reference != after.reference
            || before.array.is_some() && before.array != after.array;
        let flags = after.dictionary.get("SigFlags").is_none_or(|flags| flags.as_integer() == Some(3));
        match rest(&before) == rest(&after) && after.fields == fields && flags && !moved {
            true => Ok(()),
            false => changed("the form", None),
        }
    }

    fn check_catalog(&self) -> Result<(), EnvelopeError> {
        let rest = |document: &Document<'_>| Ok(document.catalog()?.without(&["AcroForm"]));
        let held: Result<bool, EnvelopeError> = Ok(rest(self.before)? == rest(self.after)?);
        if held? { Ok(()) } else { changed("the catalog", Some(self.before.root()?.number)) }
    }

    /// A field that shows nothing: its rectangle has no area, and it has no appearance.
    fn check_field(&self) -> Result<(), EnvelopeError> {
        let number = Some(self.signature.field.field.number);
        let Object::Dictionary(field) = self.after.get(self.signature.field.field)? else {
            return changed("the field of the new signature", number);
        };
        let known = field.keys().all(|key| FIELD_KEYS.iter().any(|known| known.as_bytes() == key));
        let is = |key, name| field.get(key).is_some_and(|value| value.is_name(name));
        let value = field.get("V").and_then(Object::as_reference) == Some(self.signature.field.value);
        let named = matches!(field.get("T"), Some(Object::Text(_)));
        match known && is("FT", "Sig") && is("Subtype", "Widget") && value && named && is_hidden(&field) {
            true => Ok(()),
            false => changed("the field of the new signature, which may not be seen", number),
        }
    }

    fn field(&self) -> Result<Dictionary, EnvelopeError> {
        match self.after.get(self.signature.field.field)? {
            Object::Dictionary(field) => Ok(field),
            _ => changed("the field of the new signature", Some(self.signature.field.field.number)),
        }
    }

    /// The object that the annotations of the field's page are, if they are one.
    fn annotations(&self) -> Result<Option<Reference>, EnvelopeError> {
        let Object::Dictionary(page) = self.before.value(&self.field()?, "P")? else { return Ok(None) };
        Ok(page.get("Annots").filter(|_| page.is_of_type("Page")).and_then(Object::as_reference))
    }

    fn check_page(&self, reference: Reference, page: &Dictionary) -> Result<(), EnvelopeError> {
        let number = reference.number;
        let Object::Dictionary(before) = self.before.get(reference)? else {
            return changed("a page", Some(number));
        };
        let own = self.field()?.get("P").and_then(Object::as_reference) == Some(reference);
        if !own || before.clone().without(&["Annots"]) != page.clone().without(&["Annots"]) {
            return changed("a page", Some(number));
        }
        let (old, new) = (self.before.value(&before, "Annots")?, self.after.value(page, "Annots")?);
        self.check_added(&old, &new, number)
    }

    /// An array with the field after what was there.
    fn check_added(&self, before: &Object, after: &Object, number: u32) -> Result<(), EnvelopeError> {
        let mut expected = match before {
            Object::Array(before) => before.clone(),
            _ => Vec::new(),
        };
        expected.push(Object::Reference(self.signature.field.field));
        match *after == Object::Array(expected) {
            true => Ok(()),
            false => changed("the annotations of a page", Some(number)),
        }
    }

    fn is_information(&self, reference: Reference) -> bool {
        let named = |section: &Section| section.trailer.get("Info").and_then(Object::as_reference);
        self.after.newest().is_ok_and(|section| named(section) == Some(reference))
    }

    fn check_noted(&self, reference: Reference, after: Dictionary) -> Result<(), EnvelopeError> {
        match self.before.get(reference)? {
            Object::Null if after.clone().without(&NOTED) == Dictionary::default() => {
                self.check_new(reference)
            }
            Object::Dictionary(before) => match before.without(&NOTED) == after.without(&NOTED) {
                true => Ok(()),
                false => changed("what the document says of itself", Some(reference.number)),
            },
            _ => changed("what the document says of itself", Some(reference.number)),
        }
    }
}

/// A rectangle without an area (ISO 32000-1 §12.7.4.5).
fn is_hidden(field: &Dictionary) -> bool {
    let zero = |number: &Object| matches!(number, Object::Number(number) if number.is_zero());
    let corners = field.get("Rect").and_then(Object::as_array);
    corners.is_some_and(|corners| corners.len() == 4 && corners.iter().all(zero))
}
