//! Counting exchanges: each costs 10 to 60 ms on a contactless reader, so their number is a budget.

use crate::{Transport, TransportError};

/// A transport that counts the commands that went through it, failed ones included.
#[derive(Debug)]
pub struct Counted<T> {
    inner: T,
    exchanges: u32,
    sent: usize,
    received: usize,
}

impl<T> Counted<T> {
    /// Counts from zero.
    #[must_use]
    pub const fn new(inner: T) -> Self {
        Self { inner, exchanges: 0, sent: 0, received: 0 }
    }

    /// Commands transmitted since the start or since [`Self::reset`].
    #[must_use]
    pub const fn exchanges(&self) -> u32 {
        self.exchanges
    }

    /// Bytes of these commands, and of the answers to them.
    #[must_use]
    pub const fn bytes(&self) -> (usize, usize) {
        (self.sent, self.received)
    }

    /// Starts again from zero.
    pub const fn reset(&mut self) {
        self.exchanges = 0;
        self.sent = 0;
        self.received = 0;
    }

    /// The transport inside.
    pub fn into_inner(self) -> T {
        self.inner
    }
}

impl<T: Transport> Transport for Counted<T> {
    fn transmit(&mut self, command: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
        self.exchanges = self.exchanges.saturating_add(1);
        self.sent = self.sent.saturating_add(command.len());
        let answered = self.inner.transmit(command, response)?;
        self.received = self.received.saturating_add(answered);
        Ok(answered)
    }
}
