//! Responses (ISO 7816-4 §5.1): data, then two bytes of status.

use alloc::vec::Vec;

use crate::{DecodeError, Malformed, StatusWord};

/// Bytes of the longest answer to a short command: 256 of data and the status word.
pub const MAX_SHORT_RESPONSE: usize = 256 + 2;

/// What a card answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The answer without its status word; often empty.
    pub data: Vec<u8>,
    /// How it went.
    pub status: StatusWord,
}

impl Response {
    /// An answer with data.
    #[must_use]
    pub fn new(data: impl Into<Vec<u8>>, status: StatusWord) -> Self {
        Self { data: data.into(), status }
    }

    /// Reads a whole answer.
    ///
    /// # Errors
    /// [`Malformed::NoStatusWord`] for an answer of no or one byte: the sender is not a card, or the card left.
    pub fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        match bytes {
            [data @ .., high, low] => {
                Ok(Self::new(data, StatusWord::from(u16::from_be_bytes([*high, *low]))))
            }
            _ => Err(DecodeError::new(Malformed::NoStatusWord, bytes.len())),
        }
    }

    /// The bytes as sent by a card.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.data.len() + 2);
        bytes.extend_from_slice(&self.data);
        bytes.extend_from_slice(&u16::from(self.status).to_be_bytes());
        bytes
    }
}

impl From<StatusWord> for Response {
    /// An answer without data.
    fn from(status: StatusWord) -> Self {
        Self::new([], status)
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_answer_without_room_for_a_status_word_is_refused() {
        for bytes in [&[][..], &[0x90]] {
            let refused = DecodeError::new(Malformed::NoStatusWord, bytes.len());
            assert_eq!(Response::parse(bytes), Err(refused));
        }
    }

    #[test]
    fn the_last_two_bytes_are_the_status_word() {
        let answer = Response::parse(&[0x01, 0x02, 0x90, 0x00]);
        assert_eq!(answer, Ok(Response::new(vec![1, 2], StatusWord::Success)));
    }

    proptest! {
        #[test]
        fn every_answer_survives_the_way_there_and_back(bytes in prop::collection::vec(any::<u8>(), 2..600)) {
            prop_assert_eq!(Response::parse(&bytes).unwrap().to_bytes(), bytes);
        }
    }
}
