//! What the extensions of a certificate say, each read on its own: one that is malformed shows nothing here, and the
//! profile says so.

use crate::inspect::names::{self, general_name};
use crate::inspect::report::Shown;
use crate::inspect::words::{self, Word};
use shomei_pki::der::{DerError, Reader, Tag, oid_to_string};

pub(super) const SUBJECT_KEY_IDENTIFIER: &str = "2.5.29.14";
pub(super) const KEY_USAGE: &str = "2.5.29.15";
pub(super) const SUBJECT_ALT_NAME: &str = "2.5.29.17";
pub(super) const BASIC_CONSTRAINTS: &str = "2.5.29.19";
pub(super) const CRL_DISTRIBUTION_POINTS: &str = "2.5.29.31";
pub(super) const CERTIFICATE_POLICIES: &str = "2.5.29.32";
pub(super) const AUTHORITY_KEY_IDENTIFIER: &str = "2.5.29.35";
pub(in crate::inspect) const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
pub(super) const AUTHORITY_INFO_ACCESS: &str = "1.3.6.1.5.5.7.1.1";
const ISSUER_ALT_NAME: &str = "2.5.29.18";
/// id-ad-ocsp (RFC 5280 §4.2.2.1).
const OCSP: &str = "1.3.6.1.5.5.7.48.1";
/// id-kp-clientAuth (RFC 5280 §4.2.1.12).
pub(super) const CLIENT_AUTH: &str = "1.3.6.1.5.5.7.3.2";

/// The extensions of the profile by the names that its rules use.
pub(super) const NAMES: [(&str, &str); 9] = [
    (SUBJECT_KEY_IDENTIFIER, "subjectKeyIdentifier"),
    (KEY_USAGE, "keyUsage"),
    (SUBJECT_ALT_NAME, "subjectAltName"),
    (ISSUER_ALT_NAME, "issuerAltName"),
    (BASIC_CONSTRAINTS, "basicConstraints"),
    (CRL_DISTRIBUTION_POINTS, "cRLDistributionPoints"),
    (CERTIFICATE_POLICIES, "certificatePolicies"),
    (AUTHORITY_KEY_IDENTIFIER, "authorityKeyIdentifier"),
    (EXTENDED_KEY_USAGE, "extKeyUsage"),
];

/// Purposes of extKeyUsage with a word of their own.
const PURPOSES: [(&str, Word); 4] = [
    ("1.3.6.1.5.5.7.3.1", words::SERVER_AUTH),
    (CLIENT_AUTH, words::CLIENT_AUTH),
    ("1.3.6.1.5.5.7.3.3", words::CODE_SIGNING),
    ("1.3.6.1.5.5.7.3.9", words::OCSP_SIGNING),
];

/// The bits of keyUsage, in their order (RFC 5280 §4.2.1.3).
pub(super) fn key_usage(value: &[u8]) -> Option<Vec<Word>> {
    let bits = Reader::new(value).expect(Tag::BIT_STRING).ok()?;
    let (_, octets) = bits.content().split_first()?;
    let is_set = |place: usize| octets.get(place / 8).is_some_and(|octet| octet & (0x80 >> (place % 8)) != 0);
    let usages = words::KEY_USAGES.into_iter().enumerate();
    Some(usages.filter(|(place, _)| is_set(*place)).map(|(_, word)| word).collect())
}

/// The purposes of extKeyUsage, dotted.
pub(in crate::inspect) fn purposes(value: &[u8]) -> Option<Vec<String>> {
    let read = || {
        let mut list = Reader::new(value).expect(Tag::SEQUENCE)?.children();
        let mut read = Vec::new();
        while !list.is_empty() {
            read.push(oid_to_string(list.expect(Tag::OID)?.content()));
        }
        Ok::<_, DerError>(read)
    };
    read().ok()
}

/// Purposes in words where there is one.
pub(in crate::inspect) fn purpose_words(purposes: &[String]) -> Shown {
    let shown = |oid: &String| match PURPOSES.iter().find(|(known, _)| known == oid) {
        Some((_, word)) => Shown::Word(*word),
        None => Shown::Text(oid.clone()),
    };
    Shown::List(purposes.iter().map(shown).collect())
}

/// The identifiers of the policies, dotted (RFC 5280 §4.2.1.4).
pub(super) fn policies(value: &[u8]) -> Option<Vec<String>> {
    let read = || {
        let mut list = Reader::new(value).expect(Tag::SEQUENCE)?.children();
        let mut read = Vec::new();
        while !list.is_empty() {
            let identifier = list.expect(Tag::SEQUENCE)?.children().expect(Tag::OID)?;
            read.push(oid_to_string(identifier.content()));
        }
        Ok::<_, DerError>(read)
    };
    read().ok()
}

/// Whether basicConstraints make the subject an authority (RFC 5280 §4.2.1.9).
pub(super) fn is_authority(value: &[u8]) -> bool {
    let constraints = Reader::new(value).expect(Tag::SEQUENCE);
    constraints.is_ok_and(|constraints| constraints.children().peek() == Some(Tag::BOOLEAN))
}

/// The name of the first distribution point.
pub(super) fn distribution_point(value: &[u8]) -> Option<String> {
    let mut points = Reader::new(value).expect(Tag::SEQUENCE).ok()?.children();
    let name = points.expect(Tag::SEQUENCE).ok()?.children().expect(Tag::context(0)).ok()?;
    names::distribution_point(name.raw())
}

/// The first address of a responder in authorityInfoAccess (RFC 5280 §4.2.2.1).
pub(super) fn ocsp_address(value: &[u8]) -> Option<String> {
    let mut list = Reader::new(value).expect(Tag::SEQUENCE).ok()?.children();
    while !list.is_empty() {
        let mut access = list.expect(Tag::SEQUENCE).ok()?.children();
        let method = oid_to_string(access.expect(Tag::OID).ok()?.content());
        let location = access.read().ok()?;
        if method == OCSP {
            return general_name(&location);
        }
    }
    None
}

/// The key identifier in authorityKeyIdentifier (RFC 5280 §4.2.1.1).
pub(super) fn authority_key_identifier(value: &[u8]) -> Option<&[u8]> {
    let mut parts = Reader::new(value).expect(Tag::SEQUENCE).ok()?.children();
    Some(parts.expect(Tag::context_primitive(0)).ok()?.content())
}

/// The octets in subjectKeyIdentifier (RFC 5280 §4.2.1.2).
pub(super) fn subject_key_identifier(value: &[u8]) -> Option<&[u8]> {
    Some(Reader::new(value).expect(Tag::OCTET_STRING).ok()?.content())
}
