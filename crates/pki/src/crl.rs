//! Certificate revocation lists of the JPKI profile (RFC 5280 §5): one complete list for each distribution point.
//!
//! A list that is not complete for holders' certificates (delta, indirect, some reasons only) is read but answers
//! nothing. Fetching lists is not done here.

use crate::anchors::Anchors;
use crate::certificate::{Authority, Certificate, ProfileError, known_algorithm};
use crate::der::{self, DerError, DerViolation, Reader, Tag, oid_to_string};
use crate::revocation::{RevocationReason, RevocationSource, RevocationStatus, UnknownReason};
use crate::time::UnixTime;
use crate::verifier::{Algorithm, SignatureVerifier};
use crate::world::Purpose;
use x509_parser::prelude::{
    CertificateRevocationList, FromDer, ParsedExtension, RevokedCertificate, X509Extension, X509Version,
};

/// One list, read but not yet believed. [`CrlStore`] checks who signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crl {
    signed: Vec<u8>,
    signature: Vec<u8>,
    algorithm: Algorithm,
    issuer: Vec<u8>,
    this_update: UnixTime,
    next_update: UnixTime,
    authority_key_identifier: Vec<u8>,
    scope: Scope,
    entries: Vec<Entry>,
}

/// Why bytes are not a revocation list of the profile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CrlError {
    /// The bytes are not DER, or a part is not where the structure has it.
    #[error(transparent)]
    Encoding(#[from] DerError),
    /// DER, but not the structure of a revocation list of version 2 (RFC 5280 §5.1).
    #[error("not the structure of a version 2 revocation list")]
    Structure,
    /// The two names of the signature algorithm differ or name one that is not known.
    #[error("the signature algorithm: {0}")]
    Algorithm(ProfileError),
    /// nextUpdate is missing or lies before thisUpdate (RFC 5280 §5.1.2.5).
    #[error("nextUpdate is missing or lies before thisUpdate")]
    NextUpdate,
    /// The same extension twice, in the list or in an entry.
    #[error("the extension {0} occurs twice")]
    DuplicateExtension(String),
    /// More than 32 extensions of the list or of one entry: comparing them all would take time without end.
    #[error("{0} extensions are more than 32")]
    TooManyExtensions(usize),
    /// A critical extension that is not known, so that the list must not be used (RFC 5280 §5.2, §5.3).
    #[error("the critical extension {0} is unknown")]
    UnknownCriticalExtension(String),
    /// An extension's value is not the structure that its name promises.
    #[error("the value of the extension {0} is malformed")]
    ExtensionValue(&'static str),
    /// authorityKeyIdentifier with a key identifier is missing (RFC 5280 §5.2.1).
    #[error("authorityKeyIdentifier is missing")]
    NoAuthorityKeyIdentifier,
    /// One serial number twice.
    #[error("a serial number occurs twice")]
    DuplicateEntry,
}

/// Why a list that names the right distribution point and authority answers nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CrlProblem {
    /// No anchor's key made its signature.
    #[error("its signature is not the authority's")]
    Signature,
    /// It lists only changes (RFC 5280 §5.2.4).
    #[error("it is a delta list")]
    Delta,
    /// It lists certificates of other issuers (RFC 5280 §5.2.5).
    #[error("it is an indirect list")]
    Indirect,
    /// It is for certificates of authorities or attributes, or for some reasons only (RFC 5280 §5.2.5).
    #[error("it does not cover all reasons or not the certificates of holders")]
    Partial,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Scope {
    distribution_point: Option<Vec<u8>>,
    problem: Option<CrlProblem>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    serial: Vec<u8>,
    at: UnixTime,
    reason: RevocationReason,
}

const AUTHORITY_KEY_IDENTIFIER: &[u8] = b"\x55\x1d\x23";
const CRL_NUMBER: &[u8] = b"\x55\x1d\x14";
const DELTA_INDICATOR: &[u8] = b"\x55\x1d\x1b";
const ISSUING_DISTRIBUTION_POINT: &[u8] = b"\x55\x1d\x1c";
const REASON_CODE: &[u8] = b"\x55\x1d\x15";
const INVALIDITY_DATE: &[u8] = b"\x55\x1d\x18";
const CERTIFICATE_ISSUER: &[u8] = b"\x55\x1d\x1d";
/// RFC 5280 §5.2 and §5.3 know eight for lists and four for entries.
const MAX_EXTENSIONS: usize = 32;
/// removeFromCRL, which only a delta list may say (RFC 5280 §5.3.1).
const REMOVE_FROM_CRL: u8 = 8;

impl Crl {
    /// Parses a list in DER.
    ///
    /// # Errors
    /// The first rule that does not hold.
    pub fn parse(input: &[u8]) -> Result<Self, CrlError> {
        der::check(input)?;
        let (rest, parsed) = CertificateRevocationList::from_der(input).map_err(|_| CrlError::Structure)?;
        let list = &parsed.tbs_cert_list;
        if !rest.is_empty() || list.version != Some(X509Version::V2) {
            return Err(CrlError::Structure);
        }
        let (signed, signature, algorithm) = signed_parts(input)?;
        let this_update = UnixTime::from_seconds(list.this_update.timestamp());
        let next_update = list.next_update.map(|time| UnixTime::from_seconds(time.timestamp()));
        let next_update = next_update.filter(|next| *next >= this_update).ok_or(CrlError::NextUpdate)?;
        let (authority_key_identifier, mut scope) = read_extensions(list.extensions())?;
        let entries = read_entries(&list.revoked_certificates, &mut scope)?;
        Ok(Self {
            signed: signed.to_vec(),
            signature: signature.to_vec(),
            algorithm,
            issuer: list.issuer.as_raw().to_vec(),
            this_update,
            next_update,
            authority_key_identifier,
            scope,
            entries,
        })
    }

    /// When the list was made.
    pub fn this_update(&self) -> UnixTime {
        self.this_update
    }

    /// When the next list is due.
    pub fn next_update(&self) -> UnixTime {
        self.next_update
    }

    /// How many certificates it lists as revoked.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it lists none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn names(&self, authority: &Authority) -> bool {
        self.authority_key_identifier == authority.key_identifier()
            && self.issuer == authority.certificate().subject()
    }

    fn entry(&self, serial: &[u8]) -> Option<&Entry> {
        let place = self.entries.binary_search_by(|entry| entry.serial.as_slice().cmp(serial));
        place.ok().and_then(|index| self.entries.get(index))
    }
}

fn signed_parts(input: &[u8]) -> Result<(&[u8], &[u8], Algorithm), CrlError> {
    let mut reader = Reader::new(input).expect(Tag::SEQUENCE)?.children();
    let signed = reader.expect(Tag::SEQUENCE)?;
    let outside = reader.expect(Tag::SEQUENCE)?;
    let signature = reader.expect(Tag::BIT_STRING)?.bit_string_octets()?.remaining();
    reader.finish()?;
    let mut inside = signed.children();
    inside.optional(Tag::INTEGER)?;
    if inside.expect(Tag::SEQUENCE)?.raw() != outside.raw() {
        return Err(CrlError::Algorithm(ProfileError::AlgorithmsDiffer));
    }
    let algorithm = known_algorithm(outside.raw()).map_err(CrlError::Algorithm)?;
    Ok((signed.raw(), signature, algorithm))
}

fn check_unique(extensions: &[X509Extension<'_>]) -> Result<(), CrlError> {
    if extensions.len() > MAX_EXTENSIONS {
        return Err(CrlError::TooManyExtensions(extensions.len()));
    }
    let mut seen: Vec<&[u8]> = Vec::new();
    for extension in extensions {
        let oid = extension.oid.as_bytes();
        if seen.contains(&oid) {
            return Err(CrlError::DuplicateExtension(oid_to_string(oid)));
        }
        seen.push(oid);
    }
    Ok(())
}

fn read_extensions(extensions: &[X509Extension<'_>]) -> Result<(Vec<u8>, Scope), CrlError> {
    check_unique(extensions)?;
    let mut key_identifier = None;
    let mut scope = Scope::default();
    let mut delta = None;
    for extension in extensions {
        match extension.oid.as_bytes() {
            AUTHORITY_KEY_IDENTIFIER => key_identifier = Some(authority_key_identifier(extension)?),
            ISSUING_DISTRIBUTION_POINT => scope = issuing_distribution_point(extension.value)?,
            DELTA_INDICATOR => delta = Some(CrlProblem::Delta),
            CRL_NUMBER => {}
            unknown if extension.critical => {
                return Err(CrlError::UnknownCriticalExtension(oid_to_string(unknown)));
            }
            _ => {}
        }
    }
    scope.problem = delta.or(scope.problem);
    Ok((key_identifier.ok_or(CrlError::NoAuthorityKeyIdentifier)?, scope))
}

fn authority_key_identifier(extension: &X509Extension<'_>) -> Result<Vec<u8>, CrlError> {
    match extension.parsed_extension() {
        ParsedExtension::AuthorityKeyIdentifier(authority) => {
            let identifier = authority.key_identifier.as_ref().map(|identifier| identifier.0.to_vec());
            identifier.ok_or(CrlError::NoAuthorityKeyIdentifier)
        }
        _ => Err(CrlError::ExtensionValue("authorityKeyIdentifier")),
    }
}

/// Reads the name as it is encoded, and which of the flags `[1]` to `[5]` are set (RFC 5280 §5.2.5).
fn issuing_distribution_point(value: &[u8]) -> Result<Scope, CrlError> {
    let read = || {
        der::check(value)?;
        let mut outer = Reader::new(value);
        let mut parts = outer.expect(Tag::SEQUENCE)?.children();
        outer.finish()?;
        let distribution_point = parts.optional(Tag::context(0))?.map(|name| name.raw().to_vec());
        // Holders' certificates only: the one limit that does not limit anything here.
        let holders_only = parts.optional(Tag::context_primitive(1))?;
        if let Some(flag) = holders_only.filter(|flag| flag.content() != [0xff]) {
            return Err(flag.error(DerViolation::Content("BOOLEAN other than TRUE")));
        }
        let indirect = parts.clone().optional(Tag::context_primitive(4))?.is_some();
        let partial = !parts.is_empty();
        let problem =
            if indirect { Some(CrlProblem::Indirect) } else { partial.then_some(CrlProblem::Partial) };
        Ok::<_, DerError>(Scope { distribution_point, problem })
    };
    read().map_err(|_| CrlError::ExtensionValue("issuingDistributionPoint"))
}

fn read_entries(list: &[RevokedCertificate<'_>], scope: &mut Scope) -> Result<Vec<Entry>, CrlError> {
    let mut entries = Vec::with_capacity(list.len());
    for revoked in list {
        entries.push(Entry {
            serial: revoked.raw_serial().to_vec(),
            at: UnixTime::from_seconds(revoked.revocation_date.timestamp()),
            reason: read_reason(revoked.extensions(), scope)?,
        });
    }
    entries.sort_by(|one, other| one.serial.cmp(&other.serial));
    let repeats = entries.windows(2).any(|pair| matches!(pair, [one, other] if one.serial == other.serial));
    if repeats && scope.problem != Some(CrlProblem::Indirect) {
        return Err(CrlError::DuplicateEntry);
    }
    Ok(entries)
}

fn read_reason(extensions: &[X509Extension<'_>], scope: &mut Scope) -> Result<RevocationReason, CrlError> {
    check_unique(extensions)?;
    let mut reason = RevocationReason::Unspecified;
    for extension in extensions {
        match extension.oid.as_bytes() {
            REASON_CODE => reason = RevocationReason::from_code(reason_code(extension.value, scope)?),
            CERTIFICATE_ISSUER => scope.problem = Some(CrlProblem::Indirect),
            INVALIDITY_DATE => {}
            unknown if extension.critical => {
                return Err(CrlError::UnknownCriticalExtension(oid_to_string(unknown)));
            }
            _ => {}
        }
    }
    Ok(reason)
}

fn reason_code(value: &[u8], scope: &Scope) -> Result<u8, CrlError> {
    let malformed = CrlError::ExtensionValue("reasonCode");
    let mut reader = Reader::new(value);
    let code = reader.expect(Tag::ENUMERATED).map_err(|_| malformed.clone())?;
    match (code.content(), reader.is_empty()) {
        ([REMOVE_FROM_CRL], true) if scope.problem != Some(CrlProblem::Delta) => Err(malformed),
        ([code @ 0..=10], true) => Ok(*code),
        _ => Err(malformed),
    }
}

/// Revocation lists whose signatures have been checked once, ready to answer many questions.
#[derive(Clone, Debug)]
pub struct CrlStore {
    lists: Vec<CheckedCrl>,
}

#[derive(Clone, Debug)]
struct CheckedCrl {
    crl: Crl,
    problem: Option<CrlProblem>,
}

impl CrlStore {
    /// Takes lists and checks each against the anchor that it names, of either purpose.
    pub fn new(lists: Vec<Crl>, anchors: &Anchors, verifier: &dyn SignatureVerifier) -> Self {
        let check = |crl: Crl| {
            let authorities =
                [Purpose::Signature, Purpose::Authentication].map(|one| anchors.authorities(one));
            let authority = authorities.into_iter().flatten().find(|authority| crl.names(authority));
            let authentic = authority.is_some_and(|authority| {
                let key = authority.certificate().public_key();
                verifier.verify(crl.algorithm, key, &crl.signed, &crl.signature).is_ok()
            });
            let problem = if authentic { crl.scope.problem } else { Some(CrlProblem::Signature) };
            CheckedCrl { crl, problem }
        };
        Self { lists: lists.into_iter().map(check).collect() }
    }

    /// The lists that name this authority and this certificate's distribution point, byte for byte.
    fn covering<'a>(
        &'a self,
        certificate: &'a Certificate,
        issuer: &'a Authority,
    ) -> impl Iterator<Item = &'a CheckedCrl> {
        let point = certificate.crl_distribution_point();
        let covers = move |list: &&CheckedCrl| {
            point.is_some() && list.crl.scope.distribution_point.as_deref() == point && list.crl.names(issuer)
        };
        self.lists.iter().filter(covers)
    }
}

impl RevocationSource for CrlStore {
    /// Revoked as soon as one usable list says so, also an outdated one: no revocation of JPKI is ever taken back.
    /// Good only from a usable list that was current at `at`.
    fn status(&self, certificate: &Certificate, issuer: &Authority, at: UnixTime) -> RevocationStatus {
        let usable =
            || self.covering(certificate, issuer).filter(|list| list.problem.is_none()).map(|list| &list.crl);
        for crl in usable() {
            // A list from later than `at` says nothing about entries that are later too.
            let entry = crl.entry(certificate.serial());
            if let Some(entry) = entry.filter(|entry| crl.this_update <= at || entry.at <= at) {
                return RevocationStatus::Revoked { at: entry.at, reason: entry.reason };
            }
        }
        match usable().filter(|crl| crl.this_update <= at).max_by_key(|crl| crl.this_update) {
            Some(crl) if at <= crl.next_update => RevocationStatus::Good { as_of: crl.this_update },
            Some(crl) => unknown(UnknownReason::Outdated { next_update: crl.next_update }),
            None => unknown(self.why_none(certificate, issuer)),
        }
    }
}

impl CrlStore {
    fn why_none(&self, certificate: &Certificate, issuer: &Authority) -> UnknownReason {
        let problem = self.covering(certificate, issuer).find_map(|list| list.problem);
        let later = self.covering(certificate, issuer).map(|list| list.crl.this_update).min();
        match (problem, later) {
            (Some(problem), _) => UnknownReason::List(problem),
            (None, Some(this_update)) => UnknownReason::FromLater { this_update },
            (None, None) => UnknownReason::NoList,
        }
    }
}

fn unknown(why: UnknownReason) -> RevocationStatus {
    RevocationStatus::Unknown { why }
}

#[cfg(test)]
mod tests;
