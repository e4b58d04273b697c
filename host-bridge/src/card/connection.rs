//! One connection to the card in one reader, exclusive for as long as it lives.
//!
//! The connection is made for one purpose and ends with it: no connection lives while a person is waited for.

use std::ffi::CStr;

use pcsc::{Disposition, Error, Protocols, ShareMode, Transaction};
use shomei_card::{Transport, TransportError};

/// What happens to the card's power at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Left as it is: nothing was opened on it.
    Leave,
    /// Switched off: what a reset would keep, this clears.
    PowerOff,
}

/// Connects to the card in `reader`, holds it in a transaction while `work` runs, and lets it go.
/// A transaction, not an exclusive connection: programs that merely watch the card need not be closed.
pub(super) fn with_card<V>(
    context: &pcsc::Context,
    reader: &CStr,
    ending: Ending,
    work: impl FnOnce(&mut Connection<'_>) -> V,
) -> Result<V, Error> {
    let disposition = match ending {
        Ending::Leave => Disposition::LeaveCard,
        Ending::PowerOff => Disposition::UnpowerCard,
    };
    let mut card = context.connect(reader, ShareMode::Shared, Protocols::ANY)?;
    let worked = match card.transaction2() {
        Ok(transaction) => {
            let mut connection = Connection { transaction };
            let worked = work(&mut connection);
            let _gone_with_the_card = connection.transaction.end(disposition);
            Ok(worked)
        }
        Err((_, error)) => Err(error),
    };
    let _gone_with_the_card = card.disconnect(disposition);
    worked
}

/// The card for the length of one transaction.
pub(super) struct Connection<'card> {
    transaction: Transaction<'card>,
}

impl Transport for Connection<'_> {
    fn transmit(&mut self, command: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
        let room = response.len();
        match self.transaction.transmit(command, response) {
            // A card that is pulled in the middle of an exchange answers with success and nothing.
            Ok(answer) if answer.len() < 2 => Err(TransportError::Removed),
            Ok(answer) => Ok(answer.len()),
            Err(error) => Err(transport_error(error, room)),
        }
    }
}

fn transport_error(error: Error, room: usize) -> TransportError {
    match error {
        Error::RemovedCard
        | Error::NoSmartcard
        | Error::ReaderUnavailable
        | Error::UnknownReader
        | Error::UnpoweredCard => TransportError::Removed,
        Error::ResetCard => TransportError::Reset,
        Error::SharingViolation => TransportError::InUse,
        Error::NoService | Error::ServiceStopped => TransportError::ServiceStopped,
        Error::InsufficientBuffer => TransportError::AnswerTooLong { room },
        other => TransportError::Service { code: code(other) },
    }
}

/// PC/SC's own number of an error. pcsc-lite counts them upwards from 0x80100001; only the common ones are told apart.
fn code(error: Error) -> u32 {
    match error {
        Error::CommError => 0x8010_002F,
        Error::NotTransacted => 0x8010_0016,
        Error::UnresponsiveCard => 0x8010_0066,
        _ => 0x8010_0014,
    }
}
