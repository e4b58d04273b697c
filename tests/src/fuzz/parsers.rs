//! Bytes from a card, as this project's client reads them.

use shomei_apdu::{Response, tlv};
use shomei_card::{BasicFourItems, Card, Transport, TransportError};

/// An answer of a card: read and written again it is the same.
pub fn response(data: &[u8]) {
    match Response::parse(data) {
        Ok(response) => assert_eq!(response.to_bytes(), data),
        Err(error) => assert!(data.len() < 2 && error.offset == data.len()),
    }
}

/// Data objects: each lies where it is said to lie, behind the one before it.
pub fn tlv(data: &[u8]) {
    let mut end = 0;
    for object in tlv::Reader::new(data) {
        match object {
            Ok(object) => {
                let value = data.get(object.offset..object.offset + object.value.len());
                assert_eq!(value, Some(object.value));
                assert!(object.offset >= end + 2);
                end = object.offset + object.value.len();
            }
            Err(error) => assert!(error.offset <= data.len()),
        }
    }
}

/// A file with a certificate in it: what is read is the start of the file, as long as its own header says.
pub fn certificate(data: &[u8]) {
    let Ok(read) = Card::resume(FileServer(data)).authentication_certificate() else {
        return;
    };
    assert!(data.starts_with(&read));
    let header = tlv::Header::parse(&read);
    assert!(header.is_ok_and(|header| header.total_length() == read.len() && header.tag == 0x30));
}

/// The basic four items: each is text of the file, the date has eight digits.
pub fn attributes(data: &[u8]) {
    match BasicFourItems::parse(data) {
        Ok(items) => {
            for item in [&items.name, &items.address, &items.birth, &items.sex] {
                let bytes = item.as_bytes();
                assert!(bytes.is_empty() || data.windows(bytes.len()).any(|window| window == bytes));
            }
            assert!(items.birth.len() == 8 && items.birth.bytes().all(|byte| byte.is_ascii_digit()));
        }
        Err((_, offset)) => assert!(offset <= data.len()),
    }
}

/// A card whose every file has the same contents.
struct FileServer<'a>(&'a [u8]);

impl Transport for FileServer<'_> {
    fn transmit(&mut self, command: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
        let answer = match *command {
            [0x00, 0xA4, ..] => vec![0x90, 0x00],
            [0x00, 0xB0, high, low, length] => self.read(u16::from_be_bytes([high, low]), length),
            _ => vec![0x6D, 0x00],
        };
        let room = response.len();
        let place = response.get_mut(..answer.len()).ok_or(TransportError::AnswerTooLong { room })?;
        place.copy_from_slice(&answer);
        Ok(answer.len())
    }
}

impl FileServer<'_> {
    fn read(&self, offset: u16, length: u8) -> Vec<u8> {
        let wanted = if length == 0 { 256 } else { usize::from(length) };
        match self.0.get(usize::from(offset)..) {
            Some(rest @ [_, ..]) => rest.iter().take(wanted).copied().chain([0x90, 0x00]).collect(),
            _ => vec![0x6B, 0x00],
        }
    }
}
