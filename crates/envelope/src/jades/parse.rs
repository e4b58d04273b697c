//! Reading an envelope: take out the parts, write them again, compare every octet.

use super::error::{EnvelopeError, Place};
use super::form::{Parts, Serialization, encoded_length};
use super::{MAX_ENVELOPE, MAX_HEADER, SIGNATURE_LENGTH, header};
use crate::SignedApplication;
use base64ct::{Base64UrlUnpadded, Encoding as _};
use sha2::{Digest, Sha256};
use shomei_application::Timestamp;
use shomei_application::json::{self, Object, Value};
use shomei_application::limits::MAX_DOCUMENT_BYTES;
use shomei_pki::{Algorithm, SignatureMismatch, SignatureVerifier};
use std::ops::RangeInclusive;

/// What [`parse()`] reads, as part of a [`SignedApplication`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    parts: Parts,
    serialization: Serialization,
}

/// Reads an envelope in either serialization. What is read, written again, is `input` octet for octet.
///
/// # Errors
/// The first way in which the form differs.
pub fn parse(input: &[u8]) -> Result<SignedApplication, EnvelopeError> {
    if input.len() > MAX_ENVELOPE {
        return Err(EnvelopeError::TooLong { length: input.len() });
    }
    let (texts, serialization) = match input.first() {
        Some(b'e') => (split_compact(input)?, Serialization::Compact),
        Some(b'{') => (read_flattened(input)?, Serialization::Flattened),
        other => return Err(EnvelopeError::NeitherForm { found: other.copied() }),
    };
    let envelope = Envelope { parts: texts.decode()?, serialization };
    let written = envelope.to_octets();
    match written == input {
        true => Ok(SignedApplication::Jades(envelope)),
        false => Err(EnvelopeError::NotCanonical { offset: common_prefix(&written, input) }),
    }
}

impl Envelope {
    pub(crate) fn content(&self) -> &[u8] {
        &self.parts.content
    }

    pub(crate) fn certificate(&self) -> &[u8] {
        &self.parts.header.certificate
    }

    pub(crate) fn signing_time(&self) -> Timestamp {
        self.parts.header.signing_time
    }

    pub(crate) fn to_octets(&self) -> Vec<u8> {
        self.parts.encode(self.serialization).into_bytes()
    }

    /// Whether the signed certificate digest is that of the certificate in the envelope (RFC 7515 §4.1.8).
    pub(crate) fn certificate_is_covered(&self) -> bool {
        let header = &self.parts.header;
        header.certificate_digest == <[u8; 32]>::from(Sha256::digest(&header.certificate))
    }

    pub(crate) fn check_signature(
        &self,
        public_key: &[u8],
        verifier: &dyn SignatureVerifier,
    ) -> Result<(), SignatureMismatch> {
        let message = self.parts.to_be_signed();
        verifier.verify(Algorithm::RsaPkcs1Sha256, public_key, message.as_bytes(), &self.parts.signature)
    }
}

/// The three parts as they were found.
struct Texts {
    protected: Text,
    payload: Text,
    signature: Text,
}

/// A part in base64url, and where it begins.
struct Text {
    characters: String,
    place: Place,
}

impl Texts {
    fn decode(&self) -> Result<Parts, EnvelopeError> {
        let header = self.protected.decode(1..=MAX_HEADER)?;
        Ok(Parts {
            header: header::read(&header)?,
            content: self.payload.decode(1..=MAX_DOCUMENT_BYTES)?,
            signature: self.signature.decode(SIGNATURE_LENGTH..=SIGNATURE_LENGTH)?,
        })
    }
}

impl Text {
    /// As many octets as `octets` allows; characters are counted before anything is decoded.
    fn decode(&self, octets: RangeInclusive<usize>) -> Result<Vec<u8>, EnvelopeError> {
        let (shortest, longest) = (encoded_length(*octets.start()), encoded_length(*octets.end()));
        let length = self.characters.len();
        if !(shortest..=longest).contains(&length) {
            return Err(EnvelopeError::Length { place: self.place, length, shortest, longest });
        }
        Base64UrlUnpadded::decode_vec(&self.characters)
            .map_err(|_| EnvelopeError::Base64Url { place: self.fault() })
    }

    /// The first character outside the alphabet, or the last one, where all are inside.
    fn fault(&self) -> Place {
        match self.place {
            Place::Octet(start) => {
                let inside = |octet: u8| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_');
                let first = self.characters.bytes().position(|octet| !inside(octet));
                Place::Octet(start + first.unwrap_or(self.characters.len().saturating_sub(1)))
            }
            member => member,
        }
    }
}

fn split_compact(input: &[u8]) -> Result<Texts, EnvelopeError> {
    let text = std::str::from_utf8(input)
        .map_err(|error| EnvelopeError::Base64Url { place: Place::Octet(error.valid_up_to()) })?;
    let mut parts = text.split('.');
    let (Some(protected), Some(payload), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(EnvelopeError::Parts { count: text.split('.').count() });
    };
    let at =
        |characters: &str, offset| Text { characters: characters.to_owned(), place: Place::Octet(offset) };
    let payload_at = protected.len() + 1;
    Ok(Texts {
        protected: at(protected, 0),
        payload: at(payload, payload_at),
        signature: at(signature, payload_at + payload.len() + 1),
    })
}

fn read_flattened(input: &[u8]) -> Result<Texts, EnvelopeError> {
    let value = json::parse(input, MAX_ENVELOPE)?;
    let members = value.as_object().ok_or(EnvelopeError::Member { pointer: "" })?;
    refuse_unknown(members)?;
    Ok(Texts {
        protected: text(members, "protected", "/protected")?,
        payload: text(members, "payload", "/payload")?,
        signature: text(members, "signature", "/signature")?,
    })
}

fn text(members: &Object, name: &str, pointer: &'static str) -> Result<Text, EnvelopeError> {
    let found = members.get(name).and_then(Value::as_str).ok_or(EnvelopeError::Member { pointer })?;
    Ok(Text { characters: found.to_owned(), place: Place::Member(pointer) })
}

fn refuse_unknown(members: &Object) -> Result<(), EnvelopeError> {
    let known = ["payload", "protected", "signature"];
    match members.iter().find(|(name, _)| !known.contains(name)) {
        None => Ok(()),
        Some(("header", _)) => Err(EnvelopeError::UnprotectedHeader),
        Some(("signatures", value)) => Err(match value.as_array().map(<[Value]>::len) {
            None | Some(1) => EnvelopeError::GeneralSerialization,
            Some(count) => EnvelopeError::Signatures { count },
        }),
        Some((name, _)) => Err(EnvelopeError::UnknownMember(name.to_owned())),
    }
}

/// How many octets two series have in common at their beginning.
pub(super) fn common_prefix(one: &[u8], other: &[u8]) -> usize {
    one.iter().zip(other).take_while(|(one, other)| one == other).count()
}
