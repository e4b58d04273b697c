//! `shomei inspect`: what a certificate, revocation list or OCSP answer says. It shows; it verifies nothing.
//!
//! Data flows one way: file → [`source`] → facts of one kind → [`report`] → [`text`] or [`json`].

mod answer;
mod certificate;
mod dates;
mod json;
mod list;
mod names;
mod report;
mod source;
mod text;
mod words;

use crate::Printed;
use crate::arguments::Inspect;
use crate::clock::{self, ClockError};
use report::Report;
use shomei_application::json::to_canonical_string;
use shomei_pki::der::DerError;
use shomei_pki::ocsp::OcspError;
use shomei_pki::{CrlError, UnixTime};
use source::{Kind, Source};
use std::io;
use std::path::PathBuf;

/// Why there is nothing to show.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InspectError {
    #[error("{0}")]
    File(#[from] io::Error),
    #[error("it is empty")]
    Empty,
    #[error("more than {limit} octets")]
    TooLong { limit: u64 },
    #[error("octet 0: neither DER nor PEM")]
    NeitherForm,
    #[error("{0}")]
    Pem(#[from] pem_rfc7468::Error),
    #[error("the label `{0}` does not belong to what is under it")]
    Label(String),
    #[error("not DER: {0}")]
    Encoding(DerError),
    #[error("neither a certificate nor a revocation list nor an OCSP answer")]
    OtherStructure,
    #[error("not a certificate: {0}")]
    Certificate(DerError),
    #[error("not a revocation list: {0}")]
    List(#[from] CrlError),
    #[error("not an OCSP answer: {0}")]
    Answer(#[from] OcspError),
    #[error(transparent)]
    Clock(#[from] ClockError),
}

/// An [`InspectError`] with the file that it is about.
#[derive(Debug, thiserror::Error)]
#[error("{}: {error}", path.display())]
pub(crate) struct Unusable {
    path: PathBuf,
    error: InspectError,
}

pub(crate) fn run(arguments: &Inspect) -> Result<Printed, Unusable> {
    let report = report_on(arguments).map_err(|error| Unusable { path: arguments.file.clone(), error })?;
    let text = if arguments.json {
        to_canonical_string(&json::render(&report, arguments.language))
    } else {
        text::render(&report, arguments.language)
    };
    Ok(Printed { text, code: u8::from(!report.warnings.is_empty()) })
}

fn report_on(arguments: &Inspect) -> Result<Report, InspectError> {
    let at = arguments.at.map_or_else(clock::now, Ok)?;
    let at = UnixTime::from_seconds(at.unix_seconds());
    let source = Source::read(&arguments.file)?;
    match source.kind {
        Kind::Certificate => certificate::report(&source.der, at),
        Kind::List => list::report(&source.der, at),
        Kind::Answer => answer::report(&source.der, at),
    }
}
