//! Writing a command.

use super::{Command, Form, MAX_EXTENDED_DATA};
use crate::EncodeError;

/// Largest Ne: an extended Le of `0000`.
const MAX_EXPECTED: u32 = 65_536;

pub(super) fn command(command: &Command<'_>, buffer: &mut [u8]) -> Result<usize, EncodeError> {
    let data = command.data();
    let lc = Field::lc(command)?;
    let le = Field::le(command)?;
    let needed = 4 + lc.as_slice().len() + data.len() + le.as_slice().len();
    let available = buffer.len();
    let slots = buffer.get_mut(..needed).ok_or(EncodeError::BufferTooSmall { needed, available })?;
    let header = [command.class().byte(), command.instruction(), command.p1(), command.p2()];
    let bytes = header.iter().chain(lc.as_slice()).chain(data).chain(le.as_slice());
    slots.iter_mut().zip(bytes).for_each(|(slot, byte)| *slot = *byte);
    Ok(needed)
}

/// Lc or Le as it stands on the wire: nothing, one, two or three bytes.
enum Field {
    Absent,
    One([u8; 1]),
    Two([u8; 2]),
    Three([u8; 3]),
}

impl Field {
    fn lc(command: &Command<'_>) -> Result<Self, EncodeError> {
        let length = command.data().len();
        if length > MAX_EXTENDED_DATA {
            return Err(EncodeError::DataTooLong { length });
        }
        let [.., high, low] = length.to_be_bytes();
        Ok(match (command.form(), length) {
            (_, 0) => Self::Absent,
            (Form::Short, _) => Self::One([low]),
            (Form::Extended, _) => Self::Three([0, high, low]),
        })
    }

    fn le(command: &Command<'_>) -> Result<Self, EncodeError> {
        let expected = command.expected();
        if expected > MAX_EXPECTED {
            return Err(EncodeError::ExpectedTooLong { expected });
        }
        // The largest Ne of each form wraps to zero, which is exactly how the standard writes it.
        let [.., high, low] = expected.to_be_bytes();
        Ok(match (command.form(), expected) {
            (_, 0) => Self::Absent,
            (Form::Short, _) => Self::One([low]),
            (Form::Extended, _) if command.data().is_empty() => Self::Three([0, high, low]),
            (Form::Extended, _) => Self::Two([high, low]),
        })
    }

    fn as_slice(&self) -> &[u8] {
        match self {
            Self::Absent => &[],
            Self::One(bytes) => bytes,
            Self::Two(bytes) => bytes,
            Self::Three(bytes) => bytes,
        }
    }
}
