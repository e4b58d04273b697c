//! Waiting for a reader, for a card, for the resident, or for the end: whichever comes first.
//!
//! One blocking call waits for all of it. Only a missing service has to be asked again and again, for nobody reports
//! its start, and so have readers where nobody reports them ([`HotPlug`]).

use std::collections::HashMap;
use std::ffi::{CStr, CString};
use std::sync::mpsc::sync_channel;
use std::time::Duration;

use pcsc::{Context, Error, PNP_NOTIFICATION, ReaderState, Scope, State};
use shomei_card::{Dialect, Extended};
use shomei_pki::World;

use super::hot_plug::HotPlug;
use super::look::{Look, look};
use super::reader_name::ReaderName;
use super::standing::{is_my_number_card, overall};
use super::{Readers, Standing, Trouble};
use crate::operation::{Operation, Unlock};

/// How often a service that does not run is asked for again.
const ASK_SERVICE_EVERY: Duration = Duration::from_millis(500);
/// How soon a look is repeated that does not agree with the reader, and how often: a card that was exchanged between two
/// of PC/SC's own looks fails once, and nobody reports that it would not fail again.
const LOOK_AGAIN_AFTER: Duration = Duration::from_secs(1);
const SECOND_LOOKS: u8 = 3;
/// A reader of which nothing is known yet.
const UNTRIED: Dialect = Dialect { extended: Extended::Untried, addressing: shomei_card::Addressing::Select };

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

/// What the last look came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sight {
    /// How reader and card stand.
    pub(super) standing: Standing,
    /// Which readers that is about.
    pub(super) readers: Readers,
    /// The world that the card that is ready says it is of, as far as it says one.
    pub(super) world: Option<World>,
    chosen: Option<Chosen>,
}

/// The one reader with a card that can sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    /// Its name.
    pub(super) reader: CString,
    /// How the card can be spoken to through it.
    pub(super) dialect: Dialect,
    /// How many cards had come and gone: another card is another one, also when it has as many tries.
    count: u32,
}

/// The readers of this computer as last seen.
pub(super) struct ReaderWatch<'operation> {
    operation: &'operation Operation,
    service: Option<Service>,
    readers: Vec<CString>,
    states: Vec<ReaderState>,
    /// What each of the states meant when it was last looked at.
    known: Vec<Known>,
    /// What was learnt of each reader, for the length of the operation.
    dialects: HashMap<CString, Dialect>,
    sight: Sight,
    /// How many looks were repeated since something last changed.
    second_looks: u8,
}

/// The connection to the service, and what it can do.
#[derive(Clone)]
struct Service {
    context: Context,
    hot_plug: HotPlug,
}

/// One reader as last looked at.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// How many cards had come and gone.
    count: u32,
    /// Another program held its card.
    in_use: bool,
    /// It had a card, which was not found or not read.
    doubtful: bool,
}

impl Sight {
    fn without_card(standing: Standing) -> Self {
        Self { standing, readers: Readers::default(), world: None, chosen: None }
    }
}

impl<'operation> ReaderWatch<'operation> {
    pub(super) fn new(operation: &'operation Operation) -> Self {
        Self {
            operation,
            service: None,
            readers: Vec::new(),
            states: Vec::new(),
            known: Vec::new(),
            dialects: HashMap::new(),
            sight: Sight::without_card(Standing::Looking),
            second_looks: 0,
        }
    }

    /// The service's context and the reader whose card is ready.
    pub(super) fn ready(&self) -> Option<(&Context, &Chosen)> {
        self.service.as_ref().map(|service| &service.context).zip(self.sight.chosen.as_ref())
    }

    /// Looks at every reader and every card in them, and tells what they come to.
    pub(super) fn look(&mut self) -> Result<&Sight, Trouble> {
        self.sight = match self.look_at_readers() {
            Ok(sight) => sight?,
            Err(_) => Sight::without_card(Standing::NoService),
        };
        if self.sight.standing == Standing::NoService {
            // A context does not outlive its service; the next look makes another.
            self.service = None;
        }
        Ok(&self.sight)
    }

    fn look_at_readers(&mut self) -> Result<Result<Sight, Trouble>, Error> {
        let Service { context, hot_plug } = match &self.service {
            Some(service) => service.clone(),
            None => self.establish()?,
        };
        self.readers = list(&context)?;
        self.states = states_of(&context, hot_plug, &self.readers)?;
        let looks: Vec<Option<Look>> =
            (0..self.states.len()).map(|place| self.look_at(&context, place)).collect();
        self.known =
            self.states.iter().zip(&looks).map(|(state, look)| Known::of(state, look.as_ref())).collect();
        if self.readers.is_empty() {
            return Ok(Ok(Sight::without_card(Standing::NoReader)));
        }
        Ok(self.sum_up(&looks))
    }

    /// Looks at the card in the reader of one state, if it holds one.
    fn look_at(&mut self, context: &Context, place: usize) -> Option<Look> {
        let state = self.states.get(place).filter(|state| holds_card(state))?;
        let reader = state.name().to_owned();
        // Should this look not come to its end, the reader is not tried again.
        let known = self.dialects.insert(reader.clone(), Dialect::default()).unwrap_or(UNTRIED);
        let look = look(self.operation, context, &reader, known);
        self.dialects.insert(reader, look.dialect);
        Some(look)
    }

    fn sum_up(&self, looks: &[Option<Look>]) -> Result<Sight, Trouble> {
        let seen = || self.states.iter().zip(looks).filter_map(|(state, look)| Some((state, look.as_ref()?)));
        let standing = overall(seen().map(|(_, look)| look.found))?;
        let told = |look: &Look| match standing {
            Standing::SeveralCards => is_my_number_card(look.found),
            standing => look.found == Ok(standing),
        };
        let names =
            seen().filter(|(_, look)| told(look)).map(|(state, _)| ReaderName::of(state.name())).collect();
        let is_ready = matches!(standing, Standing::Ready { .. });
        let ready = seen().find(|(_, look)| is_ready && told(look));
        Ok(Sight {
            standing,
            readers: Readers {
                names,
                several: self.readers.len() > 1,
                pad: ready.is_some_and(|(_, look)| look.pad),
            },
            world: ready.and_then(|(_, look)| look.world),
            chosen: ready.map(|(state, look)| Chosen {
                reader: state.name().to_owned(),
                dialect: look.dialect,
                count: state.event_count(),
            }),
        })
    }

    fn establish(&mut self) -> Result<Service, Error> {
        let context = Context::establish(Scope::User)?;
        let hot_plug = HotPlug::of(&context)?;
        // A service that hangs keeps whoever calls, so the call is made by a thread that nobody waits for.
        let (bell, rings) = sync_channel(1);
        let called = context.clone();
        std::thread::spawn(move || {
            for () in rings {
                // Fails when nothing waits just then; the bell is rung again.
                let _nothing_waits = called.cancel();
            }
        });
        self.operation.on_call_card(move || {
            let _rings_already = bell.try_send(());
        });
        let service = Service { context, hot_plug };
        self.service = Some(service.clone());
        Ok(service)
    }

    /// Waits until a reader or card comes, goes or is let go of, the resident acts, or the operation ends.
    pub(super) fn wait(&mut self) -> Wake {
        loop {
            if let Some(wake) = self.heard() {
                return wake;
            }
            let Some(Service { context, hot_plug }) = self.service.clone() else {
                self.operation.rest(ASK_SERVICE_EVERY);
                return self.heard().unwrap_or(Wake::Changed);
            };
            // One that came while the others were looked at is reported by nobody.
            if list(&context).as_ref() != Ok(&self.readers) {
                return Wake::Changed;
            }
            if self.change_comes(&context, hot_plug) {
                return Wake::Changed;
            }
        }
    }

    /// Waits once. True when it is time for another look; the wait may also end for something that does not matter.
    fn change_comes(&mut self, context: &Context, hot_plug: HotPlug) -> bool {
        if self.states.is_empty() {
            self.operation.rest(hot_plug.longest_wait());
            return false;
        }
        let doubtful = self.second_looks < SECOND_LOOKS && self.known.iter().any(|known| known.doubtful);
        let limit = if doubtful { LOOK_AGAIN_AFTER } else { hot_plug.longest_wait() };
        match context.get_status_change(limit, &mut self.states) {
            Ok(()) if self.nothing_new() => {
                self.states.iter_mut().for_each(ReaderState::sync_current_state);
                false
            }
            Err(Error::Timeout) if doubtful => {
                self.second_looks += 1;
                true
            }
            Err(Error::Timeout | Error::Cancelled) => false,
            _ => {
                self.second_looks = 0;
                true
            }
        }
    }

    fn heard(&self) -> Option<Wake> {
        if self.operation.stopped().is_some() {
            return Some(Wake::Stopped);
        }
        self.operation.take_unlock().map(Wake::Unlock)
    }

    /// Programs that connect and disconnect change a reader's state too. That matters only where one of them stands in
    /// the way; otherwise looking again would itself be such a change, for ever.
    fn nothing_new(&self) -> bool {
        !self.states.iter().zip(&self.known).any(|(state, known)| known.is_out_of_date(state))
    }
}

impl Known {
    fn of(state: &ReaderState, look: Option<&Look>) -> Self {
        let found = look.map(|look| look.found);
        Self {
            count: state.event_count(),
            in_use: found == Some(Ok(Standing::InUse)),
            doubtful: matches!(found, Some(Ok(Standing::NoCard | Standing::Mute))),
        }
    }

    /// Whether the card came, went or was exchanged, by its presence and by the count of such events, or may have been
    /// let go of.
    fn is_out_of_date(self, state: &ReaderState) -> bool {
        const PRESENCE: State =
            State::PRESENT.union(State::EMPTY).union(State::UNKNOWN).union(State::UNAVAILABLE);
        let (known, seen) = (state.current_state(), state.event_state());
        if self.in_use || state.name() == PNP_NOTIFICATION() {
            return seen.contains(State::CHANGED);
        }
        seen & PRESENCE != known & PRESENCE || state.event_count() != self.count
    }
}

fn list(context: &Context) -> Result<Vec<CString>, Error> {
    match context.list_readers_owned() {
        Err(Error::NoReadersAvailable) => Ok(Vec::new()),
        listed => listed,
    }
}

/// The states of `readers`, and of the notification reader where there is one, brought up to now.
fn states_of(context: &Context, hot_plug: HotPlug, readers: &[CString]) -> Result<Vec<ReaderState>, Error> {
    let notification: Option<&CStr> = (hot_plug == HotPlug::Reported).then(PNP_NOTIFICATION);
    let names = notification.into_iter().map(CStr::to_owned).chain(readers.iter().cloned());
    let mut states: Vec<ReaderState> = names.map(|name| ReaderState::new(name, State::UNAWARE)).collect();
    match context.get_status_change(Duration::ZERO, &mut states) {
        Ok(()) | Err(Error::Timeout | Error::Cancelled) => {}
        Err(error) => return Err(error),
    }
    states.iter_mut().for_each(ReaderState::sync_current_state);
    Ok(states)
}

fn holds_card(state: &ReaderState) -> bool {
    state.event_state().contains(State::PRESENT)
}
