//! Reading a command: the decision of ISO 7816-4 §5.1 between cases 1, 2, 3 and 4, short and extended.

use super::{Command, Data};
use crate::{Class, DecodeError, Malformed};

pub(super) fn command(bytes: &[u8]) -> Result<Command<'_>, DecodeError> {
    let [class, instruction, p1, p2, body @ ..] = bytes else {
        return Err(DecodeError::new(Malformed::HeaderTooShort, bytes.len()));
    };
    let header = Command::new(Class::new(*class), *instruction, *p1, *p2);
    match body {
        [] => Ok(header),
        [le] => Ok(header.expecting(short_expected(*le))),
        [0, high, low] => Ok(header.extended().expecting(extended_expected([*high, *low]))),
        [0, high, low, rest @ ..] => extended(header, u16::from_be_bytes([*high, *low]), rest),
        [lc, rest @ ..] => short(header, *lc, rest),
    }
}

fn short<'a>(header: Command<'a>, lc: u8, rest: &'a [u8]) -> Result<Command<'a>, DecodeError> {
    const LC_OFFSET: usize = 4;
    // Here a zero Lc is followed by exactly one byte: neither an extended Le nor data.
    if lc == 0 {
        return Err(DecodeError::new(Malformed::BodyLength, LC_OFFSET));
    }
    let mismatch = DecodeError::new(Malformed::BodyLength, LC_OFFSET);
    let (data, le) = rest.split_at_checked(usize::from(lc)).ok_or(mismatch)?;
    let header = header.with_data(Data::Sensitive(data));
    match le {
        [] => Ok(header),
        [le] => Ok(header.expecting(short_expected(*le))),
        _ => Err(mismatch),
    }
}

fn extended<'a>(header: Command<'a>, lc: u16, rest: &'a [u8]) -> Result<Command<'a>, DecodeError> {
    const LC_OFFSET: usize = 5;
    if lc == 0 {
        return Err(DecodeError::new(Malformed::ZeroLc, LC_OFFSET));
    }
    let mismatch = DecodeError::new(Malformed::BodyLength, LC_OFFSET);
    let (data, le) = rest.split_at_checked(usize::from(lc)).ok_or(mismatch)?;
    let header = header.extended().with_data(Data::Sensitive(data));
    match le {
        [] => Ok(header),
        [high, low] => Ok(header.expecting(extended_expected([*high, *low]))),
        _ => Err(mismatch),
    }
}

fn short_expected(le: u8) -> u32 {
    match le {
        0 => 256,
        le => u32::from(le),
    }
}

fn extended_expected(le: [u8; 2]) -> u32 {
    match u16::from_be_bytes(le) {
        0 => 65_536,
        le => u32::from(le),
    }
}
