//! One signing: what its threads tell each other, and the promise that it ends once, in time, with one answer.
//!
//! Four threads meet here. The reader thread asks it to stop; the window hands the password over; the card thread
//! takes it; the supervisor wakes whoever has to notice. No thread waits for another without a limit: the card thread
//! may hang in PC/SC for as long as a card is silent, and everybody else goes on without it.

use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use shomei_card::{LastTry, SignaturePassword};

use crate::card::{Report, Trouble};

/// How long the card thread has to free the card after it was told to stop. After that the answer goes out without it.
pub const FREE_CARD_WITHIN: Duration = Duration::from_secs(1);
/// How often a call to a thread that may not have heard it is repeated.
const CALL_AGAIN: Duration = Duration::from_millis(20);

/// What the page hears. It never hears why a card could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The window is on screen.
    Opened,
    /// The finished containers, in the order of the subject.
    Signed(Vec<Vec<u8>>),
    /// The end without a signature.
    Refused(End),
}

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// It went out.
    Delivered,
    /// Another answer was first, or the operation was already to end.
    Dropped,
    /// Whoever asked could not take it.
    Failed,
}

/// Why an operation ended without a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The resident said no.
    Declined,
    /// The page or the extension took the request back.
    Cancelled,
    /// The browser is gone; nobody is left to answer.
    Disconnected,
    /// Time ran out.
    TimedOut,
    /// No signature could be made: window, reader, card, password or certificate.
    Unavailable,
    /// The finished signature did not check.
    SelfCheckFailed,
}

/// What the window hands to the card thread: one try.
#[derive(Debug)]
pub struct Unlock {
    /// The password, which ends its life on the card.
    pub password: SignaturePassword,
    /// Whether the resident agreed to spend the last try.
    pub last_try: LastTry,
}

/// Whom the card thread waits for, inside a call to PC/SC that cannot be interrupted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party {
    /// Another program, until it lets go of the card.
    Program,
    /// The card, until it answers.
    Card,
}

impl Party {
    /// After how long the resident is told. A card's longest work, the signature, takes about a second.
    const fn patience(self) -> Duration {
        match self {
            Self::Program => Duration::from_secs(3),
            Self::Card => Duration::from_secs(10),
        }
    }
}

type Call = Box<dyn Fn() + Send>;
type Reply = Box<dyn Fn(Answer) -> Result<(), Undelivered> + Send + Sync>;

/// Whoever asked could not take an answer, and keeps the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the answer could not be taken")]
pub struct Undelivered;

/// A handle on one signing, shared by its threads.
#[derive(Clone)]
pub struct Operation {
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    reply: Reply,
    deadline: Instant,
}

#[derive(Default)]
struct State {
    stop: Option<End>,
    unlock: Option<Unlock>,
    opened: bool,
    card_free: bool,
    answered: bool,
    awaited: Option<(Party, Instant)>,
    trouble: Option<Trouble>,
    tries_after_wrong: Option<u8>,
    call_card: Option<Call>,
    call_window: Option<Call>,
}

impl fmt::Debug for Operation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Operation").field("stop", &self.stopped()).finish_non_exhaustive()
    }
}

impl Operation {
    /// An operation that answers through `reply` and is stopped at `deadline`.
    pub fn new(
        deadline: Instant,
        reply: impl Fn(Answer) -> Result<(), Undelivered> + Send + Sync + 'static,
    ) -> Self {
        let (state, changed) = (Mutex::default(), Condvar::new());
        Self { shared: Arc::new(Shared { state, changed, reply: Box::new(reply), deadline }) }
    }

    /// When it will be stopped.
    #[must_use]
    pub fn deadline(&self) -> Instant {
        self.shared.deadline
    }

    /// The window is on screen: tells the page, once.
    pub fn opened(&self) {
        let mut state = self.lock();
        if !state.opened && !state.answered {
            state.opened = true;
            let _nobody_hears = (self.shared.reply)(Answer::Opened);
        }
    }

    /// Gives the one final answer. Every later one is dropped, and so is a signature that comes after a reason to stop;
    /// `Disconnected` is said to nobody.
    pub fn finish(&self, answer: Answer) -> Delivery {
        let mut state = self.lock();
        let late = state.stop.is_some() && matches!(answer, Answer::Signed(_));
        if state.answered || late {
            return Delivery::Dropped;
        }
        state.answered = true;
        let nobody_is_left = answer == Answer::Refused(End::Disconnected);
        let taken = if nobody_is_left { Ok(()) } else { (self.shared.reply)(answer) };
        self.shared.changed.notify_all();
        taken.map_or(Delivery::Failed, |()| Delivery::Delivered)
    }

    /// Asks for the end; the first reason counts. The card is freed before the answer goes out.
    pub fn stop(&self, end: End) {
        self.lock().stop.get_or_insert(end);
        self.shared.changed.notify_all();
    }

    /// Why the operation has to end, if it has to.
    #[must_use]
    pub fn stopped(&self) -> Option<End> {
        self.lock().stop
    }

    /// The window's side: one try for the card thread.
    pub fn hand_over(&self, unlock: Unlock) {
        self.lock().unlock = Some(unlock);
        self.shared.changed.notify_all();
    }

    /// The card thread's side: the try that waits, if any.
    #[must_use]
    pub fn take_unlock(&self) -> Option<Unlock> {
        self.lock().unlock.take()
    }

    /// The card thread ended and holds nothing any more.
    pub fn card_is_free(&self) {
        let mut state = self.lock();
        state.card_free = true;
        // A password that was never taken must not outlive the thread it was meant for.
        state.unlock = None;
        state.call_card = None;
        drop(state);
        self.shared.changed.notify_all();
    }

    /// The card thread's side: keeps of a report what is to be told when the window is gone.
    pub fn remember(&self, report: &Report) {
        match report {
            Report::Trouble(trouble) => self.lock().trouble = Some(*trouble),
            Report::Wrong { left } => self.lock().tries_after_wrong = Some(*left),
            _ => {}
        }
    }

    /// Why no signature could be made, if the card thread said so.
    #[must_use]
    pub fn trouble(&self) -> Option<Trouble> {
        self.lock().trouble
    }

    /// How many tries were left after the last wrong password, if there was one.
    #[must_use]
    pub fn tries_after_wrong(&self) -> Option<u8> {
        self.lock().tries_after_wrong
    }

    /// The card thread's side: makes a call in which `party` is waited for, without a limit of its own.
    pub fn awaiting<V>(&self, party: Party, call: impl FnOnce() -> V) -> V {
        self.lock().awaited = Some((party, Instant::now()));
        self.shared.changed.notify_all();
        let value = call();
        let mut state = self.lock();
        let told = state.overdue(Instant::now()).is_some();
        state.awaited = None;
        drop(state);
        if told {
            self.call_window();
        }
        value
    }

    /// Who has kept the card thread waiting for so long that the resident is to be told.
    #[must_use]
    pub fn overdue(&self) -> Option<Party> {
        self.lock().overdue(Instant::now())
    }

    /// The card thread's side: does nothing for `limit`, or until the resident acts or the operation is to end.
    pub fn rest(&self, limit: Duration) {
        let state = self.lock();
        if state.stop.is_none() && state.unlock.is_none() {
            drop(self.wait(state, limit));
        }
    }

    /// How to interrupt the card thread while it waits for a reader or a card.
    pub fn on_call_card(&self, call: impl Fn() + Send + 'static) {
        self.lock().call_card = Some(Box::new(call));
    }

    /// How to make the window look again.
    pub fn on_call_window(&self, call: impl Fn() + Send + 'static) {
        self.lock().call_window = Some(Box::new(call));
    }

    /// Makes the window look again.
    pub fn call_window(&self) {
        if let Some(call) = &self.lock().call_window {
            call();
        }
    }

    /// Watches over the operation until it is answered: calls the card thread until it hears, stops the operation at
    /// its deadline, and answers for a card thread that does not free the card in time.
    pub fn supervise(&self) {
        let mut state = self.until_stopped();
        // The window is emptied at once, however long the card takes.
        call(state.call_window.as_ref());
        let give_up = Instant::now() + FREE_CARD_WITHIN;
        while !state.card_free && Instant::now() < give_up {
            call(state.call_card.as_ref());
            state = self.wait(state, CALL_AGAIN);
        }
        let end = state.stop;
        drop(state);
        if let Some(end) = end {
            let _answered_before = self.finish(Answer::Refused(end));
        }
        self.call_window();
    }

    /// Waits for the answer or for a reason to stop; the deadline is one.
    fn until_stopped(&self) -> MutexGuard<'_, State> {
        let mut state = self.lock();
        while !state.answered && state.stop.is_none() {
            let now = Instant::now();
            if now >= self.shared.deadline {
                state.stop = Some(End::TimedOut);
                break;
            }
            let mut wait = self.shared.deadline - now;
            if state.overdue(now).is_some() {
                call(state.call_window.as_ref());
            } else if let Some((party, since)) = state.awaited {
                wait = wait.min(since + party.patience() - now);
            }
            if state.unlock.is_some() {
                call(state.call_card.as_ref());
                wait = CALL_AGAIN;
            }
            state = self.wait(state, wait);
        }
        state
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>, limit: Duration) -> MutexGuard<'a, State> {
        self.shared.changed.wait_timeout(state, limit).unwrap_or_else(PoisonError::into_inner).0
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn overdue(&self, now: Instant) -> Option<Party> {
        let (party, since) = self.awaited?;
        (now.duration_since(since) >= party.patience()).then_some(party)
    }
}

fn call(call: Option<&Call>) {
    if let Some(call) = call {
        call();
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Delivery, End, FREE_CARD_WITHIN, Operation, Party, State, Undelivered};
    use crate::card::{Report, Trouble};
    use std::sync::mpsc::{Receiver, channel};
    use std::time::{Duration, Instant};

    const LONG: Duration = Duration::from_secs(60);

    fn operation(life: Duration) -> (Operation, Receiver<Answer>) {
        let (sender, answers) = channel();
        let reply = move |answer| sender.send(answer).map_err(|_| Undelivered);
        (Operation::new(Instant::now() + life, reply), answers)
    }

    #[test]
    fn the_page_hears_opened_once_and_one_final_answer() {
        let (operation, answers) = operation(LONG);
        operation.opened();
        operation.opened();
        let signed = || Answer::Signed(vec![vec![1]]);
        assert_eq!(operation.finish(signed()), Delivery::Delivered);
        assert_eq!(operation.finish(Answer::Refused(End::Cancelled)), Delivery::Dropped);
        operation.opened();
        drop(operation);
        assert_eq!(answers.iter().collect::<Vec<_>>(), [Answer::Opened, signed()]);
    }

    #[test]
    fn an_answer_that_nobody_could_take_is_known_as_such_and_remains_the_only_one() {
        let operation = Operation::new(Instant::now() + LONG, |answer| match answer {
            Answer::Signed(_) => Err(Undelivered),
            _ => Ok(()),
        });
        assert_eq!(operation.finish(Answer::Signed(vec![vec![1]])), Delivery::Failed);
        assert_eq!(operation.finish(Answer::Refused(End::Unavailable)), Delivery::Dropped);
    }

    #[test]
    fn what_is_told_when_the_window_is_gone_is_remembered() {
        let (operation, _answers) = operation(LONG);
        assert_eq!((operation.trouble(), operation.tries_after_wrong()), (None, None));
        operation.remember(&Report::Wrong { left: 4 });
        operation.remember(&Report::Wrong { left: 3 });
        operation.remember(&Report::Trouble(Trouble::TooManyWrong));
        operation.remember(&Report::Signed);
        assert_eq!(
            (operation.trouble(), operation.tries_after_wrong()),
            (Some(Trouble::TooManyWrong), Some(3))
        );
    }

    #[test]
    fn a_signature_that_comes_after_a_reason_to_stop_is_dropped() {
        let (operation, answers) = operation(LONG);
        operation.stop(End::Cancelled);
        assert_eq!(operation.finish(Answer::Signed(vec![vec![1]])), Delivery::Dropped);
        operation.card_is_free();
        operation.supervise();
        drop(operation);
        assert_eq!(answers.iter().collect::<Vec<_>>(), [Answer::Refused(End::Cancelled)]);
    }

    #[test]
    fn the_first_reason_to_stop_is_the_one_that_is_answered_after_the_card_is_free() {
        let (operation, answers) = operation(LONG);
        operation.stop(End::Declined);
        operation.stop(End::Cancelled);
        operation.card_is_free();
        operation.supervise();
        assert_eq!(answers.recv().unwrap(), Answer::Refused(End::Declined));
    }

    #[test]
    fn a_card_that_does_not_answer_holds_the_answer_back_for_a_second_and_no_longer() {
        let cases = [
            (Some(End::Declined), LONG, Some(Answer::Refused(End::Declined))),
            (Some(End::Cancelled), LONG, Some(Answer::Refused(End::Cancelled))),
            (Some(End::Disconnected), LONG, None),
            (None, Duration::ZERO, Some(Answer::Refused(End::TimedOut))),
        ];
        for (stop, life, expected) in cases {
            let (operation, answers) = operation(life);
            let start = Instant::now();
            stop.into_iter().for_each(|end| operation.stop(end));
            // A card thread that never comes back.
            operation.shared.state.lock().unwrap().awaited = Some((Party::Card, start));
            operation.supervise();
            assert_eq!(answers.try_recv().ok(), expected);
            assert!((FREE_CARD_WITHIN..FREE_CARD_WITHIN * 3 / 2).contains(&start.elapsed()), "{stop:?}");
        }
    }

    #[test]
    fn the_resident_is_told_of_a_wait_once_it_is_long_and_until_it_is_over() {
        let now = Instant::now();
        let cases = [
            (Party::Card, 9, None),
            (Party::Card, 10, Some(Party::Card)),
            (Party::Program, 2, None),
            (Party::Program, 3, Some(Party::Program)),
        ];
        for (party, seconds, told) in cases {
            let state = State { awaited: Some((party, now)), ..State::default() };
            assert_eq!(state.overdue(now + Duration::from_secs(seconds)), told, "{party:?} {seconds}");
        }
        let (operation, _answers) = operation(LONG);
        assert_eq!(
            operation.awaiting(Party::Card, || operation.lock().awaited.map(|(party, _)| party)),
            Some(Party::Card)
        );
        assert_eq!(operation.lock().awaited, None);
    }

    #[test]
    fn the_window_is_called_when_a_wait_becomes_long_and_when_the_end_is_asked_for() {
        let (operation, _answers) = operation(Duration::from_millis(300));
        let (caller, calls) = channel();
        operation.on_call_window(move || caller.send(Instant::now()).unwrap());
        let start = Instant::now();
        let almost = Party::Card.patience() - Duration::from_millis(100);
        operation.lock().awaited = start.checked_sub(almost).map(|since| (Party::Card, since));
        operation.supervise();
        let calls: Vec<u128> = calls.try_iter().map(|at| at.duration_since(start).as_millis()).collect();
        assert!(matches!(calls[..], [100..300, 300..1000, 1300..3000]), "{calls:?}");
    }

    #[test]
    fn a_rest_ends_with_the_operation() {
        let (operation, _answers) = operation(LONG);
        operation.stop(End::Declined);
        let start = Instant::now();
        operation.rest(LONG);
        assert!(start.elapsed() < FREE_CARD_WITHIN);
    }

    #[test]
    fn the_deadline_ends_it() {
        let (operation, answers) = operation(Duration::ZERO);
        operation.card_is_free();
        operation.supervise();
        assert_eq!(answers.recv().unwrap(), Answer::Refused(End::TimedOut));
    }

    #[test]
    fn nobody_is_told_of_a_disconnection() {
        let (operation, answers) = operation(LONG);
        operation.card_is_free();
        operation.stop(End::Disconnected);
        operation.supervise();
        drop(operation);
        assert_eq!(answers.iter().count(), 0);
    }
}
