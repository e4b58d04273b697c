//! The elementary files of the JPKI application.

/// One elementary file. The short identifier (SFI) of each is the low byte of its file identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum File {
    SignatureCertificate,
    SignatureAuthority,
    TokenInformation,
    Availability,
    AuthenticationCertificate,
    AuthenticationAuthority,
    Key(Purpose),
    Secret(Purpose),
}

/// Which of the two key pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Signature,
    Authentication,
}

impl File {
    pub(crate) const fn from_identifier(identifier: [u8; 2]) -> Option<Self> {
        Some(match identifier {
            [0x00, 0x01] => Self::SignatureCertificate,
            [0x00, 0x02] => Self::SignatureAuthority,
            [0x00, 0x06] => Self::TokenInformation,
            [0x00, 0x08] => Self::Availability,
            [0x00, 0x0A] => Self::AuthenticationCertificate,
            [0x00, 0x0B] => Self::AuthenticationAuthority,
            [0x00, 0x17] => Self::Key(Purpose::Authentication),
            [0x00, 0x18] => Self::Secret(Purpose::Authentication),
            [0x00, 0x1A] => Self::Key(Purpose::Signature),
            [0x00, 0x1B] => Self::Secret(Purpose::Signature),
            _ => return None,
        })
    }
}

/// Bytes of a certificate's file; what the certificate leaves is filled with FF.
const CERTIFICATE_FILE_SIZE: usize = 2560;
const FILLER: u8 = 0xFF;

/// The physical contents of a certificate's file.
pub(crate) fn padded(certificate: &[u8]) -> Vec<u8> {
    let mut file = certificate.to_vec();
    file.resize(certificate.len().max(CERTIFICATE_FILE_SIZE), FILLER);
    file
}
