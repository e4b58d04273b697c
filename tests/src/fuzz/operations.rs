//! Operations in any order, with anything breaking in between, held against the virtual card's own record: no try is
//! spent that the person did not ask for, no key stays open, nothing else is said to the card.

use std::sync::LazyLock;
use std::time::SystemTime;

use shomei_card::{
    Addressing, Card, CardError, ChangeError, Dialect, Extended, LastTry, LoginStatement,
    NewSignaturePassword, PasswordEntry, Pin, SignaturePassword, Transport, TransportError, UnlockError,
};
use shomei_lab::{AUTHENTICATION_PIN, INPUT_SUPPORT_PIN, RESIDENTS, SIGNATURE_PASSWORD, World};
use shomei_virtual_card::{Contents, Profile, Reference, VirtualCard};

/// Most operations in one sequence.
const MOST: usize = 12;

static CONTENTS: LazyLock<Option<Contents>> = LazyLock::new(|| {
    let residents = RESIDENTS.get(..1).unwrap_or_default();
    World::with_residents(SystemTime::now(), residents).ok()?.holders.first()?.contents().ok()
});

/// A card of the lab with one of the profiles.
///
/// # Panics
/// Where the system has no randomness for its keys.
pub(super) fn new_card(profile: u8) -> VirtualCard {
    let profile = Profile::NAMED.get(usize::from(profile) % Profile::NAMED.len());
    let behaviour = profile.map(|(_, profile)| profile.behaviour()).unwrap_or_default();
    match CONTENTS.clone() {
        Some(contents) => VirtualCard::with_behaviour(contents, behaviour),
        None => unreachable!("no keys could be made"),
    }
}

/// What a person does. A wrong entry is one of the right form.
#[derive(Clone, Copy, Debug)]
enum Act {
    Status,
    File { right: bool },
    Login { right: bool },
    FourItems { right: bool },
    ChangePassword { right: bool },
    ForgetSession,
}

/// Reads a sequence of operations, each with what breaks in it, and lets it happen to one card.
pub fn sequence(data: &[u8]) {
    let mut bytes = data.iter().copied();
    let card = new_card(bytes.next().unwrap_or_default());
    let mut stormy = Stormy { card, events: [0; 4], exchange: 0, gone: false };
    for _ in 0..MOST {
        let Some(one) = bytes.next() else { break };
        stormy.events = [(); 4].map(|()| bytes.next().unwrap_or_default());
        step(&mut stormy, one);
    }
    assert_eq!((stormy.card.administrative(), stormy.card.individual_number_selected()), (0, 0));
}

fn step(stormy: &mut Stormy, one: u8) {
    let act = act_of(one);
    let before = stormy.wrong();
    (stormy.exchange, stormy.gone) = (0, false);
    let done = perform(stormy, act, dialect_of(one), one & 0x80 != 0);
    let spent: Vec<u32> =
        stormy.wrong().iter().zip(before).map(|(now, before)| now.saturating_sub(before)).collect();
    for (index, spent) in spent.iter().enumerate() {
        assert!(*spent <= u32::from(may_cost(act) == Some(index)), "{act:?} cost a try");
    }
    if let Err(UnlockError::Wrong { .. }) = done {
        assert_eq!(spent.iter().sum::<u32>(), 1, "{act:?} was called wrong without a try");
    }
    // The owner of the transport owes a power-off where something went wrong on the way.
    if stormy.broke() || matches!(done, Err(UnlockError::Card(CardError::KeyStaysOpen))) {
        stormy.card.power_off();
    }
    let open = Reference::ALL
        .iter()
        .any(|reference| stormy.card.standing(*reference).is_some_and(|standing| standing.open));
    assert!(!open, "{act:?} left something open: {done:?}");
}

fn act_of(byte: u8) -> Act {
    let right = byte & 0x08 != 0;
    match byte & 0x07 {
        0 => Act::Status,
        1 | 2 => Act::File { right },
        3 => Act::Login { right },
        4 => Act::FourItems { right },
        5 => Act::ChangePassword { right },
        _ => Act::ForgetSession,
    }
}

fn dialect_of(byte: u8) -> Dialect {
    let addressing = if byte & 0x10 == 0 { Addressing::Select } else { Addressing::ShortIdentifier };
    let extended = if byte & 0x20 == 0 { Extended::Never } else { Extended::Untried };
    Dialect { addressing, extended }
}

/// The counter that an act may lower by one, as an index into [`Reference::ALL`].
const fn may_cost(act: Act) -> Option<usize> {
    match act {
        Act::File { right: false } | Act::ChangePassword { right: false } => Some(0),
        Act::Login { right: false } => Some(1),
        Act::FourItems { right: false } => Some(2),
        _ => None,
    }
}

/// Acts, and says how the entry was judged.
fn perform(stormy: &mut Stormy, act: Act, dialect: Dialect, confirmed: bool) -> Result<(), UnlockError> {
    let mut card = Card::resume_in(stormy, dialect);
    let last = if confirmed { LastTry::Confirmed } else { LastTry::NotConfirmed };
    match act {
        Act::Status => {
            card.status()?;
        }
        Act::File { right } => {
            let entry = typed(if right { SIGNATURE_PASSWORD } else { "WRONG1" });
            let Ok(password) = SignaturePassword::parse(&entry) else { return Ok(()) };
            let mut session = card.unlock_signature(&password, last)?;
            session.certificate()?;
            session.sign(&[7; 32])?;
        }
        Act::Login { right } => {
            let Ok(pin) = Pin::parse(&typed(if right { AUTHENTICATION_PIN } else { "0000" })) else {
                return Ok(());
            };
            let mut session = card.unlock_authentication(&pin, last)?;
            if let Ok(statement) = LoginStatement::new("https://city.mihon.lg.jp", &"A".repeat(43), 0) {
                session.sign(&statement)?;
            }
            session.close()?;
        }
        Act::FourItems { right } => {
            let Ok(pin) = Pin::parse(&typed(if right { INPUT_SUPPORT_PIN } else { "0000" })) else {
                return Ok(());
            };
            card.unlock_input_support(&pin, last)?.basic_four_items()?;
        }
        Act::ChangePassword { right } => return change(&mut card, right, last),
        Act::ForgetSession => {
            if let Ok(password) = SignaturePassword::parse(&typed(SIGNATURE_PASSWORD)) {
                std::mem::forget(card.unlock_signature(&password, LastTry::NotConfirmed)?);
            }
        }
    }
    Ok(())
}

/// Changes the password to itself, so that what is right stays right.
fn change<T: Transport>(card: &mut Card<T>, right: bool, last: LastTry) -> Result<(), UnlockError> {
    let old = SignaturePassword::parse(&typed(if right { SIGNATURE_PASSWORD } else { "WRONG1" }));
    let (Ok(old), Ok(new)) = (old, NewSignaturePassword::parse(&typed(SIGNATURE_PASSWORD))) else {
        return Ok(());
    };
    match card.change_signature_password(&old, &new, last) {
        Err(ChangeError::Old(error)) => Err(error),
        Err(ChangeError::Unknown(error) | ChangeError::ChangedThen(error)) => Err(error.into()),
        Err(ChangeError::Refused { .. }) | Ok(_) => Ok(()),
    }
}

fn typed(text: &str) -> PasswordEntry {
    let mut entry = PasswordEntry::new();
    assert!(entry.paste(text).is_ok());
    entry
}

/// The event that is none.
const UNDISTURBED: u8 = 0;

const fn event_of(byte: u8) -> u8 {
    byte % 8
}

/// A card in a reader where two exchanges of each operation break: two pairs of the exchange's number and the event.
struct Stormy {
    card: VirtualCard,
    events: [u8; 4],
    exchange: u8,
    gone: bool,
}

impl Stormy {
    fn event(&self) -> u8 {
        let [first, what, second, other] = self.events;
        match self.exchange {
            now if now == first => event_of(what),
            now if now == second => event_of(other),
            _ => UNDISTURBED,
        }
    }

    /// Whether any event could have come in the way of closing.
    fn broke(&self) -> bool {
        let [first, what, second, other] = self.events;
        let broke = |at: u8, what: u8| at < self.exchange && event_of(what) != UNDISTURBED;
        self.gone || broke(first, what) || broke(second, other)
    }

    fn wrong(&self) -> [u32; 3] {
        Reference::ALL.map(|reference| self.card.standing(reference).map_or(0, |standing| standing.wrong))
    }

    fn answer(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        if self.gone {
            return Err(TransportError::Removed);
        }
        let event = self.event();
        self.exchange = self.exchange.saturating_add(1);
        match event {
            1 => Err(TransportError::InUse),
            2 => self.carried_out(command, Err(TransportError::Service { code: 1 })),
            3 => self.carried_out(command, Ok(Vec::new())),
            4 => self.carried_out(command, Ok(vec![0x12, 0x34])),
            5 => {
                self.card.reset();
                Err(TransportError::Reset)
            }
            6 => {
                self.gone = true;
                Err(TransportError::Removed)
            }
            7 => {
                self.card.power_on();
                Err(TransportError::Service { code: 2 })
            }
            _ => Ok(self.card.respond(command)),
        }
    }

    fn carried_out(
        &mut self,
        command: &[u8],
        answer: Result<Vec<u8>, TransportError>,
    ) -> Result<Vec<u8>, TransportError> {
        self.card.respond(command);
        answer
    }
}

impl Transport for Stormy {
    fn transmit(&mut self, command: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
        let answer = self.answer(command)?;
        let room = response.len();
        let place = response.get_mut(..answer.len()).ok_or(TransportError::AnswerTooLong { room })?;
        place.copy_from_slice(&answer);
        Ok(answer.len())
    }
}
