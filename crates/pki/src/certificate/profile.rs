//! The three profiles: signature certificate, authentication certificate, authority.

use super::{BasicFourItems, Certificate, ProfileError};

/// A signature certificate (署名用電子証明書): it names its holder by the basic four items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningCertificate {
    certificate: Certificate,
    holder: BasicFourItems,
}

/// An authentication certificate (利用者証明用電子証明書): it says nothing about its holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthenticationCertificate {
    certificate: Certificate,
}

/// The certificate of an authority that can be a trust anchor: self-issued, for certificates and CRLs only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    certificate: Certificate,
    key_identifier: Vec<u8>,
}

/// keyUsage digitalSignature and nonRepudiation, as the one DER encoding of those bits.
const SIGNATURE_USAGE: &[u8] = b"\x03\x02\x06\xc0";
/// keyUsage digitalSignature.
const AUTHENTICATION_USAGE: &[u8] = b"\x03\x02\x07\x80";
/// keyUsage keyCertSign and cRLSign.
const AUTHORITY_USAGE: &[u8] = b"\x03\x02\x01\x06";
/// extKeyUsage with exactly clientAuth, 1.3.6.1.5.5.7.3.2.
const CLIENT_AUTH: &[u8] = b"\x30\x0a\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x02";
/// basicConstraints CA:TRUE without a path length.
const IS_AUTHORITY: &[u8] = b"\x30\x03\x01\x01\xff";

impl SigningCertificate {
    /// Parses a signature certificate in DER. Belonging to a world and a trusted path are checked by
    /// [`Anchors::issuer_of_signing`](crate::Anchors::issuer_of_signing).
    ///
    /// # Errors
    /// The first rule of the profile that does not hold.
    pub fn parse(der: &[u8]) -> Result<Self, ProfileError> {
        let certificate = Certificate::parse(der)?;
        check_usage(&certificate, SIGNATURE_USAGE, "signature")?;
        if certificate.extensions.extended_key_usage.is_some() {
            return Err(ProfileError::ForbiddenExtension("extKeyUsage"));
        }
        check_holders_extensions(&certificate)?;
        let holder = certificate.extensions.other_names.basic_four_items()?;
        Ok(Self { certificate, holder })
    }

    /// What it shares with every certificate.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Name, address, date of birth and sex as the certificate states them.
    pub fn holder(&self) -> &BasicFourItems {
        &self.holder
    }
}

impl AuthenticationCertificate {
    /// Parses an authentication certificate in DER.
    ///
    /// # Errors
    /// The first rule of the profile that does not hold.
    pub fn parse(der: &[u8]) -> Result<Self, ProfileError> {
        let certificate = Certificate::parse(der)?;
        check_usage(&certificate, AUTHENTICATION_USAGE, "authentication")?;
        if certificate.extensions.extended_key_usage.as_deref() != Some(CLIENT_AUTH) {
            return Err(ProfileError::ExtendedKeyUsage);
        }
        if !certificate.extensions.other_names.is_empty() {
            return Err(ProfileError::ForbiddenExtension("subjectAltName"));
        }
        check_holders_extensions(&certificate)?;
        Ok(Self { certificate })
    }

    /// What it shares with every certificate.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }
}

impl Authority {
    /// Parses an authority's certificate in DER. Trust is not in the bytes: it comes from [`Anchors`](crate::Anchors).
    ///
    /// # Errors
    /// The first rule of the profile that does not hold.
    pub fn parse(der: &[u8]) -> Result<Self, ProfileError> {
        let certificate = Certificate::parse(der)?;
        check_usage(&certificate, AUTHORITY_USAGE, "authority")?;
        if certificate.extensions.basic_constraints.as_deref() != Some(IS_AUTHORITY) {
            return Err(ProfileError::BasicConstraints);
        }
        if certificate.issuer != certificate.subject {
            return Err(ProfileError::NotSelfIssued);
        }
        let identifier = certificate.extensions.subject_key_identifier.clone();
        let key_identifier = identifier.ok_or(ProfileError::MissingExtension("subjectKeyIdentifier"))?;
        Ok(Self { certificate, key_identifier })
    }

    /// What it shares with every certificate.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The identifier of its key. Generations of one authority share a name and differ here.
    pub fn key_identifier(&self) -> &[u8] {
        &self.key_identifier
    }
}

fn check_usage(certificate: &Certificate, usage: &[u8], name: &'static str) -> Result<(), ProfileError> {
    match certificate.extensions.key_usage.as_deref() {
        None => Err(ProfileError::MissingExtension("keyUsage")),
        Some(found) if found == usage => Ok(()),
        Some(_) => Err(ProfileError::KeyUsage(name)),
    }
}

fn check_holders_extensions(certificate: &Certificate) -> Result<(), ProfileError> {
    let extensions = &certificate.extensions;
    let required = [
        ("certificatePolicies", extensions.policy.is_some()),
        ("cRLDistributionPoints", extensions.distribution_point.is_some()),
        ("authorityKeyIdentifier", extensions.authority.is_some()),
        ("subjectKeyIdentifier", extensions.subject_key_identifier.is_some()),
    ];
    if let Some((name, _)) = required.into_iter().find(|(_, present)| !present) {
        return Err(ProfileError::MissingExtension(name));
    }
    if extensions.basic_constraints.is_some() {
        return Err(ProfileError::ForbiddenExtension("basicConstraints"));
    }
    Ok(())
}
