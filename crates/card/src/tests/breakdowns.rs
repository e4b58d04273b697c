//! A filing broken off at each of its exchanges.

use shomei_virtual_card::VirtualCard;

use super::{
    certificate,
    filing::{file, virtual_card},
};
use crate::{Card, CardError, Transport, TransportError, Tries, UnlockError};

/// A card in a reader in which something happens at one exchange, counted from 0.
struct Breaking {
    card: VirtualCard,
    at: usize,
    how: Breakdown,
    said: Vec<Vec<u8>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Breakdown {
    /// The card is taken out before it hears the command.
    Removed,
    /// The card is taken out after it carried out the command.
    RemovedBeforeAnswering,
    /// The card carries out the command and the answer is lost.
    AnswerLost,
    /// The card never hears the command.
    CommandLost,
}

impl Breaking {
    fn new(at: usize, how: Breakdown) -> Self {
        Self { card: virtual_card(&certificate(1_800)), at, how, said: Vec::new() }
    }

    fn password_was_sent(&self) -> bool {
        self.said.iter().any(|command| is_password(command))
    }

    /// Whether the last thing said, after the password, was the SELECT of another application.
    fn closing_was_said_last(&self) -> bool {
        self.said.last().is_some_and(|command| command.starts_with(&[0x00, 0xA4, 0x04, 0x0C, 0x07, 0xA0]))
            || self
                .said
                .last()
                .is_some_and(|command| command.starts_with(&[0x00, 0xA4, 0x04, 0x0C, 0x0A, 0xD3, 0x92, 0x10]))
    }
}

fn is_password(command: &[u8]) -> bool {
    command.starts_with(&[0x00, 0x20]) && command.len() > 4
}

impl Transport for Breaking {
    fn transmit(&mut self, command: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
        let now = self.said.len();
        self.said.push(command.to_vec());
        let lost = Err(TransportError::Service { code: 1 });
        match self.how {
            Breakdown::Removed if now >= self.at => Err(TransportError::Removed),
            Breakdown::RemovedBeforeAnswering if now > self.at => Err(TransportError::Removed),
            Breakdown::RemovedBeforeAnswering if now == self.at => {
                self.card.respond(command);
                Err(TransportError::Removed)
            }
            Breakdown::AnswerLost if now == self.at => {
                self.card.respond(command);
                lost
            }
            Breakdown::CommandLost if now == self.at => lost,
            _ => self.card.transmit(command, response),
        }
    }
}

/// Exchanges of an undisturbed filing, closing included.
fn exchanges_of_a_filing() -> usize {
    let mut undisturbed = Breaking::new(usize::MAX, Breakdown::Removed);
    file(&mut undisturbed).unwrap();
    undisturbed.said.len()
}

#[test]
fn a_removal_at_any_exchange_is_told_as_a_removal_and_closing_is_tried() {
    for how in [Breakdown::Removed, Breakdown::RemovedBeforeAnswering] {
        for at in 0..exchanges_of_a_filing() {
            let mut transport = Breaking::new(at, how);
            let broken = file(&mut transport).unwrap_err();
            assert_eq!(broken, UnlockError::Card(CardError::Removed), "{how:?} at {at}");
            assert_eq!(transport.closing_was_said_last(), transport.password_was_sent(), "{how:?} at {at}");
        }
    }
}

#[test]
fn a_breakdown_at_any_exchange_never_costs_a_second_try_and_leaves_the_key_closed() {
    for how in [Breakdown::AnswerLost, Breakdown::CommandLost] {
        for at in 0..exchanges_of_a_filing() {
            let mut transport = Breaking::new(at, how);
            let _ = file(&mut transport);
            assert!(transport.said.iter().filter(|command| is_password(command)).count() <= 1);
            assert_eq!(state(&mut transport.card), "63C5", "{how:?} at {at}");
        }
    }
}

#[test]
fn the_next_program_finds_the_key_closed() {
    let mut card = virtual_card(&certificate(300));
    file(&mut card).unwrap();
    assert_eq!(state(&mut card), "63C5");
    assert_eq!(Card::open(&mut card).unwrap().tries_at_open(), Some(Tries::Left(5)));
}

#[test]
fn a_key_that_an_earlier_program_left_open_is_closed_on_opening() {
    let mut card = virtual_card(&certificate(300));
    for command in [
        &[0x00, 0xA4, 0x04, 0x0C, 0x0A, 0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01][..],
        &[0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, 0x1B],
        b"\x00\x20\x00\x80\x06ABC123",
    ] {
        assert_eq!(card.respond(command), [0x90, 0x00]);
    }
    assert_eq!(state(&mut card), "9000");
    assert_eq!(Card::open(&mut card).unwrap().tries_at_open(), Some(Tries::Left(5)));
    assert_eq!(state(&mut card), "63C5");
}

/// What another program is told: 9000 by an open key, the counter by a closed one.
fn state(card: &mut VirtualCard) -> String {
    card.respond(&[0x00, 0xA4, 0x04, 0x0C, 0x0A, 0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01]);
    card.respond(&[0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, 0x1B]);
    card.respond(&[0x00, 0x20, 0x00, 0x80]).iter().map(|byte| format!("{byte:02X}")).collect()
}
