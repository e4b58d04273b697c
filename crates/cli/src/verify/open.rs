//! One file, and what lies beside it, turned into something signed.

use crate::files::{FileError, read_file};
use shomei_envelope::{DETECTED_OCTETS, FileDigest, Format, Signed, attached, cades, detect, egov, jades};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// Octets of a file beside a signature. It is held in memory while it is digested.
const MAX_CONTENT: u64 = 256 * 1024 * 1024;

/// Something signed, and the files outside that it is over.
pub(super) struct Opened {
    pub(super) signed: Box<dyn Signed>,
    pub(super) content: Vec<PathBuf>,
}

/// Why a file cannot be verified.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("{}: neither a file nor a link to one", path.display())]
    NotAFile { path: PathBuf },
    #[error("{}: none of the formats of a signature", path.display())]
    NoFormat { path: PathBuf },
    #[error("{}: more than the {limit} octets that the format {format} may have", path.display())]
    TooLong { path: PathBuf, format: &'static str, limit: u64 },
    #[error("{}: not a signed application: {error}", path.display())]
    Application { path: PathBuf, error: attached::EnvelopeError },
    #[error("{}: not the signature of a file: {error}", path.display())]
    CadesDetached { path: PathBuf, error: cades::EnvelopeError },
    #[error("{}: not a signature of files: {error}", path.display())]
    JadesDetached { path: PathBuf, error: jades::EnvelopeError },
    #[error("{}: not a signed form of e-Gov: {error}", path.display())]
    Egov { path: PathBuf, error: egov::EnvelopeError },
    #[error("{}: {error}", path.display())]
    BesideForm { path: PathBuf, error: egov::BesideError },
    #[error("{}: {error}", path.display())]
    Beside { path: PathBuf, error: jades::BesideError },
    #[error("{}: the signature of a file, and its name does not tell which; name it with --content", path.display())]
    Unnamed { path: PathBuf },
    #[error("{}: its content {} is missing", path.display(), content.display())]
    Missing { path: PathBuf, content: PathBuf },
    #[error("{}: --content belongs to a CAdES signature beside a file", path.display())]
    ContentInside { path: PathBuf },
    #[error("{}: the format {format} is not read", path.display())]
    Unread { path: PathBuf, format: &'static str },
}

/// Reads the file at `path`, and the files that it is over: `content` or those that lie beside it.
pub(super) fn open(path: &Path, content: Option<&Path>) -> Result<Opened, OpenError> {
    let (format, octets) = read(path)?;
    if content.is_some() && format != Format::CadesDetached {
        return Err(OpenError::ContentInside { path: path.to_owned() });
    }
    match format {
        Format::Cades | Format::Jades => {
            let signed = attached::parse(&octets)
                .map_err(|error| OpenError::Application { path: path.to_owned(), error })?;
            Ok(Opened { signed: Box::new(signed), content: Vec::new() })
        }
        Format::CadesDetached => beside_one(path, &octets, content),
        Format::JadesDetached => beside_many(path, &octets),
        Format::Egov => beside_form(path, &octets),
        Format::Pdf => Err(OpenError::Unread { path: path.to_owned(), format: format.name() }),
    }
}

/// The format, and the whole file, if it has no more octets than any of its format.
fn read(path: &Path) -> Result<(Format, Vec<u8>), OpenError> {
    let failed = |error| FileError { path: path.to_owned(), error };
    // A pipe or device may have no end, or wait for somebody who writes.
    if !fs::metadata(path).map_err(failed)?.is_file() {
        return Err(OpenError::NotAFile { path: path.to_owned() });
    }
    let mut file = File::open(path).map_err(failed)?;
    let mut octets = Vec::new();
    let beginning = u64::try_from(DETECTED_OCTETS).unwrap_or(u64::MAX);
    file.by_ref().take(beginning).read_to_end(&mut octets).map_err(failed)?;
    let format = detect(&octets).ok_or_else(|| OpenError::NoFormat { path: path.to_owned() })?;
    let unread = || OpenError::Unread { path: path.to_owned(), format: format.name() };
    let limit = u64::try_from(limit(format).ok_or_else(unread)?).unwrap_or(u64::MAX);
    file.take(limit.saturating_sub(beginning).saturating_add(1)).read_to_end(&mut octets).map_err(failed)?;
    match u64::try_from(octets.len()).is_ok_and(|length| length <= limit) {
        true => Ok((format, octets)),
        false => Err(OpenError::TooLong { path: path.to_owned(), format: format.name(), limit }),
    }
}

/// Octets of a file of each format that is read.
const fn limit(format: Format) -> Option<usize> {
    match format {
        Format::Cades | Format::CadesDetached => Some(cades::MAX_ENVELOPE),
        Format::Jades => Some(jades::MAX_ENVELOPE),
        Format::JadesDetached => Some(jades::MAX_DETACHED),
        Format::Egov => Some(egov::MAX_XML),
        Format::Pdf => None,
    }
}

/// A CAdES signature over `content`, or over `X` where it is called `X.p7s`.
fn beside_one(path: &Path, octets: &[u8], content: Option<&Path>) -> Result<Opened, OpenError> {
    let signature = cades::parse_detached(octets)
        .map_err(|error| OpenError::CadesDetached { path: path.to_owned(), error })?;
    let unnamed = || OpenError::Unnamed { path: path.to_owned() };
    let is_signature = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("p7s"));
    let beside = is_signature.then(|| path.with_extension(""));
    let content = content.map(Path::to_owned).or(beside).ok_or_else(unnamed)?;
    let name = content.file_name().and_then(|name| name.to_str()).ok_or_else(unnamed)?;
    let file = FileDigest::of(name, &read_content(path, &content)?);
    Ok(Opened { signed: Box::new(signature.beside(file)), content: vec![content] })
}

/// A JAdES signature over the files in its folder that it names.
fn beside_many(path: &Path, octets: &[u8]) -> Result<Opened, OpenError> {
    let signature = jades::parse_detached(octets)
        .map_err(|error| OpenError::JadesDetached { path: path.to_owned(), error })?;
    let (mut files, mut content) = (Vec::new(), Vec::new());
    for name in signature.names() {
        let beside = path.with_file_name(name);
        files.push(jades::ReadFile::of(name, &read_content(path, &beside)?));
        content.push(beside);
    }
    let signed =
        signature.beside(&files).map_err(|error| OpenError::Beside { path: path.to_owned(), error })?;
    Ok(Opened { signed: Box::new(signed), content })
}

/// A form in XML, and the files in its folder that its signatures name.
fn beside_form(path: &Path, octets: &[u8]) -> Result<Opened, OpenError> {
    let envelope = egov::parse(octets).map_err(|error| OpenError::Egov { path: path.to_owned(), error })?;
    let (mut files, mut content) = (Vec::new(), Vec::new());
    for name in envelope.file_names() {
        let beside = path.with_file_name(name);
        files.push(FileDigest::of(name, &read_content(path, &beside)?));
        content.push(beside);
    }
    let signed =
        envelope.beside(&files).map_err(|error| OpenError::BesideForm { path: path.to_owned(), error })?;
    Ok(Opened { signed: Box::new(signed), content })
}

/// The octets of a file that the signature at `path` is over.
fn read_content(path: &Path, content: &Path) -> Result<Vec<u8>, OpenError> {
    match fs::metadata(content) {
        Ok(found) if found.is_file() => Ok(read_file(content, MAX_CONTENT)?),
        Ok(_) => Err(OpenError::NotAFile { path: content.to_owned() }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(OpenError::Missing { path: path.to_owned(), content: content.to_owned() })
        }
        Err(error) => Err(FileError { path: content.to_owned(), error }.into()),
    }
}
