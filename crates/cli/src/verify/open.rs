//! One file, and what lies beside it, turned into something signed.

use crate::files::{FileError, read_file};
use shomei_envelope::{DETECTED_OCTETS, Format, Signed, Unopened, detect, pdf, signed_name};
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
    #[error("{}: {error}", path.display())]
    Signature { path: PathBuf, error: shomei_envelope::OpenError },
    #[error("{}: the signature of a file, and its name does not tell which; name it with --content", path.display())]
    Unnamed { path: PathBuf },
    #[error("{}: its content {} is missing", path.display(), content.display())]
    Missing { path: PathBuf, content: PathBuf },
    #[error("{}: --content belongs to a CAdES signature beside a file", path.display())]
    ContentInside { path: PathBuf },
}

/// Reads the file at `path`, and the files that it is over: `content` or those that lie beside it.
pub(super) fn open(path: &Path, content: Option<&Path>) -> Result<Opened, OpenError> {
    let octets = read(path)?;
    if content.is_some() && detect(&octets).is_some_and(|format| format != Format::CadesDetached) {
        return Err(OpenError::ContentInside { path: path.to_owned() });
    }
    let name_of = |path: &Path| path.file_name().and_then(|name| name.to_str()).map(str::to_owned);
    let name = match content {
        Some(content) => name_of(content),
        None => name_of(path).as_deref().and_then(signed_name).map(str::to_owned),
    };
    let mut found = Vec::new();
    let beside = |name: &str| {
        let place = content.map_or_else(|| path.with_file_name(name), Path::to_owned);
        let octets = read_content(path, &place)?;
        found.push(place);
        Ok(octets)
    };
    let signed = shomei_envelope::open(&octets, name.as_deref(), beside);
    let signed = signed.map_err(|unopened| OpenError::of(path, unopened))?;
    Ok(Opened { signed, content: found })
}

impl OpenError {
    fn of(path: &Path, unopened: Unopened<Self>) -> Self {
        match unopened {
            Unopened::Beside(error) => error,
            Unopened::Signature(shomei_envelope::OpenError::Unnamed) => {
                Self::Unnamed { path: path.to_owned() }
            }
            Unopened::Signature(error) => Self::Signature { path: path.to_owned(), error },
        }
    }

    /// Whether the file is of no format that has signatures.
    pub(super) const fn is_of_no_format(&self) -> bool {
        matches!(self, Self::Signature { error: shomei_envelope::OpenError::NoFormat, .. })
    }

    /// Whether the file is a PDF that nobody signed.
    pub(super) const fn is_not_signed(&self) -> bool {
        use shomei_envelope::OpenError::Pdf;
        matches!(self, Self::Signature { error: Pdf(pdf::EnvelopeError::NotSigned), .. })
    }
}

/// The whole file, or one octet more than any of its format has; of a file without a format that is read, the beginning.
/// Whoever opens the octets says what is wrong with them.
fn read(path: &Path) -> Result<Vec<u8>, OpenError> {
    let failed = |error| FileError { path: path.to_owned(), error };
    // A pipe or device may have no end, or wait for somebody who writes.
    if !fs::metadata(path).map_err(failed)?.is_file() {
        return Err(OpenError::NotAFile { path: path.to_owned() });
    }
    let mut file = File::open(path).map_err(failed)?;
    let mut octets = Vec::new();
    let beginning = u64::try_from(DETECTED_OCTETS).unwrap_or(u64::MAX);
    file.by_ref().take(beginning).read_to_end(&mut octets).map_err(failed)?;
    let limit = detect(&octets).map(Format::max_octets).and_then(|limit| u64::try_from(limit).ok());
    if let Some(limit) = limit {
        let rest = limit.saturating_sub(beginning).saturating_add(1);
        file.take(rest).read_to_end(&mut octets).map_err(failed)?;
    }
    Ok(octets)
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
