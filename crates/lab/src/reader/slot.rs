//! A slot of a reader: a card beside it or in it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::ReaderError;
use super::control::Incoming;
use super::link::{Ending, LinkError, Plug, serve};
use super::specimen::Specimen;

/// How long a card has to be away for pcscd to notice: its time between two looks (400 ms), and some. That a slot is
/// said to be empty does not suffice, as pcscd says so too when a client lets go of a card that is gone.
const ABSENCE: Duration = Duration::from_millis(500);

/// A card that can be put in and taken out. Its counters survive both.
pub(super) struct Slot {
    specimen: Arc<Specimen>,
    address: String,
    stay: Option<Stay>,
    /// The card lay in a reader that is gone.
    was_in: bool,
    left: Option<Instant>,
    incoming: Sender<Incoming>,
}

/// A card inside. It answers on a thread of its own.
struct Stay {
    plug: Arc<Plug>,
    over: Arc<AtomicBool>,
    thread: JoinHandle<(Instant, Result<Ending, LinkError>)>,
}

impl Slot {
    /// An empty slot with a card beside it, for a vpcd at an address. Every end of a stay is told to `incoming`.
    pub(super) fn new(specimen: Specimen, address: String, incoming: Sender<Incoming>) -> Self {
        Self { specimen: Arc::new(specimen), address, stay: None, was_in: false, left: None, incoming }
    }

    pub(super) fn specimen(&self) -> &Specimen {
        &self.specimen
    }

    /// Whether the card is in, as far as anyone here has taken note.
    pub(super) const fn is_taken(&self) -> bool {
        self.stay.is_some()
    }

    /// Whether the card answers.
    pub(super) fn is_answering(&self) -> bool {
        self.stay.as_ref().is_some_and(|stay| !stay.over.load(Ordering::Acquire))
    }

    /// Whether the card lay in a reader that is gone.
    pub(super) const fn was_in(&self) -> bool {
        self.was_in
    }

    /// Waits until pcscd has noticed that the card left.
    pub(super) fn be_missed(&mut self) {
        if let Some(left) = self.left.take() {
            thread::sleep(ABSENCE.saturating_sub(left.elapsed()));
        }
    }

    /// Puts the card in. It answers from now on. Does nothing to a card inside.
    pub(super) fn insert(&mut self) -> Result<(), ReaderError> {
        if self.stay.is_some() {
            return Ok(());
        }
        let failed = |source| ReaderError::Vpcd { address: self.address.clone(), source };
        let plug = Arc::new(Plug::connect(&self.address).map_err(failed)?);
        let (served, specimen) = (Arc::clone(&plug), Arc::clone(&self.specimen));
        let incoming = self.incoming.clone();
        let over = Arc::new(AtomicBool::new(false));
        let ended_here = Arc::clone(&over);
        let thread = thread::spawn(move || {
            let ended = serve(&specimen, &served);
            ended_here.store(true, Ordering::Release);
            // Nobody listens any more when the program is ending.
            let _ = incoming.send(Incoming::StayEnded);
            (Instant::now(), ended)
        });
        self.stay = Some(Stay { plug, over, thread });
        self.was_in = false;
        Ok(())
    }

    /// The reader goes from under the card, which loses power.
    pub(super) fn lose_reader(&mut self) -> Result<(), LinkError> {
        self.was_in |= self.remove()?.is_some_and(|ending| ending == Ending::Closed);
        Ok(())
    }

    /// Takes the card out, in the middle of a command if there is one, and says how its stay ended. Does nothing
    /// to a card outside.
    pub(super) fn remove(&mut self) -> Result<Option<Ending>, LinkError> {
        let Some(Stay { plug, thread, .. }) = self.stay.take() else {
            return Ok(None);
        };
        plug.cut();
        let (left, ended) = thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        self.left = Some(left);
        ended.map(Some)
    }
}
