//! READ BINARY (ISO 7816-4 §7.2.3): one data object out of its file, in as few exchanges as there are.
//!
//! A file is longer than what it holds and filled up behind it. The first chunk carries the object's length, so
//! only the chunks that hold bytes of it are read.

use shomei_apdu::{Response, StatusWord};

use crate::{Card, CardError, Dialect, Extended, Part, Transport, command, file::File};

/// Bytes of one READ BINARY with a short Le.
const CHUNK: u16 = 256;
/// Bytes of one READ BINARY with an extended Le: more than a certificate's file has.
const EXTENDED_CHUNK: u16 = 4096;

/// Reads the object at the start of `file`. `announced` says from the first bytes how long it is altogether.
pub(crate) fn object<T: Transport>(
    card: &mut Card<T>,
    file: File,
    announced: impl Fn(&[u8]) -> Result<usize, CardError>,
) -> Result<Vec<u8>, CardError> {
    let mut object = first_chunk(card, file)?;
    let length = announced(&object)?;
    while object.len() < length {
        let offset = object.len();
        let cut_off = CardError::Malformed { what: Part::CutOff, offset };
        let (Ok(from), Ok(missing)) = (u16::try_from(offset), u16::try_from(length - offset)) else {
            return Err(cut_off);
        };
        let part = data(card.exchange(&command::read(from, missing.min(chunk(card))))?, offset)?;
        if part.is_empty() {
            return Err(cut_off);
        }
        object.extend_from_slice(&part);
    }
    object.truncate(length);
    Ok(object)
}

/// The start of a file. Whether extended answers work is found out here, and only while no key is open: a reader that
/// does not take them may fail in any way.
fn first_chunk<T: Transport>(card: &mut Card<T>, file: File) -> Result<Vec<u8>, CardError> {
    if card.dialect().extended == Extended::Untried && !card.may_be_open() {
        let tried = start(card, file, EXTENDED_CHUNK);
        match tried {
            Ok(answer) if is_whole(answer.status) => {
                settle(card, Extended::Works);
                return data(answer, 0);
            }
            // These say nothing of lengths.
            Err(CardError::Removed | CardError::Refused { .. }) => return data(tried?, 0),
            Ok(_) | Err(_) => settle(card, Extended::Never),
        }
    }
    let wanted = chunk(card);
    data(start(card, file, wanted)?, 0)
}

fn start<T: Transport>(card: &mut Card<T>, file: File, wanted: u16) -> Result<Response, CardError> {
    card.say_to(file, &command::read_file(file, wanted), &command::read(0, wanted))
}

fn settle<T: Transport>(card: &mut Card<T>, extended: Extended) {
    let dialect = Dialect { extended, ..card.dialect() };
    card.set_dialect(dialect);
}

fn chunk<T: Transport>(card: &Card<T>) -> u16 {
    match card.dialect().extended {
        Extended::Works => EXTENDED_CHUNK,
        Extended::Never | Extended::Untried => CHUNK,
    }
}

fn data(answer: Response, offset: usize) -> Result<Vec<u8>, CardError> {
    match answer.status {
        status if is_whole(status) => Ok(answer.data),
        StatusWord::OffsetOutside => Err(CardError::Malformed { what: Part::CutOff, offset }),
        status => Err(CardError::Refused { instruction: command::READ_BINARY, status }),
    }
}

const fn is_whole(status: StatusWord) -> bool {
    matches!(status, StatusWord::Success | StatusWord::EndOfFile)
}
