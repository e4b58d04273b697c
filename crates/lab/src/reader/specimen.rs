//! A card of the lab with all that is planned for it and written down about it. The card answers on one thread while
//! orders about it come in on another.

use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use serde_json::{Value, json};
use shomei_virtual_card::{Reference, VirtualCard};
use thiserror::Error;

use super::any_card::AnyCard;
use super::fault::{Fault, Faults, Planned};
use super::state::{StateError, StateFile};
use super::trace::{Exchange, Trace};

/// What a card did or keeps could not be written down.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RecordError {
    /// The trace could not be written.
    #[error("trace: {0}")]
    Trace(io::Error),
    /// What the card keeps could not be written.
    #[error(transparent)]
    State(#[from] StateError),
}

/// A card under observation.
#[derive(Debug)]
pub struct Specimen {
    observed: Mutex<Observed>,
    faults: Faults,
}

#[derive(Debug)]
struct Observed {
    card: AnyCard,
    work: Work,
    trace: Option<Trace>,
    state: Option<StateFile>,
}

/// What a card did since the last time this was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Work {
    exchanges: u64,
    microseconds: u64,
    to_card: usize,
    from_card: usize,
}

/// What a card says to a command, and what happens besides.
pub(super) struct Turn {
    /// Nothing where the card says nothing.
    pub(super) said: Option<Vec<u8>>,
    pub(super) fault: Option<Fault>,
}

impl Specimen {
    /// A card that nothing is planned for and nothing written down about.
    #[must_use]
    pub fn new(card: AnyCard) -> Self {
        let observed = Observed { card, work: Work::default(), trace: None, state: None };
        Self { observed: Mutex::new(observed), faults: Faults::default() }
    }

    /// Takes up what the card kept in a file, and keeps it there from now on.
    ///
    /// # Errors
    /// [`StateError`]: the file could not be read or written, or holds something else.
    pub fn keep_in(&self, path: &Path) -> Result<(), StateError> {
        self.observe(|observed| {
            let mut file = StateFile::open(path)?;
            observed.card.restore(file.kept());
            file.keep(observed.card.state())?;
            observed.state = Some(file);
            Ok(())
        })
    }

    /// Writes every exchange down in a file, which is replaced.
    ///
    /// # Errors
    /// The file could not be written.
    pub fn trace_to(&self, path: &Path) -> io::Result<()> {
        let trace = Trace::begin(path)?;
        self.observe(|observed| observed.trace = Some(trace));
        Ok(())
    }

    /// Lets something go wrong once.
    pub fn plan(&self, fault: Planned) {
        self.faults.plan(fault);
    }

    /// One exchange: what the card does, and what is to be said.
    pub(super) fn exchange(&self, command: &[u8]) -> Result<Turn, RecordError> {
        let fault = self.faults.strike();
        self.observe(|observed| observed.exchange(command, fault))
    }

    pub(super) fn with_card<T>(&self, act: impl FnOnce(&mut AnyCard) -> T) -> T {
        self.observe(|observed| act(&mut observed.card))
    }

    pub(super) fn take_work(&self) -> Value {
        let work = self.observe(|observed| std::mem::take(&mut observed.work));
        json!({
            "event": "count",
            "exchanges": work.exchanges,
            "microseconds": work.microseconds,
            "bytesToCard": work.to_card,
            "bytesFromCard": work.from_card,
        })
    }

    /// How the card stands, by its own record. There is no secret in it.
    pub(super) fn standing(&self) -> Value {
        self.with_card(|card| {
            let [signature, authentication, input_support] =
                Reference::ALL.map(|reference| standing(card, reference));
            json!({
                "event": "standing",
                "signaturePassword": signature,
                "authenticationPin": authentication,
                "inputSupportPin": input_support,
                "administrative": card.my_number().map(VirtualCard::administrative),
                "individualNumberSelected": card.my_number().map(VirtualCard::individual_number_selected),
            })
        })
    }

    fn observe<T>(&self, act: impl FnOnce(&mut Observed) -> T) -> T {
        act(&mut self.observed.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn standing(card: &AnyCard, reference: Reference) -> Value {
    card.standing(reference).map_or(Value::Null, |standing| {
        json!({
            "left": standing.left,
            "wrong": standing.wrong,
            "right": standing.right,
            "open": standing.open,
        })
    })
}

impl Observed {
    fn exchange(&mut self, command: &[u8], fault: Option<Fault>) -> Result<Turn, RecordError> {
        let begun = Instant::now();
        if fault == Some(Fault::Reset) {
            self.card.reset();
        }
        let private = self.is_private();
        let answer = self.card.respond(command);
        let private = private || self.is_private();
        let took = begun.elapsed();
        let said = match fault {
            Some(fault) => fault.in_place_of(answer),
            None => Some(answer),
        };
        self.work.add(command, said.as_deref(), took);
        if let Some(trace) = &mut self.trace {
            let answer = said.as_deref();
            trace.write(&Exchange { command, answer, private, fault, took }).map_err(RecordError::Trace)?;
        }
        if let Some(state) = &mut self.state {
            state.keep(self.card.state())?;
        }
        Ok(Turn { said, fault })
    }

    fn is_private(&self) -> bool {
        self.card.my_number().is_some_and(VirtualCard::input_support_selected)
    }
}

impl Work {
    fn add(&mut self, command: &[u8], said: Option<&[u8]>, took: std::time::Duration) {
        let microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.exchanges = self.exchanges.saturating_add(1);
        self.microseconds = self.microseconds.saturating_add(microseconds);
        self.to_card = self.to_card.saturating_add(command.len());
        self.from_card = self.from_card.saturating_add(said.unwrap_or_default().len());
    }
}
