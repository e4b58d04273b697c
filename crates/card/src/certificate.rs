//! Certificates as files: where they end, and what it means that there is none. What their bytes mean is not looked at
//! here.

use shomei_apdu::{StatusWord, tlv};

use crate::{Card, CardError, Part, Transport, file::File, reading};

/// Longest certificate accepted, in bytes; issued ones have 1,600 to 2,600.
const MAX_CERTIFICATE: usize = 8 * 1024;
/// Tag of a DER SEQUENCE.
const SEQUENCE: u32 = 0x30;

/// Reads the certificate in `file`, one of the four that hold one.
pub(crate) fn read<T: Transport>(card: &mut Card<T>, file: File) -> Result<Vec<u8>, CardError> {
    let missing = missing(file);
    reading::object(card, file, |start| announced_length(start, missing)).map_err(|error| match error {
        CardError::Refused { status: StatusWord::NotFound, .. } => missing,
        CardError::Refused { status: StatusWord::SecurityNotSatisfied, .. }
            if file == File::AuthenticationCertificate =>
        {
            CardError::PinNeeded
        }
        error => error,
    })
}

/// Bytes of the whole certificate, from its first ones.
fn announced_length(start: &[u8], missing: CardError) -> Result<usize, CardError> {
    const FILLER: [Option<&u8>; 3] = [None, Some(&0xFF), Some(&0x00)];
    if FILLER.contains(&start.first()) {
        return Err(missing);
    }
    let header = tlv::Header::parse(start)
        .map_err(|error| CardError::Malformed { what: Part::CertificateHeader, offset: error.offset })?;
    match header.total_length() {
        _ if header.tag != SEQUENCE => Err(CardError::Malformed { what: Part::CertificateHeader, offset: 0 }),
        offset if offset > MAX_CERTIFICATE => {
            Err(CardError::Malformed { what: Part::CertificateTooLong, offset })
        }
        length => Ok(length),
    }
}

const fn missing(file: File) -> CardError {
    match file {
        File::AuthenticationCertificate | File::AuthenticationAuthorityCertificate => {
            CardError::NoAuthenticationCertificate
        }
        _ => CardError::NoSignatureCertificate,
    }
}
