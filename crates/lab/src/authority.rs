//! A certification authority of the lab: a key, its certificate, and what it issues.

use std::fmt;

use der::{DateTime, Decode, Encode};
use rsa::pkcs8::{DecodePrivateKey, EncodePrivateKey};
use rsa::rand_core::{CryptoRngCore, OsRng};
use rsa::{RsaPrivateKey, RsaPublicKey};
use spki::SubjectPublicKeyInfoOwned;
use x509_cert::Certificate;
use x509_cert::certificate::TbsCertificate;
use x509_cert::name::Name;
use zeroize::Zeroizing;

use crate::certificate::{self, algorithm, sign};
use crate::{Deviations, IssueError, Purpose, Resident};

const KEY_BITS: usize = 2048;

/// One of the two authorities. `Debug` does not print its key.
#[derive(Clone)]
pub struct Authority {
    purpose: Purpose,
    key: RsaPrivateKey,
    certificate: Certificate,
}

/// A certificate with the key that it certifies. `Debug` does not print the key.
#[derive(Clone)]
pub struct Issued {
    /// The certificate in DER.
    pub certificate: Vec<u8>,
    /// The private key in PKCS #8 DER.
    pub key: Zeroizing<Vec<u8>>,
}

impl Authority {
    /// Founds an authority with a fresh key.
    ///
    /// # Errors
    /// [`IssueError`]: the system gave no randomness, or the year does not fit UTCTime (up to 2039).
    pub fn found(purpose: Purpose, founded: DateTime) -> Result<Self, IssueError> {
        Self::found_by(&mut OsRng, purpose, founded)
    }

    /// Like [`Self::found`], with a key and a serial number by other chance than the system's.
    ///
    /// # Errors
    /// As for [`Self::found`].
    pub fn found_by(
        chance: &mut dyn CryptoRngCore,
        purpose: Purpose,
        founded: DateTime,
    ) -> Result<Self, IssueError> {
        let key = RsaPrivateKey::new(chance, KEY_BITS)?;
        let tbs_certificate = certificate::authority(purpose, public_key_info(&key)?, founded, chance)?;
        let signature = sign(&key, &tbs_certificate)?;
        let certificate = Certificate { tbs_certificate, signature_algorithm: algorithm(), signature };
        Ok(Self { purpose, key, certificate })
    }

    /// An authority read back from its certificate and its key in PKCS #8, both DER.
    ///
    /// # Errors
    /// [`IssueError`] for bytes that are neither.
    pub fn restore(purpose: Purpose, certificate: &[u8], key: &[u8]) -> Result<Self, IssueError> {
        let key = RsaPrivateKey::from_pkcs8_der(key)?;
        Ok(Self { purpose, key, certificate: Certificate::from_der(certificate)? })
    }

    /// Issues a certificate for a fresh key of a resident, valid from `issued` to the fifth birthday after it.
    ///
    /// # Errors
    /// As for [`Self::found`].
    pub fn issue(&self, resident: &Resident, issued: DateTime) -> Result<Issued, IssueError> {
        self.issue_by(&mut OsRng, resident, issued, &Deviations::PROPER)
    }

    /// Like [`Self::issue`], by other chance than the system's and with deviations.
    ///
    /// # Errors
    /// As for [`Self::found`].
    pub fn issue_by(
        &self,
        chance: &mut dyn CryptoRngCore,
        resident: &Resident,
        issued: DateTime,
        deviations: &Deviations,
    ) -> Result<Issued, IssueError> {
        let key = RsaPrivateKey::new(chance, deviations.key_size.bits())?;
        let certificate = self.certify(chance, resident, public_key_info(&key)?, issued, deviations)?;
        Ok(Issued { certificate, key: pkcs8(&key)? })
    }

    /// A certificate for a key of a resident, in DER.
    pub(crate) fn certify(
        &self,
        chance: &mut dyn CryptoRngCore,
        resident: &Resident,
        key: SubjectPublicKeyInfoOwned,
        issued: DateTime,
        deviations: &Deviations,
    ) -> Result<Vec<u8>, IssueError> {
        let mut tbs_certificate = certificate::of_resident(self, resident, key, issued, chance)?;
        deviations.apply(&mut tbs_certificate)?;
        let signature = deviations.digest.sign(&self.key, &tbs_certificate)?;
        let signature_algorithm = deviations.digest.algorithm();
        Ok(Certificate { tbs_certificate, signature_algorithm, signature }.to_der()?)
    }

    /// Issues a certificate for a fresh key of a resident, valid from `issued` to `until`.
    ///
    /// # Errors
    /// As for [`Self::found`].
    pub fn issue_until(
        &self,
        resident: &Resident,
        issued: DateTime,
        until: DateTime,
    ) -> Result<Issued, IssueError> {
        let deviations = Deviations { until: Some(until), ..Deviations::PROPER };
        self.issue_by(&mut OsRng, resident, issued, &deviations)
    }

    /// The authority's own certificate and key, to be written down.
    ///
    /// # Errors
    /// [`IssueError`] if one of them has no encoding, which would be a mistake here.
    pub fn own(&self) -> Result<Issued, IssueError> {
        Ok(Issued { certificate: self.certificate.to_der()?, key: pkcs8(&self.key)? })
    }

    /// What it issues certificates for.
    #[must_use]
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }

    pub(crate) const fn subject(&self) -> &Name {
        &self.certificate.tbs_certificate.subject
    }

    pub(crate) const fn body(&self) -> &TbsCertificate {
        &self.certificate.tbs_certificate
    }

    pub(crate) const fn public_key_info(&self) -> &SubjectPublicKeyInfoOwned {
        &self.certificate.tbs_certificate.subject_public_key_info
    }

    pub(crate) const fn key(&self) -> &RsaPrivateKey {
        &self.key
    }
}

fn public_key_info(key: &RsaPrivateKey) -> Result<SubjectPublicKeyInfoOwned, IssueError> {
    Ok(SubjectPublicKeyInfoOwned::from_key(RsaPublicKey::from(key))?)
}

fn pkcs8(key: &RsaPrivateKey) -> Result<Zeroizing<Vec<u8>>, IssueError> {
    Ok(key.to_pkcs8_der()?.to_bytes())
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authority").field("purpose", &self.purpose).finish_non_exhaustive()
    }
}

impl fmt::Debug for Issued {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issued").field("certificate", &self.certificate.len()).finish_non_exhaustive()
    }
}
