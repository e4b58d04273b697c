//! Native-messaging frames: a length of 4 bytes in the machine's order, then that many bytes of UTF-8.
//!
//! Reading happens on its own thread, so the end of stdin is seen while a window is open. Nothing here knows what
//! a message means.
//! Source: developer.chrome.com, "Native messaging", section "Native messaging protocol".

use std::io::{ErrorKind, Read, Write};
use std::sync::{Arc, Mutex, PoisonError};

use native_messaging::host::{NmError, decode_message_opt, send_json};
use serde::Serialize;

/// Reads frames from `input`, each at most `limit` bytes.
#[derive(Debug)]
pub struct Frames<R> {
    input: Retrying<R>,
    limit: usize,
}

/// What stands where a frame was expected.
#[derive(Debug, PartialEq, Eq)]
pub enum Frame {
    /// A whole frame's text.
    Text(String),
    /// The browser closed the stream between two frames.
    End,
}

/// Why a frame cannot be read. After `NotUtf8` and `Empty` the stream is still in step; after the others it is not.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The length is 0: no message is that short.
    #[error("a frame of length 0")]
    Empty,
    /// The length is over the limit. The rest is not read.
    #[error("a frame of {length} bytes")]
    TooLarge {
        /// The claimed length in bytes.
        length: usize,
    },
    /// The stream ended inside a frame.
    #[error("the stream ended inside a frame")]
    Truncated,
    /// The frame is whole but not UTF-8.
    #[error("a frame that is not UTF-8")]
    NotUtf8,
    /// Reading failed.
    #[error("stdin cannot be read")]
    Io(#[source] std::io::Error),
}

impl FrameError {
    /// Whether the next frame's beginning is still known.
    #[must_use]
    pub fn keeps_step(&self) -> bool {
        matches!(self, Self::Empty | Self::NotUtf8)
    }
}

impl<R: Read> Frames<R> {
    /// Reads from `input`; a frame longer than `limit` bytes is refused before anything is allocated for it.
    pub fn new(input: R, limit: usize) -> Self {
        Self { input: Retrying(input), limit }
    }

    /// Reads one frame, or the end of the stream.
    ///
    /// # Errors
    /// [`FrameError`]; [`FrameError::keeps_step`] tells whether reading may go on.
    pub fn read(&mut self) -> Result<Frame, FrameError> {
        match decode_message_opt(&mut self.input, self.limit) {
            Ok(None) => Ok(Frame::End),
            Ok(Some(text)) if text.is_empty() => Err(FrameError::Empty),
            Ok(Some(text)) => Ok(Frame::Text(text)),
            Err(NmError::IncomingTooLarge { len, .. }) => Err(FrameError::TooLarge { length: len }),
            Err(NmError::IncomingNotUtf8(_)) => Err(FrameError::NotUtf8),
            Err(NmError::Io(error)) if error.kind() == ErrorKind::UnexpectedEof => Err(FrameError::Truncated),
            Err(NmError::Io(error)) => Err(FrameError::Io(error)),
            Err(other) => Err(FrameError::Io(std::io::Error::other(other))),
        }
    }
}

/// The codec reads a frame's first byte with a bare `read`, which a signal may interrupt.
#[derive(Debug)]
struct Retrying<R>(R);

impl<R: Read> Read for Retrying<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        loop {
            match self.0.read(buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => return result,
            }
        }
    }
}

/// The one way to stdout: whole frames, flushed, never interleaved.
#[derive(Clone)]
pub struct Outbox(Arc<Mutex<dyn Write + Send>>);

impl std::fmt::Debug for Outbox {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Outbox")
    }
}

impl Outbox {
    /// Sends frames to `output`.
    pub fn new(output: impl Write + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(output)))
    }

    /// Writes one frame and flushes it. A browser that is gone is not an error: there is nobody left to tell.
    pub fn send(&self, message: &impl Serialize) {
        let mut output = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut output: &mut (dyn Write + Send) = &mut *output;
        let _gone = send_json(&mut output, message);
    }
}

#[cfg(test)]
mod tests;
