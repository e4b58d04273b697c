//! The applications and files that this crate can name. The individual number's file is not among them, so nothing
//! here can select it.

/// Applications that can be selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Application {
    /// 公的個人認証AP: certificates and keys.
    Jpki,
    /// 券面事項入力補助AP: the basic four items as text.
    InputSupport,
    /// GlobalPlatform's issuer security domain: selected only to leave another, where there is no better way.
    IssuerSecurityDomain,
}

impl Application {
    pub(crate) const fn name(self) -> &'static [u8] {
        match self {
            Self::Jpki => &[0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01],
            Self::InputSupport => &[0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08],
            Self::IssuerSecurityDomain => &[0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00],
        }
    }

    /// Where to go so that what was verified in this application is forgotten.
    pub(crate) const fn way_out(self) -> Self {
        match self {
            Self::InputSupport => Self::Jpki,
            Self::Jpki | Self::IssuerSecurityDomain => Self::InputSupport,
        }
    }
}

/// Files that can be selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum File {
    /// 署名用電子証明書.
    SignatureCertificate,
    /// 署名用CA証明書.
    SignatureAuthorityCertificate,
    /// What the token says of itself.
    TokenInformation,
    /// Which certificates are there: three bytes.
    Availability,
    /// 利用者証明用電子証明書.
    AuthenticationCertificate,
    /// 利用者証明用CA証明書.
    AuthenticationAuthorityCertificate,
    /// 利用者証明用秘密鍵.
    AuthenticationKey,
    /// 署名用秘密鍵.
    SignatureKey,
    /// Reference data of any application.
    Secret(Reference),
    /// The basic four items (基本4情報) in the input-support application.
    Attributes,
}

/// What a person proves to know: the reference data of the card (ISO 7816-4 §7.5.6), each with its own retry counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// 署名用パスワード: 6 to 16 capital letters and digits, 5 tries.
    SignaturePassword,
    /// 利用者証明用暗証番号: 4 digits, 3 tries.
    AuthenticationPin,
    /// 券面事項入力補助用暗証番号: 4 digits, 3 tries.
    InputSupportPin,
}

impl Reference {
    pub(crate) const fn application(self) -> Application {
        File::Secret(self).application()
    }
}

impl File {
    pub(crate) const fn application(self) -> Application {
        match self {
            Self::Attributes | Self::Secret(Reference::InputSupportPin) => Application::InputSupport,
            _ => Application::Jpki,
        }
    }

    pub(crate) const fn identifier(self) -> &'static [u8] {
        match self {
            Self::SignatureCertificate => &[0x00, 0x01],
            Self::SignatureAuthorityCertificate | Self::Attributes => &[0x00, 0x02],
            Self::TokenInformation => &[0x00, 0x06],
            Self::Availability => &[0x00, 0x08],
            Self::AuthenticationCertificate => &[0x00, 0x0A],
            Self::AuthenticationAuthorityCertificate => &[0x00, 0x0B],
            Self::Secret(Reference::InputSupportPin) => &[0x00, 0x11],
            Self::AuthenticationKey => &[0x00, 0x17],
            Self::Secret(Reference::AuthenticationPin) => &[0x00, 0x18],
            Self::SignatureKey => &[0x00, 0x1A],
            Self::Secret(Reference::SignaturePassword) => &[0x00, 0x1B],
        }
    }

    /// The identifier's last five bits, which name the file inside a command (ISO 7816-4 §5.3.1.1).
    pub(crate) fn short_identifier(self) -> u8 {
        self.identifier().last().map_or(0, |low| low & 0x1F)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every file of the crate, so that the tests below speak of all of them.
    const ALL: [File; 12] = [
        File::SignatureCertificate,
        File::SignatureAuthorityCertificate,
        File::TokenInformation,
        File::Availability,
        File::AuthenticationCertificate,
        File::AuthenticationAuthorityCertificate,
        File::AuthenticationKey,
        File::SignatureKey,
        File::Secret(Reference::SignaturePassword),
        File::Secret(Reference::AuthenticationPin),
        File::Secret(Reference::InputSupportPin),
        File::Attributes,
    ];

    #[test]
    fn no_name_leads_to_the_individual_number() {
        let individual_number = (Application::InputSupport, [0x00, 0x01].as_slice());
        for file in ALL {
            assert_ne!((file.application(), file.identifier()), individual_number, "{file:?}");
        }
    }

    #[test]
    fn every_file_has_a_name_of_its_own() {
        for (index, one) in ALL.iter().enumerate() {
            for other in &ALL[index + 1..] {
                let names = [one, other].map(|file| (file.application(), file.identifier()));
                assert_ne!(names[0], names[1]);
            }
        }
    }
}
