//! What is said to the card, byte for byte, when all goes well or nearly so.

use super::{certificate, password, script::*};
use crate::{Card, LastTry, Reference, Tries, UnlockError};

const DIGEST_INFO: &str = "3031300D060960864801650304020105000420";

fn sign_command() -> String {
    format!("802A008033{DIGEST_INFO}{}00", "5A".repeat(32))
}

#[test]
fn a_filing_is_exactly_these_exchanges() {
    let file = certificate(300);
    let (first, rest) = (hex(&file[..256]) + "9000", hex(&file[256..]) + "9000");
    let (sign, signature) = (sign_command(), "77".repeat(256) + "9000");
    let script = Script::unlocked([
        (SELECT_CERTIFICATE, "9000"),
        ("00B0000000", first.as_str()),
        ("00B001002C", rest.as_str()),
        (SELECT_KEY, "9000"),
        (sign.as_str(), signature.as_str()),
        (SELECT_INPUT_SUPPORT, "9000"),
    ]);
    let mut card = Card::open(script).unwrap();
    let mut session = card.unlock_signature(&password("ABC123"), LastTry::NotConfirmed).unwrap();
    assert_eq!(session.certificate(), Ok(file));
    assert_eq!(session.sign(&[0x5A; 32]), Ok([0x77; 256]));
    session.close().unwrap();
}

#[test]
fn answers_in_parts_and_corrected_lengths_are_followed() {
    let file = certificate(300);
    let (first, second) = (hex(&file[..240]) + "9000", hex(&file[240..]) + "9000");
    let (sign, start) = (sign_command(), "77".repeat(200) + "6138");
    let end = "77".repeat(56) + "9000";
    let script = Script::unlocked([
        (SELECT_CERTIFICATE, "9000"),
        ("00B0000000", "6CF0"),
        ("00B00000F0", first.as_str()),
        ("00B000F03C", second.as_str()),
        (SELECT_KEY, "9000"),
        (sign.as_str(), start.as_str()),
        ("00C0000038", end.as_str()),
        (SELECT_INPUT_SUPPORT, "9000"),
    ]);
    let mut card = Card::open(script).unwrap();
    let mut session = card.unlock_signature(&password("ABC123"), LastTry::NotConfirmed).unwrap();
    assert_eq!(session.certificate(), Ok(file));
    assert_eq!(session.sign(&[0x5A; 32]), Ok([0x77; 256]));
}

#[test]
fn a_session_that_is_only_dropped_closes_the_key() {
    let mut card = Card::open(Script::unlocked([(SELECT_INPUT_SUPPORT, "9000")])).unwrap();
    drop(card.unlock_signature(&password("ABC123"), LastTry::NotConfirmed).unwrap());
}

#[test]
fn a_session_that_is_forgotten_is_closed_with_the_card() {
    let mut card = Card::open(Script::unlocked([(SELECT_INPUT_SUPPORT, "9000")])).unwrap();
    std::mem::forget(card.unlock_signature(&password("ABC123"), LastTry::NotConfirmed).unwrap());
}

#[test]
fn a_card_without_the_input_support_application_is_closed_with_the_issuers() {
    let script = Script::unlocked([(SELECT_INPUT_SUPPORT, "6A82"), (SELECT_ISSUER, "9000")]);
    let mut card = Card::open(script).unwrap();
    card.unlock_signature(&password("ABC123"), LastTry::NotConfirmed).unwrap().close().unwrap();
}

#[test]
fn a_wrong_password_leaves_the_card_ready_for_the_next() {
    let lines = OPENING.into_iter().chain([
        ("002000800657524F4E4731", "63C4"),
        (QUERY, "63C4"),
        (VERIFY, "9000"),
        (SELECT_INPUT_SUPPORT, "9000"),
    ]);
    let mut card = Card::open(Script::new(lines)).unwrap();
    let wrong = card.unlock_signature(&password("WRONG1"), LastTry::NotConfirmed);
    assert_eq!(wrong.unwrap_err(), UnlockError::Wrong { left: 4 });
    card.unlock_signature(&password("ABC123"), LastTry::NotConfirmed).unwrap().close().unwrap();
}

#[test]
fn a_refusal_without_a_count_is_followed_by_the_question() {
    let lines = OPENING.into_iter().chain([(VERIFY, "6300"), (QUERY, "63C4")]);
    let mut card = Card::open(Script::new(lines)).unwrap();
    let wrong = card.unlock_signature(&password("ABC123"), LastTry::NotConfirmed);
    assert_eq!(wrong.unwrap_err(), UnlockError::Wrong { left: 4 });
}

#[test]
fn the_last_try_waits_for_a_yes() {
    let lines = OPENING.into_iter().take(3).chain([
        (QUERY, "63C1"),
        (VERIFY, "9000"),
        (SELECT_INPUT_SUPPORT, "9000"),
    ]);
    let mut card = Card::open(Script::new(lines)).unwrap();
    let unasked = card.unlock_signature(&password("ABC123"), LastTry::NotConfirmed);
    assert_eq!(unasked.unwrap_err(), UnlockError::LastTryNotConfirmed);
    card.unlock_signature(&password("ABC123"), LastTry::Confirmed).unwrap().close().unwrap();
}

#[test]
fn a_key_found_open_is_closed_before_anything_else() {
    let found_open = [
        (QUERY, "9000"),
        (SELECT_INPUT_SUPPORT, "9000"),
        (SELECT_JPKI, "9000"),
        (SELECT_PASSWORD, "9000"),
        (QUERY, "63C3"),
    ];
    let card = Card::open(Script::new(OPENING.into_iter().take(3).chain(found_open))).unwrap();
    assert_eq!(card.tries_at_open(), Some(Tries::Left(3)));
}

#[test]
fn a_card_that_is_taken_up_again_is_selected_anew() {
    let lines = [(SELECT_JPKI, "9000"), (SELECT_PASSWORD, "9000"), (QUERY, "63C5")];
    let mut card = Card::resume(Script::new(lines));
    assert_eq!(card.tries_at_open(), None);
    assert_eq!(card.tries(Reference::SignaturePassword), Ok(Tries::Left(5)));
}

#[test]
fn a_card_without_short_identifiers_is_asked_the_long_way() {
    let lines = [
        (SELECT_JPKI, "9000"),
        (READ_AVAILABILITY, "6A86"),
        ("00A4020C020008", "9000"),
        ("00B0000003", "8F8F009000"),
        (SELECT_PASSWORD, "9000"),
        (QUERY, "63C5"),
    ];
    assert_eq!(Card::open(Script::new(lines)).unwrap().tries_at_open(), Some(Tries::Left(5)));
}

#[test]
fn a_card_that_cannot_say_what_it_carries_is_used_all_the_same() {
    let lines = [
        (SELECT_JPKI, "9000"),
        (READ_AVAILABILITY, "6A82"),
        ("00A4020C020008", "6A82"),
        (SELECT_PASSWORD, "9000"),
        (QUERY, "63C5"),
    ];
    assert_eq!(Card::open(Script::new(lines)).unwrap().tries_at_open(), Some(Tries::Left(5)));
}
