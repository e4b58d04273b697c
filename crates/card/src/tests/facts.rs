//! The facts about the card that are a client's duty, by their numbers. Those that are the card's own are tables of
//! the virtual card.

use shomei_virtual_card::{Contents, Profile, Reference as Kept, VirtualCard};

use super::desk::*;
use super::trace::{Exchange, assert_harmless};
use super::{certificate, password};
use crate::{
    Card, CardError, Dialect, EntryError, Extended, LastTry, NewSignaturePassword, PasswordEntry,
    SignaturePassword, Transport, TransportError, UnlockError,
};

/// A card, and what was said to it.
struct Heard {
    card: VirtualCard,
    said: Vec<Exchange>,
}

impl Transport for Heard {
    fn transmit(&mut self, command: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
        let answer = self.card.respond(command);
        self.said.push(Exchange { command: command.to_vec(), answer: Ok(answer.clone()) });
        place(&answer, response)
    }
}

fn heard(profile: Profile) -> Heard {
    Heard { card: card_that(profile.behaviour()), said: Vec::new() }
}

fn entered(text: &str) -> PasswordEntry {
    let mut entry = PasswordEntry::new();
    entry.paste(text).unwrap();
    entry
}

#[test]
fn fact_12_filler_behind_a_certificate_is_trimmed_also_on_the_edge_of_a_chunk() {
    for length in [260, 511, 512, 513, 768, 2_048, 2_560] {
        for (name, dialect) in DIALECTS {
            let certificate = certificate(length);
            let mut card = Card::resume_in(VirtualCard::new(contents(&certificate)), dialect);
            assert!(card.authentication_certificate().unwrap() == certificate, "{length} bytes, {name}");
        }
    }
    // 256 bytes altogether need a length of one byte less: 30 81 FD.
    let whole_chunk = [&[0x30, 0x81, 0xFD][..], &[7; 253]].concat();
    let mut card = Card::resume(VirtualCard::new(contents(&whole_chunk)));
    assert_eq!(card.authentication_certificate(), Ok(whole_chunk));
}

#[test]
fn fact_14_without_a_signature_certificate_no_password_is_asked_for() {
    let mut card = heard(Profile::NoSignatureCertificate);
    assert_eq!(Card::open(&mut card).unwrap_err(), CardError::NoSignatureCertificate);
    assert!(card.said.iter().all(|exchange| exchange.command[1] != 0x20));
    let contents = Contents { signature: None, ..contents(&certificate(300)) };
    assert_eq!(Card::open(VirtualCard::new(contents)).unwrap_err(), CardError::NoSignatureCertificate);
}

#[test]
fn fact_16_and_17_blocked_is_told_in_either_word() {
    for profile in [Profile::Plastic, Profile::IsoBlocked] {
        let mut card = Card::resume(card_that(profile.behaviour()));
        let mut judged = None;
        for _ in 0..6 {
            judged = card.unlock_signature(&password("WRONG1"), LastTry::Confirmed).err();
        }
        assert_eq!(judged, Some(UnlockError::Blocked), "{profile:?}");
        card.unlock_authentication(&pin(AUTHENTICATION_PIN), LastTry::NotConfirmed).unwrap().close().unwrap();
    }
}

#[test]
fn fact_20_small_letters_are_sent_as_capitals() {
    let mut card = Card::resume(new_card());
    for entry in ["abc123", "ABC123", "ａｂｃ１２３", "ＡＢＣ１２３", "aＢc①²3"] {
        card.unlock_signature(&password(entry), LastTry::NotConfirmed).unwrap().close().unwrap();
    }
}

#[test]
fn fact_21_what_is_visibly_malformed_is_refused_without_a_command() {
    let character = |position| EntryError::Character { position };
    let cases = [
        ("", EntryError::TooShort { length: 0 }),
        ("ABC12", EntryError::TooShort { length: 5 }),
        ("1234", EntryError::ProbablyOtherPin),
        ("１２３４", EntryError::ProbablyOtherPin),
        ("ABCDEFGH123456789", EntryError::TooLong { length: 17 }),
        ("ABC 123", character(4)),
        ("ABC１２３あ", character(7)),
        ("ABC-123", character(4)),
        ("ﬁABC123", character(1)),
        ("ABC123é", character(7)),
    ];
    for (text, error) in cases {
        assert_eq!(SignaturePassword::parse(&entered(text)).map(drop), Err(error), "{text}");
    }
    let new = |text| NewSignaturePassword::parse(&entered(text)).map(drop);
    assert_eq!(new("ABCDEF"), Err(EntryError::NoDigit));
    assert_eq!(new("123456"), Err(EntryError::NoLetter));
    assert_eq!(new("abcde1"), Ok(()));
    assert!(SignaturePassword::parse(&entered("ABCDEF")).is_ok(), "only a new one needs both");
}

#[test]
fn fact_32_no_management_command_is_ever_said() {
    for (name, dialect) in DIALECTS {
        for operation in Operation::ALL {
            let mut card = heard(Profile::Plastic);
            operation.run(&mut card, dialect).unwrap();
            assert_harmless(&card.said, name);
            assert_eq!(card.card.administrative(), 0, "{operation:?}, {name}");
        }
    }
}

#[test]
fn fact_33_every_operation_leaves_by_another_application_and_relies_on_no_reset() {
    for profile in [Profile::Plastic, Profile::ResetClears] {
        for operation in Operation::ALL {
            let mut card = card_that(profile.behaviour());
            operation.run(&mut card, Dialect::default()).unwrap();
            let open =
                Kept::ALL.map(|reference| card.standing(reference).is_some_and(|standing| standing.open));
            assert_eq!(open, [false; 3], "{operation:?}, {profile:?}");
        }
    }
}

#[test]
fn fact_37_answers_in_parts_and_corrected_lengths_are_followed() {
    for (name, dialect) in DIALECTS {
        for operation in Operation::ALL {
            let mut card = heard(Profile::T0);
            operation
                .run(&mut card, dialect)
                .unwrap_or_else(|failure| panic!("{operation:?}, {name}: {failure:?}"));
            assert_harmless(&card.said, name);
        }
    }
    let mut card = heard(Profile::T0);
    Operation::Filing.run(&mut card, Dialect::default()).unwrap();
    let fetched = card.said.iter().any(|exchange| exchange.command.starts_with(&[0x00, 0xC0]));
    assert!(fetched, "GET RESPONSE was needed");
}

#[test]
fn fact_38_a_removal_while_signing_is_no_wrong_password() {
    struct Pulled(VirtualCard);
    impl Transport for Pulled {
        fn transmit(&mut self, command: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
            match command[1] {
                0x2A => Err(TransportError::Removed),
                _ => self.0.transmit(command, response),
            }
        }
    }
    let mut card = Card::resume(Pulled(new_card()));
    let mut session = card.unlock_signature(&right(), LastTry::NotConfirmed).unwrap();
    assert_eq!(session.sign(&DIGEST), Err(CardError::Removed));
    drop(session);
    // The counter is asked for again before the next try.
    let again = card.unlock_signature(&right(), LastTry::NotConfirmed).map(drop);
    assert_eq!(again, Ok(()));
}

#[test]
fn fact_39_only_the_items_are_read_of_the_input_support_application() {
    let mut card = heard(Profile::Plastic);
    Operation::BasicFourItems.run(&mut card, Dialect::default()).unwrap();
    assert_eq!(card.card.individual_number_selected(), 0);
    let text = |exchange: &Exchange| exchange.answer.clone().unwrap();
    let heard: Vec<u8> = card.said.iter().flat_map(text).collect();
    assert!(!heard.windows(3).any(|window| window == [0xFF, 0x10, 0x0C]), "EF 0001 was read");
}

#[test]
fn fact_41_any_card_is_accepted_that_has_the_application_and_no_other() {
    for (name, profile) in Profile::NAMED {
        let dialect = Dialect { extended: Extended::Untried, ..Dialect::default() };
        assert!(Card::resume_in(card_that(profile.behaviour()), dialect).status().is_ok(), "{name}");
    }
    struct Other;
    impl Transport for Other {
        fn transmit(&mut self, _command: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
            place(&[0x6A, 0x82], response)
        }
    }
    assert_eq!(Card::resume(Other).status(), Err(CardError::NotMyNumberCard));
}
