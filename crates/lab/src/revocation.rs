//! Certificate revocation lists (RFC 5280 §5), one for each authority and municipality.

use std::time::Duration;

use der::asn1::{BitString, ObjectIdentifier, Uint};
use der::{DateTime, Decode, Encode};
use x509_cert::Certificate;
use x509_cert::certificate::Version;
use x509_cert::crl::{CertificateList, RevokedCert, TbsCertList};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::{CrlReason, IssuingDistributionPoint};
use x509_cert::serial_number::SerialNumber;

use crate::certificate::{
    algorithm, authority_key_identifier, distribution_point_name, extension, sign, utc,
};
use crate::register::{Certified, Revocation, octets};
use crate::{Authority, IssueError, Municipality, name};

const CRL_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.20");
const REASON_CODE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.21");
const ISSUING_DISTRIBUTION_POINT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.28");

/// How long a list may be used. The real ones are renewed daily; a lab world should outlive a working week.
const LIFE: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Why a certificate was revoked (RFC 5280 §5.3.1), as far as the public service uses the reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Destroyed before it was handed over. The list carries no reason then.
    Unspecified,
    /// The key was compromised.
    KeyCompromise,
    /// The authority's key was compromised.
    CaCompromise,
    /// Name, address, date of birth or sex changed.
    AffiliationChanged,
    /// Renewed.
    Superseded,
    /// No longer needed.
    CessationOfOperation,
    /// Held for the time being.
    CertificateHold,
}

impl Reason {
    /// All of them with their names in RFC 5280.
    pub const NAMED: [(&'static str, Self); 7] = [
        (Self::Unspecified.word(), Self::Unspecified),
        (Self::KeyCompromise.word(), Self::KeyCompromise),
        (Self::CaCompromise.word(), Self::CaCompromise),
        (Self::AffiliationChanged.word(), Self::AffiliationChanged),
        (Self::Superseded.word(), Self::Superseded),
        (Self::CessationOfOperation.word(), Self::CessationOfOperation),
        (Self::CertificateHold.word(), Self::CertificateHold),
    ];

    /// Its name in RFC 5280.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unspecified => "unspecified",
            Self::KeyCompromise => "keyCompromise",
            Self::CaCompromise => "cACompromise",
            Self::AffiliationChanged => "affiliationChanged",
            Self::Superseded => "superseded",
            Self::CessationOfOperation => "cessationOfOperation",
            Self::CertificateHold => "certificateHold",
        }
    }

    /// RFC 5280 §5.3.1: unspecified is said by leaving the reason out.
    pub(crate) const fn code(self) -> Option<CrlReason> {
        Some(match self {
            Self::Unspecified => return None,
            Self::KeyCompromise => CrlReason::KeyCompromise,
            Self::CaCompromise => CrlReason::CaCompromise,
            Self::AffiliationChanged => CrlReason::AffiliationChanged,
            Self::Superseded => CrlReason::Superseded,
            Self::CessationOfOperation => CrlReason::CessationOfOperation,
            Self::CertificateHold => CrlReason::CertificateHold,
        })
    }
}

impl Authority {
    /// The first list of a municipality: number 1, nobody on it. DER.
    ///
    /// # Errors
    /// [`IssueError`]: the time does not fit UTCTime.
    pub fn empty_list(&self, municipality: Municipality, at: DateTime) -> Result<Vec<u8>, IssueError> {
        self.list(municipality, Uint::new(&[1])?, Vec::new(), at)
    }

    /// The next list of a municipality, with one certificate more on it. All in DER.
    ///
    /// # Errors
    /// [`IssueError`]: bytes that are no list or no certificate, or a list without a number.
    pub fn revoke(
        &self,
        municipality: Municipality,
        list: &[u8],
        certificate: &[u8],
        reason: Reason,
        at: DateTime,
    ) -> Result<Vec<u8>, IssueError> {
        let serial = Certificate::from_der(certificate)?.tbs_certificate.serial_number;
        let entry = entry(serial, at, reason)?;
        let last = CertificateList::from_der(list)?.tbs_cert_list;
        let number = successor(last.crl_extensions.as_deref())?;
        let mut entries = last.revoked_certificates.unwrap_or_default();
        entries.retain(|known| known.serial_number != entry.serial_number);
        entries.push(entry);
        self.list(municipality, number, entries, at)
    }

    /// The next list of a municipality with the same certificates on it, good for another while. DER.
    ///
    /// # Errors
    /// [`IssueError`]: bytes that are no list, or a list without a number.
    pub fn renew_list(
        &self,
        municipality: Municipality,
        list: &[u8],
        at: DateTime,
    ) -> Result<Vec<u8>, IssueError> {
        let last = CertificateList::from_der(list)?.tbs_cert_list;
        let number = successor(last.crl_extensions.as_deref())?;
        self.list(municipality, number, last.revoked_certificates.unwrap_or_default(), at)
    }

    /// The next list of a municipality, naming what a register holds: all revoked certificates that have not expired, and
    /// those that expired since the last list (RFC 5280 §3.3). `last` and the new list are DER.
    ///
    /// # Errors
    /// [`IssueError`]: `last` is no list or has no number, a serial number is none, or a time does not fit UTCTime.
    pub fn next_list<'a>(
        &self,
        municipality: Municipality,
        last: &[u8],
        certificates: impl IntoIterator<Item = &'a Certified>,
        at: DateTime,
    ) -> Result<Vec<u8>, IssueError> {
        let last = CertificateList::from_der(last)?.tbs_cert_list;
        let number = successor(last.crl_extensions.as_deref())?;
        let covered = last.this_update.to_date_time().min(at);
        let entries = certificates
            .into_iter()
            .filter(|one| one.purpose == self.purpose() && one.municipality == municipality)
            .filter(|one| one.not_after >= covered)
            .filter_map(|one| Some((one, one.revocation?)))
            .map(|(one, Revocation { at, reason, .. })| {
                let serial = octets(&one.serial).ok_or_else(|| IssueError::Serial(one.serial.clone()))?;
                entry(SerialNumber::new(&serial)?, at, reason)
            })
            .collect::<Result<_, IssueError>>()?;
        self.list(municipality, number, entries, at)
    }

    fn list(
        &self,
        municipality: Municipality,
        number: Uint,
        entries: Vec<RevokedCert>,
        at: DateTime,
    ) -> Result<Vec<u8>, IssueError> {
        let next = DateTime::from_unix_duration(at.unix_duration().saturating_add(LIFE))?;
        let tbs_cert_list = TbsCertList {
            version: Version::V2,
            signature: algorithm(),
            issuer: self.subject().clone(),
            this_update: utc(at)?,
            next_update: Some(utc(next)?),
            // RFC 5280 §5.1.2.6: absent, not empty.
            revoked_certificates: Some(entries).filter(|entries| !entries.is_empty()),
            crl_extensions: Some(vec![
                authority_key_identifier(self)?,
                extension(CRL_NUMBER, false, &number)?,
                self.issuing_distribution_point(municipality)?,
            ]),
        };
        let signature: BitString = sign(self.key(), &tbs_cert_list)?;
        Ok(CertificateList { tbs_cert_list, signature_algorithm: algorithm(), signature }.to_der()?)
    }

    fn issuing_distribution_point(&self, municipality: Municipality) -> der::Result<Extension> {
        let at = name::distribution_point(self.purpose(), municipality)?;
        let point = IssuingDistributionPoint {
            distribution_point: Some(distribution_point_name(at)),
            only_contains_user_certs: false,
            only_contains_ca_certs: false,
            only_some_reasons: None,
            indirect_crl: false,
            only_contains_attribute_certs: false,
        };
        extension(ISSUING_DISTRIBUTION_POINT, true, &point)
    }
}

fn entry(serial_number: SerialNumber, revoked: DateTime, reason: Reason) -> Result<RevokedCert, IssueError> {
    let reason = reason.code().map(|code| extension(REASON_CODE, false, &code)).transpose()?;
    Ok(RevokedCert {
        serial_number,
        revocation_date: utc(revoked)?,
        crl_entry_extensions: reason.map(|reason| vec![reason]),
    })
}

fn successor(extensions: Option<&[Extension]>) -> Result<Uint, IssueError> {
    let last = extensions
        .unwrap_or_default()
        .iter()
        .find(|extension| extension.extn_id == CRL_NUMBER)
        .ok_or(IssueError::NoCrlNumber)?;
    let last = u64::from_der(last.extn_value.as_bytes())?;
    Ok(Uint::new(&last.saturating_add(1).to_be_bytes())?)
}
