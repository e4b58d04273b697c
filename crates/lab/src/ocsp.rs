//! Answers to OCSP requests (RFC 6960), by an authority itself or by a responder that it appoints. Each part can be
//! chosen, also wrongly: what reads answers must be shown bad ones.

use std::fmt;

use der::asn1::{Null, ObjectIdentifier, OctetString};
use der::{DateTime, Decode, Encode};
use rsa::rand_core::{OsRng, RngCore};
use rsa::{RsaPrivateKey, RsaPublicKey};
use sha1::{Digest, Sha1};
use sha2::Sha256;
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use x509_cert::Certificate;
use x509_cert::certificate::{TbsCertificate, Version};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::{KeyUsage, KeyUsages};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::time::Validity;
use x509_ocsp::{
    BasicOcspResponse, CertId, CertStatus, OcspRequest, OcspResponse, ResponderId, ResponseData, RevokedInfo,
    SingleResponse,
};

use crate::certificate::{algorithm, extension, sign, utc};
use crate::{Authority, IssueError, Reason};

const SHA_1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.14.3.2.26");
const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const NONCE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1.2");
const NO_CHECK: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1.5");
const KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.15");
const EXTENDED_KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37");
const OCSP_SIGNING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.9");
const CLIENT_AUTHENTICATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.2");

const KEY_BITS: usize = 2048;

/// What is said about one certificate (RFC 6960 §2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saying {
    /// Not revoked.
    Good,
    /// Revoked. [`Reason::Unspecified`] is left out of the answer.
    Revoked {
        /// Since when.
        at: DateTime,
        /// Why.
        reason: Reason,
    },
    /// Not known to the responder.
    Unknown,
}

/// How long a saying holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// thisUpdate.
    pub from: DateTime,
    /// nextUpdate; none leaves it out.
    pub until: Option<DateTime>,
}

/// How the signer of an answer is named in it (RFC 6960 §4.2.1, ResponderID).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// By the subject of its certificate.
    Name,
    /// By SHA-1 of its key.
    Key,
}

/// A responseStatus without an answer (RFC 6960 §4.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// 1
    MalformedRequest,
    /// 2
    InternalError,
    /// 3
    TryLater,
    /// 5
    SignatureRequired,
    /// 6
    Unauthorized,
}

/// An answer before it is signed.
#[derive(Clone, Debug)]
pub struct Answer {
    produced_at: DateTime,
    nonce: Option<Vec<u8>>,
    naming: Naming,
    singles: Vec<SingleResponse>,
}

/// What a responder's certificate allows. Everything else than [`Appointment::proper`] is a mistake to be noticed.
#[derive(Clone, Copy, Debug)]
pub struct Appointment {
    /// notBefore.
    pub from: DateTime,
    /// notAfter.
    pub until: DateTime,
    /// extKeyUsage OCSPSigning; otherwise clientAuth stands there.
    pub for_answers: bool,
    /// keyUsage digitalSignature; otherwise keyEncipherment stands there.
    pub for_signatures: bool,
    /// id-pkix-ocsp-nocheck (RFC 6960 §4.2.2.2.1).
    pub unchecked: bool,
}

/// Who answers in an authority's place. `Debug` does not print its key.
pub struct Responder {
    key: RsaPrivateKey,
    certificate: Certificate,
}

impl Appointment {
    /// The rights that a responder needs.
    #[must_use]
    pub const fn proper(from: DateTime, until: DateTime) -> Self {
        Self { from, until, for_answers: true, for_signatures: true, unchecked: true }
    }

    fn extensions(self) -> der::Result<Vec<Extension>> {
        let usage =
            if self.for_signatures { KeyUsages::DigitalSignature } else { KeyUsages::KeyEncipherment };
        let purpose = if self.for_answers { OCSP_SIGNING } else { CLIENT_AUTHENTICATION };
        let mut extensions = vec![
            extension(KEY_USAGE, true, &KeyUsage(usage.into()))?,
            extension(EXTENDED_KEY_USAGE, false, &vec![purpose])?,
        ];
        if self.unchecked {
            extensions.push(extension(NO_CHECK, false, &Null)?);
        }
        Ok(extensions)
    }
}

impl Authority {
    /// Appoints a responder with a fresh key to answer in its place (RFC 6960 §4.2.2.2).
    ///
    /// # Errors
    /// [`IssueError`]: the system gave no randomness, or a time does not fit UTCTime.
    pub fn appoint(&self, appointment: Appointment) -> Result<Responder, IssueError> {
        let key = RsaPrivateKey::new(&mut OsRng, KEY_BITS)?;
        let tbs_certificate = TbsCertificate {
            version: Version::V3,
            serial_number: SerialNumber::new(&(OsRng.next_u64() >> 1 | 1 << 62).to_be_bytes())?,
            signature: algorithm(),
            issuer: self.subject().clone(),
            validity: Validity { not_before: utc(appointment.from)?, not_after: utc(appointment.until)? },
            subject: responder_name()?,
            subject_public_key_info: SubjectPublicKeyInfoOwned::from_key(RsaPublicKey::from(&key))?,
            issuer_unique_id: None,
            subject_unique_id: None,
            extensions: Some(appointment.extensions()?),
        };
        let signature = sign(self.key(), &tbs_certificate)?;
        let certificate = Certificate { tbs_certificate, signature_algorithm: algorithm(), signature };
        Ok(Responder { key, certificate })
    }

    /// Whether a request in DER is about certificates of this authority alone, named by SHA-1 or SHA-256 (RFC 6960
    /// §4.1.1). One about nothing is not.
    ///
    /// # Errors
    /// [`IssueError`]: the octets are no request.
    pub fn is_asked(&self, request: &[u8]) -> Result<bool, IssueError> {
        let name = self.subject().to_der()?;
        let key = self.public_key_info().subject_public_key.raw_bytes();
        let own = |id: &CertId| {
            let hashes = [&id.issuer_name_hash, &id.issuer_key_hash].map(OctetString::as_bytes);
            match id.hash_algorithm.oid {
                SHA_1 => hashes == [Sha1::digest(&name).as_slice(), Sha1::digest(key).as_slice()],
                SHA_256 => hashes == [Sha256::digest(&name).as_slice(), Sha256::digest(key).as_slice()],
                _ => false,
            }
        };
        let list = OcspRequest::from_der(request)?.tbs_request.request_list;
        Ok(!list.is_empty() && list.iter().all(|one| own(&one.req_cert)))
    }
}

impl Responder {
    /// Its certificate in DER.
    ///
    /// # Errors
    /// [`IssueError`] if it has no encoding, which would be a mistake here.
    pub fn certificate(&self) -> Result<Vec<u8>, IssueError> {
        Ok(self.certificate.to_der()?)
    }

    /// With a key that is not the one its certificate names: a mistake to be noticed.
    ///
    /// # Errors
    /// [`IssueError`]: the system gave no randomness.
    pub fn with_another_key(self) -> Result<Self, IssueError> {
        Ok(Self { key: RsaPrivateKey::new(&mut OsRng, KEY_BITS)?, ..self })
    }
}

impl Answer {
    /// An answer about nothing yet, produced `at`, without a nonce, its signer named by name.
    #[must_use]
    pub const fn at(produced_at: DateTime) -> Self {
        Self { produced_at, nonce: None, naming: Naming::Name, singles: Vec::new() }
    }

    /// An answer to a request (RFC 6960 §4.1): about every certificate that it names, with its nonce. `say` is given
    /// the serial number of each, as the octets of its INTEGER.
    ///
    /// # Errors
    /// [`IssueError`]: the octets are no request.
    pub fn to(
        request: &[u8],
        produced_at: DateTime,
        period: Period,
        say: impl Fn(&[u8]) -> Saying,
    ) -> Result<Self, IssueError> {
        let request = OcspRequest::from_der(request)?;
        let nonce = request.nonce().map(|nonce| nonce.0.into_bytes());
        let ids = request.tbs_request.request_list.into_iter().map(|one| one.req_cert);
        let singles = ids.map(|id| {
            let saying = say(id.serial_number.as_bytes());
            single(id, saying, period)
        });
        Ok(Self { nonce, singles: singles.collect(), ..Self::at(produced_at) })
    }

    /// Says something about a certificate, named as one of `authority`, whoever issued it.
    ///
    /// # Errors
    /// [`IssueError`]: the octets are no certificate.
    pub fn about(
        mut self,
        authority: &Authority,
        certificate: &[u8],
        saying: Saying,
        period: Period,
    ) -> Result<Self, IssueError> {
        let serial = Certificate::from_der(certificate)?.tbs_certificate.serial_number;
        self.singles.push(single(certificate_id(authority, serial)?, saying, period));
        Ok(self)
    }

    /// With these octets as its nonce, or without one.
    #[must_use]
    pub fn with_nonce(self, nonce: Option<&[u8]>) -> Self {
        Self { nonce: nonce.map(<[u8]>::to_vec), ..self }
    }

    /// With its signer named so.
    #[must_use]
    pub fn named_by(self, naming: Naming) -> Self {
        Self { naming, ..self }
    }

    /// The OCSPResponse in DER, signed by the authority itself.
    ///
    /// # Errors
    /// [`IssueError`] if a value has no encoding.
    pub fn signed_by_authority(&self, authority: &Authority) -> Result<Vec<u8>, IssueError> {
        self.sign(authority.key(), authority.subject(), authority.public_key_info(), None)
    }

    /// The OCSPResponse in DER, signed by a responder, with its certificate.
    ///
    /// # Errors
    /// [`IssueError`] if a value has no encoding.
    pub fn signed_by(&self, responder: &Responder) -> Result<Vec<u8>, IssueError> {
        let certificate = &responder.certificate.tbs_certificate;
        let along = Some(vec![responder.certificate.clone()]);
        self.sign(&responder.key, &certificate.subject, &certificate.subject_public_key_info, along)
    }

    fn sign(
        &self,
        key: &RsaPrivateKey,
        name: &Name,
        public_key: &SubjectPublicKeyInfoOwned,
        certs: Option<Vec<Certificate>>,
    ) -> Result<Vec<u8>, IssueError> {
        let responder_id = match self.naming {
            Naming::Name => ResponderId::ByName(name.clone()),
            Naming::Key => ResponderId::ByKey(sha_1(public_key.subject_public_key.raw_bytes())?),
        };
        let tbs_response_data = ResponseData {
            version: x509_ocsp::Version::V1,
            responder_id,
            produced_at: self.produced_at.into(),
            responses: self.singles.clone(),
            response_extensions: self.nonce.as_deref().map(nonce).transpose()?,
        };
        let signature = sign(key, &tbs_response_data)?;
        let signature_algorithm = algorithm();
        let basic = BasicOcspResponse { tbs_response_data, signature_algorithm, signature, certs };
        Ok(OcspResponse::successful(basic)?.to_der()?)
    }
}

impl Refusal {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::MalformedRequest,
        Self::InternalError,
        Self::TryLater,
        Self::SignatureRequired,
        Self::Unauthorized,
    ];

    /// The OCSPResponse in DER. It carries nothing, and nobody signs it.
    ///
    /// # Errors
    /// [`IssueError`] if it has no encoding, which would be a mistake here.
    pub fn response(self) -> Result<Vec<u8>, IssueError> {
        let response = match self {
            Self::MalformedRequest => OcspResponse::malformed_request(),
            Self::InternalError => OcspResponse::internal_error(),
            Self::TryLater => OcspResponse::try_later(),
            Self::SignatureRequired => OcspResponse::sig_required(),
            Self::Unauthorized => OcspResponse::unauthorized(),
        };
        Ok(response.to_der()?)
    }
}

fn single(cert_id: CertId, saying: Saying, period: Period) -> SingleResponse {
    SingleResponse {
        cert_id,
        cert_status: status(saying),
        this_update: period.from.into(),
        next_update: period.until.map(Into::into),
        single_extensions: None,
    }
}

fn status(saying: Saying) -> CertStatus {
    match saying {
        Saying::Good => CertStatus::good(),
        Saying::Revoked { at, reason } => {
            CertStatus::revoked(RevokedInfo { revocation_time: at.into(), revocation_reason: reason.code() })
        }
        Saying::Unknown => CertStatus::unknown(),
    }
}

/// A CertID by SHA-1 (RFC 6960 §4.1.1).
fn certificate_id(authority: &Authority, serial_number: SerialNumber) -> der::Result<CertId> {
    Ok(CertId {
        hash_algorithm: AlgorithmIdentifierOwned { oid: SHA_1, parameters: Some(Null.into()) },
        issuer_name_hash: sha_1(&authority.subject().to_der()?)?,
        issuer_key_hash: sha_1(authority.public_key_info().subject_public_key.raw_bytes())?,
        serial_number,
    })
}

fn sha_1(octets: &[u8]) -> der::Result<OctetString> {
    OctetString::new(Sha1::digest(octets).as_slice())
}

fn nonce(octets: &[u8]) -> der::Result<Vec<Extension>> {
    Ok(vec![extension(NONCE, false, &OctetString::new(octets)?)?])
}

fn responder_name() -> der::Result<Name> {
    "CN=OCSP Responder,OU=Fictional agency of the Shomei laboratory for testing,O=SHOMEI-LAB,C=JP".parse()
}

impl fmt::Debug for Responder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Responder").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
