//! Answers to reset (ISO 7816-3 §8.2).

use crate::Interface;

/// Answer to reset of the contact card: T=1 only, no historical bytes. OpenSC knows the card by it.
pub const ATR: [u8; 9] = [0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14];

/// What a reader makes up for a card of ISO 14443 type B (PC/SC part 3 §3.1.3.2.3.2): eight historical bytes, of
/// which four are application data and three protocol data out of the card's ATQB, and one the buffer's size. The
/// application and protocol data here are invented; no client may depend on them.
const CONTACTLESS: [u8; 13] = [0x3B, 0x88, 0x80, 0x01, 0x00, 0x00, 0x00, 0x00, 0x33, 0x81, 0x81, 0x00, 0x3A];

/// The contact card's interface bytes up to TC1: no TD1 means T=0, and T=0 alone carries no check byte. Inferred.
const T0: [u8; 4] = [0x3B, 0x60, 0x00, 0xFF];

impl Interface {
    /// The answer to reset that PC/SC gets to see.
    pub(crate) const fn atr(self) -> &'static [u8] {
        match self {
            Self::Contact => &ATR,
            Self::Contactless => &CONTACTLESS,
            Self::T0 => &T0,
        }
    }
}
