//! Whatever is asked in whatever order, with whatever breaking in between: no try is spent that the person did not ask
//! for, no key stays open, nothing else is said to the card.

use proptest::prelude::*;
use shomei_virtual_card::{Profile, Reference as Kept, VirtualCard};

use super::desk::{card_that, new_password, pin, place};
use super::trace::{Exchange, assert_harmless};
use super::{desk, password};
use crate::{Card, CardError, ChangeError, Dialect, LastTry, Transport, TransportError, UnlockError};

/// What a person may do, with the right entry or a wrong one.
#[derive(Clone, Copy, Debug)]
enum Act {
    Status,
    File { right: bool, last: bool },
    Login { right: bool, last: bool },
    FourItems { right: bool, last: bool },
    ChangePassword { right: bool, last: bool },
    ForgetSession,
}

/// What may happen at an exchange.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Event {
    Nothing,
    Lost,
    AnswerLost,
    Empty,
    Reset,
    Removed,
    PowerCycle,
}

struct Stormy {
    card: VirtualCard,
    events: std::vec::IntoIter<Event>,
    said: Vec<Exchange>,
    gone: bool,
}

impl Stormy {
    fn answer(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let event = if self.gone { Event::Removed } else { self.events.next().unwrap_or(Event::Nothing) };
        match event {
            Event::Nothing => return Ok(self.card.respond(command)),
            Event::Lost => {}
            Event::AnswerLost => drop(self.card.respond(command)),
            Event::Empty => {
                self.card.respond(command);
                return Ok(Vec::new());
            }
            Event::Reset => {
                self.card.reset();
                return Err(TransportError::Reset);
            }
            Event::Removed => {
                self.gone = true;
                return Err(TransportError::Removed);
            }
            Event::PowerCycle => drop(self.card.power_on()),
        }
        Err(TransportError::Service { code: 1 })
    }

    fn wrong(&self) -> [u32; 3] {
        Kept::ALL.map(|reference| self.card.standing(reference).map_or(0, |standing| standing.wrong))
    }
}

impl Transport for Stormy {
    fn transmit(&mut self, command: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
        let answer = self.answer(command);
        self.said.push(Exchange { command: command.to_vec(), answer: answer.clone() });
        place(&answer?, response)
    }
}

const fn last_try(confirmed: bool) -> LastTry {
    if confirmed { LastTry::Confirmed } else { LastTry::NotConfirmed }
}

/// Acts, and says how the entry of a password was judged.
fn act(card: &mut Stormy, act: Act, dialect: Dialect) -> Result<(), UnlockError> {
    let mut client = Card::resume_in(&mut *card, dialect);
    match act {
        Act::Status => client.status().map(drop)?,
        Act::File { right, last } => {
            let entry = password(if right { desk::SIGNATURE_PASSWORD } else { "WRONG1" });
            let mut session = client.unlock_signature(&entry, last_try(last))?;
            session.certificate()?;
            session.sign(&desk::DIGEST)?;
        }
        Act::Login { right, last } => {
            let entry = pin(if right { desk::AUTHENTICATION_PIN } else { "0000" });
            let mut session = client.unlock_authentication(&entry, last_try(last))?;
            session.sign(&desk::statement())?;
            session.close()?;
        }
        Act::FourItems { right, last } => {
            let entry = pin(if right { desk::INPUT_SUPPORT_PIN } else { "0000" });
            client.unlock_input_support(&entry, last_try(last))?.basic_four_items()?;
        }
        Act::ChangePassword { right, last } => {
            let old = password(if right { desk::SIGNATURE_PASSWORD } else { "WRONG1" });
            // To itself, so that what is right stays right.
            let new = new_password(desk::SIGNATURE_PASSWORD);
            match client.change_signature_password(&old, &new, last_try(last)) {
                Err(ChangeError::Old(error)) => return Err(error),
                Err(ChangeError::Unknown(error) | ChangeError::ChangedThen(error)) => {
                    return Err(error.into());
                }
                Err(ChangeError::Refused { .. }) | Ok(_) => {}
            }
        }
        Act::ForgetSession => {
            std::mem::forget(
                client.unlock_signature(&password(desk::SIGNATURE_PASSWORD), LastTry::NotConfirmed)?,
            );
        }
    }
    Ok(())
}

/// The password whose counter an act may lower, if its entry is wrong.
const fn may_lower(act: Act) -> Option<usize> {
    match act {
        Act::File { right: false, .. } | Act::ChangePassword { right: false, .. } => Some(0),
        Act::Login { right: false, .. } => Some(1),
        Act::FourItems { right: false, .. } => Some(2),
        _ => None,
    }
}

fn acts() -> impl Strategy<Value = Vec<(Act, usize, Vec<Event>)>> {
    let entry = || (prop::bool::weighted(0.7), any::<bool>());
    let act = prop_oneof![
        Just(Act::Status),
        entry().prop_map(|(right, last)| Act::File { right, last }),
        entry().prop_map(|(right, last)| Act::Login { right, last }),
        entry().prop_map(|(right, last)| Act::FourItems { right, last }),
        entry().prop_map(|(right, last)| Act::ChangePassword { right, last }),
        Just(Act::ForgetSession),
    ];
    let event = prop_oneof![
        30 => Just(Event::Nothing),
        1 => prop_oneof![
            Just(Event::Lost),
            Just(Event::AnswerLost),
            Just(Event::Empty),
            Just(Event::Reset),
            Just(Event::Removed),
            Just(Event::PowerCycle),
        ],
    ];
    let events = prop::collection::vec(event, 0..30);
    prop::collection::vec((act, 0..desk::DIALECTS.len(), events), 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_card_is_never_hurt(acts in acts(), profile in 0..Profile::NAMED.len()) {
        let (_, profile) = Profile::NAMED[profile];
        let card = card_that(profile.behaviour());
        let mut stormy = Stormy { card, events: Vec::new().into_iter(), said: Vec::new(), gone: false };
        for (one, dialect, events) in acts {
            stormy.events = events.into_iter();
            let (before, start) = (stormy.wrong(), stormy.said.len());
            let done = act(&mut stormy, one, desk::DIALECTS[dialect].1);
            let what = format!("{one:?}: {done:?}");
            assert_harmless(&stormy.said[start..], &what);
            let spent = [0, 1, 2].map(|index| stormy.wrong()[index] - before[index]);
            for (index, spent) in spent.into_iter().enumerate() {
                prop_assert!(spent <= u32::from(may_lower(one) == Some(index)), "{}: tries {:?}", what, spent);
            }
            if let Err(UnlockError::Wrong { .. }) = done {
                prop_assert_eq!(spent.iter().sum::<u32>(), 1, "{}: wrong only by the card's word", what);
            }
            // The owner of the transport powers the card off where something went wrong.
            if let Err(UnlockError::Card(CardError::Removed | CardError::Transport(_) | CardError::KeyStaysOpen)) = done {
                stormy.card.power_off();
            }
            stormy.gone = false;
            for reference in Kept::ALL {
                let open = stormy.card.standing(reference).is_some_and(|standing| standing.open);
                prop_assert!(!open || is_forgiven(&stormy, start), "{}: {:?} stays open", what, reference);
            }
            stormy.card.power_off();
        }
        prop_assert_eq!((stormy.card.administrative(), stormy.card.individual_number_selected()), (0, 0));
    }
}

/// Where the closing itself broke, only the power-off is left.
fn is_forgiven(stormy: &Stormy, start: usize) -> bool {
    let last = stormy.said[start..].last();
    last.is_some_and(|exchange| !matches!(exchange.answer.as_deref(), Ok([.., 0x90, 0x00])))
}
