//! The extensions of each kind of certificate, in the order in which the real ones carry them.

use der::asn1::{Ia5String, ObjectIdentifier, OctetString};
use der::flagset::FlagSet;
use der::{Any, Encode, Tag};
use sha1::{Digest, Sha1};
use spki::SubjectPublicKeyInfoOwned;
use x509_cert::certificate::TbsCertificate;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::crl::dp::DistributionPoint;
use x509_cert::ext::pkix::name::{DistributionPointName, GeneralName, OtherName};
use x509_cert::ext::pkix::{
    AccessDescription, AuthorityKeyIdentifier, BasicConstraints, KeyUsage, KeyUsages,
};
use x509_cert::name::Name;

use crate::policy::certificate_policies;
use crate::{Authority, Purpose, Resident, name};

const KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.15");
pub(super) const SUBJECT_ALT_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.17");
const ISSUER_ALT_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.18");
pub(super) const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
const CRL_DISTRIBUTION_POINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.31");
const CERTIFICATE_POLICIES: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.32");
pub(super) const AUTHORITY_KEY_IDENTIFIER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.35");
const EXTENDED_KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37");
const SUBJECT_KEY_IDENTIFIER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.14");
const AUTHORITY_INFO_ACCESS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.1.1");
const CLIENT_AUTHENTICATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.2");
const OCSP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1");
const OCSP_ADDRESS: &str = "http://ocsp.lab.shomei.invalid";

pub(super) fn of_authority(
    purpose: Purpose,
    own: &Name,
    key: &SubjectPublicKeyInfoOwned,
) -> der::Result<Vec<Extension>> {
    let japanese = vec![GeneralName::DirectoryName(name::authority_in_japanese(purpose)?)];
    let constraints = BasicConstraints { ca: true, path_len_constraint: None };
    Ok(vec![
        key_usage(KeyUsages::KeyCertSign | KeyUsages::CRLSign)?,
        extension(SUBJECT_ALT_NAME, false, &japanese)?,
        extension(BASIC_CONSTRAINTS, true, &constraints)?,
        distribution_points(own.clone())?,
        subject_key_identifier(key)?,
    ])
}

pub(super) fn of_signature(
    authority: &Authority,
    resident: &Resident,
    key: &SubjectPublicKeyInfoOwned,
) -> der::Result<Vec<Extension>> {
    Ok(vec![
        key_usage(KeyUsages::DigitalSignature | KeyUsages::NonRepudiation)?,
        extension(SUBJECT_ALT_NAME, false, &basic_four_items(resident)?)?,
        policies(authority.purpose())?,
        issuer_alternative_name(authority.purpose())?,
        distribution_points(name::distribution_point(authority.purpose(), resident.municipality)?)?,
        authority_key_identifier(authority)?,
        subject_key_identifier(key)?,
    ])
}

pub(super) fn of_authentication(
    authority: &Authority,
    resident: &Resident,
    key: &SubjectPublicKeyInfoOwned,
) -> der::Result<Vec<Extension>> {
    Ok(vec![
        key_usage(KeyUsages::DigitalSignature)?,
        extension(EXTENDED_KEY_USAGE, false, &vec![CLIENT_AUTHENTICATION])?,
        policies(authority.purpose())?,
        issuer_alternative_name(authority.purpose())?,
        distribution_points(name::distribution_point(authority.purpose(), resident.municipality)?)?,
        authority_info_access()?,
        authority_key_identifier(authority)?,
        subject_key_identifier(key)?,
    ])
}

pub(crate) fn extension(
    extn_id: ObjectIdentifier,
    critical: bool,
    value: &impl Encode,
) -> der::Result<Extension> {
    Ok(Extension { extn_id, critical, extn_value: OctetString::new(value.to_der()?)? })
}

/// The holder as other names, in the order of the real certificates: name, date of birth, sex, address, then the
/// substitute flags of name and address.
fn basic_four_items(resident: &Resident) -> der::Result<Vec<GeneralName>> {
    let birth = resident.birth.with_era();
    [
        (ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.5.1"), resident.name.as_str()),
        (ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.5.4"), birth.as_str()),
        (ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.5.3"), resident.sex.code()),
        (ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.5.5"), resident.address.as_str()),
        (ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.5.2"), resident.name_substitutes.as_str()),
        (ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.5.6"), resident.address_substitutes.as_str()),
    ]
    .into_iter()
    .map(|(type_id, text)| {
        let value = Any::new(Tag::Utf8String, text.as_bytes())?;
        Ok(GeneralName::OtherName(OtherName { type_id, value }))
    })
    .collect()
}

fn key_usage(usages: impl Into<FlagSet<KeyUsages>>) -> der::Result<Extension> {
    extension(KEY_USAGE, true, &KeyUsage(usages.into()))
}

fn policies(purpose: Purpose) -> der::Result<Extension> {
    extension(CERTIFICATE_POLICIES, true, &certificate_policies(purpose)?)
}

fn issuer_alternative_name(purpose: Purpose) -> der::Result<Extension> {
    let japanese = vec![GeneralName::DirectoryName(name::authority_in_japanese(purpose)?)];
    extension(ISSUER_ALT_NAME, false, &japanese)
}

fn distribution_points(at: Name) -> der::Result<Extension> {
    let point = DistributionPoint {
        distribution_point: Some(distribution_point_name(at)),
        reasons: None,
        crl_issuer: None,
    };
    extension(CRL_DISTRIBUTION_POINTS, false, &vec![point])
}

/// A full name of one directory name: a certificate and the list that covers it must agree on these bytes.
pub(crate) fn distribution_point_name(at: Name) -> DistributionPointName {
    DistributionPointName::FullName(vec![GeneralName::DirectoryName(at)])
}

fn authority_info_access() -> der::Result<Extension> {
    let access_location = GeneralName::UniformResourceIdentifier(Ia5String::new(OCSP_ADDRESS)?);
    extension(AUTHORITY_INFO_ACCESS, false, &vec![AccessDescription { access_method: OCSP, access_location }])
}

/// Names the authority three ways: by its key, by its issuer (itself) and by its serial number.
pub(crate) fn authority_key_identifier(authority: &Authority) -> der::Result<Extension> {
    identifier_of_authority(authority.body())
}

/// The same, from the authority's certificate.
pub(super) fn identifier_of_authority(authority: &TbsCertificate) -> der::Result<Extension> {
    let identifier = AuthorityKeyIdentifier {
        key_identifier: Some(key_identifier(&authority.subject_public_key_info)?),
        authority_cert_issuer: Some(vec![GeneralName::DirectoryName(authority.subject.clone())]),
        authority_cert_serial_number: Some(authority.serial_number.clone()),
    };
    extension(AUTHORITY_KEY_IDENTIFIER, false, &identifier)
}

fn subject_key_identifier(key: &SubjectPublicKeyInfoOwned) -> der::Result<Extension> {
    extension(SUBJECT_KEY_IDENTIFIER, false, &key_identifier(key)?)
}

/// SHA-1 of the key's bits (RFC 5280 §4.2.1.2, method 1).
fn key_identifier(key: &SubjectPublicKeyInfoOwned) -> der::Result<OctetString> {
    OctetString::new(Sha1::digest(key.subject_public_key.raw_bytes()).as_slice())
}
