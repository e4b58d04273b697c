//! What PC/SC knows of the virtual reader. Nothing counts as inserted or removed before PC/SC says so.

use std::ffi::CString;
use std::thread;
use std::time::{Duration, Instant};

use pcsc::{Context, PNP_NOTIFICATION, ReaderState, Scope, State};

use super::ReaderError;
use super::daemon::Daemon;

const PATIENCE: Duration = Duration::from_secs(10);
/// What is waited for after an insertion.
pub(super) const CARD: &str = "a card to be present";
/// pcscd has no event for its own start.
const BETWEEN_TRIES: Duration = Duration::from_millis(5);

/// A PC/SC client watching one slot of the virtual reader.
pub(super) struct Watch {
    context: Context,
    reader: CString,
}

impl Watch {
    /// Waits for pcscd to serve and to offer the reader whose name ends so.
    pub(super) fn start(daemon: &mut Daemon, name_end: &[u8]) -> Result<Self, ReaderError> {
        let deadline = Instant::now() + PATIENCE;
        let context = loop {
            daemon.check()?;
            match Context::establish(Scope::System) {
                Ok(context) => break context,
                Err(_) if Instant::now() < deadline => thread::sleep(BETWEEN_TRIES),
                Err(error) => return Err(error.into()),
            }
        };
        loop {
            let readers = context.list_readers_owned()?;
            if let Some(reader) = readers.into_iter().find(|name| name.as_bytes().ends_with(name_end)) {
                return Ok(Self { context, reader });
            }
            let mut notification = [ReaderState::new(PNP_NOTIFICATION(), State::UNAWARE)];
            match context.get_status_change(left(deadline), &mut notification) {
                Ok(()) => {}
                Err(pcsc::Error::Timeout) => return Err(ReaderError::Timeout("the virtual reader")),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// The reader's name as clients see it.
    pub(super) fn reader(&self) -> String {
        self.reader.to_string_lossy().into_owned()
    }

    /// Whether the card is present and has answered to reset before `patience` is over.
    pub(super) fn sees_card_within(&self, patience: Duration) -> Result<bool, ReaderError> {
        let present = |state: State| state.contains(State::PRESENT) && !state.contains(State::MUTE);
        match self.until(CARD, patience, present) {
            Err(ReaderError::Timeout(_)) => Ok(false),
            seen => seen.map(|()| true),
        }
    }

    /// Waits until the reader is empty.
    pub(super) fn until_empty(&self) -> Result<(), ReaderError> {
        self.until("the reader to be empty", PATIENCE, |state| state.contains(State::EMPTY))
    }

    fn until(
        &self,
        awaited: &'static str,
        patience: Duration,
        wanted: impl Fn(State) -> bool,
    ) -> Result<(), ReaderError> {
        let deadline = Instant::now() + patience;
        let mut states = [ReaderState::new(self.reader.as_c_str(), State::UNAWARE)];
        loop {
            match self.context.get_status_change(left(deadline), &mut states) {
                Ok(()) => {}
                Err(pcsc::Error::Timeout) => return Err(ReaderError::Timeout(awaited)),
                Err(error) => return Err(error.into()),
            }
            if states.iter().any(|state| wanted(state.event_state())) {
                return Ok(());
            }
            states.iter_mut().for_each(ReaderState::sync_current_state);
        }
    }
}

fn left(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now())
}
