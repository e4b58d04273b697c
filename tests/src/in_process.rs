//! A virtual card without a reader between.

use std::path::Path;

use anyhow::Result;
use shomei_card::{Counted, Transport, TransportError};
use shomei_lab::folder;
use shomei_virtual_card::VirtualCard;

/// A virtual card, spoken to directly.
pub struct InProcess(VirtualCard);

impl InProcess {
    /// The card of a folder, fresh and counting.
    ///
    /// # Errors
    /// When the folder holds no card.
    pub fn read(card: &Path) -> Result<Counted<Self>> {
        Ok(Counted::new(Self(VirtualCard::new(folder::read_card(card)?))))
    }
}

impl Transport for InProcess {
    fn transmit(&mut self, command: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
        let room = response.len();
        let answer = self.0.respond(command);
        let place = response.get_mut(..answer.len()).ok_or(TransportError::AnswerTooLong { room })?;
        place.copy_from_slice(&answer);
        Ok(answer.len())
    }
}
