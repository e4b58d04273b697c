//! Everything that this crate can say to a card. Not here, on purpose: VERIFY that names a file instead of using
//! the current one, signing of anything but a SHA-256 DigestInfo, administration, and any file of the
//! input-support application.

use shomei_apdu::{Class, Command, Data};

use crate::SignaturePassword;

pub(crate) const SELECT: u8 = 0xA4;
pub(crate) const VERIFY: u8 = 0x20;
pub(crate) const READ_BINARY: u8 = 0xB0;
pub(crate) const PERFORM_SECURITY_OPERATION: u8 = 0x2A;
const GET_RESPONSE: u8 = 0xC0;

/// P2 of VERIFY and of the signature: the current file is meant.
const CURRENT_FILE: u8 = 0x80;
/// P2 of SELECT: no file control information in the answer.
const NO_ANSWER_DATA: u8 = 0x0C;

/// Applications that can be selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Application {
    /// 公的個人認証AP: certificates and keys.
    Jpki,
    /// 券面事項入力補助AP: selected only to leave the JPKI application.
    InputSupport,
    /// GlobalPlatform's issuer security domain: the same, where the other is missing.
    IssuerSecurityDomain,
}

impl Application {
    const fn name(self) -> &'static [u8] {
        match self {
            Self::Jpki => &[0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01],
            Self::InputSupport => &[0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08],
            Self::IssuerSecurityDomain => &[0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00],
        }
    }
}

/// Files of the JPKI application that can be selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum File {
    /// 署名用電子証明書.
    SignatureCertificate,
    /// 署名用CA証明書.
    SignatureAuthorityCertificate,
    /// Which certificates are there: three bytes.
    Availability,
    /// 署名用秘密鍵.
    SignatureKey,
    /// 署名用パスワード.
    SignaturePassword,
}

impl File {
    const fn identifier(self) -> &'static [u8] {
        match self {
            Self::SignatureCertificate => &[0x00, 0x01],
            Self::SignatureAuthorityCertificate => &[0x00, 0x02],
            Self::Availability => &[0x00, 0x08],
            Self::SignatureKey => &[0x00, 0x1A],
            Self::SignaturePassword => &[0x00, 0x1B],
        }
    }
}

/// Bytes of the availability file.
pub(crate) const AVAILABILITY_LENGTH: u16 = 3;

pub(crate) const fn select_application(application: Application) -> Command<'static> {
    interindustry(SELECT, 0x04, NO_ANSWER_DATA).with_data(Data::Plain(application.name()))
}

pub(crate) const fn select_file(file: File) -> Command<'static> {
    interindustry(SELECT, 0x02, NO_ANSWER_DATA).with_data(Data::Plain(file.identifier()))
}

/// VERIFY without data: asks for the retry counter and spends nothing (ISO 7816-4 §7.5.6).
pub(crate) const fn query_tries() -> Command<'static> {
    interindustry(VERIFY, 0x00, CURRENT_FILE)
}

pub(crate) fn verify(password: &SignaturePassword) -> Command<'_> {
    interindustry(VERIFY, 0x00, CURRENT_FILE).with_data(Data::Sensitive(password.bytes()))
}

/// READ BINARY of the current file. Offsets above 7FFF have no encoding and are cut to 15 bits.
pub(crate) fn read(offset: u16, expected: u16) -> Command<'static> {
    let [high, low] = offset.to_be_bytes();
    interindustry(READ_BINARY, high & 0x7F, low).expecting(u32::from(expected))
}

/// READ BINARY of the availability file by its short identifier, which saves a SELECT.
pub(crate) fn read_availability() -> Command<'static> {
    interindustry(READ_BINARY, 0x80 | 0x08, 0x00).expecting(u32::from(AVAILABILITY_LENGTH))
}

/// COMPUTE DIGITAL SIGNATURE with the current file's key: PKCS#1 v1.5 over what is given.
pub(crate) const fn sign(digest_info: &Sha256DigestInfo) -> Command<'_> {
    Command::new(Class::PROPRIETARY, PERFORM_SECURITY_OPERATION, 0x00, CURRENT_FILE)
        .with_data(Data::Plain(&digest_info.0))
        .expecting(256)
}

/// Fetches the rest of an answer that came with 61xx (ISO 7816-4 §7.6.1).
pub(crate) fn get_response(available: u8) -> Command<'static> {
    interindustry(GET_RESPONSE, 0x00, 0x00).expecting(length_hint(available))
}

/// Ne from the second byte of 61xx or 6Cxx, where 0 says 256.
pub(crate) fn length_hint(low: u8) -> u32 {
    match low {
        0 => 256,
        low => u32::from(low),
    }
}

const fn interindustry(instruction: u8, p1: u8, p2: u8) -> Command<'static> {
    Command::new(Class::INTERINDUSTRY, instruction, p1, p2)
}

/// A SHA-256 digest with its algorithm, in DER (RFC 8017 §9.2, note 1): the only thing the key ever signs.
pub(crate) struct Sha256DigestInfo([u8; 51]);

impl Sha256DigestInfo {
    const PREFIX: [u8; 19] = [
        0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
        0x04, 0x20,
    ];

    pub(crate) fn new(digest: &[u8; 32]) -> Self {
        let mut bytes = [0; 51];
        let parts = Self::PREFIX.iter().chain(digest);
        bytes.iter_mut().zip(parts).for_each(|(slot, byte)| *slot = *byte);
        Self(bytes)
    }
}
