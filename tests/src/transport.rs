//! A card in the first reader, over PC/SC.

use std::ffi::CString;

use anyhow::{Context as _, Result};
use pcsc::{Card, Context, Disposition, Error, Protocols, Scope, ShareMode};
use shomei_card::{Transport, TransportError};

/// `SCARD_F_UNKNOWN_ERROR`: which other fault it was makes no difference to a test.
const UNKNOWN_ERROR: u32 = 0x8010_0014;

/// An exclusive connection to the card in the first reader that has one.
pub struct PcscTransport {
    card: Card,
}

impl PcscTransport {
    /// Connects through the service that `PCSCLITE_CSOCK_NAME` names.
    ///
    /// # Errors
    /// Without a service, a reader, or a card.
    pub fn connect() -> Result<Self> {
        let context = Context::establish(Scope::User).context("the PC/SC service")?;
        let readers: Vec<CString> = context.list_readers_owned().context("the readers")?;
        let reader = readers.first().context("no reader")?;
        let card = context.connect(reader, ShareMode::Exclusive, Protocols::ANY).context("the card")?;
        Ok(Self { card })
    }

    /// Disconnects and powers the card off.
    ///
    /// # Errors
    /// When the service refuses.
    pub fn power_off(self) -> Result<()> {
        self.card.disconnect(Disposition::UnpowerCard).map_err(|(_, error)| error).context("powering off")
    }
}

impl Transport for PcscTransport {
    fn transmit(&mut self, command: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
        let room = response.len();
        self.card.transmit(command, response).map(<[u8]>::len).map_err(|error| match error {
            Error::NoSmartcard | Error::RemovedCard | Error::ReaderUnavailable => TransportError::Removed,
            Error::ResetCard => TransportError::Reset,
            Error::InsufficientBuffer => TransportError::AnswerTooLong { room },
            _ => TransportError::Service { code: UNKNOWN_ERROR },
        })
    }
}
