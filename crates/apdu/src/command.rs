//! Commands (ISO 7816-4 §5.1): built by a client, encoded for the wire, read by a card.
//!
//! A command borrows its data, so that building one makes no second copy of a secret. The encoding goes into
//! the caller's buffer for the same reason; who sends a password passes a buffer that wipes itself.

mod encode;
mod parse;
#[cfg(test)]
mod tests;

use core::fmt;

use crate::{Class, DecodeError, EncodeError};

/// Largest Nc of the short form.
pub const MAX_SHORT_DATA: usize = 255;
/// Largest Nc of the extended form.
pub const MAX_EXTENDED_DATA: usize = 65_535;
/// Bytes of the longest short command: header, Lc, 255 bytes, Le.
pub const MAX_SHORT_COMMAND: usize = 4 + 1 + MAX_SHORT_DATA + 1;

/// One command: a header, data (Nc bytes, possibly none) and the expected length of the answer (Ne).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command<'a> {
    class: Class,
    instruction: u8,
    p1: u8,
    p2: u8,
    data: Data<'a>,
    expected: u32,
    form: Form,
}

impl<'a> Command<'a> {
    /// A command of case 1: four bytes of header, no data, no answer expected.
    #[must_use]
    pub const fn new(class: Class, instruction: u8, p1: u8, p2: u8) -> Self {
        Self { class, instruction, p1, p2, data: Data::Plain(&[]), expected: 0, form: Form::Short }
    }

    /// The same command with data. No bytes means no Lc.
    #[must_use]
    pub const fn with_data(self, data: Data<'a>) -> Self {
        Self { data, ..self }
    }

    /// The same command expecting up to `expected` bytes (Ne): 0 for none, 256 for a short Le of `00`,
    /// at most 65536.
    #[must_use]
    pub const fn expecting(self, expected: u32) -> Self {
        Self { expected, ..self }
    }

    /// The same command in the extended form, also where the short one would do.
    #[must_use]
    pub const fn extended(self) -> Self {
        Self { form: Form::Extended, ..self }
    }

    /// Reads one whole command, short or extended, of any of the four cases.
    ///
    /// The data is marked [`Data::Sensitive`]: a card cannot know what it is being told before it knows the
    /// instruction.
    ///
    /// # Errors
    /// [`DecodeError`] with the offset of the first byte that does not fit.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        parse::command(bytes)
    }

    /// Writes the command to the start of `buffer` and says how many bytes it took. The extended form is used
    /// where it was asked for, or where Nc > 255 or Ne > 256 leaves no choice.
    ///
    /// # Errors
    /// [`EncodeError`]; nothing was written then.
    pub fn encode(&self, buffer: &mut [u8]) -> Result<usize, EncodeError> {
        encode::command(self, buffer)
    }

    /// Class byte.
    #[must_use]
    pub const fn class(&self) -> Class {
        self.class
    }

    /// Instruction byte (INS).
    #[must_use]
    pub const fn instruction(&self) -> u8 {
        self.instruction
    }

    /// First parameter byte.
    #[must_use]
    pub const fn p1(&self) -> u8 {
        self.p1
    }

    /// Second parameter byte.
    #[must_use]
    pub const fn p2(&self) -> u8 {
        self.p2
    }

    /// Data bytes; empty when the command has no Lc.
    #[must_use]
    pub const fn data(&self) -> &'a [u8] {
        self.data.bytes()
    }

    /// Ne: how many bytes of answer the sender takes at most; 0 when the command has no Le, 256 for a short
    /// Le of `00`, 65536 for an extended Le of `0000`.
    #[must_use]
    pub const fn expected(&self) -> u32 {
        self.expected
    }

    /// The form the command has or needs on the wire.
    #[must_use]
    pub const fn form(&self) -> Form {
        match self.form {
            Form::Short if self.data().len() <= MAX_SHORT_DATA && self.expected <= 256 => Form::Short,
            _ => Form::Extended,
        }
    }
}

/// How lengths are written: one byte, or three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Lc and Le of one byte each.
    Short,
    /// Lc of `00` and two bytes; Le of two bytes, after a `00` when there is no Lc.
    Extended,
}

/// Command data, marked by whether it may be printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Data<'a> {
    /// May appear in a trace.
    Plain(&'a [u8]),
    /// A password or anything else that must not; `Debug` prints `REDACTED`, not even its length.
    Sensitive(&'a [u8]),
}

impl<'a> Data<'a> {
    /// The bytes, whatever the mark.
    #[must_use]
    pub const fn bytes(&self) -> &'a [u8] {
        match self {
            Self::Plain(bytes) | Self::Sensitive(bytes) => bytes,
        }
    }
}

impl fmt::Debug for Data<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(bytes) => write!(f, "{bytes:02X?}"),
            Self::Sensitive(_) => f.write_str("REDACTED"),
        }
    }
}
