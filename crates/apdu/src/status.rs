//! Status words (ISO 7816-4 §5.1.3), as far as clients and cards of this project act on them.

use core::fmt;

/// SW1-SW2. Every value has a variant, so reading one cannot fail; those nobody acts on are [`Self::Unknown`].
///
/// `Display` prints the four hexadecimal digits, which carry no secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatusWord {
    /// 9000: done.
    Success,
    /// 61xx: done, and this many more bytes wait for GET RESPONSE (0 says 256 or more).
    MoreData(u8),
    /// 6282: done, but the file ended before the expected length.
    EndOfFile,
    /// 6300: the comparison failed, and the card does not say how many tries are left.
    VerificationFailed,
    /// 63Cx: tries left, 0 to 15. After a comparison it also says that the comparison failed.
    TriesLeft(u8),
    /// 6700: wrong length of the command.
    WrongLength,
    /// 6881: logical channels are not supported.
    ChannelNotSupported,
    /// 6882: secure messaging is not supported.
    SecureMessagingNotSupported,
    /// 6982: a password has to be verified first.
    SecurityNotSatisfied,
    /// 6983: the password is blocked.
    Blocked,
    /// 6984: the reference data cannot be used; My Number Cards answer it for a blocked password.
    ReferenceDataUnusable,
    /// 6985: conditions of use are not satisfied.
    ConditionsNotSatisfied,
    /// 6986: there is no current file.
    NoCurrentFile,
    /// 69xx otherwise: the command is not allowed; the second byte tells why.
    NotAllowed(u8),
    /// 6A80: incorrect data field.
    IncorrectData,
    /// 6A82: no such file or application.
    NotFound,
    /// 6A83: no such record.
    RecordNotFound,
    /// 6A86: incorrect P1 or P2.
    IncorrectParameters,
    /// 6B00: an offset outside the file.
    OffsetOutside,
    /// 6Cxx: wrong Le; this one is right (0 says 256).
    WrongExpected(u8),
    /// 6D00: no such instruction.
    InstructionUnknown,
    /// 6E00: no such class.
    ClassUnknown,
    /// Any other value.
    Unknown(u16),
}

impl From<u16> for StatusWord {
    fn from(word: u16) -> Self {
        let [high, low] = word.to_be_bytes();
        match (high, low) {
            (0x90, 0x00) => Self::Success,
            (0x61, low) => Self::MoreData(low),
            (0x62, 0x82) => Self::EndOfFile,
            (0x63, 0x00) => Self::VerificationFailed,
            (0x63, 0xC0..=0xCF) => Self::TriesLeft(low & 0x0F),
            (0x67, 0x00) => Self::WrongLength,
            (0x68, 0x81) => Self::ChannelNotSupported,
            (0x68, 0x82) => Self::SecureMessagingNotSupported,
            (0x69, low) => Self::not_allowed(low),
            (0x6A, 0x80) => Self::IncorrectData,
            (0x6A, 0x82) => Self::NotFound,
            (0x6A, 0x83) => Self::RecordNotFound,
            (0x6A, 0x86) => Self::IncorrectParameters,
            (0x6B, 0x00) => Self::OffsetOutside,
            (0x6C, low) => Self::WrongExpected(low),
            (0x6D, 0x00) => Self::InstructionUnknown,
            (0x6E, 0x00) => Self::ClassUnknown,
            _ => Self::Unknown(word),
        }
    }
}

impl StatusWord {
    const fn not_allowed(low: u8) -> Self {
        match low {
            0x82 => Self::SecurityNotSatisfied,
            0x83 => Self::Blocked,
            0x84 => Self::ReferenceDataUnusable,
            0x85 => Self::ConditionsNotSatisfied,
            0x86 => Self::NoCurrentFile,
            other => Self::NotAllowed(other),
        }
    }
}

impl From<StatusWord> for u16 {
    fn from(status: StatusWord) -> Self {
        match status {
            StatusWord::Success => 0x9000,
            StatusWord::MoreData(low) => Self::from_be_bytes([0x61, low]),
            StatusWord::EndOfFile => 0x6282,
            StatusWord::VerificationFailed => 0x6300,
            StatusWord::TriesLeft(left) => Self::from_be_bytes([0x63, 0xC0 | (left & 0x0F)]),
            StatusWord::WrongLength => 0x6700,
            StatusWord::ChannelNotSupported => 0x6881,
            StatusWord::SecureMessagingNotSupported => 0x6882,
            StatusWord::SecurityNotSatisfied => 0x6982,
            StatusWord::Blocked => 0x6983,
            StatusWord::ReferenceDataUnusable => 0x6984,
            StatusWord::ConditionsNotSatisfied => 0x6985,
            StatusWord::NoCurrentFile => 0x6986,
            StatusWord::NotAllowed(low) => Self::from_be_bytes([0x69, low]),
            StatusWord::IncorrectData => 0x6A80,
            StatusWord::NotFound => 0x6A82,
            StatusWord::RecordNotFound => 0x6A83,
            StatusWord::IncorrectParameters => 0x6A86,
            StatusWord::OffsetOutside => 0x6B00,
            StatusWord::WrongExpected(low) => Self::from_be_bytes([0x6C, low]),
            StatusWord::InstructionUnknown => 0x6D00,
            StatusWord::ClassUnknown => 0x6E00,
            StatusWord::Unknown(word) => word,
        }
    }
}

impl fmt::Display for StatusWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04X}", u16::from(*self))
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    #[test]
    fn every_status_word_survives_the_way_there_and_back() {
        for word in 0..=u16::MAX {
            assert_eq!(u16::from(StatusWord::from(word)), word);
        }
    }

    #[test]
    fn the_words_that_are_acted_on_have_names() {
        let cases = [
            (0x9000, StatusWord::Success),
            (0x6100, StatusWord::MoreData(0)),
            (0x6282, StatusWord::EndOfFile),
            (0x6300, StatusWord::VerificationFailed),
            (0x63C0, StatusWord::TriesLeft(0)),
            (0x63C5, StatusWord::TriesLeft(5)),
            (0x63D0, StatusWord::Unknown(0x63D0)),
            (0x6982, StatusWord::SecurityNotSatisfied),
            (0x6983, StatusWord::Blocked),
            (0x6984, StatusWord::ReferenceDataUnusable),
            (0x69FC, StatusWord::NotAllowed(0xFC)),
            (0x6A82, StatusWord::NotFound),
            (0x6C10, StatusWord::WrongExpected(0x10)),
            (0x9001, StatusWord::Unknown(0x9001)),
        ];
        for (word, named) in cases {
            assert_eq!(StatusWord::from(word), named, "{word:04X}");
        }
    }

    #[test]
    fn a_status_word_prints_as_four_hexadecimal_digits() {
        assert_eq!(format!("{}", StatusWord::TriesLeft(4)), "63C4");
    }
}
