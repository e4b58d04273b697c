//! The slot of the reader: a card beside it or in it.

use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use shomei_virtual_card::VirtualCard;

use super::link::{LinkError, Work, serve};
use super::{ReaderError, VPCD};

/// A card that can be put in and taken out. Its counters survive both.
pub(super) struct Slot {
    place: Place,
    work: Arc<Work>,
}

enum Place {
    Beside(Box<VirtualCard>),
    Inside { stream: TcpStream, thread: JoinHandle<(Box<VirtualCard>, Result<(), LinkError>)> },
}

impl Slot {
    /// An empty slot with a card beside it.
    pub(super) fn new(card: VirtualCard) -> Self {
        Self { place: Place::Beside(Box::new(card)), work: Arc::default() }
    }

    /// Puts the card in. It answers from now on, on a thread of its own. Does nothing to a card inside.
    pub(super) fn insert(self) -> Result<Self, ReaderError> {
        let Place::Beside(mut card) = self.place else {
            return Ok(self);
        };
        let stream = TcpStream::connect(VPCD).map_err(ReaderError::Vpcd)?;
        let served = stream.try_clone().map_err(ReaderError::Vpcd)?;
        let work = Arc::clone(&self.work);
        let thread = thread::spawn(move || {
            let ended = serve(&mut card, served, &work);
            (card, ended)
        });
        Ok(Self { place: Place::Inside { stream, thread }, ..self })
    }

    /// Takes the card out, in the middle of a command if there is one. Does nothing to a card outside.
    pub(super) fn remove(self) -> Result<Self, ReaderError> {
        let Place::Inside { stream, thread } = self.place else {
            return Ok(self);
        };
        // Fails only where vpcd has closed its end, which ends the thread just as well.
        let _ = stream.shutdown(Shutdown::Both);
        let (card, ended) = thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        match ended {
            // The end of a connection that was cut on purpose.
            Ok(()) | Err(LinkError::Connection(_)) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(Self { place: Place::Beside(card), ..self })
    }

    /// What the card did, in this slot and before; counted since the last [`Work::take`].
    pub(super) fn work(&self) -> &Work {
        &self.work
    }
}
