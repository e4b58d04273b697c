//! Documents that show who someone is (本人確認書類).

use serde::Deserialize;

use super::Refusal;
use crate::Date;
use crate::register::Entry;

/// A kind of document, one line of `data/id-documents.json`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DocumentKind {
    /// Its Japanese name.
    pub name: String,
    /// 1 where one of them is enough, 2 where it is not.
    pub category: u8,
    /// Whether it has a photograph.
    pub photograph: bool,
    /// Whether it belongs to a time that is over: none is in date any more.
    pub legacy: bool,
}

/// A document that someone shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The Japanese name of its kind.
    pub name: String,
    /// Its last day, where it has one.
    pub expires: Option<Date>,
    /// The holder's name on it, where it is not the register's.
    pub holder_name: Option<String>,
    /// The address on it, where it is not the register's.
    pub address: Option<String>,
}

/// Every kind that the source pages name.
///
/// # Errors
/// `data/id-documents.json`, which is part of the program, holds something else: a mistake here.
pub fn document_kinds() -> serde_json::Result<Vec<DocumentKind>> {
    serde_json::from_str(include_str!("../../data/id-documents.json"))
}

/// Whether a document shows that its bearer is the resident of an entry.
///
/// # Errors
/// [`Refusal`] of the document.
pub(super) fn identifies(document: Option<&Document>, entry: &Entry, today: Date) -> Result<(), Refusal> {
    let document = valid(document, today)?;
    let items = &entry.basic_four_items;
    let said = [("name", &document.holder_name, &items.name), ("address", &document.address, &items.address)];
    match said.into_iter().find(|(_, said, register)| said.as_ref().is_some_and(|said| said != *register)) {
        Some((item, ..)) => Err(Refusal::DocumentDiffers { name: document.name.clone(), item }),
        None => Ok(()),
    }
}

/// Whether a document is one that counts for anybody, like an agent whom no entry of the register is about.
///
/// # Errors
/// [`Refusal`] of the document.
pub(super) fn valid(document: Option<&Document>, today: Date) -> Result<&Document, Refusal> {
    let document = document.ok_or(Refusal::NoDocument)?;
    let name = document.name.clone();
    let kinds = document_kinds().unwrap_or_default();
    let Some(kind) = kinds.into_iter().find(|kind| kind.name == name) else {
        return Err(Refusal::UnknownDocument { name });
    };
    if kind.legacy || document.expires.is_some_and(|last| last < today) {
        return Err(Refusal::DocumentExpired { name });
    }
    if !kind.photograph || kind.category != 1 {
        return Err(Refusal::NoPhotograph { name });
    }
    Ok(document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_there_once_and_a_second_category_never_suffices() {
        let kinds = document_kinds().unwrap();
        for kind in &kinds {
            assert_eq!(kinds.iter().filter(|other| other.name == kind.name).count(), 1, "{}", kind.name);
            assert_eq!(kind.category == 1, kind.photograph, "{}", kind.name);
        }
    }
}
