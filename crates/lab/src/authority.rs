//! A certification authority of the lab: a key, its certificate, and what it issues.

use std::fmt;

use der::{DateTime, Decode, Encode};
use rsa::pkcs8::{DecodePrivateKey, EncodePrivateKey};
use rsa::rand_core::OsRng;
use rsa::{RsaPrivateKey, RsaPublicKey};
use spki::SubjectPublicKeyInfoOwned;
use x509_cert::Certificate;
use x509_cert::certificate::TbsCertificate;
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use zeroize::Zeroizing;

use crate::certificate::{self, algorithm, sign};
use crate::{IssueError, Purpose, Resident};

const KEY_BITS: usize = 2048;

/// One of the two authorities. `Debug` does not print its key.
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
        let key = RsaPrivateKey::new(&mut OsRng, KEY_BITS)?;
        let certificate = certificate::authority(purpose, &RsaPublicKey::from(&key), founded)?;
        let certificate = complete(certificate, &key)?;
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
        let key = RsaPrivateKey::new(&mut OsRng, KEY_BITS)?;
        let certificate = certificate::of_resident(self, resident, &RsaPublicKey::from(&key), issued)?;
        Ok(Issued { certificate: complete(certificate, &self.key)?.to_der()?, key: pkcs8(&key)? })
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

    pub(crate) const fn serial_number(&self) -> &SerialNumber {
        &self.certificate.tbs_certificate.serial_number
    }

    pub(crate) const fn public_key_info(&self) -> &SubjectPublicKeyInfoOwned {
        &self.certificate.tbs_certificate.subject_public_key_info
    }

    pub(crate) const fn key(&self) -> &RsaPrivateKey {
        &self.key
    }
}

fn complete(tbs_certificate: TbsCertificate, key: &RsaPrivateKey) -> Result<Certificate, IssueError> {
    let signature = sign(key, &tbs_certificate)?;
    Ok(Certificate { tbs_certificate, signature_algorithm: algorithm(), signature })
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
