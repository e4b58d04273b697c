//! Reading an envelope: take out the parts, write them again, compare every octet.

use super::error::{EnvelopeError, Place};
use super::form::{Parts, Serialization, encoded_length};
use super::{MAX_ENVELOPE, MAX_HEADER, SIGNATURE_LENGTH, header};
use crate::SignedApplication;
use crate::signed::Signature;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use shomei_application::json::{self, Object, Value};
use shomei_application::limits::MAX_DOCUMENT_BYTES;
use std::borrow::Cow;
use std::ops::RangeInclusive;

/// What [`parse()`] reads, as part of a [`SignedApplication`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    parts: Parts,
    serialization: Serialization,
    /// What is signed, as it was found: base64url decodes from one text only.
    signed: String,
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
    let signed = format!("{}.{}", texts.protected.characters, texts.payload.characters);
    let envelope = Envelope { parts: texts.decode()?, serialization, signed };
    // The compact serialization was split where it would be put together; the members of the other one can be anywhere.
    if serialization == Serialization::Flattened {
        let written = envelope.to_octets();
        if written != input {
            return Err(EnvelopeError::NotCanonical { offset: common_prefix(&written, input) });
        }
    }
    Ok(SignedApplication::Jades(envelope))
}

impl Envelope {
    pub(crate) fn content(&self) -> &[u8] {
        &self.parts.content
    }

    pub(crate) fn to_octets(&self) -> Vec<u8> {
        self.parts.encode(self.serialization).into_bytes()
    }

    /// In JAdES the content itself is signed and not its digest, so the signature alone says that it is unchanged.
    pub(crate) fn signatures(&self) -> Vec<Signature<'_>> {
        let header = &self.parts.header;
        vec![Signature {
            certificate: &header.certificate,
            claimed: Some(header.signing_time),
            stated: Vec::new(),
            message: Cow::Borrowed(self.signed.as_bytes()),
            value: &self.parts.signature,
            changed: Vec::new(),
            certificate_digest: Some(header.certificate_digest),
            issuer_and_serial: None,
        }]
    }
}

/// The three parts as they were found.
pub(super) struct Texts {
    pub(super) protected: Text,
    pub(super) payload: Text,
    pub(super) signature: Text,
}

/// A part in base64url, and where it begins.
pub(super) struct Text {
    pub(super) characters: String,
    pub(super) place: Place,
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
    pub(super) fn decode(&self, octets: RangeInclusive<usize>) -> Result<Vec<u8>, EnvelopeError> {
        let (shortest, longest) = (encoded_length(*octets.start()), encoded_length(*octets.end()));
        let length = self.characters.len();
        if !(shortest..=longest).contains(&length) {
            return Err(EnvelopeError::Length { place: self.place, length, shortest, longest });
        }
        BASE64_URL_SAFE_NO_PAD
            .decode(&self.characters)
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

pub(super) fn split_compact(input: &[u8]) -> Result<Texts, EnvelopeError> {
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
