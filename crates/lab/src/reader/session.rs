//! The talk with whoever started a card or a reader: orders in lines, events in JSON lines.

use std::path::Path;
use std::process;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use serde_json::{Value, json};

use super::control::{Asker, Control, Incoming, listen_to_input, say};
use super::link::Ending;
use super::order::{Order, OrderError, Place};
use super::presence::CARD;
use super::service::Service;
use super::slot::Slot;
use super::specimen::Specimen;
use super::{ReaderError, VPCD, VPCD_SECOND, namespace};

/// How often a card is put in before it counts as not seen, and how long each time.
const INSERTIONS: u32 = 4;
const INSERTION: Duration = Duration::from_millis(2_500);

/// How a session begins.
#[derive(Debug)]
pub struct Start<'a> {
    /// The card.
    pub card: Specimen,
    /// The card for the second slot, if there is to be one.
    pub second: Option<Specimen>,
    /// Start with the card beside the reader.
    pub empty: bool,
    /// Where to listen for orders besides standard input.
    pub control: Option<&'a Path>,
}

/// Runs a reader inside the namespaces that [`super::enter`] made, until it is told to `quit`. Where no control socket
/// is asked for, the end of standard input says so too. `leash` is this program's command that calls
/// [`super::leashed`].
///
/// Says `ready` once PC/SC sees the cards, or with `empty` once it sees the reader; insertions and removals are
/// reported once PC/SC has seen them.
///
/// # Errors
/// [`ReaderError`]; pcscd is gone then.
pub fn run(start: Start<'_>, leash: &str) -> Result<(), ReaderError> {
    let (sender, incoming) = channel();
    // Before the namespace is furnished, which hides whatever lies under /run outside.
    let control = open_control(start.control, &sender)?;
    namespace::furnish()?;
    let service = Service::start(leash, start.second.is_some())?;
    let reader = service.reader();
    let mut session = Session {
        slot: Slot::new(start.card, VPCD.to_owned(), sender.clone()),
        second: start.second.map(|card| Slot::new(card, VPCD_SECOND.to_owned(), sender.clone())),
        service: Some(service),
    };
    if !start.empty {
        session.insert(Place::First)?;
    }
    session.insert(Place::Second)?;
    let mut ready = json!({
        "event": "ready",
        "socket": format!("/proc/{}/root/run/pcscd/pcscd.comm", process::id()),
        "reader": reader,
    });
    session.service_names(&mut ready);
    tell(&ready)?;
    listen_to_input(sender);
    session.obey(&incoming, control.is_some())
}

/// Runs a card for a vpcd that somebody else runs, until it is told to `quit` or vpcd closes the connection. The end of
/// standard input is no order: a card often runs in the background.
///
/// # Errors
/// [`ReaderError`].
pub fn run_card(start: Start<'_>, vpcd: &str) -> Result<(), ReaderError> {
    let (sender, incoming) = channel();
    let _control = open_control(start.control, &sender)?;
    let slot = Slot::new(start.card, vpcd.to_owned(), sender.clone());
    let mut session = Session { slot, second: None, service: None };
    if !start.empty {
        session.insert(Place::First)?;
    }
    tell(&json!({"event": "ready", "vpcd": vpcd}))?;
    listen_to_input(sender);
    session.obey(&incoming, true)
}

fn open_control(path: Option<&Path>, sender: &Sender<Incoming>) -> Result<Option<Control>, ReaderError> {
    let Some(path) = path else { return Ok(None) };
    let failed = |source| ReaderError::Control { path: path.to_path_buf(), source };
    let control = Control::open(path).map_err(failed)?;
    control.listen(sender.clone()).map_err(failed)?;
    Ok(Some(control))
}

fn tell(event: &Value) -> Result<(), ReaderError> {
    say(event).map_err(ReaderError::Stdio)
}

struct Session {
    slot: Slot,
    second: Option<Slot>,
    /// Nothing where PC/SC is somebody else's.
    service: Option<Service>,
}

impl Session {
    fn obey(&mut self, incoming: &Receiver<Incoming>, outlives_input: bool) -> Result<(), ReaderError> {
        for heard in incoming {
            match heard {
                Incoming::Line(line, asker) => {
                    let event = self.event(&line)?;
                    let Some(event) = event else {
                        if matches!(asker, Asker::Socket(_)) {
                            asker.answer(&json!({"event": "quit"})).map_err(ReaderError::Stdio)?;
                        }
                        return Ok(());
                    };
                    asker.answer(&event).map_err(ReaderError::Stdio)?;
                }
                Incoming::InputEnded if outlives_input => {}
                Incoming::InputEnded => return Ok(()),
                Incoming::InputFailed(error) => return Err(ReaderError::Stdio(error)),
                Incoming::StayEnded if self.is_over()? => return Ok(()),
                Incoming::StayEnded => {}
            }
        }
        Ok(())
    }

    /// Whether a card that stopped answering ends everything: it does where vpcd is somebody else's and went away.
    fn is_over(&mut self) -> Result<bool, ReaderError> {
        if self.service.is_some() || !self.slot.is_taken() || self.slot.is_answering() {
            return Ok(false);
        }
        Ok(self.slot.remove()? == Some(Ending::Closed))
    }

    /// Does what a line says. Nothing comes of `quit`.
    fn event(&mut self, line: &str) -> Result<Option<Value>, ReaderError> {
        let unknown = |reason: &str| Ok(Some(json!({"event": "unknown", "order": line, "reason": reason})));
        let order = match line.parse() {
            Ok(order) => order,
            Err(OrderError::Unknown) => return Ok(Some(json!({"event": "unknown", "order": line}))),
            Err(error) => return unknown(&error.to_string()),
        };
        match order {
            Order::Insert(Place::Second) | Order::Remove(Place::Second) if self.second.is_none() => {
                unknown("there is no second card")
            }
            Order::StopService | Order::StartService if self.service.is_none() => {
                unknown("PC/SC is not this program's")
            }
            Order::Insert(_) | Order::Remove(_) if !self.is_served() => unknown("PC/SC is stopped"),
            order => self.obey_order(order),
        }
    }

    fn obey_order(&mut self, order: Order) -> Result<Option<Value>, ReaderError> {
        Ok(Some(match order {
            Order::Insert(place) => {
                self.insert(place)?;
                at(place, "inserted")
            }
            Order::Remove(place) => {
                self.remove(place)?;
                at(place, "removed")
            }
            Order::Count => self.slot.specimen().take_work(),
            Order::Fault(planned) => {
                self.slot.specimen().plan(planned);
                json!({"event": "fault", "fault": planned.to_string()})
            }
            Order::Standing => self.standing(),
            Order::StopService => {
                self.stop_service()?;
                json!({"event": "stopped"})
            }
            Order::StartService => {
                self.start_service()?;
                json!({"event": "started"})
            }
            Order::Quit => return Ok(None),
        }))
    }

    fn insert(&mut self, place: Place) -> Result<(), ReaderError> {
        let Some(slot) = slot_mut(&mut self.slot, &mut self.second, place) else { return Ok(()) };
        if slot.is_taken() && !slot.is_answering() {
            // It left by itself.
            slot.remove()?;
            self.service.iter().try_for_each(|service| service.until_empty(place))?;
        }
        let Some(service) = &self.service else {
            return slot.insert();
        };
        for _ in 0..INSERTIONS {
            if !slot.is_taken() {
                slot.be_missed();
            }
            slot.insert()?;
            if service.sees_card_within(place, INSERTION)? {
                return Ok(());
            }
            // pcscd missed that the card had been away, so that it will never see it come.
            slot.remove()?;
        }
        Err(ReaderError::Timeout(CARD))
    }

    fn remove(&mut self, place: Place) -> Result<(), ReaderError> {
        let Some(slot) = slot_mut(&mut self.slot, &mut self.second, place) else { return Ok(()) };
        slot.remove()?;
        self.service.iter().try_for_each(|service| service.until_empty(place))
    }

    fn standing(&self) -> Value {
        let mut standing = self.slot.specimen().standing();
        if let Some(standing) = standing.as_object_mut() {
            standing.insert("inserted".to_owned(), self.slot.is_answering().into());
        }
        standing
    }

    /// PC/SC goes, and the cards lose their reader.
    fn stop_service(&mut self) -> Result<(), ReaderError> {
        self.service.iter_mut().for_each(Service::stop);
        for slot in [Some(&mut self.slot), self.second.as_mut()].into_iter().flatten() {
            slot.lose_reader()?;
        }
        Ok(())
    }

    /// PC/SC comes back, and every card that lay in the reader lies in it still.
    fn start_service(&mut self) -> Result<(), ReaderError> {
        if self.is_served() {
            return Ok(());
        }
        self.service.iter_mut().try_for_each(Service::restart)?;
        let waiting = [
            (Place::First, self.slot.was_in()),
            (Place::Second, self.second.as_ref().is_some_and(Slot::was_in)),
        ];
        waiting.into_iter().filter(|(_, was_in)| *was_in).try_for_each(|(place, _)| self.insert(place))
    }

    fn is_served(&self) -> bool {
        self.service.as_ref().is_none_or(Service::is_running)
    }

    fn service_names(&self, ready: &mut Value) {
        let second = self.service.as_ref().and_then(Service::second_reader);
        if let (Some(ready), Some(second)) = (ready.as_object_mut(), second) {
            ready.insert("second".to_owned(), second.into());
        }
    }
}

const fn slot_mut<'a>(
    first: &'a mut Slot,
    second: &'a mut Option<Slot>,
    place: Place,
) -> Option<&'a mut Slot> {
    match place {
        Place::First => Some(first),
        Place::Second => second.as_mut(),
    }
}

/// An event, with the slot where it is not the first.
fn at(place: Place, event: &str) -> Value {
    match place {
        Place::First => json!({"event": event}),
        Place::Second => json!({"event": event, "slot": "second"}),
    }
}
