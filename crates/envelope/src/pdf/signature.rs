//! A signature dictionary (ISO 32000-1 §12.8.1) and what its Contents hold.

use super::document::Document;
use super::error::EnvelopeError;
use super::form::SignatureField;
use super::object::{Dictionary, Object, Text};
use super::profile::Profile;
use super::words;
use super::xref::Place;
use super::{MAX_CONTENTS, MAX_STATED};
use crate::cms::{self, ContentType, Parts};
use crate::signed::Statement;
use sha2::{Digest, Sha256};
use shomei_application::Timestamp;
use std::ops::Range;

/// A signature of a document, whose place, form and extent are right. Nothing about it is believed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    pub(super) field: SignatureField,
    pub(super) profile: Profile,
    pub(super) parts: Parts,
    /// The octets that it leaves out, `<` and `>` among them.
    pub(super) gap: Range<usize>,
    /// The octet after the last that it covers.
    pub(super) end: usize,
    /// SHA-256 of the octets that it covers.
    pub(super) covered: [u8; 32],
    pub(super) claimed: Timestamp,
    pub(super) stated: Vec<(Statement, String)>,
}

const STATEMENTS: [(Statement, &str); 4] = [
    (Statement::Name, "Name"),
    (Statement::Reason, "Reason"),
    (Statement::Location, "Location"),
    (Statement::Contact, "ContactInfo"),
];

/// Every key that a signature may have: others, as Reference, would change what it is over or what it allows.
const KEYS: [&str; 11] = [
    "Type",
    "Filter",
    "SubFilter",
    "ByteRange",
    "Contents",
    "Name",
    "M",
    "Reason",
    "Location",
    "ContactInfo",
    "Prop_Build",
];

impl Signature {
    pub(super) fn read(document: &Document<'_>, field: SignatureField) -> Result<Self, EnvelopeError> {
        let number = field.value.number;
        let error = |why| EnvelopeError::Dictionary { number, why };
        let Some(Place::At { offset, .. }) = document.place(number) else {
            return Err(error("not an object of its own"));
        };
        let found = document.indirect(offset)?;
        let (None, Object::Dictionary(dictionary)) = (&found.stream, found.object) else {
            return Err(error("not a dictionary"));
        };
        if found.reference != field.value {
            return Err(error("another object in its place"));
        }
        let profile = check_dictionary(&dictionary).map_err(error)?;
        let contents = dictionary.get("Contents").and_then(Object::as_text);
        let contents = contents.ok_or_else(|| error("its Contents are no string of its own"))?;
        let (gap, end) =
            byte_range(document.input, &dictionary, contents).ok_or(EnvelopeError::ByteRange { number })?;
        let parts = read_contents(document.input, contents, number)?;
        check_attributes(&parts, profile).map_err(error)?;
        let claimed = dictionary.get("M").and_then(Object::as_text);
        let claimed = claimed.and_then(|text| words::from_date(&text.octets));
        Ok(Self {
            field,
            profile,
            parts,
            covered: digest(document.input, &gap, end),
            gap,
            end,
            claimed: claimed.ok_or_else(|| error("M is not a date with its offset from UTC"))?,
            stated: statements(&dictionary).map_err(error)?,
        })
    }
}

impl Signature {
    /// The profile.
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// The signer's certificate in DER.
    pub fn certificate(&self) -> &[u8] {
        self.parts.signers.first().map_or(&[], |signer| &signer.certificate)
    }

    /// When the signer claims to have signed: M.
    pub fn claimed(&self) -> Timestamp {
        self.claimed
    }

    /// What else the signer stated.
    pub fn stated(&self) -> &[(Statement, String)] {
        &self.stated
    }
}

fn check_dictionary(dictionary: &Dictionary) -> Result<Profile, &'static str> {
    if dictionary.keys().any(|key| !KEYS.iter().any(|known| known.as_bytes() == key)) {
        return Err("an entry that no profile has");
    }
    let sub_filter = dictionary.get("SubFilter").ok_or("no SubFilter")?;
    let named = |profile: &Profile| sub_filter.is_name(profile.rules().sub_filter);
    let profile = Profile::ALL.into_iter().find(named).ok_or("the SubFilter of no profile")?;
    if profile.rules().required.iter().any(|key| dictionary.get(key).is_none()) {
        return Err("an entry that its profile asks for is missing");
    }
    if dictionary.get("Type").is_some() && !dictionary.is_of_type("Sig") {
        return Err("another Type than Sig");
    }
    match dictionary.get("Filter") {
        Some(Object::Name(_)) => Ok(profile),
        _ => Err("no Filter"),
    }
}

/// What ByteRange leaves out, and where it ends: from the first octet on, all but the value of Contents.
fn byte_range(input: &[u8], dictionary: &Dictionary, contents: &Text) -> Option<(Range<usize>, usize)> {
    let numbers = dictionary.get("ByteRange")?.as_array()?;
    let numbers: Vec<usize> = numbers.iter().map(Object::as_integer).collect::<Option<_>>()?;
    let [0, before, after, length] = *numbers.as_slice() else { return None };
    let end = after.checked_add(length)?;
    ((before..after) == contents.place && end <= input.len()).then_some((before..after, end))
}

/// SHA-256 of everything up to `end` but the gap.
pub(super) fn digest(input: &[u8], gap: &Range<usize>, end: usize) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(input.get(..gap.start).unwrap_or_default());
    digest.update(input.get(gap.end..end).unwrap_or_default());
    digest.finalize().into()
}

/// Takes the signature out of Contents. Each octet there has one form: digits are in upper case, and after the signature
/// comes nothing but zeros.
fn read_contents(input: &[u8], contents: &Text, number: u32) -> Result<Parts, EnvelopeError> {
    let (start, octets) = (contents.place.start, &contents.octets);
    if octets.len() > MAX_CONTENTS {
        return Err(EnvelopeError::Limit { what: "octets of Contents", most: MAX_CONTENTS });
    }
    let written = input.get(contents.place.clone()).unwrap_or_default();
    let canonical = hexadecimal(octets);
    if written != canonical.as_slice() {
        let same = written.iter().zip(&canonical).take_while(|(one, other)| one == other).count();
        return Err(EnvelopeError::Contents { offset: start + same });
    }
    let length = element_length(octets).filter(|length| *length <= octets.len());
    let length = length.ok_or(EnvelopeError::Contents { offset: start })?;
    let (signature, padding) = octets.split_at(length);
    if let Some(place) = padding.iter().position(|octet| *octet != 0) {
        return Err(EnvelopeError::Contents { offset: start + 1 + 2 * (length + place) });
    }
    cms::read(signature, &[ContentType::Pdf]).map_err(|error| EnvelopeError::Cms { number, error })
}

/// `<`, upper-case digits, `>`.
pub(super) fn hexadecimal(octets: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |value: u8| DIGITS.get(usize::from(value)).copied().unwrap_or_default();
    let digits = octets.iter().flat_map(|octet| [digit(octet >> 4), digit(octet & 15)]);
    [b'<'].into_iter().chain(digits).chain([b'>']).collect()
}

/// Octets of a SEQUENCE in DER, its header among them.
fn element_length(octets: &[u8]) -> Option<usize> {
    match octets {
        [0x30, length @ 0..=0x7f, ..] => Some(usize::from(*length) + 2),
        [0x30, 0x81, length, ..] => Some(usize::from(*length) + 3),
        [0x30, 0x82, high, low, ..] => Some(usize::from(*high) * 256 + usize::from(*low) + 4),
        _ => None,
    }
}

fn check_attributes(parts: &Parts, profile: Profile) -> Result<(), &'static str> {
    let [signer] = parts.signers.as_slice() else { return Err("more than one signer") };
    match signer.attributes.signing_time.is_none() || profile.rules().reads_signing_time {
        true => Ok(()),
        false => Err("a signing time where PAdES has M"),
    }
}

fn statements(dictionary: &Dictionary) -> Result<Vec<(Statement, String)>, &'static str> {
    let mut stated = Vec::new();
    for (statement, key) in STATEMENTS {
        let Some(value) = dictionary.get(key) else { continue };
        let text =
            value.as_text().map(|text| words::decode(&text.octets)).ok_or("something else than a text")?;
        if text.len() > MAX_STATED {
            return Err("a text that is too long");
        }
        stated.push((statement, text));
    }
    Ok(stated)
}
