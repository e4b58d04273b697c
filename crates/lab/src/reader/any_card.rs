//! Cards that can lie in a reader: a My Number Card, or one of another kind.

use shomei_virtual_card::{Reference, Standing, State, VirtualCard};

/// The other card's answer to reset: T=0, and `OTHER` for history. It is nobody's.
const OTHER_ATR: [u8; 9] = [0x3B, 0x65, 0x00, 0xFF, b'O', b'T', b'H', b'E', b'R'];
/// SELECT (ISO 7816-4 §7.1.1).
const SELECT: u8 = 0xA4;

/// A card in a reader.
#[derive(Debug)]
pub enum AnyCard {
    /// A My Number Card.
    MyNumber(Box<VirtualCard>),
    /// A card of another kind: it has no application that anyone here knows (6A82), and no other command (6D00).
    Other,
}

impl AnyCard {
    pub(super) fn atr(&self) -> &[u8] {
        match self {
            Self::MyNumber(card) => card.atr(),
            Self::Other => &OTHER_ATR,
        }
    }

    pub(super) fn respond(&mut self, command: &[u8]) -> Vec<u8> {
        match (self, command) {
            (Self::MyNumber(card), _) => card.respond(command),
            (Self::Other, [_, SELECT, ..]) => vec![0x6A, 0x82],
            (Self::Other, _) => vec![0x6D, 0x00],
        }
    }

    pub(super) fn power_on(&mut self) {
        if let Self::MyNumber(card) = self {
            card.power_on();
        }
    }

    pub(super) fn power_off(&mut self) {
        if let Self::MyNumber(card) = self {
            card.power_off();
        }
    }

    pub(super) fn reset(&mut self) {
        if let Self::MyNumber(card) = self {
            card.reset();
        }
    }

    pub(super) fn standing(&self, reference: Reference) -> Option<Standing> {
        self.my_number().and_then(|card| card.standing(reference))
    }

    pub(super) fn state(&self) -> State {
        self.my_number().map(VirtualCard::state).unwrap_or_default()
    }

    pub(super) fn restore(&mut self, state: &State) {
        if let Self::MyNumber(card) = self {
            card.restore(state);
        }
    }

    pub(super) fn my_number(&self) -> Option<&VirtualCard> {
        match self {
            Self::MyNumber(card) => Some(card),
            Self::Other => None,
        }
    }
}
