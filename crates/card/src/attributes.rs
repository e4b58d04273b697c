//! The basic four items (基本4情報) as the input-support application holds them: EF 0002, a data object FF20 with one
//! data object for each item.

use std::fmt;

use shomei_apdu::{Malformed, tlv};

use crate::{AttributeFault, Card, CardError, Part, Transport, file::File, reading};

/// Tag of the file's own data object.
const TEMPLATE: u32 = 0xFF20;
const NAME: u32 = 0xDF22;
const ADDRESS: u32 = 0xDF23;
const BIRTH: u32 = 0xDF24;
const SEX: u32 = 0xDF25;
/// Longest file accepted, in bytes: an address of 200 characters and a name take less than a fourth.
const MAX_LENGTH: usize = 4 * 1024;

/// Name, address, date of birth and sex of the holder. `Debug` prints none of them.
#[derive(Clone, PartialEq, Eq)]
pub struct BasicFourItems {
    /// 氏名: family and given name with U+3000 between them, byte for byte as on the card.
    pub name: String,
    /// 住所, byte for byte as on the card.
    pub address: String,
    /// 生年月日 as eight digits YYYYMMDD of the Gregorian calendar; parts that are unknown may be zeros.
    pub birth: String,
    /// 性別 as one digit: 1 male, 2 female, others as the register has them.
    pub sex: String,
}

impl BasicFourItems {
    /// Reads what EF 0002 holds, from its first byte; filler behind is ignored.
    ///
    /// # Errors
    /// [`AttributeFault`] and the offset at which it lies.
    pub fn parse(file: &[u8]) -> Result<Self, (AttributeFault, usize)> {
        let header = tlv::Header::parse(file)
            .map_err(|error| (AttributeFault::Structure(error.what), error.offset))?;
        let start = header.header_length;
        let items = file
            .get(start..header.total_length())
            .ok_or((AttributeFault::Structure(Malformed::ValueTruncated), file.len()))?;
        if header.tag != TEMPLATE {
            return Err((AttributeFault::Header, 0));
        }
        let found = Items::read(items, start)?;
        Ok(Self {
            name: found.text(NAME)?,
            address: found.text(ADDRESS)?,
            birth: found.digits(BIRTH, 8)?,
            sex: found.digits(SEX, 1)?,
        })
    }
}

impl fmt::Debug for BasicFourItems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BasicFourItems(REDACTED)")
    }
}

/// Reads the items of a card whose input-support application stands open.
pub(crate) fn read<T: Transport>(card: &mut Card<T>) -> Result<BasicFourItems, CardError> {
    let file = reading::object(card, File::Attributes, announced_length)?;
    BasicFourItems::parse(&file).map_err(malformed)
}

fn announced_length(start: &[u8]) -> Result<usize, CardError> {
    let header = tlv::Header::parse(start)
        .map_err(|error| malformed((AttributeFault::Structure(error.what), error.offset)))?;
    match header.total_length() {
        length if header.tag == TEMPLATE && length <= MAX_LENGTH => Ok(length),
        _ => Err(malformed((AttributeFault::Header, 0))),
    }
}

const fn malformed((fault, offset): (AttributeFault, usize)) -> CardError {
    CardError::Malformed { what: Part::Attributes(fault), offset }
}

/// The data objects inside the template, with the place of each value in the file.
struct Items<'a> {
    objects: Vec<(u32, &'a [u8], usize)>,
    end: usize,
}

impl<'a> Items<'a> {
    fn read(bytes: &'a [u8], start: usize) -> Result<Self, (AttributeFault, usize)> {
        let mut objects: Vec<(u32, &[u8], usize)> = Vec::new();
        for object in tlv::Reader::new(bytes) {
            let object =
                object.map_err(|error| (AttributeFault::Structure(error.what), start + error.offset))?;
            let place = start + object.offset;
            if objects.iter().any(|(tag, ..)| *tag == object.tag) {
                return Err((AttributeFault::Twice(object.tag), place));
            }
            objects.push((object.tag, object.value, place));
        }
        Ok(Self { objects, end: start + bytes.len() })
    }

    fn text(&self, tag: u32) -> Result<String, (AttributeFault, usize)> {
        let (text, _) = self.utf8(tag)?;
        Ok(text.to_owned())
    }

    fn digits(&self, tag: u32, count: usize) -> Result<String, (AttributeFault, usize)> {
        match self.utf8(tag)? {
            (text, _) if text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit()) => {
                Ok(text.to_owned())
            }
            (_, place) => Err((AttributeFault::Unreadable(tag), place)),
        }
    }

    /// The text of an item, and its place in the file.
    fn utf8(&self, tag: u32) -> Result<(&'a str, usize), (AttributeFault, usize)> {
        let found = self.objects.iter().find(|(found, ..)| *found == tag);
        let &(_, value, place) = found.ok_or((AttributeFault::Missing(tag), self.end))?;
        let text = str::from_utf8(value)
            .map_err(|error| (AttributeFault::Unreadable(tag), place + error.valid_up_to()))?;
        Ok((text, place))
    }
}
