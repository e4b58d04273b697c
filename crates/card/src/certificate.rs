//! Reading a certificate out of its file in as few exchanges as there are.
//!
//! The file is longer than the certificate and filled up with FF. The first chunk carries the DER length, so only
//! the chunks that hold certificate bytes are read. What the bytes mean is not looked at here.

use shomei_apdu::{StatusWord, tlv};

use crate::{
    Card, CardError, Part, Transport,
    command::{self, File},
};

/// Longest certificate accepted, in bytes; issued ones have 1,600 to 2,600.
const MAX_CERTIFICATE: usize = 8 * 1024;
/// Bytes of one READ BINARY.
const CHUNK: usize = 256;
/// Tag of a DER SEQUENCE.
const SEQUENCE: u32 = 0x30;

/// Reads the certificate in `file`, one of the two that hold one.
pub(crate) fn read<T: Transport>(card: &mut Card<T>, file: File) -> Result<Vec<u8>, CardError> {
    match card.select(file) {
        Err(CardError::Refused { status: StatusWord::NotFound, .. }) => {
            return Err(CardError::NoSignatureCertificate);
        }
        selected => selected?,
    }
    let mut certificate = chunk(card, 0, CHUNK)?;
    let length = announced_length(&certificate)?;
    while certificate.len() < length {
        let offset = certificate.len();
        let part = chunk(card, offset, CHUNK.min(length - offset))?;
        if part.is_empty() {
            return Err(CardError::Malformed { what: Part::CertificateCutOff, offset });
        }
        certificate.extend_from_slice(&part);
    }
    certificate.truncate(length);
    Ok(certificate)
}

fn chunk<T: Transport>(card: &mut Card<T>, offset: usize, wanted: usize) -> Result<Vec<u8>, CardError> {
    let cut_off = CardError::Malformed { what: Part::CertificateCutOff, offset };
    let (Ok(from), Ok(expected)) = (u16::try_from(offset), u16::try_from(wanted)) else {
        return Err(cut_off);
    };
    let answer = card.exchange(&command::read(from, expected))?;
    match answer.status {
        StatusWord::Success | StatusWord::EndOfFile => Ok(answer.data),
        StatusWord::OffsetOutside => Err(cut_off),
        status => Err(CardError::Refused { instruction: command::READ_BINARY, status }),
    }
}

/// Bytes of the whole certificate, from its first ones.
fn announced_length(start: &[u8]) -> Result<usize, CardError> {
    const FILLER: [Option<&u8>; 3] = [None, Some(&0xFF), Some(&0x00)];
    if FILLER.contains(&start.first()) {
        return Err(CardError::NoSignatureCertificate);
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
