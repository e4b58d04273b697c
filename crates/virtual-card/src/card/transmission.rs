//! How an answer reaches the reader: at once (T=1), or in the steps of T=0 where the reader shows them.

use shomei_apdu::{Command, Form, Response, StatusWord};
use zeroize::{Zeroize, Zeroizing};

use super::VirtualCard;
use crate::Interface;

/// An answer without data.
pub(super) fn refusal(status: StatusWord) -> Vec<u8> {
    Response::from(status).to_bytes()
}

fn success(mut data: Vec<u8>) -> Vec<u8> {
    let bytes = Response::new(data.as_slice(), StatusWord::Success).to_bytes();
    data.zeroize();
    bytes
}

/// A number of bytes in SW2 or Le: 0 says 256 or more.
fn low_byte(size: usize) -> u8 {
    u8::try_from(size).unwrap_or(0)
}

impl VirtualCard {
    pub(super) fn transmit(&mut self, command: &Command<'_>) -> Vec<u8> {
        let steps = self.behaviour.interface == Interface::T0;
        if command.form() == Form::Extended && (steps || self.behaviour.no_extended) {
            return refusal(StatusWord::WrongLength);
        }
        if !steps {
            return self.execute(command).map_or_else(refusal, success);
        }
        match (command.class().byte(), command.instruction()) {
            (0x00, 0xC0) => self.get_response(command),
            _ => self.execute_in_steps(command),
        }
    }

    /// Case 4 leaves its data waiting, case 2 wants the exact length (ISO 7816-3 §12.2).
    fn execute_in_steps(&mut self, command: &Command<'_>) -> Vec<u8> {
        self.waiting = Zeroizing::default();
        let answer = self.execute(command);
        match answer {
            Ok(data) if data.is_empty() => success(data),
            Ok(data) if command.data().is_empty() => exactly(data, command),
            Ok(data) => {
                let more = StatusWord::MoreData(low_byte(data.len()));
                self.waiting = Zeroizing::new(data);
                refusal(more)
            }
            Err(status) => refusal(status),
        }
    }

    /// GET RESPONSE (ISO 7816-4 §7.6.1). With nothing waiting 6985: inferred.
    fn get_response(&mut self, command: &Command<'_>) -> Vec<u8> {
        let size = usize::try_from(command.expected()).unwrap_or(usize::MAX);
        if (command.p1(), command.p2()) != (0x00, 0x00) {
            return refusal(StatusWord::IncorrectParameters);
        }
        if self.waiting.is_empty() {
            return refusal(StatusWord::ConditionsNotSatisfied);
        }
        if size > self.waiting.len() {
            return refusal(StatusWord::WrongExpected(low_byte(self.waiting.len())));
        }
        let rest = Zeroizing::new(self.waiting.split_off(size));
        let data = std::mem::replace(&mut self.waiting, rest).to_vec();
        if self.waiting.is_empty() {
            return success(data);
        }
        Response::new(data, StatusWord::MoreData(low_byte(self.waiting.len()))).to_bytes()
    }
}

/// An answer to an Le: 6Cxx where less is there than asked for.
fn exactly(data: Vec<u8>, command: &Command<'_>) -> Vec<u8> {
    match usize::try_from(command.expected()) {
        Ok(expected) if expected > data.len() => refusal(StatusWord::WrongExpected(low_byte(data.len()))),
        _ => success(data),
    }
}
