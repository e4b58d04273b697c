//! READ BINARY (ISO 7816-4 §7.2.3): one data object out of its file, in as few exchanges as there are.
//!
//! A file is longer than what it holds and filled up behind it. The first chunk carries the object's length, so
//! only bytes of the object are asked for after it: in chunks, or all at once where extended answers work.

use shomei_apdu::{Response, StatusWord};

use crate::{Card, CardError, Dialect, Extended, Part, Transport, command, file::File};

/// Bytes of one READ BINARY with a short Le.
const CHUNK: u16 = 256;

/// Reads the object at the start of `file`. `announced` says from the first bytes how long it is altogether.
pub(crate) fn object<T: Transport>(
    card: &mut Card<T>,
    file: File,
    announced: impl Fn(&[u8]) -> Result<usize, CardError>,
) -> Result<Vec<u8>, CardError> {
    let start = card.say_to(file, &command::read_file(file, CHUNK), &command::read(0, CHUNK))?;
    let mut object = data(start, 0)?;
    let length = announced(&object)?;
    while object.len() < length {
        let offset = object.len();
        let cut_off = CardError::Malformed { what: Part::CutOff, offset };
        let (Ok(from), Ok(missing)) = (u16::try_from(offset), u16::try_from(length - offset)) else {
            return Err(cut_off);
        };
        let part = data(next(card, file, from, missing)?, offset)?;
        if part.is_empty() {
            return Err(cut_off);
        }
        object.extend_from_slice(&part);
    }
    object.truncate(length);
    Ok(object)
}

/// The next part of a file that was begun.
fn next<T: Transport>(
    card: &mut Card<T>,
    file: File,
    from: u16,
    missing: u16,
) -> Result<Response, CardError> {
    match card.dialect().extended {
        Extended::Works => return card.exchange(&command::read(from, missing)),
        Extended::Untried if missing > CHUNK && !card.may_be_open() => {
            if let Some(answer) = find_out(card, from, missing)? {
                return Ok(answer);
            }
        }
        Extended::Untried | Extended::Never => {}
    }
    // After a failure nothing is known of what is selected; otherwise this says nothing.
    card.select(file)?;
    card.exchange(&command::read(from, missing.min(CHUNK)))
}

/// Whether extended answers work is found out once, and only while no key is open: a reader that does not take them may
/// fail in any way. Nothing where they do not.
fn find_out<T: Transport>(
    card: &mut Card<T>,
    from: u16,
    missing: u16,
) -> Result<Option<Response>, CardError> {
    let tried = card.exchange(&command::read(from, missing));
    let (extended, answer) = match tried {
        Ok(answer) if is_whole(answer.status) => (Extended::Works, Some(answer)),
        // This says nothing of lengths.
        Err(CardError::Removed) => return Err(CardError::Removed),
        Ok(_) | Err(_) => (Extended::Never, None),
    };
    let dialect = Dialect { extended, ..card.dialect() };
    card.set_dialect(dialect);
    Ok(answer)
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
