//! Why bytes could not be read or written, and where.

use thiserror::Error;

/// Bytes that are not what they claim to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{what} at offset {offset}")]
pub struct DecodeError {
    /// What is wrong.
    pub what: Malformed,
    /// Bytes from the start of the input to the first byte that is wrong or missing.
    pub offset: usize,
}

impl DecodeError {
    pub(crate) const fn new(what: Malformed, offset: usize) -> Self {
        Self { what, offset }
    }
}

/// The ways in which bytes can be malformed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Malformed {
    /// Fewer than the four header bytes of a command (ISO 7816-4 §5.1).
    #[error("a command header of fewer than four bytes")]
    HeaderTooShort,
    /// Lc and the number of bytes that follow contradict each other.
    #[error("a command body whose length contradicts its Lc")]
    BodyLength,
    /// An extended Lc of zero, which no form of command has.
    #[error("an extended Lc of zero")]
    ZeroLc,
    /// An answer of no or one byte, which cannot hold a status word.
    #[error("an answer too short for a status word")]
    NoStatusWord,
    /// The input ends inside a tag.
    #[error("a truncated tag")]
    TagTruncated,
    /// A tag of more than three bytes (ISO 7816-4 §5.2.2.1).
    #[error("a tag longer than three bytes")]
    TagTooLong,
    /// The input ends inside a length.
    #[error("a truncated length")]
    LengthTruncated,
    /// An indefinite length (80) or one of more than four bytes.
    #[error("an unsupported form of length")]
    LengthForm,
    /// A length that cannot be held in memory.
    #[error("a length that overflows")]
    LengthOverflow,
    /// A value that ends before its length says.
    #[error("a truncated value")]
    ValueTruncated,
}

/// A command that has no encoding, or no room for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// More data than an extended Lc can say.
    #[error("{length} bytes of command data; at most 65535 fit")]
    DataTooLong {
        /// Bytes of data in the command.
        length: usize,
    },
    /// A larger answer than an extended Le can ask for.
    #[error("an expected length of {expected}; at most 65536 fits")]
    ExpectedTooLong {
        /// Ne of the command.
        expected: u32,
    },
    /// The buffer is shorter than the encoding.
    #[error("a buffer of {available} bytes for {needed}")]
    BufferTooSmall {
        /// Bytes of the encoding.
        needed: usize,
        /// Bytes of the buffer.
        available: usize,
    },
}
