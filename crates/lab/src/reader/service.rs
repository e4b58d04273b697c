//! PC/SC: pcscd, and what it knows of the virtual reader. It can be stopped and started again.

use std::time::Duration;

use super::ReaderError;
use super::daemon::Daemon;
use super::order::Place;
use super::presence::Watch;

/// How the names of the reader's slots end.
const FIRST: &[u8] = b" 00 00";
const SECOND: &[u8] = b" 00 01";

/// pcscd and its clients here.
pub(super) struct Service {
    leash: String,
    both: bool,
    running: Option<Running>,
}

struct Running {
    first: Watch,
    second: Option<Watch>,
    daemon: Daemon,
}

impl Service {
    /// Starts pcscd and waits until it offers the reader; with `both`, the second slot is watched too.
    pub(super) fn start(leash: &str, both: bool) -> Result<Self, ReaderError> {
        let mut service = Self { leash: leash.to_owned(), both, running: None };
        service.restart()?;
        Ok(service)
    }

    pub(super) fn restart(&mut self) -> Result<(), ReaderError> {
        let mut daemon = Daemon::start(&self.leash)?;
        let first = Watch::start(&mut daemon, FIRST)?;
        let second = self.both.then(|| Watch::start(&mut daemon, SECOND)).transpose()?;
        self.running = Some(Running { first, second, daemon });
        Ok(())
    }

    /// Ends pcscd as the system would.
    pub(super) fn stop(&mut self) {
        if let Some(Running { daemon, .. }) = self.running.take() {
            daemon.stop();
        }
    }

    pub(super) const fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// The reader's name as clients see it.
    pub(super) fn reader(&self) -> Option<String> {
        self.watch(Place::First).map(Watch::reader)
    }

    /// The second slot's.
    pub(super) fn second_reader(&self) -> Option<String> {
        self.watch(Place::Second).map(Watch::reader)
    }

    /// Whether a card is seen before `patience` is over.
    pub(super) fn sees_card_within(&self, place: Place, patience: Duration) -> Result<bool, ReaderError> {
        self.watch(place).map_or(Ok(true), |watch| watch.sees_card_within(patience))
    }

    pub(super) fn until_empty(&self, place: Place) -> Result<(), ReaderError> {
        self.watch(place).map_or(Ok(()), Watch::until_empty)
    }

    fn watch(&self, place: Place) -> Option<&Watch> {
        let running = self.running.as_ref()?;
        match place {
            Place::First => Some(&running.first),
            Place::Second => running.second.as_ref(),
        }
    }
}
