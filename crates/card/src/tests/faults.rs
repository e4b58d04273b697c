//! The table of faults: every operation, broken at every one of its exchanges, in every way that a card, a reader or
//! the service between can break.

use shomei_apdu::Malformed;
use shomei_virtual_card::{Reference, Standing, State, VirtualCard};

use super::desk::{DIALECTS, Failure, Operation, new_card, place};
use super::trace::{Exchange, assert_harmless};
use crate::{CardError, ChangeError, Dialect, Part, Transport, TransportError, UnlockError};

/// Exchanges that an operation may need more when something goes wrong: closing, twice, and asking again.
const BOUND: usize = 8;
/// The longest that a card may take in the table; the person may leave before (the host's watchdog).
const LATE_SECONDS: u32 = 30;
/// PC/SC's `SCARD_E_NOT_TRANSACTED`.
const NOT_TRANSACTED: TransportError = TransportError::Service { code: 0x8010_0016 };

/// What happens at one exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// The card leaves before it hears the command, and stays away.
    Removed,
    /// The card leaves after it carried out the command, and stays away.
    RemovedBeforeAnswering,
    /// The reader is unplugged.
    Unplugged,
    /// pcscd is killed.
    ServiceStopped,
    /// Another program resets the card; every later command on this connection fails too.
    Reset,
    /// Another program holds the card just then.
    SharingViolation,
    /// The card carries out the command, and an answer of no bytes comes.
    Empty,
    /// The card carries out the command, and one byte comes.
    OneByte,
    /// The card carries out the command, and something else comes.
    Garbage,
    /// The card carries out the command, and more comes than was asked for.
    TooLong,
    /// The card carries out the command and answers after half a minute.
    Late,
    /// The card carries out the command and the answer is lost.
    AnswerLost,
    /// The card never hears the command.
    CommandLost,
    /// The card is taken out and put back between two looks of pcscd: one command fails, then a card answers on which
    /// nothing is selected or verified.
    Swapped,
}

impl Fault {
    const ALL: [Self; 14] = [
        Self::Removed,
        Self::RemovedBeforeAnswering,
        Self::Unplugged,
        Self::ServiceStopped,
        Self::Reset,
        Self::SharingViolation,
        Self::Empty,
        Self::OneByte,
        Self::Garbage,
        Self::TooLong,
        Self::Late,
        Self::AnswerLost,
        Self::CommandLost,
        Self::Swapped,
    ];

    /// Whether nothing gets through any more, so that only the owner's power-off can close the key.
    const fn lasts(self) -> bool {
        matches!(
            self,
            Self::Removed
                | Self::RemovedBeforeAnswering
                | Self::Unplugged
                | Self::ServiceStopped
                | Self::Reset
        )
    }

    /// Whether this is what the fault has to be called.
    fn is_told_by(self, error: CardError) -> bool {
        let transport = |expected| error == CardError::Transport(expected);
        let no_status = |offset| {
            let what = Part::Answer(Malformed::NoStatusWord);
            error == CardError::Malformed { what, offset }
        };
        match self {
            Self::Removed | Self::RemovedBeforeAnswering | Self::Unplugged => error == CardError::Removed,
            Self::ServiceStopped => transport(TransportError::ServiceStopped),
            Self::Reset => transport(TransportError::Reset),
            Self::SharingViolation => transport(TransportError::InUse),
            Self::Empty => no_status(0),
            Self::OneByte => no_status(1),
            Self::Garbage => matches!(error, CardError::Refused { .. }),
            Self::TooLong => matches!(error, CardError::Transport(TransportError::AnswerTooLong { .. })),
            Self::Late => false,
            Self::AnswerLost | Self::CommandLost | Self::Swapped => transport(NOT_TRANSACTED),
        }
    }
}

/// A card in a reader in which something happens at one exchange, counted from 0.
struct Breaking {
    card: VirtualCard,
    at: usize,
    fault: Fault,
    said: Vec<Exchange>,
    seconds: u32,
}

impl Breaking {
    fn new(at: usize, fault: Fault) -> Self {
        Self { card: new_card(), at, fault, said: Vec::new(), seconds: 0 }
    }

    fn answer(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let now = self.said.len();
        match self.fault {
            fault if now != self.at && !(fault.lasts() && now > self.at) => Ok(self.card.respond(command)),
            Fault::Removed | Fault::Unplugged => Err(TransportError::Removed),
            Fault::RemovedBeforeAnswering => self.after(command, now, Err(TransportError::Removed)),
            Fault::ServiceStopped => Err(TransportError::ServiceStopped),
            Fault::Reset => {
                self.card.reset();
                Err(TransportError::Reset)
            }
            Fault::SharingViolation => Err(TransportError::InUse),
            Fault::Empty => self.after(command, now, Ok(Vec::new())),
            Fault::OneByte => self.after(command, now, Ok(vec![0x90])),
            Fault::Garbage => self.after(command, now, Ok(b"\x5B\xE1\x07\xC4\x39\x12\x34".to_vec())),
            Fault::TooLong => self.after(command, now, Ok(vec![0; 70_000])),
            Fault::Late => {
                self.seconds += LATE_SECONDS;
                Ok(self.card.respond(command))
            }
            Fault::AnswerLost => self.after(command, now, Err(NOT_TRANSACTED)),
            Fault::CommandLost => Err(NOT_TRANSACTED),
            Fault::Swapped => {
                self.card.power_on();
                Err(NOT_TRANSACTED)
            }
        }
    }

    /// The card carries out the command, once, and something else comes back.
    fn after(
        &mut self,
        command: &[u8],
        now: usize,
        answer: Result<Vec<u8>, TransportError>,
    ) -> Result<Vec<u8>, TransportError> {
        if now == self.at {
            self.card.respond(command);
        }
        answer
    }

    fn standings(&self) -> Vec<(Reference, Standing)> {
        let standing = |reference| Some((reference, self.card.standing(reference)?));
        Reference::ALL.into_iter().filter_map(standing).collect()
    }
}

impl Transport for Breaking {
    fn transmit(&mut self, command: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
        let answer = self.answer(command);
        self.said.push(Exchange { command: command.to_vec(), answer: answer.clone() });
        place(&answer?, response)
    }
}

/// Exchanges of an operation that nothing disturbs.
fn undisturbed(operation: Operation, dialect: Dialect) -> usize {
    let mut transport = Breaking::new(usize::MAX, Fault::CommandLost);
    operation.run(&mut transport, dialect).unwrap();
    transport.said.len()
}

/// One cell of the table. Returns whether the operation went well all the same.
fn check(operation: Operation, dialect: Dialect, bound: usize, at: usize, fault: Fault) -> bool {
    let cell = format!("{operation:?} at {at}, {fault:?}");
    let mut transport = Breaking::new(at, fault);
    let done = operation.run(&mut transport, dialect);
    if let Err(failure) = done {
        let told = failure.card_error().is_some_and(|error| fault.is_told_by(error));
        assert!(told, "{cell}: {failure:?}");
    }
    assert!(transport.said.len() <= bound, "{cell}: {} exchanges", transport.said.len());
    assert!(transport.seconds <= LATE_SECONDS, "{cell}: {} seconds", transport.seconds);
    assert_harmless(&transport.said, &cell);
    assert!(transport.said.iter().filter(|exchange| exchange.is_try()).count() <= 1, "{cell}: tries");
    assert_unharmed(&mut transport, &cell);
    assert_change_is_told_right(&transport.card.state(), done, &cell);
    assert_next_prompt_is_told(operation, dialect, transport.card, &cell);
    done.is_ok()
}

/// No counter fell and nothing stands open: by closing, or where nothing gets through, by the power-off that the owner
/// of the transport owes.
fn assert_unharmed(transport: &mut Breaking, cell: &str) {
    if transport.fault.lasts() {
        transport.card.power_off();
    }
    for (reference, standing) in transport.standings() {
        let most = if reference == Reference::SignaturePassword { 5 } else { 3 };
        assert_eq!((standing.left, standing.wrong, standing.open), (most, 0, false), "{cell}: {reference:?}");
    }
    assert_eq!(
        (transport.card.administrative(), transport.card.individual_number_selected()),
        (0, 0),
        "{cell}"
    );
}

/// What the person is told about which password holds is what the card holds.
fn assert_change_is_told_right(state: &State, done: Result<(), Failure>, cell: &str) {
    let changed = state.references.iter().any(|reference| reference.changed.is_some());
    match done {
        Err(Failure::Change(ChangeError::Old(_) | ChangeError::Refused { .. })) => {
            assert!(!changed, "{cell}")
        }
        Err(Failure::Change(ChangeError::ChangedThen(_))) => assert!(changed, "{cell}"),
        _ => {}
    }
}

/// The operation once more with the same card: the counter is read anew before any password, and all goes well unless
/// the password is the changed one.
fn assert_next_prompt_is_told(operation: Operation, dialect: Dialect, card: VirtualCard, cell: &str) {
    let mut next = Breaking { card, at: usize::MAX, fault: Fault::CommandLost, said: Vec::new(), seconds: 0 };
    let done = operation.run(&mut next, dialect);
    assert_harmless(&next.said, &format!("after {cell}"));
    let changed = matches!(operation, Operation::ChangeOfPassword | Operation::ChangeOfPin);
    match done {
        Ok(()) => {}
        Err(Failure::Change(ChangeError::Old(UnlockError::Wrong { .. }))) if changed => {}
        Err(failure) => panic!("after {cell}: {failure:?}"),
    }
}

fn check_table(operation: Operation) {
    let mut cells = 0;
    let mut expected = 0;
    let mut absorbed = 0;
    for (_, dialect) in DIALECTS {
        let exchanges = undisturbed(operation, dialect);
        // Where extended answers are tried and fail, the short ones take their place.
        let bound = exchanges.max(undisturbed(operation, Dialect::default())) + BOUND;
        expected += exchanges * Fault::ALL.len();
        for at in 0..exchanges {
            for fault in Fault::ALL {
                absorbed += usize::from(check(operation, dialect, bound, at, fault));
                cells += 1;
            }
        }
    }
    println!("{operation:?}: {cells} cells of the fault table, {absorbed} of which went well all the same");
    assert_eq!(cells, expected);
    assert!(absorbed < cells, "no fault was ever felt");
}

macro_rules! tables {
    ($($name:ident: $operation:ident,)*) => {
        $(#[test]
        fn $name() {
            check_table(Operation::$operation);
        })*

        #[test]
        fn every_operation_has_a_table() {
            assert_eq!(Operation::ALL, [$(Operation::$operation),*]);
        }
    };
}

tables! {
    faults_of_the_status: Status,
    faults_of_reading_free_certificates: FreeCertificates,
    faults_of_a_filing: Filing,
    faults_of_a_filing_of_two: FilingOfTwo,
    faults_of_a_login: Login,
    faults_of_a_change_of_password: ChangeOfPassword,
    faults_of_a_change_of_pin: ChangeOfPin,
    faults_of_reading_the_basic_four_items: BasicFourItems,
}
