//! Waiting for a reader, for a card, for the resident, or for the end: whichever comes first.
//!
//! PC/SC reports readers that come and go through a reader of its own (`\\?PnP?\Notification`), so one blocking call
//! waits for all of it. Only a missing service has to be asked again and again, for nobody reports its start.

use std::ffi::{CStr, CString};
use std::time::Duration;

use pcsc::{Context, Error, PNP_NOTIFICATION, ReaderState, Scope, State};
use shomei_card::{Card, CardError, Tries};
use shomei_pki::World;

use super::connection::{Ending, with_card};
use super::{Standing, Trouble, standing_of, world_of_authority};
use crate::operation::{Operation, Unlock};

/// How often a service that does not run is asked for again.
const ASK_SERVICE_EVERY: Duration = Duration::from_millis(500);
/// The longest wait in one call; nothing but a safety net below the operation's own limit.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Why waiting ended.
#[derive(Debug)]
pub(super) enum Wake {
    /// Something about readers or cards may have changed.
    Changed,
    /// The resident gave the password.
    Unlock(Unlock),
    /// The operation has to end.
    Stopped,
}

/// The readers of this computer as last seen.
pub(super) struct ReaderWatch<'operation> {
    operation: &'operation Operation,
    context: Option<Context>,
    states: Vec<ReaderState>,
    /// How many cards had come and gone in each reader when it was last looked at.
    counts: Vec<u32>,
    /// The reader with a usable card, and what was found on it.
    chosen: Option<CString>,
    standing: Standing,
    world: Option<World>,
}

impl<'operation> ReaderWatch<'operation> {
    pub(super) fn new(operation: &'operation Operation) -> Self {
        Self {
            operation,
            context: None,
            states: Vec::new(),
            counts: Vec::new(),
            chosen: None,
            standing: Standing::Looking,
            world: None,
        }
    }

    /// The world that the card in the reader says it is of, as far as it said one.
    pub(super) fn world(&self) -> Option<World> {
        self.world
    }

    /// The service's context and the reader whose card is ready.
    pub(super) fn ready(&self) -> Option<(&Context, &CStr)> {
        self.context.as_ref().zip(self.chosen.as_deref())
    }

    /// Looks at every reader and every card in them, and tells the best that was found.
    pub(super) fn look(&mut self) -> Result<Standing, Trouble> {
        self.chosen = None;
        self.world = None;
        self.standing = match self.look_at_readers() {
            Ok(standing) => standing?,
            Err(_) => {
                self.context = None;
                self.states.clear();
                Standing::NoService
            }
        };
        Ok(self.standing)
    }

    fn look_at_readers(&mut self) -> Result<Result<Standing, Trouble>, Error> {
        let context = match &self.context {
            Some(context) => context.clone(),
            None => self.establish()?,
        };
        let readers = match context.list_readers_owned() {
            Err(Error::NoReadersAvailable) => Vec::new(),
            listed => listed?,
        };
        self.states = states_of(&context, &readers)?;
        self.counts = self.states.iter().map(ReaderState::event_count).collect();
        if readers.is_empty() {
            return Ok(Ok(Standing::NoReader));
        }
        let mut best = Ok(Standing::NoCard);
        for state in self.states.iter().filter(|state| holds_card(state)) {
            (best, self.world) = probe(&context, state.name());
            if matches!(best, Ok(Standing::Ready { .. })) {
                self.chosen = Some(state.name().to_owned());
                break;
            }
        }
        Ok(best)
    }

    fn establish(&mut self) -> Result<Context, Error> {
        let context = Context::establish(Scope::User)?;
        let called = context.clone();
        self.operation.on_call_card(move || {
            // Fails when nothing waits just then; the caller calls again.
            let _nothing_waits = called.cancel();
        });
        self.context = Some(context.clone());
        Ok(context)
    }

    /// Waits until a reader or card comes, goes or is let go of, the resident acts, or the operation ends.
    pub(super) fn wait(&mut self) -> Wake {
        loop {
            if self.operation.stopped().is_some() {
                return Wake::Stopped;
            }
            if let Some(unlock) = self.operation.take_unlock() {
                return Wake::Unlock(unlock);
            }
            let Some(context) = &self.context else {
                // No service, so no call can reach this thread either.
                std::thread::sleep(ASK_SERVICE_EVERY);
                return if self.operation.stopped().is_some() { Wake::Stopped } else { Wake::Changed };
            };
            match context.get_status_change(LONGEST_WAIT, &mut self.states) {
                Ok(()) if self.nothing_new() => {
                    self.states.iter_mut().for_each(ReaderState::sync_current_state)
                }
                Err(Error::Timeout | Error::Cancelled) => {}
                _ => return Wake::Changed,
            }
        }
    }

    /// Programs that connect and disconnect change a reader's state too. That matters only while one of them stands in
    /// the way; otherwise looking again would itself be such a change, for ever.
    fn nothing_new(&self) -> bool {
        let mut seen = self.states.iter().zip(&self.counts);
        self.standing != Standing::InUse && !seen.any(|(state, count)| card_changed(state, *count))
    }
}

/// The states of `readers` and of the notification reader, brought up to now.
fn states_of(context: &Context, readers: &[CString]) -> Result<Vec<ReaderState>, Error> {
    let known = readers.iter().map(|name| ReaderState::new(name.clone(), State::UNAWARE));
    let mut states: Vec<ReaderState> =
        std::iter::once(ReaderState::new(PNP_NOTIFICATION(), State::UNAWARE)).chain(known).collect();
    match context.get_status_change(Duration::ZERO, &mut states) {
        Ok(()) | Err(Error::Timeout) => {}
        Err(error) => return Err(error),
    }
    states.iter_mut().for_each(ReaderState::sync_current_state);
    Ok(states)
}

/// Whether the card came, went or was exchanged, by its presence and by the count of such events.
fn card_changed(state: &ReaderState, count: u32) -> bool {
    const PRESENCE: State =
        State::PRESENT.union(State::EMPTY).union(State::UNKNOWN).union(State::UNAVAILABLE);
    let (known, seen) = (state.current_state(), state.event_state());
    if state.name() == PNP_NOTIFICATION() {
        return seen.contains(State::CHANGED);
    }
    seen & PRESENCE != known & PRESENCE || state.event_count() != count
}

fn holds_card(state: &ReaderState) -> bool {
    state.event_state().contains(State::PRESENT)
}

/// Asks the card itself what it is: selecting the application decides, never the ATR.
fn probe(context: &Context, reader: &CStr) -> (Result<Standing, Trouble>, Option<World>) {
    let asked = with_card(context, reader, Ending::Leave, |connection| {
        let mut card = Card::open(connection)?;
        // A card that does not say keeps its secret until the signature certificate is read.
        let authority = card.signature_authority_certificate().ok();
        Ok::<_, CardError>((card.tries_at_open(), authority))
    });
    match asked {
        Ok(Ok((tries, authority))) => {
            (standing_with(tries), authority.as_deref().and_then(world_of_authority))
        }
        Ok(Err(error)) => (standing_of(error), None),
        Err(error) => (Ok(standing_without(error)), None),
    }
}

fn standing_with(tries: Option<Tries>) -> Result<Standing, Trouble> {
    match tries {
        Some(Tries::Left(tries)) => Ok(Standing::Ready { tries }),
        Some(Tries::Blocked) | None => Err(Trouble::Blocked),
    }
}

/// What it means that the card could not be asked.
fn standing_without(error: Error) -> Standing {
    match error {
        Error::SharingViolation => Standing::InUse,
        Error::NoSmartcard | Error::RemovedCard | Error::UnknownReader | Error::ReaderUnavailable => {
            Standing::NoCard
        }
        _ => Standing::Mute,
    }
}
