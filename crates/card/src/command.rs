//! Everything that this crate can say to a card. Not here, on purpose: VERIFY or CHANGE REFERENCE DATA that name a
//! file instead of using the current one, signing of anything but a SHA-256 DigestInfo, administration.

use shomei_apdu::{Class, Command, Data};

use crate::file::{Application, File};

pub(crate) const SELECT: u8 = 0xA4;
pub(crate) const VERIFY: u8 = 0x20;
pub(crate) const CHANGE_REFERENCE_DATA: u8 = 0x24;
pub(crate) const READ_BINARY: u8 = 0xB0;
pub(crate) const PERFORM_SECURITY_OPERATION: u8 = 0x2A;
const GET_RESPONSE: u8 = 0xC0;

/// P2 of VERIFY, CHANGE REFERENCE DATA and the signature: the current file is meant. With a short identifier in its
/// low bits it means that file.
const CURRENT_FILE: u8 = 0x80;
/// P1 of READ BINARY: the low bits are a short identifier, and P2 alone is the offset.
const BY_SHORT_IDENTIFIER: u8 = 0x80;
/// P2 of SELECT: no file control information in the answer.
const NO_ANSWER_DATA: u8 = 0x0C;
/// P1 of CHANGE REFERENCE DATA: the new value alone; the old one was verified before.
const NEW_VALUE_ALONE: u8 = 0x01;

pub(crate) const fn select_application(application: Application) -> Command<'static> {
    interindustry(SELECT, 0x04, NO_ANSWER_DATA).with_data(Data::Plain(application.name()))
}

pub(crate) const fn select_file(file: File) -> Command<'static> {
    interindustry(SELECT, 0x02, NO_ANSWER_DATA).with_data(Data::Plain(file.identifier()))
}

/// VERIFY without data: asks for the retry counter of the current file and spends nothing (ISO 7816-4 §7.5.6).
pub(crate) const fn query_tries() -> Command<'static> {
    interindustry(VERIFY, 0x00, CURRENT_FILE)
}

/// The same for a file named by its short identifier.
pub(crate) fn query_tries_of(file: File) -> Command<'static> {
    interindustry(VERIFY, 0x00, CURRENT_FILE | file.short_identifier())
}

pub(crate) const fn verify(secret: &[u8]) -> Command<'_> {
    interindustry(VERIFY, 0x00, CURRENT_FILE).with_data(Data::Sensitive(secret))
}

pub(crate) const fn change_reference_data(secret: &[u8]) -> Command<'_> {
    interindustry(CHANGE_REFERENCE_DATA, NEW_VALUE_ALONE, CURRENT_FILE).with_data(Data::Sensitive(secret))
}

/// READ BINARY of the current file. Offsets above 7FFF have no encoding and are cut to 15 bits.
pub(crate) fn read(offset: u16, expected: u16) -> Command<'static> {
    let [high, low] = offset.to_be_bytes();
    interindustry(READ_BINARY, high & 0x7F, low).expecting(u32::from(expected))
}

/// READ BINARY from the start of a file that it makes the current one.
pub(crate) fn read_file(file: File, expected: u16) -> Command<'static> {
    interindustry(READ_BINARY, BY_SHORT_IDENTIFIER | file.short_identifier(), 0x00)
        .expecting(u32::from(expected))
}

/// COMPUTE DIGITAL SIGNATURE with the current file's key: PKCS#1 v1.5 over what is given.
pub(crate) const fn sign(digest_info: &Sha256DigestInfo) -> Command<'_> {
    signature(CURRENT_FILE, digest_info)
}

/// The same with the key named by its short identifier.
pub(crate) fn sign_with(key: File, digest_info: &Sha256DigestInfo) -> Command<'_> {
    signature(CURRENT_FILE | key.short_identifier(), digest_info)
}

const fn signature(p2: u8, digest_info: &Sha256DigestInfo) -> Command<'_> {
    Command::new(Class::PROPRIETARY, PERFORM_SECURITY_OPERATION, 0x00, p2)
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

/// A SHA-256 digest with its algorithm, in DER (RFC 8017 §9.2, note 1): the only thing a key ever signs.
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
