//! Making a signature in two steps, with the card between them.

use super::error::EnvelopeError;
use super::form::Unsigned;
use super::kousei::{self, Kousei};
use super::name::{self, NameError};
use super::parse::{FileReference, parse};
use super::{CompleteError, MAX_REFERENCES, SIGNATURE_LENGTH, moment, tree};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use shomei_application::Timestamp;
use shomei_pki::{ProfileError, SigningCertificate};

/// A document that lacks only the value of its new signature.
#[derive(Clone, Debug)]
pub struct Prepared {
    before: String,
    after: String,
    message: Vec<u8>,
}

/// Why no signature can be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrepareError {
    /// Not a `kousei.xml` of the profile, or not one any more with a further signature.
    #[error(transparent)]
    Document(#[from] EnvelopeError),
    /// The certificate is not a signature certificate.
    #[error("the certificate: {0}")]
    Certificate(#[from] ProfileError),
    /// A name that no reference can carry.
    #[error("{name:?} is not a file's name: {error}")]
    FileName {
        /// The name given.
        name: String,
        /// What is wrong with it.
        error: NameError,
    },
    /// Two files of one name.
    #[error("{name:?} is given twice")]
    SecondFile {
        /// The name.
        name: String,
    },
    /// More files than a signature has references for.
    #[error("{count} files, more than {}", MAX_REFERENCES - 1)]
    Files {
        /// Files given.
        count: usize,
    },
    /// It is the year 10000 in Japan.
    #[error("the signing time is after the year 9999 in Japan")]
    SigningTime,
    /// The document already has a signature of this second, and an Id may stand once.
    #[error("the document already has a signature of {id}")]
    SecondId {
        /// The Id of both.
        id: String,
    },
}

/// Adds a signature to `kousei`, a document whose 署名情報 is missing, is empty or holds earlier signatures. All of the
/// document stays as it is, octet for octet, but the place of the new signature. `files` are the names and octets of the
/// files to be covered beside 構成情報, in the order of their references; whether the form names them is for the caller
/// to know. `certificate` is the signer's certificate in DER; `signing_time` is stated in Japan's time and not signed.
///
/// # Errors
/// [`PrepareError`]; nothing was signed.
pub fn prepare(
    kousei: &[u8],
    files: &[(&str, &[u8])],
    certificate: &[u8],
    signing_time: Timestamp,
) -> Result<Prepared, PrepareError> {
    SigningCertificate::parse(certificate)?;
    let files = digest_files(files)?;
    let text = tree::text(kousei)?;
    let document = tree::read(text)?;
    let parts = kousei::read(&document)?;
    let id = new_id(&parts, signing_time)?;
    let form_digest = Sha256::digest(parts.form.canonical()?).into();
    let (before, after) = Unsigned { id, form_digest, files, certificate }.encode();
    let (place, open, close) = parts.place();
    let head = text.get(..place.start).unwrap_or_default();
    let tail = text.get(place.end..).unwrap_or_default();
    Prepared::try_new(format!("{head}{open}{before}"), format!("{after}{close}{tail}"))
}

fn digest_files(files: &[(&str, &[u8])]) -> Result<Vec<FileReference>, PrepareError> {
    check_names(files.iter().map(|(name, _)| *name))?;
    let reference = |(name, octets): &(&str, &[u8])| FileReference {
        name: (*name).to_owned(),
        sha256: Sha256::digest(octets).into(),
    };
    Ok(files.iter().map(reference).collect())
}

pub(super) fn check_names<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> Result<(), PrepareError> {
    if names.len() >= MAX_REFERENCES {
        return Err(PrepareError::Files { count: names.len() });
    }
    let mut earlier: Vec<&str> = Vec::new();
    for name in names {
        name::check(name).map_err(|error| PrepareError::FileName { name: name.to_owned(), error })?;
        if earlier.contains(&name) {
            return Err(PrepareError::SecondFile { name: name.to_owned() });
        }
        earlier.push(name);
    }
    Ok(())
}

fn new_id(kousei: &Kousei<'_>, signing_time: Timestamp) -> Result<String, PrepareError> {
    let id = moment::to_id(signing_time).ok_or(PrepareError::SigningTime)?;
    let signatures = kousei.signatures();
    let mut taken = signatures.iter().flat_map(|signature| signature.attributes());
    match taken.any(|attribute| attribute.value == id.as_str()) {
        false => Ok(id),
        true => Err(PrepareError::SecondId { id }),
    }
}

impl Prepared {
    /// What is to be signed is read from the document with a value in its place, by the reader that everybody uses:
    /// a document that it would refuse is refused before the card.
    fn try_new(before: String, after: String) -> Result<Self, PrepareError> {
        let mut prepared = Self { before, after, message: Vec::new() };
        let document = parse(&prepared.with_value(&[0; SIGNATURE_LENGTH]))?;
        let newest = document.signatures().last();
        prepared.message = newest.map(|newest| newest.message().to_vec()).unwrap_or_default();
        Ok(prepared)
    }

    fn with_value(&self, value: &[u8]) -> Vec<u8> {
        [self.before.as_str(), &BASE64_STANDARD.encode(value), &self.after].concat().into_bytes()
    }

    /// SHA-256 of SignedInfo in canonical form: what the card signs, inside a DigestInfo, with PKCS #1 v1.5 padding.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(&self.message).into()
    }

    /// The document with its new signature. The signature is not checked here.
    ///
    /// # Errors
    /// [`CompleteError::SignatureLength`].
    pub fn complete(self, signature: &[u8]) -> Result<Vec<u8>, CompleteError> {
        if signature.len() != SIGNATURE_LENGTH {
            return Err(CompleteError::SignatureLength { length: signature.len() });
        }
        Ok(self.with_value(signature))
    }
}
