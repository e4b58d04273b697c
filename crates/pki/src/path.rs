//! The path from a holder's certificate to an anchor: two certificates, checked in both directions.

use crate::anchors::Anchors;
use crate::certificate::{AuthenticationCertificate, Authority, Certificate, SigningCertificate};
use crate::der::oid_to_string;
use crate::time::UnixTime;
use crate::verifier::SignatureVerifier;
use crate::world::{Purpose, World};

/// Why a certificate does not lead to an anchor.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// The issuer belongs to another world.
    #[error("issued by `{organization}`, which is not the world {world}")]
    OtherWorld {
        /// The organization in the issuer's name.
        organization: String,
        /// The world of this process.
        world: World,
    },
    /// No anchor of the purpose has the key that the certificate names.
    #[error("no anchor has the key identifier that the certificate names")]
    NoAnchor,
    /// The anchor has the key identifier but another name than the certificate's issuer.
    #[error("the anchor with that key identifier has another name")]
    IssuerName,
    /// The certificate names its authority's certificate by another issuer or serial number than the anchor's.
    #[error("the certificate names another certificate of its authority than the anchor")]
    AuthorityCertificate,
    /// The anchor's key did not make the certificate's signature.
    #[error("the certificate was not signed by the anchor's key")]
    Signature,
    /// The policy is not that of this world and purpose.
    #[error("the certificate policy {found} is not the one of a {purpose} certificate in the world {world}")]
    Policy {
        /// The policy found, dotted.
        found: String,
        /// What the certificate was needed for.
        purpose: Purpose,
        /// The world of this process.
        world: World,
    },
}

/// Why a certificate or its authority is not valid at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ValidityError {
    /// The certificate's validity has not begun.
    #[error("the certificate is valid only from {0}")]
    NotYet(UnixTime),
    /// The certificate's validity has ended.
    #[error("the certificate expired at {0}")]
    Expired(UnixTime),
    /// The authority's validity has not begun.
    #[error("the authority's certificate is valid only from {0}")]
    AuthorityNotYet(UnixTime),
    /// The authority's validity has ended.
    #[error("the authority's certificate expired at {0}")]
    AuthorityExpired(UnixTime),
}

impl Anchors {
    /// The anchor that issued a signature certificate: chosen by key identifier, held to name, signature and policy.
    /// Time is not looked at; see [`Certificate::check_validity`].
    ///
    /// # Errors
    /// The first reason why there is none.
    pub fn issuer_of_signing(
        &self,
        certificate: &SigningCertificate,
        verifier: &dyn SignatureVerifier,
    ) -> Result<&Authority, PathError> {
        self.issuer_of(certificate.certificate(), Purpose::Signature, verifier)
    }

    /// The anchor that issued an authentication certificate, likewise.
    ///
    /// # Errors
    /// The first reason why there is none.
    pub fn issuer_of_authentication(
        &self,
        certificate: &AuthenticationCertificate,
        verifier: &dyn SignatureVerifier,
    ) -> Result<&Authority, PathError> {
        self.issuer_of(certificate.certificate(), Purpose::Authentication, verifier)
    }

    fn issuer_of(
        &self,
        certificate: &Certificate,
        purpose: Purpose,
        verifier: &dyn SignatureVerifier,
    ) -> Result<&Authority, PathError> {
        let world = self.world();
        if certificate.issuer_organization() != world.organization() {
            let organization = certificate.issuer_organization().to_owned();
            return Err(PathError::OtherWorld { organization, world });
        }
        let named = certificate.authority_key_identifier();
        let mut authorities = self.authorities(purpose).iter();
        let authority =
            authorities.find(|one| Some(one.key_identifier()) == named).ok_or(PathError::NoAnchor)?;
        if authority.certificate().subject() != certificate.issuer() {
            return Err(PathError::IssuerName);
        }
        certificate.is_signed_by(authority.certificate(), verifier).map_err(|_| PathError::Signature)?;
        if !certificate.names_certificate(authority.certificate()) {
            return Err(PathError::AuthorityCertificate);
        }
        if certificate.policy_octets() != Some(world.policy(purpose)) {
            let found = certificate.policy_octets().map(oid_to_string).unwrap_or_default();
            return Err(PathError::Policy { found, purpose, world });
        }
        Ok(authority)
    }
}

impl Certificate {
    /// Checks that the certificate and `authority` are both valid at `at`; both ends of a validity are included.
    ///
    /// # Errors
    /// The certificate's own reason first, then the authority's.
    pub fn check_validity(&self, authority: Option<&Authority>, at: UnixTime) -> Result<(), ValidityError> {
        if at < self.not_before() {
            return Err(ValidityError::NotYet(self.not_before()));
        }
        if at > self.not_after() {
            return Err(ValidityError::Expired(self.not_after()));
        }
        let Some(authority) = authority.map(Authority::certificate) else {
            return Ok(());
        };
        if at < authority.not_before() {
            return Err(ValidityError::AuthorityNotYet(authority.not_before()));
        }
        if at > authority.not_after() {
            return Err(ValidityError::AuthorityExpired(authority.not_after()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
