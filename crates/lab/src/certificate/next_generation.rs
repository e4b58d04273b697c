//! Certificates as the next My Number Card is said to carry them: ECDSA on P-384 with SHA-384 (RFC 5758 §3.2).

use std::fmt;

use der::asn1::{BitString, ObjectIdentifier};
use der::{DateTime, Encode};
use p384::SecretKey;
use p384::ecdsa::signature::Signer;
use p384::ecdsa::{DerSignature, SigningKey};
use rsa::pkcs8::EncodePrivateKey;
use rsa::rand_core::CryptoRngCore;
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use x509_cert::Certificate;
use x509_cert::certificate::TbsCertificate;
use x509_cert::ext::Extension;

use super::extensions::{AUTHORITY_KEY_IDENTIFIER, identifier_of_authority};
use crate::{Authority, IssueError, Issued, Resident, certificate};

/// An authority with a key on P-384 that has the name of today's. `Debug` does not print the key.
pub struct NextGeneration {
    key: SecretKey,
    certificate: Certificate,
}

impl NextGeneration {
    /// Founds the successor of an authority.
    ///
    /// # Errors
    /// [`IssueError`]: the year does not fit UTCTime (up to 2039).
    pub fn found_by(
        chance: &mut dyn CryptoRngCore,
        today: &Authority,
        founded: DateTime,
    ) -> Result<Self, IssueError> {
        let key = secret_key(chance);
        let body = certificate::authority(today.purpose(), public_key_info(&key)?, founded, chance)?;
        Ok(Self { certificate: complete(body, &key)?, key })
    }

    /// Issues what `today`, of which this is the successor, would issue, for a fresh key on P-384.
    ///
    /// # Errors
    /// As for [`Self::found_by`].
    pub fn issue_by(
        &self,
        chance: &mut dyn CryptoRngCore,
        today: &Authority,
        resident: &Resident,
        issued: DateTime,
    ) -> Result<Issued, IssueError> {
        let key = secret_key(chance);
        let mut body = certificate::of_resident(today, resident, public_key_info(&key)?, issued, chance)?;
        let identifier = identifier_of_authority(&self.certificate.tbs_certificate)?;
        let named = |extension: &&mut Extension| extension.extn_id == AUTHORITY_KEY_IDENTIFIER;
        if let Some(extension) = body.extensions.iter_mut().flatten().find(named) {
            *extension = identifier;
        }
        Ok(Issued { certificate: complete(body, &self.key)?.to_der()?, key: key.to_pkcs8_der()?.to_bytes() })
    }

    /// Its own certificate in DER.
    ///
    /// # Errors
    /// [`IssueError`] if it has no encoding, which would be a mistake here.
    pub fn certificate(&self) -> Result<Vec<u8>, IssueError> {
        Ok(self.certificate.to_der()?)
    }
}

fn secret_key(mut chance: &mut dyn CryptoRngCore) -> SecretKey {
    SecretKey::random(&mut chance)
}

fn public_key_info(key: &SecretKey) -> Result<SubjectPublicKeyInfoOwned, IssueError> {
    Ok(SubjectPublicKeyInfoOwned::from_key(key.public_key())?)
}

fn complete(mut tbs_certificate: TbsCertificate, key: &SecretKey) -> Result<Certificate, IssueError> {
    const ECDSA_WITH_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3");
    // RFC 5758 §3.2: no parameters, not even NULL.
    let algorithm = AlgorithmIdentifierOwned { oid: ECDSA_WITH_SHA384, parameters: None };
    tbs_certificate.signature = algorithm.clone();
    let signature: DerSignature = SigningKey::from(key).try_sign(&tbs_certificate.to_der()?)?;
    let signature = BitString::from_bytes(signature.as_bytes())?;
    Ok(Certificate { tbs_certificate, signature_algorithm: algorithm, signature })
}

impl fmt::Debug for NextGeneration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NextGeneration(REDACTED)")
    }
}
