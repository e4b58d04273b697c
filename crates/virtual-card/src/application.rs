//! The applications of the card and the files in them.

use crate::Reference;

/// An application of the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Application {
    /// 公的個人認証AP
    Jpki,
    /// 券面事項入力補助AP
    InputSupport,
    /// 券面事項確認AP; no files here.
    Surface,
    /// 住基AP; no files here.
    Register,
    /// 共通カードAP
    Common,
    /// The issuer's own (GlobalPlatform); no files here.
    Issuer,
}

impl Application {
    const NAMES: [(Self, &'static [u8]); 6] = [
        (Self::Jpki, &[0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01]),
        (Self::InputSupport, &[0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08]),
        (Self::Surface, &[0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02]),
        (Self::Register, &[0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x01]),
        (Self::Common, &[0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00]),
        (Self::Issuer, &[0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00]),
    ];

    pub(crate) fn named(name: &[u8]) -> Option<Self> {
        Self::NAMES.into_iter().find_map(|(application, known)| (known == name).then_some(application))
    }

    /// The application that holds a password.
    pub(crate) const fn holding(reference: Reference) -> Self {
        match reference {
            Reference::SignaturePassword | Reference::AuthenticationPin => Self::Jpki,
            Reference::InputSupportPin => Self::InputSupport,
        }
    }
}

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
    Secret(Reference),
    IndividualNumber,
    Attributes,
    Integrity,
    CardNumber,
}

/// Which of the two key pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Signature,
    Authentication,
}

impl File {
    pub(crate) const fn of(application: Application, identifier: [u8; 2]) -> Option<Self> {
        Some(match (application, identifier) {
            (Application::Jpki, [0x00, 0x01]) => Self::SignatureCertificate,
            (Application::Jpki, [0x00, 0x02]) => Self::SignatureAuthority,
            (Application::Jpki, [0x00, 0x06]) => Self::TokenInformation,
            (Application::Jpki, [0x00, 0x08]) => Self::Availability,
            (Application::Jpki, [0x00, 0x0A]) => Self::AuthenticationCertificate,
            (Application::Jpki, [0x00, 0x0B]) => Self::AuthenticationAuthority,
            (Application::Jpki, [0x00, 0x17]) => Self::Key(Purpose::Authentication),
            (Application::Jpki, [0x00, 0x18]) => Self::Secret(Reference::AuthenticationPin),
            (Application::Jpki, [0x00, 0x1A]) => Self::Key(Purpose::Signature),
            (Application::Jpki, [0x00, 0x1B]) => Self::Secret(Reference::SignaturePassword),
            (Application::InputSupport, [0x00, 0x01]) => Self::IndividualNumber,
            (Application::InputSupport, [0x00, 0x02]) => Self::Attributes,
            (Application::InputSupport, [0x00, 0x03]) => Self::Integrity,
            (Application::InputSupport, [0x00, 0x11]) => Self::Secret(Reference::InputSupportPin),
            (Application::Common, [0x00, 0x01]) => Self::CardNumber,
            _ => return None,
        })
    }
}
