//! Files beside a JAdES signature: compact serialization without a payload, the files named and digested in the header
//! parameter `sigD` by the mechanism ObjectIdByURIHash (ETSI TS 119 182-1 §5.2.8).
//!
//! The payload counts as empty (§5.2.8.3.3). Each digest is over the file in base64url, as the octets would have been
//! signed inside (§5.2.8.1), and each name is signed, as a relative reference (RFC 3986 §4.2) in percent-encoding.
//! `crit` names `sigD` and nothing else, so a program that does not know it refuses the signature.

use super::error::{EnvelopeError, HeaderError};
use super::form::{ALGORITHM, encoded_length};
use super::{CompleteError, MAX_HEADER, PrepareError, SIGNATURE_LENGTH, header};
use crate::signed::{Content, Format, NotCovered, Part, Signature, Signed};
use crate::{FileDigest, check_file_name};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use shomei_application::Timestamp;
use shomei_application::json::{self, Integer, Object, Value};
use shomei_pki::SigningCertificate;
use std::borrow::Cow;

/// The value of `typ` for files. It is not that of applications, so neither can be taken for the other.
pub const FILES_TYPE: &str = "shomei-files+jose";
/// Files of one signature.
pub const MAX_FILES: usize = 100;
/// Octets of a signature beside files: a header with all names and digests, and the signature.
pub const MAX_DETACHED: usize = encoded_length(MAX_DETACHED_HEADER) + 2 + encoded_length(SIGNATURE_LENGTH);

/// Octets of a header: as of an envelope, and for each file a name in percent-encoding and a digest.
const MAX_DETACHED_HEADER: usize = MAX_HEADER + MAX_FILES * (3 * crate::MAX_FILE_NAME + 52);
const MECHANISM: &str = "http://uri.etsi.org/19182/ObjectIdByURIHash";
const PARAMETERS: [&str; 7] = ["alg", "crit", "iat", "sigD", "typ", "x5c", "x5t#S256"];

/// A file that was read: what is known of it, and the digest that JAdES has for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadFile {
    file: FileDigest,
    encoded: [u8; 32],
}

/// A signature over files that lacks only its value.
#[derive(Clone, Debug)]
pub struct PreparedDetached {
    header: Header,
}

/// A signature over files, not yet held beside them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detached {
    header: Header,
    signature: Vec<u8>,
}

/// A signature over files, beside those files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedFiles {
    detached: Detached,
    files: Vec<ReadFile>,
}

/// Why files are not those that a signature names.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BesideError {
    /// The signature names this file, and it is not there.
    #[error("the file {0:?} is missing")]
    Missing(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Header {
    certificate: Vec<u8>,
    certificate_digest: [u8; 32],
    signing_time: Timestamp,
    /// Names, and digests of the files in base64url.
    files: Vec<(String, [u8; 32])>,
}

impl ReadFile {
    /// The file of this name with these octets.
    pub fn of(name: &str, octets: &[u8]) -> Self {
        let encoded = Sha256::digest(BASE64_URL_SAFE_NO_PAD.encode(octets)).into();
        Self { file: FileDigest::of(name, octets), encoded }
    }

    /// Its name, size and digest.
    pub fn file(&self) -> &FileDigest {
        &self.file
    }
}

/// Builds the header that covers `files`, in their order. `certificate` is the signer's certificate in DER;
/// `signing_time` is the signer's claim and proves nothing.
///
/// # Errors
/// [`PrepareError`]; nothing was signed.
pub fn prepare_detached(
    files: &[ReadFile],
    certificate: &[u8],
    signing_time: Timestamp,
) -> Result<PreparedDetached, PrepareError> {
    if !(1..=MAX_FILES).contains(&files.len()) {
        return Err(PrepareError::Files { count: files.len() });
    }
    let parsed = SigningCertificate::parse(certificate)?;
    let mut named: Vec<(String, [u8; 32])> = Vec::with_capacity(files.len());
    for ReadFile { file, encoded } in files {
        check_file_name(&file.name)?;
        if named.iter().any(|(name, _)| *name == file.name) {
            return Err(PrepareError::SameName(file.name.clone()));
        }
        named.push((file.name.clone(), *encoded));
    }
    let certificate_digest = parsed.certificate().fingerprint();
    let header = Header { certificate: certificate.to_vec(), certificate_digest, signing_time, files: named };
    Ok(PreparedDetached { header })
}

impl PreparedDetached {
    /// SHA-256 of the bytes to be signed: what the card signs, inside a DigestInfo, with PKCS #1 v1.5 padding.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.header.to_be_signed()).into()
    }

    /// The finished signature in the compact serialization without a payload (RFC 7515 appendix F), ASCII. The signature
    /// is not checked here.
    ///
    /// # Errors
    /// [`CompleteError::SignatureLength`].
    pub fn complete(self, signature: &[u8]) -> Result<Vec<u8>, CompleteError> {
        if signature.len() != SIGNATURE_LENGTH {
            return Err(CompleteError::SignatureLength { length: signature.len() });
        }
        Ok(Detached { header: self.header, signature: signature.to_vec() }.to_octets())
    }
}

/// Reads a signature over files. What is read, written again, is `input` byte for byte.
///
/// # Errors
/// The first way in which the form differs.
pub fn parse_detached(input: &[u8]) -> Result<Detached, EnvelopeError> {
    if input.len() > MAX_DETACHED {
        return Err(EnvelopeError::TooLong { length: input.len() });
    }
    if input.first() != Some(&b'e') {
        return Err(EnvelopeError::NeitherForm { found: input.first().copied() });
    }
    let texts = super::parse::split_compact(input)?;
    if !texts.payload.characters.is_empty() {
        return Err(EnvelopeError::Payload { place: texts.payload.place });
    }
    let protected = texts.protected.decode(1..=MAX_DETACHED_HEADER)?;
    let header = Header::read(&protected)?;
    let signature = texts.signature.decode(SIGNATURE_LENGTH..=SIGNATURE_LENGTH)?;
    let detached = Detached { header, signature };
    let written = detached.to_octets();
    match written == input {
        true => Ok(detached),
        false => Err(EnvelopeError::NotCanonical { offset: super::parse::common_prefix(&written, input) }),
    }
}

impl Detached {
    /// The names of the files that it covers, in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.header.files.iter().map(|(name, _)| name.as_str())
    }

    /// The signature beside files that were read. Files that it does not name are not part of it.
    ///
    /// # Errors
    /// [`BesideError::Missing`] for the first file that is named and not given.
    pub fn beside(self, files: &[ReadFile]) -> Result<SignedFiles, BesideError> {
        let given = |name: &str| {
            let file = files.iter().find(|file| file.file.name == name).cloned();
            file.ok_or_else(|| BesideError::Missing(name.to_owned()))
        };
        let files = self.names().map(given).collect::<Result<_, _>>()?;
        Ok(SignedFiles { detached: self, files })
    }

    fn to_octets(&self) -> Vec<u8> {
        let signature = BASE64_URL_SAFE_NO_PAD.encode(&self.signature);
        format!("{}.{signature}", self.header.to_be_signed()).into_bytes()
    }
}

impl Signed for SignedFiles {
    fn format(&self) -> Format {
        Format::JadesDetached
    }

    fn signatures(&self) -> Vec<Signature<'_>> {
        let header = &self.detached.header;
        let pairs = header.files.iter().zip(&self.files);
        let changed = pairs.filter(|((_, signed), found)| found.encoded != *signed);
        vec![Signature {
            certificate: &header.certificate,
            claimed: Some(header.signing_time),
            stated: Vec::new(),
            message: Cow::Owned(header.to_be_signed().into_bytes()),
            value: &self.detached.signature,
            changed: changed.map(|((name, _), _)| Part::File(name.clone())).collect(),
            certificate_digest: Some(header.certificate_digest),
            issuer_and_serial: None,
        }]
    }

    fn covered(&self) -> Content<'_> {
        Content::Files(self.files.iter().map(|file| file.file.clone()).collect())
    }

    fn not_covered(&self) -> Vec<NotCovered> {
        Vec::new()
    }
}

impl Header {
    /// `BASE64URL(header) || '.'`: the payload is empty.
    fn to_be_signed(&self) -> String {
        format!("{}.", BASE64_URL_SAFE_NO_PAD.encode(self.encode()))
    }

    fn encode(&self) -> Vec<u8> {
        // A Timestamp ends with the year 9999, far below the largest integer.
        let signing_time = Integer::new(self.signing_time.unix_seconds()).unwrap_or(Integer::MAX);
        let digests = self.files.iter().map(|(_, digest)| BASE64_URL_SAFE_NO_PAD.encode(digest));
        let names = self.files.iter().map(|(name, _)| Value::from(percent_encode(name)));
        let covered = Object::new()
            .with("hashM", "S256")
            .with("hashV", digests.map(Value::from).collect::<Vec<_>>())
            .with("mId", MECHANISM)
            .with("pars", names.collect::<Vec<_>>());
        let header = Object::new()
            .with("alg", ALGORITHM)
            .with("crit", vec![Value::from("sigD")])
            .with("iat", Value::Integer(signing_time))
            .with("sigD", covered)
            .with("typ", FILES_TYPE)
            .with("x5c", vec![Value::from(BASE64_STANDARD.encode(&self.certificate))])
            .with("x5t#S256", BASE64_URL_SAFE_NO_PAD.encode(self.certificate_digest));
        json::to_canonical(&header.into())
    }

    /// Refuses by name, takes out what differs, writes it again, compares every octet.
    fn read(octets: &[u8]) -> Result<Self, HeaderError> {
        let value = json::parse(octets, MAX_DETACHED_HEADER)?;
        let header = value.as_object().ok_or(HeaderError::Parameter { pointer: "" })?;
        header::refuse_unknown(header, &PARAMETERS)?;
        header::check_algorithm(header::text(header, "alg", "/alg")?)?;
        header::check_type(header::text(header, "typ", "/typ")?, FILES_TYPE)?;
        let read = Self {
            certificate: header::read_certificate(header)?,
            certificate_digest: header::read_digest(header::text(header, "x5t#S256", "/x5t#S256")?)?,
            signing_time: header::read_signing_time(header)?,
            files: read_files(header)?,
        };
        header::compare(&read.encode(), octets)?;
        Ok(read)
    }
}

fn read_files(header: &Object) -> Result<Vec<(String, [u8; 32])>, HeaderError> {
    let covered = header.get("sigD").and_then(Value::as_object);
    let covered = covered.ok_or(HeaderError::Parameter { pointer: "/sigD" })?;
    let list =
        |name, pointer| covered.get(name).and_then(Value::as_array).ok_or(HeaderError::Parameter { pointer });
    let (names, digests) = (list("pars", "/sigD/pars")?, list("hashV", "/sigD/hashV")?);
    if names.len() != digests.len() || !(1..=MAX_FILES).contains(&names.len()) {
        return Err(HeaderError::Files { names: names.len(), digests: digests.len() });
    }
    let mut files: Vec<(String, [u8; 32])> = Vec::with_capacity(names.len());
    for (name, digest) in names.iter().zip(digests) {
        let name = name.as_str().and_then(percent_decode).ok_or(HeaderError::FileReference)?;
        check_file_name(&name)?;
        if files.iter().any(|(known, _)| *known == name) {
            return Err(HeaderError::SameFile(name));
        }
        let digest = digest.as_str().ok_or(HeaderError::Parameter { pointer: "/sigD/hashV" })?;
        files.push((name, header::read_digest(digest)?));
    }
    Ok(files)
}

/// Octets of UTF-8 that are not unreserved (RFC 3986 §2.3) as `%` and two capital digits.
fn percent_encode(name: &str) -> String {
    let encode = |octet: u8| match octet {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(octet).to_string(),
        other => format!("%{other:02X}"),
    };
    name.bytes().map(encode).collect()
}

/// None where the escapes are not whole or the octets not UTF-8. That the encoding is the one form shows when it is
/// written again.
fn percent_decode(text: &str) -> Option<String> {
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(octet) = rest.next() {
        octets.push(match octet {
            b'%' => {
                let (high, low) = (hexadecimal(rest.next()?)?, hexadecimal(rest.next()?)?);
                high << 4 | low
            }
            other => other,
        });
    }
    String::from_utf8(octets).ok()
}

fn hexadecimal(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
