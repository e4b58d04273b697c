//! A signer before the card: everything that the signature covers.

use super::form::{ContentType, SignedAttributes, Signer, issuer_and_serial};
use shomei_application::Timestamp;
use shomei_pki::{ProfileError, SigningCertificate, TimeError, UnixTime};

/// The holder of `certificate`, in DER, over content of this type and digest. Without a time the format states it
/// elsewhere.
pub(crate) fn signer<E: From<ProfileError> + From<TimeError>>(
    content_type: ContentType,
    message_digest: [u8; 32],
    certificate: &[u8],
    signing_time: Option<Timestamp>,
) -> Result<Signer, E> {
    let parsed = SigningCertificate::parse(certificate)?;
    let utc_time = |time: Timestamp| UnixTime::from_seconds(time.unix_seconds()).to_utc_time();
    let attributes = SignedAttributes {
        content_type,
        message_digest,
        signing_time: signing_time.map(utc_time).transpose()?.map(String::into_bytes),
        certificate_digest: parsed.certificate().fingerprint(),
        issuer_serial: None,
    };
    Ok(Signer {
        certificate: certificate.to_vec(),
        identifier: issuer_and_serial(parsed.certificate().issuer(), parsed.certificate().serial()),
        attributes,
        signature: Vec::new(),
    })
}
