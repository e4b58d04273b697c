//! Our ways to a card, for a client by other hands.

use myna_card::{Error, Result, Transmit};
use shomei_card::Transport;

/// Longest answer (ISO 7816-4 §5.1): 65,536 bytes and a status word.
const LONGEST: usize = 65_538;

/// A transport as the `myna-card` crate wants one.
pub struct Foreign<T>(pub T);

impl<T: Transport> Transmit for Foreign<T> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>> {
        let mut answer = vec![0; LONGEST];
        let length =
            self.0.transmit(command, &mut answer).map_err(|error| Error::Malformed(error.to_string()))?;
        answer.truncate(length);
        Ok(answer)
    }
}
