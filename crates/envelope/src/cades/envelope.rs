//! What an envelope gives to the checks.

use crate::cms::{ContentType, EnvelopeError, Parts, Signer, read, signing_time};
use crate::signed::{Part, Signature};
use crate::{FileDigest, SignedApplication};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// What CAdES is around. A signature in a PDF is over other octets than one of the same digest beside a file.
pub(super) const KINDS: [ContentType; 2] = [ContentType::Application, ContentType::File];

/// A signed application, as part of a [`SignedApplication`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    parts: Parts,
    content: Vec<u8>,
}

/// The signature of a file that stands outside, not yet held beside the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detached {
    parts: Parts,
}

/// The signature of a file, beside that file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedFile {
    parts: Parts,
    file: FileDigest,
}

/// Reads a signed application in DER. What is read, written again, is `input` byte for byte.
///
/// # Errors
/// The first way in which the form differs.
pub fn parse(input: &[u8]) -> Result<SignedApplication, EnvelopeError> {
    let parts = read(input, &KINDS)?;
    match parts.content.clone() {
        Some(content) => Ok(SignedApplication::Cades(Envelope { parts, content })),
        None => Err(EnvelopeError::NoContent),
    }
}

/// Reads the signature of a file, in DER.
///
/// # Errors
/// The first way in which the form differs.
pub fn parse_detached(input: &[u8]) -> Result<Detached, EnvelopeError> {
    let parts = read(input, &KINDS)?;
    match parts.content_type {
        ContentType::File => Ok(Detached { parts }),
        _ => Err(EnvelopeError::NotOfAFile),
    }
}

impl Envelope {
    pub(crate) fn content(&self) -> &[u8] {
        &self.content
    }

    pub(crate) fn to_der(&self) -> Vec<u8> {
        self.parts.encode()
    }

    pub(crate) fn signatures(&self) -> Vec<Signature<'_>> {
        signatures(&self.parts, &Sha256::digest(&self.content).into(), &Part::Content)
    }
}

impl Detached {
    /// The signature beside a file that was read.
    pub fn beside(self, file: FileDigest) -> SignedFile {
        SignedFile { parts: self.parts, file }
    }
}

impl SignedFile {
    /// The file.
    pub fn file(&self) -> &FileDigest {
        &self.file
    }

    pub(crate) fn signatures(&self) -> Vec<Signature<'_>> {
        signatures(&self.parts, &self.file.sha256, &Part::File(self.file.name.clone()))
    }
}

fn signatures<'a>(parts: &'a Parts, content: &[u8; 32], part: &Part) -> Vec<Signature<'a>> {
    let signature = |signer: &'a Signer| Signature {
        certificate: &signer.certificate,
        claimed: signing_time(&signer.attributes).ok().flatten(),
        stated: Vec::new(),
        message: Cow::Owned(signer.attributes.to_be_signed()),
        value: &signer.signature,
        changed: if signer.attributes.message_digest == *content { Vec::new() } else { vec![part.clone()] },
        certificate_digest: Some(signer.attributes.certificate_digest),
        issuer_and_serial: Some(&signer.identifier),
    };
    parts.signers.iter().map(signature).collect()
}
