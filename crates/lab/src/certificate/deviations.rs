//! Certificates that an authority should not have issued: what reads certificates must be shown bad ones.

use der::asn1::{ObjectIdentifier, OctetString};
use der::{Any, DateTime, Decode, Encode, Tag};
use x509_cert::certificate::TbsCertificate;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::BasicConstraints;
use x509_cert::ext::pkix::name::{GeneralName, OtherName};

use super::extensions::{BASIC_CONSTRAINTS, SUBJECT_ALT_NAME};
use super::{Digest, IssueError, extension, utc};

/// In what a certificate departs from its profile. That it is issued in the past or in the future
/// is chosen by the instant of issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deviations {
    /// notAfter, in place of the fifth birthday.
    pub until: Option<DateTime>,
    /// basicConstraints says that the holder is an authority.
    pub authority: bool,
    /// The hash under the authority's signature.
    pub digest: Digest,
    /// The size of the holder's key.
    pub key_size: KeySize,
    /// Additions to the holder's other names. Only signature certificates have any.
    pub other_names: OtherNames,
}

/// Bits of the modulus of a holder's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeySize {
    /// As in the profile.
    Bits2048,
    /// Too short since 2013. No card holds it.
    Bits1024,
}

/// What the holder's subjectAltName has more than the six attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherNames {
    /// Nothing.
    AsStated,
    /// One attribute a second time, with another text.
    Twice(Attribute),
    /// An attribute that nobody knows, with this many octets of text.
    Filled(u16),
}

/// One of the attributes under 1.2.392.200149.8.5.5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// .1: 氏名
    Name,
    /// .5: 住所
    Address,
}

/// One that the public service has not assigned.
const UNKNOWN_ATTRIBUTE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.5.99");

impl KeySize {
    pub(crate) const fn bits(self) -> usize {
        match self {
            Self::Bits2048 => 2048,
            Self::Bits1024 => 1024,
        }
    }
}

impl Attribute {
    const fn oid(self) -> ObjectIdentifier {
        match self {
            Self::Name => ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.5.1"),
            Self::Address => ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.5.5"),
        }
    }
}

impl Deviations {
    /// None.
    pub const PROPER: Self = Self {
        until: None,
        authority: false,
        digest: Digest::Sha256,
        key_size: KeySize::Bits2048,
        other_names: OtherNames::AsStated,
    };

    /// Changes what is to be signed, all but the key.
    pub(crate) fn apply(&self, certificate: &mut TbsCertificate) -> Result<(), IssueError> {
        certificate.signature = self.digest.algorithm();
        if let Some(until) = self.until {
            certificate.validity.not_after = utc(until)?;
        }
        let extensions = certificate.extensions.get_or_insert_default();
        if self.authority {
            let constraints = BasicConstraints { ca: true, path_len_constraint: None };
            extensions.push(extension(BASIC_CONSTRAINTS, true, &constraints)?);
        }
        let names = extensions.iter_mut().filter(|extension| extension.extn_id == SUBJECT_ALT_NAME);
        names.into_iter().try_for_each(|names| self.other_names.add_to(names))
    }
}

impl OtherNames {
    fn add_to(self, extension: &mut Extension) -> Result<(), IssueError> {
        let (type_id, text) = match self {
            Self::AsStated => return Ok(()),
            Self::Twice(attribute) => (attribute.oid(), "二重".to_owned()),
            Self::Filled(octets) => (UNKNOWN_ATTRIBUTE, "0".repeat(usize::from(octets))),
        };
        let mut names = Vec::<GeneralName>::from_der(extension.extn_value.as_bytes())?;
        let value = Any::new(Tag::Utf8String, text.as_bytes())?;
        names.push(GeneralName::OtherName(OtherName { type_id, value }));
        extension.extn_value = OctetString::new(names.to_der()?)?;
        Ok(())
    }
}
