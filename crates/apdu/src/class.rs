//! The class byte (ISO 7816-4 §5.1.1).

use core::fmt;

/// The first byte of a command: who defines it, its logical channel, whether it is secured.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Class(u8);

impl Class {
    /// Defined by ISO 7816, channel 0, no secure messaging, last command of a chain: `00`.
    pub const INTERINDUSTRY: Self = Self(0x00);
    /// Defined by the card's maker: `80`.
    pub const PROPRIETARY: Self = Self(0x80);

    /// Any class byte. All 256 are accepted; a card that does not know one answers 6E00.
    #[must_use]
    pub const fn new(byte: u8) -> Self {
        Self(byte)
    }

    /// The byte as sent.
    #[must_use]
    pub const fn byte(self) -> u8 {
        self.0
    }

    /// Whether the class is defined by the card's maker (bit 8 set) and not by ISO 7816.
    #[must_use]
    pub const fn is_proprietary(self) -> bool {
        self.0 & 0x80 != 0
    }

    /// The logical channel of an interindustry class: 0 to 3, or 4 to 19 in the further coding (01xx xxxx).
    /// Always 0 for a proprietary class, whose bits belong to the maker.
    #[must_use]
    pub const fn channel(self) -> u8 {
        match self.0 {
            0x00..=0x3F => self.0 & 0x03,
            0x40..=0x7F => 4 + (self.0 & 0x0F),
            _ => 0,
        }
    }

    /// Whether an interindustry class announces secure messaging in any of its forms.
    #[must_use]
    pub const fn is_secured(self) -> bool {
        match self.0 {
            0x00..=0x3F => self.0 & 0x0C != 0,
            0x40..=0x7F => self.0 & 0x20 != 0,
            _ => false,
        }
    }
}

impl fmt::Debug for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02X}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_byte_tells_maker_channel_and_security() {
        // byte, proprietary, channel, secured
        let cases = [
            (0x00, false, 0, false),
            (0x01, false, 1, false),
            (0x03, false, 3, false),
            (0x04, false, 0, true),
            (0x08, false, 0, true),
            (0x0C, false, 0, true),
            (0x10, false, 0, false),
            (0x40, false, 4, false),
            (0x6F, false, 19, true),
            (0x80, true, 0, false),
            (0x84, true, 0, false),
            (0xFF, true, 0, false),
        ];
        for (byte, proprietary, channel, secured) in cases {
            let class = Class::new(byte);
            assert_eq!(
                (class.is_proprietary(), class.channel(), class.is_secured()),
                (proprietary, channel, secured),
                "{class:?}"
            );
            assert_eq!(class.byte(), byte);
        }
    }
}
