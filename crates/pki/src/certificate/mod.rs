//! Certificates of the JPKI profile, parsed strictly into what the rest of the crate needs.
//!
//! The encoding is checked to be DER all the way down, every element is read, nothing may follow, and every rule of the
//! profile that is not optional is enforced.

mod algorithms;
mod authority_name;
mod error;
mod extensions;
mod holder;
mod names;
mod profile;
mod structure;

#[cfg(test)]
pub(crate) use algorithms::SHA256_WITH_RSA;
pub use algorithms::signature_algorithm_name;
pub(crate) use algorithms::{check_key, known_algorithm};
pub(crate) use authority_name::NamedAuthority;
pub use error::ProfileError;
pub use holder::{BasicFourItems, BirthDate, Era, HolderError, Sex};
pub(crate) use names::read_name;
pub use profile::{AuthenticationCertificate, Authority, SigningCertificate};

use crate::der::{self, Element, Tag};
use crate::time::UnixTime;
use crate::verifier::{Algorithm, SignatureMismatch, SignatureVerifier};
use extensions::Extensions;
use names::single_attributes;
use sha2::{Digest, Sha256};

/// What every certificate of the profile has, whatever it was issued for. Owns its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    signed: Vec<u8>,
    signature: Vec<u8>,
    algorithm: Algorithm,
    serial: Vec<u8>,
    issuer: Vec<u8>,
    issuer_organization: String,
    subject: Vec<u8>,
    public_key: Vec<u8>,
    not_before: UnixTime,
    not_after: UnixTime,
    extensions: Extensions,
}

/// The longest serial number (RFC 5280 §4.1.2.2).
const MAX_SERIAL_OCTETS: usize = 20;
/// id-at-organizationName, 2.5.4.10.
const ORGANIZATION: &[u8] = b"\x55\x04\x0a";
/// The first second that UTCTime cannot hold, 2050-01-01T00:00:00Z.
const AFTER_UTC_TIME: UnixTime = UnixTime::from_seconds(2_524_608_000);

impl Certificate {
    /// Reads the parts common to all profiles; the profile's own extensions are left to its constructor.
    fn parse(input: &[u8]) -> Result<Self, ProfileError> {
        let (outer, inner) = structure::read(input)?;
        check_key(inner.key)?;
        let (not_before, not_after) = validity(inner.validity)?;
        let serial = serial(outer.serial)?;
        let issuer_organization = organization(&inner.issuer)?;
        single_attributes(&inner.subject)?;
        Ok(Self {
            der: input.to_vec(),
            signed: outer.signed.to_vec(),
            signature: outer.signature.to_vec(),
            algorithm: outer.algorithm,
            serial,
            issuer: inner.issuer.raw().to_vec(),
            issuer_organization,
            subject: inner.subject.raw().to_vec(),
            public_key: inner.key.to_vec(),
            not_before,
            not_after,
            extensions: Extensions::read(inner.extensions)?,
        })
    }

    /// The whole certificate as it was given.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// SHA-256 of the whole certificate.
    pub fn fingerprint(&self) -> [u8; 32] {
        Sha256::digest(&self.der).into()
    }

    /// The serial number as content octets of an INTEGER: 1 to 20 octets. It changes at every re-issue.
    pub fn serial(&self) -> &[u8] {
        &self.serial
    }

    /// The serial number in lower-case hexadecimal, two digits an octet.
    pub fn serial_hex(&self) -> String {
        hex(&self.serial)
    }

    /// The issuer's Name in DER.
    pub fn issuer(&self) -> &[u8] {
        &self.issuer
    }

    /// The one organization (O) in the issuer's name. It tells the world.
    pub fn issuer_organization(&self) -> &str {
        &self.issuer_organization
    }

    /// The subject's Name in DER. The common name inside is opaque: nothing is read from it.
    pub fn subject(&self) -> &[u8] {
        &self.subject
    }

    /// The public key as DER SubjectPublicKeyInfo.
    pub fn public_key(&self) -> &[u8] {
        &self.public_key
    }

    /// The algorithm of the certificate's own signature.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The first second at which it is valid.
    pub fn not_before(&self) -> UnixTime {
        self.not_before
    }

    /// The last second at which it is valid.
    pub fn not_after(&self) -> UnixTime {
        self.not_after
    }

    /// The policy's object identifier in dotted form; none on an authority's certificate.
    pub fn policy(&self) -> Option<String> {
        self.extensions.policy.as_deref().map(der::oid_to_string)
    }

    /// The DistributionPointName of the CRL that answers for this certificate, as it is encoded.
    pub fn crl_distribution_point(&self) -> Option<&[u8]> {
        self.extensions.distribution_point.as_deref()
    }

    /// The key identifier of this certificate's own key.
    pub fn subject_key_identifier(&self) -> Option<&[u8]> {
        self.extensions.subject_key_identifier.as_deref()
    }

    /// The key identifier of the key that signed it.
    pub fn authority_key_identifier(&self) -> Option<&[u8]> {
        self.extensions.authority.as_ref().map(|authority| authority.key_identifier.as_slice())
    }

    /// Whether `authority` is the certificate that this one names by issuer and serial number, if it names one
    /// (RFC 5280 §4.2.1.1).
    pub(crate) fn names_certificate(&self, authority: &Certificate) -> bool {
        self.extensions.authority.as_ref().is_none_or(|named| named.may_be(authority))
    }

    pub(crate) fn policy_octets(&self) -> Option<&[u8]> {
        self.extensions.policy.as_deref()
    }

    /// Whether `authority`'s key made this certificate's signature.
    pub(crate) fn is_signed_by(
        &self,
        authority: &Certificate,
        verifier: &dyn SignatureVerifier,
    ) -> Result<(), SignatureMismatch> {
        verifier.verify(self.algorithm, &authority.public_key, &self.signed, &self.signature)
    }
}

fn serial(content: &[u8]) -> Result<Vec<u8>, ProfileError> {
    let positive =
        content.iter().any(|octet| *octet != 0) && content.first().is_some_and(|first| first & 0x80 == 0);
    if positive && content.len() <= MAX_SERIAL_OCTETS {
        Ok(content.to_vec())
    } else {
        Err(ProfileError::Serial)
    }
}

fn validity([first, last]: [Element<'_>; 2]) -> Result<(UnixTime, UnixTime), ProfileError> {
    let (first, last) = (time(&first)?, time(&last)?);
    if first > last { Err(ProfileError::ValidityReversed) } else { Ok((first, last)) }
}

/// RFC 5280 §4.1.2.5: UTCTime through 2049, GeneralizedTime after.
fn time(element: &Element<'_>) -> Result<UnixTime, ProfileError> {
    let read = match element.tag() {
        Tag::GENERALIZED_TIME => {
            UnixTime::from_generalized_time(element.content()).ok().filter(|time| *time >= AFTER_UTC_TIME)
        }
        _ => UnixTime::from_utc_time(element.content()).ok(),
    };
    read.ok_or(ProfileError::TimeForm)
}

/// The text of the one organization in a name, whose attributes are each alone in their RDN.
fn organization(name: &Element<'_>) -> Result<String, ProfileError> {
    let attributes = single_attributes(name)?;
    let mut organizations = attributes.iter().filter(|attribute| attribute.oid == ORGANIZATION);
    let first = organizations.next().and_then(|first| std::str::from_utf8(first.text).ok());
    match (first, organizations.next()) {
        (Some(organization), None) => Ok(organization.to_owned()),
        _ => Err(ProfileError::Organization),
    }
}

pub(crate) fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

#[cfg(test)]
mod tests;
