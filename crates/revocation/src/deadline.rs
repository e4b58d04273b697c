//! An end to exchanges that drip.
//!
//! The HTTP library waits at most for the time that is left, but a second more once none is, for each single reading: a
//! server that sends an octet now and then would hold it for ever. Here nothing is read or written after the end.

use ureq::Error;
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

/// Puts a [`Timed`] around each connection.
#[derive(Debug)]
pub(crate) struct Deadline;

/// A connection that is not used after the time that the exchange may take.
#[derive(Debug)]
pub(crate) struct Timed<T>(T);

impl<In: Transport> Connector<In> for Deadline {
    type Out = Timed<In>;

    fn connect(&self, _: &ConnectionDetails<'_>, chained: Option<In>) -> Result<Option<Timed<In>>, Error> {
        Ok(chained.map(Timed))
    }
}

impl<T: Transport> Transport for Timed<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        check(timeout)?;
        self.0.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        check(timeout)?;
        self.0.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }
}

fn check(timeout: NextTimeout) -> Result<(), Error> {
    if timeout.after.is_zero() { Err(Error::Timeout(timeout.reason)) } else { Ok(()) }
}
