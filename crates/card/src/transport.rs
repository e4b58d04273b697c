//! The way to a card, as its owner provides it.

use thiserror::Error;

/// Sends one command to the card and waits for its answer.
///
/// `command` may hold a password: an implementation neither logs nor keeps it.
pub trait Transport {
    /// Transmits `command`, writes the answer to the start of `response` and says how long it is. `response` has
    /// room for what the command asks for: 258 bytes, more only where [`Extended`](crate::Extended) answers are read.
    ///
    /// # Errors
    /// [`TransportError`] when there is no whole answer. Whether the card carried out the command is unknown then.
    fn transmit(&mut self, command: &[u8], response: &mut [u8]) -> Result<usize, TransportError>;
}

impl<T: Transport + ?Sized> Transport for &mut T {
    fn transmit(&mut self, command: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
        (**self).transmit(command, response)
    }
}

/// Why no answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TransportError {
    /// The card left the reader, or the reader left the computer.
    #[error("the card was removed")]
    Removed,
    /// Another program reset the card; what was selected and verified is gone.
    #[error("the card was reset by another program")]
    Reset,
    /// Another program holds the card.
    #[error("another program holds the card")]
    InUse,
    /// The service behind the readers stopped.
    #[error("the reader's service stopped")]
    ServiceStopped,
    /// The answer has more bytes than the command asked for.
    #[error("an answer of more than {room} bytes")]
    AnswerTooLong {
        /// Bytes of the buffer it had to fit in.
        room: usize,
    },
    /// The reader's service failed.
    #[error("the reader's service failed with {code:#010X}")]
    Service {
        /// Its own code, for example one of PC/SC's `SCARD_E_…`.
        code: u32,
    },
}
