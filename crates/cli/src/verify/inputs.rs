//! Files and folders turned into what every verification needs. Whatever cannot be used ends the program here.

use super::open::OpenError;
use crate::arguments::Verify;
use crate::clock::{self, ClockError};
use crate::files::{FileError, MAX_SMALL, read_file};
use shomei_application::limits::MAX_DEFINITION_BYTES;
use shomei_application::procedure::ProcedureDefinition;
use shomei_application::{ParseError, Timestamp};
use shomei_envelope::{Expectations, ExpectationsError, Report, Signed};
use shomei_pki::{AnchorError, Anchors, AwsLcVerifier, RememberingVerifier, World};
use shomei_revocation::{ListProblem, Place, Problem, SeenError, Sources, SourcesConfig, Verifier};
use std::fs;
use std::path::{Path, PathBuf};

/// Everything that [`shomei_envelope::verify`] takes beside what was signed. It is opened once for all files.
pub(crate) struct Inputs {
    pub(crate) anchors: Anchors,
    pub(crate) revocation: Sources,
    pub(crate) expectations: Expectations,
    pub(crate) procedure: Option<ProcedureDefinition>,
    pub(crate) at: Timestamp,
    /// Many files of a folder carry the same certificates.
    verifier: RememberingVerifier<AwsLcVerifier>,
}

/// Signatures that are remembered: two for each of as many files, in less than half a megabyte.
const REMEMBERED: usize = 4096;

/// Why there is nothing to verify, or nothing to verify it with.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InputError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("--content is the content of one signature, and --html the report on one")]
    OneFileOnly,
    #[error("anchors: {0}")]
    Anchors(#[from] AnchorError),
    #[error("{}: no certificate in it", path.display())]
    NoAnchors { path: PathBuf },
    #[error("anchors are built in for the world production alone; name a folder with --anchors")]
    NotBuiltIn,
    #[error(transparent)]
    Crl(#[from] Problem),
    #[error("numbers of lists: {0}")]
    Seen(#[from] SeenError),
    #[error("{}: not expectations: {error}", path.display())]
    Expectations { path: PathBuf, error: ExpectationsError },
    #[error("{}: not the definition of a procedure: {error}", path.display())]
    Procedure { path: PathBuf, error: ParseError },
    #[error(transparent)]
    Clock(#[from] ClockError),
}

impl Inputs {
    pub(crate) fn read(arguments: &Verify, verifier: Verifier) -> Result<Self, InputError> {
        let anchors = read_anchors(arguments)?;
        Ok(Self {
            revocation: open_revocation(arguments, &anchors, verifier)?,
            expectations: read_expectations(arguments.expect.as_deref())?,
            procedure: arguments.procedure.as_deref().map(read_procedure).transpose()?,
            at: arguments.at.map_or_else(clock::now, Ok)?,
            anchors,
            verifier: RememberingVerifier::new(AwsLcVerifier, REMEMBERED),
        })
    }

    /// The report on one signed thing. An application of another procedure than the one given is not compared: fields
    /// of the same name need not mean the same.
    pub(crate) fn judge(&self, signed: &dyn Signed) -> Report {
        let Self { anchors, revocation, expectations, procedure, at, verifier } = self;
        let mut report = shomei_envelope::verify(signed, anchors, revocation, *at, expectations, verifier);
        let found = report.application.as_ref().map(|application| application.procedure.sha256.as_str());
        let procedure = procedure.as_ref().filter(|definition| found == Some(definition.sha256_hex()));
        if let Some(definition) = procedure {
            report.compare(definition);
        }
        report
    }
}

/// The built-in ones of the world production, those of the folder, and of all these none that is dropped.
fn read_anchors(arguments: &Verify) -> Result<Anchors, InputError> {
    let world = arguments.world;
    let anchors = match (world, &arguments.anchors) {
        (World::Production, None) => Anchors::production()?,
        (World::Production, Some(folder)) => {
            let [signature, authentication] = read_authorities(folder)?;
            Anchors::production()?.with(&signature, &authentication)?
        }
        (_, Some(folder)) => {
            let [signature, authentication] = read_authorities(folder)?;
            if signature.is_empty() {
                return Err(InputError::NoAnchors { path: folder.join("signature") });
            }
            Anchors::load(world, &signature, &authentication)?
        }
        (_, None) => return Err(InputError::NotBuiltIn),
    };
    Ok(anchors.without(&arguments.drop_anchor)?)
}

/// The certificates in `signature/` and in `authentication/`.
fn read_authorities(folder: &Path) -> Result<[Vec<Vec<u8>>; 2], InputError> {
    let read = |purpose: &str| {
        let files = read_folder(&folder.join(purpose), &["der", "cer"], MAX_SMALL)?;
        Ok::<_, InputError>(files.into_iter().map(|(_, bytes)| bytes).collect())
    };
    Ok([read("signature")?, read("authentication")?])
}

/// A file that is named and is no list ends the program; what is wrong otherwise makes answers unknown.
fn open_revocation(arguments: &Verify, anchors: &Anchors, verifier: Verifier) -> Result<Sources, InputError> {
    let config = SourcesConfig {
        lists: arguments.crl.clone(),
        list_urls: arguments.crl_url.clone(),
        responders: arguments.ocsp.clone(),
        seen: arguments.seen.clone(),
    };
    let sources = Sources::open(&config, anchors.clone(), verifier)?;
    if let Some(unusable) = sources.problems().into_iter().find(is_unusable) {
        return Err(unusable.into());
    }
    sources.refresh_downloads();
    Ok(sources)
}

fn is_unusable(problem: &Problem) -> bool {
    let unread =
        matches!(problem.why, ListProblem::Io(_) | ListProblem::TooLarge { .. } | ListProblem::Malformed(_));
    unread && matches!(problem.place, Place::File(_))
}

fn read_expectations(path: Option<&Path>) -> Result<Expectations, InputError> {
    let Some(path) = path else {
        return Ok(Expectations::none_given());
    };
    let bytes = read_file(path, MAX_SMALL)?;
    Expectations::parse(&bytes).map_err(|error| InputError::Expectations { path: path.to_owned(), error })
}

fn read_procedure(path: &Path) -> Result<ProcedureDefinition, InputError> {
    // One octet more than the limit is read, so that the parser can say that it is too long.
    let limit = u64::try_from(MAX_DEFINITION_BYTES).unwrap_or(u64::MAX).saturating_add(2);
    let bytes = read_file(path, limit)?;
    ProcedureDefinition::parse(&bytes).map_err(|error| InputError::Procedure { path: path.to_owned(), error })
}

/// The files directly in `folder` whose names end in one of `endings`, in the order of their names.
fn read_folder(folder: &Path, endings: &[&str], limit: u64) -> Result<Vec<(PathBuf, Vec<u8>)>, FileError> {
    let failed = |error| FileError { path: folder.to_owned(), error };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        if ending.is_some_and(|ending| endings.contains(&ending)) {
            paths.push(path);
        }
    }
    paths.sort();
    paths.into_iter().map(|path| read_file(&path, limit).map(|bytes| (path, bytes))).collect()
}
