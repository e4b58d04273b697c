//! What holds whatever a card answers.

use proptest::prelude::*;

use super::desk::{DIALECTS, DIGEST, Operation, right};
use super::trace::{Exchange, assert_harmless};
use crate::{
    Card, LastTry, PasswordEntry, Reference, SignaturePassword, Transport, TransportError, UnlockError,
};

type Answer = Result<Vec<u8>, TransportError>;

/// A card that answers from a list, whatever it is asked, and then not at all.
struct Arbitrary {
    answers: std::vec::IntoIter<Answer>,
    said: Vec<Exchange>,
}

impl Arbitrary {
    fn new(answers: Vec<Answer>) -> Self {
        Self { answers: answers.into_iter(), said: Vec::new() }
    }

    fn passwords(&self) -> impl Iterator<Item = (usize, &Answer)> {
        let said = self.said.iter().enumerate();
        said.filter(|(_, exchange)| exchange.is_try()).map(|(at, exchange)| (at, &exchange.answer))
    }
}

impl Transport for Arbitrary {
    fn transmit(&mut self, command: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
        let answer = self.answers.next().unwrap_or(Err(TransportError::Removed));
        self.said.push(Exchange { command: command.to_vec(), answer: answer.clone() });
        let bytes = answer?;
        response[..bytes.len()].copy_from_slice(&bytes);
        Ok(bytes.len())
    }
}

/// Everything that can be asked of this crate, whether or not the step before went well.
fn ask_everything(transport: &mut Arbitrary) -> Result<(), UnlockError> {
    let mut card = Card::open(&mut *transport)?;
    let _ = card.tries(Reference::SignaturePassword);
    let _ = card.signature_authority_certificate();
    drop(card);
    let mut card = Card::resume(transport);
    let mut session = card.unlock_signature(&right(), LastTry::Confirmed)?;
    let _ = session.certificate();
    let _ = session.sign(&DIGEST);
    Ok(session.close()?)
}

fn answers() -> impl Strategy<Value = Vec<Answer>> {
    let status = prop_oneof![
        20 => Just(0x9000_u16),
        6 => 0x63C0_u16..=0x63C5,
        1 => prop_oneof![Just(0x6300_u16), Just(0x6983), Just(0x6984), Just(0x6A82), Just(0x6982)],
        1 => 0x6100_u16..=0x61FF,
        1 => 0x6C00_u16..=0x6CFF,
        1 => any::<u16>(),
    ];
    let data = prop_oneof![
        4 => Just(Vec::new()),
        4 => Just(vec![0x8F, 0x8F, 0x00]),
        2 => Just([&[0x30, 0x82, 0x02, 0x00][..], &[0; 252]].concat()),
        1 => prop::collection::vec(any::<u8>(), 0..=256),
    ];
    let whole = (data, status).prop_map(|(data, status)| Ok([data, status.to_be_bytes().to_vec()].concat()));
    let answer = prop_oneof![
        40 => whole,
        1 => prop::collection::vec(any::<u8>(), 0..2).prop_map(Ok),
        1 => Just(Err(TransportError::Removed)),
        1 => Just(Err(TransportError::Service { code: 7 })),
    ];
    prop::collection::vec(answer, 0..60)
}

/// Answers under which a filing gets at least as far as the password, so that the rules are not empty.
fn answers_with_an_opening() -> impl Strategy<Value = Vec<Answer>> {
    let ok = |text: &[u8]| Ok(text.to_vec());
    let opening = vec![
        ok(b"\x90\x00"),
        ok(b"\x8F\x8F\x00\x90\x00"),
        ok(b"\x90\x00"),
        ok(b"\x63\xC5"),
        ok(b"\x63\xC5"),
        ok(b"\x90\x00"),
        ok(b"\x90\x00"),
        ok(b"\x63\xC5"),
    ];
    answers().prop_map(move |rest| [opening.clone(), rest].concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn every_operation_says_only_what_it_may(
        answers in prop_oneof![answers(), answers_with_an_opening()],
        operation in 0..Operation::ALL.len(),
        dialect in 0..DIALECTS.len(),
    ) {
        let mut transport = Arbitrary::new(answers);
        let _ = Operation::ALL[operation].run(&mut transport, DIALECTS[dialect].1);
        assert_harmless(&transport.said, "whatever a card answers");
    }

    #[test]
    fn one_unlocking_is_at_most_one_try(answers in answers_with_an_opening()) {
        let mut transport = Arbitrary::new(answers);
        let _ = ask_everything(&mut transport);
        prop_assert!(transport.passwords().count() <= 1);
    }

    #[test]
    fn after_a_password_that_was_not_refused_another_application_is_selected(
        answers in answers_with_an_opening(),
    ) {
        let mut transport = Arbitrary::new(answers);
        let _ = ask_everything(&mut transport);
        let Some((at, answer)) = transport.passwords().next() else { return Ok(()) };
        let refused = matches!(answer.as_deref(), Ok([.., 0x63, 0x00 | 0xC0..=0xCF] | [.., 0x69, 0x83 | 0x84]));
        let left = transport.said[at..].iter().any(|said| said.command[2] == 0x04 && said.command[7] != 0xF0);
        prop_assert!(left || refused, "{answer:02X?}");
    }

    #[test]
    fn a_password_is_called_wrong_only_by_the_card(answers in answers_with_an_opening()) {
        let mut transport = Arbitrary::new(answers);
        let asked = ask_everything(&mut transport);
        if let Err(UnlockError::Wrong { left }) = asked {
            prop_assert!(left > 0);
            let refused = transport.said.iter().any(|said| matches!(said.answer.as_deref(), Ok([.., 0x63, _])));
            prop_assert!(refused);
            prop_assert_eq!(transport.passwords().count(), 1);
        }
    }

    #[test]
    fn a_malformed_password_never_reaches_a_card(text in "[A-Za-z0-9Ａ-Ｚａ-ｚ０-９ あ\\-\u{0}é①]{0,20}") {
        let mut entry = PasswordEntry::new();
        entry.paste(&text).unwrap();
        let Ok(password) = SignaturePassword::parse(&entry) else { return Ok(()) };
        let opening = [&b"\x90\x00"[..], b"\x8F\x8F\x00\x90\x00", b"\x90\x00", b"\x63\xC5", b"\x63\xC5"];
        let mut transport = Arbitrary::new(opening.map(|answer| Ok(answer.to_vec())).to_vec());
        let unlocked = Card::open(&mut transport).unwrap().unlock_signature(&password, LastTry::NotConfirmed).map(drop);
        prop_assert!(unlocked.is_err());
        let sent = transport.said.iter().rev().find(|said| said.is_try()).map(|said| &said.command[4..]);
        let Some([length, sent @ ..]) = sent else { panic!("nothing was sent") };
        prop_assert_eq!(usize::from(*length), text.chars().count());
        prop_assert!((6..=16).contains(&sent.len()));
        prop_assert!(sent.iter().all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9')));
    }
}
