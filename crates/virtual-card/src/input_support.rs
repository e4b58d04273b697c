//! What the counter writes into the input-support application (券面事項入力補助AP): what forms are filled from.
//!
//! The layout is that of the files read off a test card of the public service.

use std::fmt;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Twelve digits that are nobody's individual number: the last one is not the check digit of the others.
const NO_ONES_NUMBER: &[u8; 12] = b"123456789012";
/// EF 0001 ends in this.
const FILLER: [u8; 2] = [0xFF, 0xFF];
/// Bytes of the authority's signature in EF 0003.
const SIGNATURE_SIZE: usize = 256;
/// Bytes of the offset table with its tag and length: four offsets of two bytes.
const TABLE_SIZE: usize = 3 + 4 * 2;

/// The basic four items (基本4情報) as the card holds them, in UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BasicFourItems<'a> {
    /// Name, family name and given name parted by U+3000.
    pub name: &'a str,
    /// Address from the prefecture on.
    pub address: &'a str,
    /// Date of birth, `YYYYMMDD`.
    pub birth: &'a str,
    /// Sex: 1 male, 2 female, 3 other.
    pub sex: &'a str,
}

/// The files of the application and the PIN that guards them. `Debug` prints neither.
#[derive(Clone)]
pub struct InputSupport {
    pub(crate) number: Vec<u8>,
    pub(crate) attributes: Vec<u8>,
    pub(crate) integrity: Vec<u8>,
    pub(crate) pin: Zeroizing<Vec<u8>>,
}

impl InputSupport {
    /// Files for a person. In all the four items take at most 65,000 bytes, as the offsets in the file have 16 bits.
    #[must_use]
    pub fn new(items: &BasicFourItems<'_>, pin: &str) -> Self {
        Self::with_attributes_file(&attributes(items), pin)
    }

    /// The same with EF 0002 exactly as given, whatever it is, for tests of those who read it.
    #[must_use]
    pub fn with_attributes_file(file: &[u8], pin: &str) -> Self {
        let number = [tagged(0xFF10, NO_ONES_NUMBER).as_slice(), &FILLER].concat();
        let integrity = integrity(&number, file);
        let pin = Zeroizing::new(pin.as_bytes().to_vec());
        Self { number, attributes: file.to_vec(), integrity, pin }
    }
}

/// EF 0002: `FF20 { DF21 offsets, DF22 name, DF23 address, DF24 birth, DF25 sex }`. An offset counts from the start of
/// the file to the tag of its item.
fn attributes(items: &BasicFourItems<'_>) -> Vec<u8> {
    let objects = [(0xDF22, items.name), (0xDF23, items.address), (0xDF24, items.birth), (0xDF25, items.sex)]
        .map(|(tag, value)| tagged(tag, value.as_bytes()));
    let body = objects.concat();
    let size = TABLE_SIZE.saturating_add(body.len());
    let mut offset = 2 + length(size).len() + TABLE_SIZE;
    let mut table = Vec::new();
    for object in objects {
        table.extend(u16::try_from(offset).unwrap_or(u16::MAX).to_be_bytes());
        offset = offset.saturating_add(object.len());
    }
    tagged(0xFF20, &[tagged(0xDF21, &table), body].concat())
}

/// EF 0003: `FF30 { DF31 digest of EF 0001, DF32 digest of what EF 0002 holds behind its offsets, DF33 signature }`.
/// The signature of a real card is its authority's; this one is zeroes, so that nobody takes it for one.
fn integrity(number: &[u8], attributes: &[u8]) -> Vec<u8> {
    let digests =
        [(0xDF31, Sha256::digest(number)), (0xDF32, Sha256::digest(behind_the_offsets(attributes)))];
    let [number, attributes] = digests.map(|(tag, digest)| tagged(tag, &digest));
    tagged(0xFF30, &[number, attributes, tagged(0xDF33, &[0; SIGNATURE_SIZE])].concat())
}

/// The value of EF 0002 without its offset table; nothing where the file is not built like one.
fn behind_the_offsets(file: &[u8]) -> &[u8] {
    let header = shomei_apdu::tlv::Header::parse(file).map_or(file.len(), |header| header.header_length);
    file.get(header.saturating_add(TABLE_SIZE)..).unwrap_or_default()
}

fn tagged(tag: u16, value: &[u8]) -> Vec<u8> {
    [tag.to_be_bytes().as_slice(), &length(value.len()), value].concat()
}

/// A length in its shortest form (ISO 7816-4 §5.2.2.2).
fn length(length: usize) -> Vec<u8> {
    match u16::try_from(length).unwrap_or(u16::MAX).to_be_bytes() {
        [0, short @ 0x00..=0x7F] => vec![short],
        [0, one] => vec![0x81, one],
        [high, low] => vec![0x82, high, low],
    }
}

impl fmt::Debug for InputSupport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InputSupport(REDACTED)")
    }
}
