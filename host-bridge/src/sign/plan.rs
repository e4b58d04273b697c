//! What is to be signed, and where it goes: everything that can be known before the window opens.

mod form;

use std::path::{Path, PathBuf};

use shomei_envelope::jades::{MAX_FILES, ReadFile};
use shomei_envelope::pdf;

use super::arguments::SignArguments;
use super::error::InputError;
use super::open::{self, OpenedFile, Source};
use super::output::Outputs;
use crate::subject::{
    CadesFile, FileFormat, Files, Item, JadesFiles, PdfFile, PdfProfile, ShownForm, Subject,
};

/// One operation.
#[derive(Debug)]
pub struct Plan {
    /// What is shown and signed.
    pub subject: Subject,
    /// The files that have to be as they were when the signatures are written.
    pub sources: Vec<Source>,
    /// The places of what is made, as many as the subject has items.
    pub outputs: Outputs,
}

/// Reads the files and judges everything that needs neither a person nor a card.
///
/// # Errors
/// [`InputError`].
pub fn make(arguments: &SignArguments) -> Result<Plan, InputError> {
    let SignArguments { files, format, profile, output } = arguments;
    if profile.is_some() && *format != FileFormat::Pdf {
        return Err(InputError::ProfileWithoutPdf);
    }
    let profile = profile.unwrap_or(PdfProfile::Pades);
    if files.len() > MAX_FILES {
        return Err(InputError::TooMany { count: files.len(), limit: MAX_FILES });
    }
    let opened = open::open_all(files)?;
    let folder = output.as_deref();
    let made = match format {
        FileFormat::Cades => beside_each(opened, folder),
        FileFormat::Jades => beside_all(opened, folder)?,
        FileFormat::Egov => form::plan(opened, folder)?,
        FileFormat::Pdf => inside_each(opened, profile, folder)?,
    };
    let outputs = Outputs::new(made.places)?;
    let shown = Files {
        format: *format,
        profile,
        files: made.files.iter().map(OpenedFile::shown).collect(),
        form: made.form,
        made: outputs.paths().iter().map(|path| shown_place(path)).collect(),
    };
    let sources = made.files.iter().map(OpenedFile::source).collect();
    Ok(Plan { subject: Subject::files(shown, made.items), sources, outputs })
}

/// What one format makes of the files.
struct Made {
    files: Vec<OpenedFile>,
    form: Option<ShownForm>,
    items: Vec<Box<dyn Item>>,
    /// As many as there are items.
    places: Vec<PathBuf>,
}

/// For each file a signature of its own: `X.p7s` for `X`, which is where a verifier looks for `X`.
fn beside_each(files: Vec<OpenedFile>, folder: Option<&Path>) -> Made {
    let item = |file: &OpenedFile| -> Box<dyn Item> { Box::new(CadesFile(file.digest.clone())) };
    let place = |file: &OpenedFile| beside(&file.path, folder, &format!("{}.p7s", file.digest.name));
    let (items, places) = (files.iter().map(item).collect(), files.iter().map(place).collect());
    Made { files, form: None, items, places }
}

/// One signature for all files, which names them: `X.jws` for one, `files.jws` for several.
fn beside_all(files: Vec<OpenedFile>, folder: Option<&Path>) -> Result<Made, InputError> {
    for (number, file) in files.iter().enumerate() {
        let name = &file.digest.name;
        if files.iter().take(number).any(|earlier| earlier.digest.name == *name) {
            return Err(InputError::Twice { name: name.clone() });
        }
    }
    let mut folders = files.iter().map(|file| open::folder_of(&file.path));
    let first = folders.next().unwrap_or_default();
    if folder.is_none() && folders.any(|other| other != first) {
        return Err(InputError::SeveralFolders);
    }
    let place = match files.as_slice() {
        [only] => Some(beside(&only.path, folder, &format!("{}.jws", only.digest.name))),
        several => several.first().map(|first| beside(&first.path, folder, "files.jws")),
    };
    let read = files.iter().map(|file| ReadFile::of(&file.digest.name, &file.octets)).collect();
    let items: Vec<Box<dyn Item>> = vec![Box::new(JadesFiles(read))];
    Ok(Made { files, form: None, items, places: place.into_iter().collect() })
}

/// In each PDF a signature: `X-signed.pdf` for `X.pdf`.
fn inside_each(
    files: Vec<OpenedFile>,
    profile: PdfProfile,
    folder: Option<&Path>,
) -> Result<Made, InputError> {
    for file in &files {
        let unfit = |error| InputError::NotAPdf { path: file.path.clone(), error };
        pdf::check(&file.octets).map_err(unfit)?;
    }
    let item = |file: &OpenedFile| -> Box<dyn Item> {
        Box::new(PdfFile { octets: file.octets.clone(), profile: profile.profile() })
    };
    let place = |file: &OpenedFile| beside(&file.path, folder, &signed_name(&file.digest.name, "pdf"));
    let (items, places) = (files.iter().map(item).collect(), files.iter().map(place).collect());
    Ok(Made { files, form: None, items, places })
}

/// The name of a file with its signature inside.
fn signed_name(name: &str, ending: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("{stem}-signed.{ending}")
}

fn beside(path: &Path, folder: Option<&Path>, name: &str) -> PathBuf {
    folder.map_or_else(|| path.with_file_name(name), |folder| folder.join(name))
}

fn shown_place(path: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    open::shown_path(&absolute)
}

#[cfg(test)]
mod tests;
