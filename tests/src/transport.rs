//! A card in the first reader, over PC/SC.

use std::ffi::{CStr, CString};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use pcsc::{Card, Context, Disposition, Error, Protocols, Scope, ShareMode};
use shomei_card::{Transport, TransportError};

/// `SCARD_F_UNKNOWN_ERROR`: which other fault it was makes no difference to a test.
const UNKNOWN_ERROR: u32 = 0x8010_0014;

/// The service takes a moment to notice that a program which held the card has been killed.
const PATIENCE: Duration = Duration::from_secs(2);
const BETWEEN_TRIES: Duration = Duration::from_millis(5);

/// An exclusive connection to the card in the first reader that has one.
pub struct PcscTransport {
    card: Card,
}

impl PcscTransport {
    /// Connects through the service that `PCSCLITE_CSOCK_NAME` names.
    ///
    /// # Errors
    /// Without a service, a reader, or a card, and when another program holds the card for more than two seconds.
    pub fn connect() -> Result<Self> {
        let context = Context::establish(Scope::User).context("the PC/SC service")?;
        let readers: Vec<CString> = context.list_readers_owned().context("the readers")?;
        let reader = readers.first().context("no reader")?;
        Ok(Self { card: hold(&context, reader).context("the card")? })
    }

    /// Disconnects and powers the card off.
    ///
    /// # Errors
    /// When the service refuses.
    pub fn power_off(self) -> Result<()> {
        self.card.disconnect(Disposition::UnpowerCard).map_err(|(_, error)| error).context("powering off")
    }
}

fn hold(context: &Context, reader: &CStr) -> Result<Card, Error> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match context.connect(reader, ShareMode::Exclusive, Protocols::ANY) {
            Err(Error::SharingViolation) if Instant::now() < deadline => thread::sleep(BETWEEN_TRIES),
            held => return held,
        }
    }
}

impl Transport for PcscTransport {
    fn transmit(&mut self, command: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
        let room = response.len();
        self.card.transmit(command, response).map(<[u8]>::len).map_err(|error| match error {
            Error::NoSmartcard | Error::RemovedCard | Error::ReaderUnavailable => TransportError::Removed,
            Error::ResetCard => TransportError::Reset,
            Error::SharingViolation => TransportError::InUse,
            Error::NoService | Error::ServiceStopped => TransportError::ServiceStopped,
            Error::InsufficientBuffer => TransportError::AnswerTooLong { room },
            _ => TransportError::Service { code: UNKNOWN_ERROR },
        })
    }
}
