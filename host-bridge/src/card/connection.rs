//! One connection to the card in one reader, exclusive for as long as it lives.
//!
//! The connection is made for one purpose and ends with it: no connection lives while a person is waited for.

use std::ffi::CStr;

use pcsc::{Disposition, Error, Protocols, ShareMode, Transaction};
use shomei_card::pin_pad::{Features, GET_FEATURE_REQUEST};
use shomei_card::{Transport, TransportError};

use crate::operation::{Operation, Party};

/// What happens to the card's power at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Left as it is: nothing was opened on it.
    Leave,
    /// Switched off: what a reset would keep, this clears.
    PowerOff,
}

/// Connects to the card in `reader`, holds it in a transaction while `work` runs, and lets it go.
/// A transaction, not an exclusive connection: programs that merely watch the card need not be closed. While another
/// program is in a transaction of its own, pcsc-lite neither connects nor refuses, so `operation` is told who is
/// waited for.
pub(super) fn with_card<V>(
    operation: &Operation,
    context: &pcsc::Context,
    reader: &CStr,
    ending: Ending,
    work: impl FnOnce(&mut Connection<'_>) -> V,
) -> Result<V, Error> {
    let disposition = match ending {
        Ending::Leave => Disposition::LeaveCard,
        Ending::PowerOff => Disposition::UnpowerCard,
    };
    let connect = || context.connect(reader, ShareMode::Shared, Protocols::ANY);
    let mut card = operation.awaiting(Party::Program, connect)?;
    let worked = match operation.awaiting(Party::Program, || card.transaction2()) {
        Ok(transaction) => {
            let mut connection = Connection { transaction, operation };
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
    operation: &'card Operation,
}

impl Connection<'_> {
    /// Asks the reader whether it has a pad of its own. One that does not understand the question has none.
    pub(super) fn has_pad(&self) -> bool {
        let mut answer = [0; pcsc::MAX_BUFFER_SIZE];
        let code = pcsc::ctl_code(GET_FEATURE_REQUEST.into());
        pad_in(self.operation.awaiting(Party::Card, || self.transaction.control(code, &[], &mut answer)))
    }
}

fn pad_in(answer: Result<&[u8], Error>) -> bool {
    let features = answer.ok().and_then(|answer| Features::parse(answer).ok());
    features.is_some_and(|features| features.verify_pin_direct.is_some())
}

impl Transport for Connection<'_> {
    fn transmit(&mut self, command: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
        let room = response.len();
        match self.operation.awaiting(Party::Card, || self.transaction.transmit(command, response)) {
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
        // pcsc-lite's word for a service that is gone in the middle of a call is the last one.
        Error::NoService | Error::ServiceStopped | Error::CommError => TransportError::ServiceStopped,
        Error::InsufficientBuffer => TransportError::AnswerTooLong { room },
        other => TransportError::Service { code: code(other) },
    }
}

/// PC/SC's own number of an error. pcsc-lite counts them upwards from 0x80100001; only the common ones are told apart.
fn code(error: Error) -> u32 {
    match error {
        Error::NotTransacted => 0x8010_0016,
        Error::UnresponsiveCard => 0x8010_0066,
        _ => 0x8010_0014,
    }
}

#[cfg(test)]
mod tests {
    use super::{pad_in, transport_error};
    use pcsc::Error;
    use shomei_card::TransportError;

    #[test]
    fn a_pad_is_what_the_reader_says_it_has_and_silence_is_none() {
        const MODIFY: [u8; 6] = [0x07, 4, 0x42, 0, 0x0D, 0x49];
        const VERIFY: [u8; 6] = [0x06, 4, 0x42, 0, 0x0D, 0x48];
        let both = [MODIFY, VERIFY].concat();
        type Answer<'a> = Result<&'a [u8], Error>;
        let cases: [(&str, Answer<'_>, bool); 7] = [
            ("a pad", Ok(&both), true),
            ("other features", Ok(&MODIFY), false),
            ("none", Ok(&[]), false),
            ("half an answer", Ok(&both[..9]), false),
            ("a driver that knows no features", Err(Error::UnsupportedFeature), false),
            ("a reader that refuses", Err(Error::NotTransacted), false),
            ("a card that went", Err(Error::RemovedCard), false),
        ];
        for (name, answer, pad) in cases {
            assert_eq!(pad_in(answer), pad, "{name}");
        }
    }

    #[test]
    fn a_failed_exchange_is_told_by_its_reason() {
        let cases = [
            (Error::RemovedCard, TransportError::Removed),
            (Error::NoSmartcard, TransportError::Removed),
            (Error::ReaderUnavailable, TransportError::Removed),
            (Error::ResetCard, TransportError::Reset),
            (Error::SharingViolation, TransportError::InUse),
            (Error::NoService, TransportError::ServiceStopped),
            (Error::ServiceStopped, TransportError::ServiceStopped),
            (Error::CommError, TransportError::ServiceStopped),
            (Error::InsufficientBuffer, TransportError::AnswerTooLong { room: 258 }),
            (Error::NotTransacted, TransportError::Service { code: 0x8010_0016 }),
            (Error::InternalError, TransportError::Service { code: 0x8010_0014 }),
        ];
        for (error, expected) in cases {
            assert_eq!(transport_error(error, 258), expected, "{error:?}");
        }
    }
}
