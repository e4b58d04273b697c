//! The certificate of a responder that answers in an authority's place (RFC 6960 §4.2.2.2).

use super::error::{OcspError, OcspViolation, fault};
use super::judge::OcspProblem;
use super::read::{certificate_time, extensions};
use crate::certificate::{Authority, check_key, known_algorithm};
use crate::der::{DerError, Element, Reader, Tag};
use crate::extension::{Extension, der_inside, sequence_inside};
use crate::time::UnixTime;
use crate::verifier::{Algorithm, SignatureVerifier};

/// What counts of a certificate that came with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ResponderCertificate {
    pub(super) der: Vec<u8>,
    signed: Vec<u8>,
    algorithm: Option<Algorithm>,
    signature: Vec<u8>,
    issuer: Vec<u8>,
    pub(super) subject: Vec<u8>,
    pub(super) public_key: Vec<u8>,
    not_before: UnixTime,
    not_after: UnixTime,
    rights: Rights,
}

/// What the extensions allow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Rights {
    /// keyUsage has digitalSignature.
    signs: bool,
    /// extKeyUsage has id-kp-OCSPSigning.
    answers: bool,
    /// id-pkix-ocsp-nocheck is there: nobody needs to ask about this certificate in turn.
    unchecked: bool,
    /// basicConstraints make it an authority.
    authority: bool,
    /// A critical extension is not known here.
    unknown_critical: bool,
}

const KEY_USAGE: &[u8] = b"\x55\x1d\x0f";
const BASIC_CONSTRAINTS: &[u8] = b"\x55\x1d\x13";
const CERTIFICATE_POLICIES: &[u8] = b"\x55\x1d\x20";
const EXTENDED_KEY_USAGE: &[u8] = b"\x55\x1d\x25";
/// id-pkix-ocsp-nocheck, 1.3.6.1.5.5.7.48.1.5 (RFC 6960 §4.2.2.2.1).
const NO_CHECK: &[u8] = b"\x2b\x06\x01\x05\x05\x07\x30\x01\x05";
/// id-kp-OCSPSigning, 1.3.6.1.5.5.7.3.9 (RFC 6960 §4.2.2.2).
const OCSP_SIGNING: &[u8] = b"\x2b\x06\x01\x05\x05\x07\x03\x09";

impl ResponderCertificate {
    /// Reads one Certificate of version 3 (RFC 5280 §4.1). The caller has checked the encoding.
    pub(super) fn read(certificate: &Element<'_>) -> Result<Self, OcspError> {
        let mut outer = certificate.children();
        let signed = outer.expect(Tag::SEQUENCE)?;
        let outside = outer.expect(Tag::SEQUENCE)?;
        let signature = outer.expect(Tag::BIT_STRING)?.bit_string_octets()?.remaining();
        outer.finish()?;
        let mut inside = signed.children();
        read_version(&inside.expect(Tag::context(0))?)?;
        inside.expect(Tag::INTEGER)?;
        let algorithm = inside.expect(Tag::SEQUENCE)?;
        let same = algorithm.raw() == outside.raw();
        let issuer = inside.expect(Tag::SEQUENCE)?;
        let (not_before, not_after) = read_validity(&inside.expect(Tag::SEQUENCE)?)?;
        let subject = inside.expect(Tag::SEQUENCE)?;
        let public_key = inside.expect(Tag::SEQUENCE)?;
        let list = inside.optional(Tag::context(3))?;
        inside.finish()?;
        Ok(Self {
            der: certificate.raw().to_vec(),
            signed: signed.raw().to_vec(),
            algorithm: known_algorithm(algorithm.raw()).ok().filter(|_| same),
            signature: signature.to_vec(),
            issuer: issuer.raw().to_vec(),
            subject: subject.raw().to_vec(),
            public_key: public_key.raw().to_vec(),
            not_before,
            not_after,
            rights: list.map(|list| Rights::read(&list)).transpose()?.unwrap_or_default(),
        })
    }

    /// Whether `issuer`'s key appointed it to answer, and it may do so at `at`.
    pub(super) fn check(
        &self,
        issuer: &Authority,
        at: UnixTime,
        verifier: &dyn SignatureVerifier,
    ) -> Result<(), OcspProblem> {
        let authority = issuer.certificate();
        let issued = self.algorithm.filter(|_| self.issuer == authority.subject()).is_some_and(|algorithm| {
            verifier.verify(algorithm, authority.public_key(), &self.signed, &self.signature).is_ok()
        });
        let rights = &self.rights;
        let rules = [
            (issued, OcspProblem::ResponderIssuer),
            (self.not_before <= at && at <= self.not_after, OcspProblem::ResponderValidity),
            (rights.answers, OcspProblem::ResponderPurpose),
            (rights.signs, OcspProblem::ResponderKeyUsage),
            (!rights.authority && !rights.unknown_critical, OcspProblem::ResponderProfile),
            (check_key(&self.public_key).is_ok(), OcspProblem::ResponderKey),
            // Without it, somebody would have to ask about the responder, and again about who answers that.
            (rights.unchecked, OcspProblem::ResponderUnchecked),
        ];
        match rules.into_iter().find(|(holds, _)| !holds) {
            Some((_, problem)) => Err(problem),
            None => Ok(()),
        }
    }
}

impl Rights {
    fn read(wrapped: &Element<'_>) -> Result<Self, OcspError> {
        let mut rights = Self::default();
        for extension in extensions(wrapped)? {
            rights.take(&extension)?;
        }
        Ok(rights)
    }

    fn take(&mut self, extension: &Extension<'_>) -> Result<(), DerError> {
        match extension.oid.content() {
            KEY_USAGE => self.signs = has_digital_signature(&der_inside(&extension.value)?),
            EXTENDED_KEY_USAGE => self.answers = names_ocsp_signing(sequence_inside(&extension.value)?)?,
            BASIC_CONSTRAINTS => {
                self.authority = sequence_inside(&extension.value)?.optional(Tag::BOOLEAN)?.is_some();
            }
            NO_CHECK => self.unchecked = der_inside(&extension.value)?.tag() == Tag::NULL,
            CERTIFICATE_POLICIES => {}
            _ => self.unknown_critical |= extension.critical,
        }
        Ok(())
    }
}

/// The first bit of keyUsage (RFC 5280 §4.2.1.3).
fn has_digital_signature(usage: &Element<'_>) -> bool {
    usage.tag() == Tag::BIT_STRING && matches!(usage.content(), [_, first, ..] if first & 0x80 != 0)
}

/// anyExtendedKeyUsage does not count: the responder must be appointed by name (RFC 6960 §4.2.2.2).
fn names_ocsp_signing(mut purposes: Reader<'_>) -> Result<bool, DerError> {
    let mut found = false;
    while !purposes.is_empty() {
        found |= purposes.expect(Tag::OID)?.content() == OCSP_SIGNING;
    }
    Ok(found)
}

fn read_version(wrapped: &Element<'_>) -> Result<(), OcspError> {
    let mut inside = wrapped.children();
    let version = inside.expect(Tag::INTEGER)?;
    inside.finish()?;
    if version.content() == [2] { Ok(()) } else { Err(fault(&version, OcspViolation::Version)) }
}

fn read_validity(validity: &Element<'_>) -> Result<(UnixTime, UnixTime), OcspError> {
    let mut parts = validity.children();
    let times = (certificate_time(&parts.read()?)?, certificate_time(&parts.read()?)?);
    parts.finish()?;
    Ok(times)
}
