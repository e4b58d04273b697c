//! Octets, and the files that lie beside them, turned into something signed. Where files lie, a caller knows.

use crate::{FileDigest, Format, Signed, attached, cades, detect, egov, jades, pdf};

/// The ending of a CAdES signature beside a file: `X.p7s` is over `X`.
const SIGNATURE_ENDING: &str = ".p7s";

/// Why octets are nothing signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// They begin as none of the formats.
    #[error("none of the formats of a signature")]
    NoFormat,
    /// More than any file of the format has.
    #[error("more than the {limit} octets that the format {} may have", format.name())]
    TooLong {
        /// The format.
        format: Format,
        /// Octets that it may have.
        limit: usize,
    },
    /// No envelope around an application.
    #[error("not a signed application: {0}")]
    Application(#[from] attached::EnvelopeError),
    /// No CAdES signature of a file.
    #[error("not the signature of a file: {0}")]
    CadesDetached(#[from] cades::EnvelopeError),
    /// No JAdES signature of files.
    #[error("not a signature of files: {0}")]
    JadesDetached(#[from] jades::EnvelopeError),
    /// No signed form of e-Gov.
    #[error("not a signed form of e-Gov: {0}")]
    Egov(#[from] egov::EnvelopeError),
    /// No signed PDF.
    #[error("not a signed PDF: {0}")]
    Pdf(#[from] pdf::EnvelopeError),
    /// A CAdES signature of a file, without a word about which.
    #[error("the signature of a file, and its name does not tell which")]
    Unnamed,
    /// Files that are not those that a JAdES signature names.
    #[error(transparent)]
    BesideFiles(#[from] jades::BesideError),
    /// Files that are not those that a form of e-Gov names.
    #[error(transparent)]
    BesideForm(#[from] egov::BesideError),
}

/// Why something signed cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unopened<E> {
    /// What was given is nothing signed.
    #[error(transparent)]
    Signature(#[from] OpenError),
    /// A file beside it cannot be had, in the caller's words.
    #[error("{0}")]
    Beside(E),
}

impl Format {
    /// The most octets that a file of this format has.
    pub const fn max_octets(self) -> usize {
        match self {
            Self::Cades | Self::CadesDetached => cades::MAX_ENVELOPE,
            Self::Jades => jades::MAX_ENVELOPE,
            Self::JadesDetached => jades::MAX_DETACHED,
            Self::Egov => egov::MAX_XML,
            Self::Pdf => pdf::MAX_PDF,
        }
    }
}

/// The name of the file that a CAdES signature of this name is over: `X` for `X.p7s`, in letters of either size.
pub fn signed_name(signature: &str) -> Option<&str> {
    let (name, ending) = signature.split_at_checked(signature.len().checked_sub(SIGNATURE_ENDING.len())?)?;
    (!name.is_empty() && ending.eq_ignore_ascii_case(SIGNATURE_ENDING)).then_some(name)
}

/// Opens `octets`, whose format is what [`detect`] says of them. `content` is the name of the file that a CAdES signature
/// beside a file is over, which no other format needs: see [`signed_name`]. `beside` gives the octets of a file by its name
/// and is asked for each file that the signatures are over, and for no other.
///
/// # Errors
/// [`Unopened`]: the first reason, which may be that of `beside`.
pub fn open<E>(
    octets: &[u8],
    content: Option<&str>,
    mut beside: impl FnMut(&str) -> Result<Vec<u8>, E>,
) -> Result<Box<dyn Signed>, Unopened<E>> {
    let mut read = |name: &str| beside(name).map_err(Unopened::Beside);
    match format_of(octets)? {
        Format::Cades | Format::Jades => Ok(Box::new(attached::parse(octets).map_err(OpenError::from)?)),
        Format::CadesDetached => {
            let signature = cades::parse_detached(octets).map_err(OpenError::from)?;
            let name = content.ok_or(OpenError::Unnamed)?;
            Ok(Box::new(signature.beside(FileDigest::of(name, &read(name)?))))
        }
        Format::JadesDetached => {
            let signature = jades::parse_detached(octets).map_err(OpenError::from)?;
            let file = |name: &str| Ok(jades::ReadFile::of(name, &read(name)?));
            let files = signature.names().map(file).collect::<Result<Vec<_>, Unopened<E>>>()?;
            Ok(Box::new(signature.beside(&files).map_err(OpenError::from)?))
        }
        Format::Egov => {
            let form = egov::parse(octets).map_err(OpenError::from)?;
            let file = |name: &str| Ok(FileDigest::of(name, &read(name)?));
            let files = form.file_names().into_iter().map(file).collect::<Result<Vec<_>, Unopened<E>>>()?;
            Ok(Box::new(form.beside(&files).map_err(OpenError::from)?))
        }
        Format::Pdf => Ok(Box::new(pdf::parse(octets).map_err(OpenError::from)?)),
    }
}

/// The format of octets that are no more than it may have.
fn format_of(octets: &[u8]) -> Result<Format, OpenError> {
    let format = detect(octets).ok_or(OpenError::NoFormat)?;
    let limit = format.max_octets();
    match octets.len() <= limit {
        true => Ok(format),
        false => Err(OpenError::TooLong { format, limit }),
    }
}

#[cfg(test)]
mod tests;
