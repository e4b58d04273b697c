//! A form of e-Gov: the first file is the `kousei.xml`; covered are the files that it names, those that an earlier
//! signature covers, and the further files that were given. All of them lie beside it, because that is where the
//! references point.

use std::path::{Path, PathBuf};

use shomei_envelope::egov::Draft;

use super::{Made, signed_name};
use crate::sign::error::InputError;
use crate::sign::open::{self, OpenedFile};
use crate::subject::{EgovForm, ShownForm};

/// The form with everything that its signature will cover.
///
/// # Errors
/// [`InputError`].
pub(super) fn plan(given: Vec<OpenedFile>, folder: Option<&Path>) -> Result<Made, InputError> {
    let home = given.first().map(|form| form.path.clone()).unwrap_or_default();
    let Some(document) = given.first() else {
        return Err(InputError::NotAFile { path: home });
    };
    let draft =
        Draft::read(&document.octets).map_err(|error| InputError::NotAForm { path: home.clone(), error })?;
    let here = open::folder_of(&home);
    if given.iter().any(|file| open::folder_of(&file.path) != here) {
        return Err(InputError::SeveralFolders);
    }
    let files = with_named(given, &draft, &home)?;
    let (form, covered) = files.split_first().ok_or_else(|| InputError::NotAFile { path: home.clone() })?;
    let names: Vec<&str> = covered.iter().map(|file| file.digest.name.as_str()).collect();
    Draft::check_names(&names).map_err(InputError::Uncovered)?;
    let item = EgovForm {
        document: form.octets.clone(),
        files: covered.iter().map(|file| (file.digest.clone(), file.octets.clone())).collect(),
    };
    let shown = ShownForm { fields: draft.fields().to_vec(), signatures: draft.signatures() };
    let place = place(&home, &form.digest.name, folder);
    Ok(Made { form: Some(shown), items: vec![Box::new(item)], places: vec![place], files })
}

/// The files that were given, and those that the form names beside them.
fn with_named(given: Vec<OpenedFile>, draft: &Draft, home: &Path) -> Result<Vec<OpenedFile>, InputError> {
    let is_given = |name: &String| given.iter().any(|file| file.digest.name == *name);
    let mut paths = Vec::new();
    for name in draft.file_names().into_iter().filter(|name| !is_given(name)) {
        // A name with a folder in it would lead away from here.
        Draft::check_names(&[&name]).map_err(InputError::Uncovered)?;
        let path = home.with_file_name(&name);
        if !path.exists() {
            return Err(InputError::Missing { path: home.to_owned(), name });
        }
        paths.push(path);
    }
    open::continue_with(given, &paths)
}

/// Beside it `kousei-signed.xml`; in a folder of its own it keeps the name that e-Gov asks for.
fn place(home: &Path, name: &str, folder: Option<&Path>) -> PathBuf {
    folder.map_or_else(|| home.with_file_name(signed_name(name, "xml")), |folder| folder.join(name))
}
