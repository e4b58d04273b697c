//! One exchange as the card means it: a command, and its whole answer, in however many parts it comes.

use shomei_apdu::{Command, MAX_SHORT_COMMAND, MAX_SHORT_RESPONSE, Response, StatusWord};
use zeroize::Zeroizing;

use crate::{
    CardError, Part, Transport, TransportError,
    command::{get_response, length_hint},
};

/// Bytes of a status word.
const STATUS: usize = 2;

/// Sends `command` and collects the answer. A command with an Le is followed up: 61xx by GET RESPONSE, 6Cxx by the
/// same command with the right Le. One without, such as VERIFY, is said once and its answer left as it is.
pub(crate) fn exchange(transport: &mut impl Transport, command: &Command<'_>) -> Result<Response, CardError> {
    let answer = transmit(transport, command)?;
    let most = usize::try_from(command.expected()).unwrap_or(usize::MAX);
    match answer.status {
        _ if command.expected() == 0 => Ok(answer),
        StatusWord::WrongExpected(right) => {
            let corrected = transmit(transport, &command.expecting(length_hint(right)))?;
            collect(transport, corrected, most)
        }
        _ => collect(transport, answer, most),
    }
}

fn collect(transport: &mut impl Transport, mut answer: Response, most: usize) -> Result<Response, CardError> {
    while let StatusWord::MoreData(available) = answer.status {
        let part = transmit(transport, &get_response(available))?;
        answer.data.extend_from_slice(&part.data);
        answer.status = part.status;
        // A part without data would let a broken card keep us here for ever.
        let stalled = part.data.is_empty() && matches!(part.status, StatusWord::MoreData(_));
        if stalled || answer.data.len() > most {
            return Err(CardError::Malformed { what: Part::EndlessAnswer, offset: answer.data.len() });
        }
    }
    Ok(answer)
}

fn transmit(transport: &mut impl Transport, command: &Command<'_>) -> Result<Response, CardError> {
    let mut sent = Zeroizing::new([0; MAX_SHORT_COMMAND]);
    let length = command.encode(sent.as_mut_slice())?;
    let command_bytes = sent.get(..length).unwrap_or_default();
    let expected = usize::try_from(command.expected()).unwrap_or_default();
    if expected + STATUS <= MAX_SHORT_RESPONSE {
        return receive(transport, command_bytes, &mut [0; MAX_SHORT_RESPONSE]);
    }
    receive(transport, command_bytes, &mut vec![0; expected + STATUS])
}

fn receive(
    transport: &mut impl Transport,
    command: &[u8],
    received: &mut [u8],
) -> Result<Response, CardError> {
    let answered = transport.transmit(command, received)?;
    let room = received.len();
    let answer = received.get(..answered).ok_or(TransportError::AnswerTooLong { room })?;
    Ok(Response::parse(answer)?)
}
