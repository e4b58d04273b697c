//! What the card may answer instead, and what becomes of it.

use shomei_apdu::{Malformed, StatusWord};

use super::{certificate, password, script::*};
use crate::{Card, CardError, LastTry, Part, Reference, Tries, UnlockError};

const fn refused(instruction: u8, status: StatusWord) -> CardError {
    CardError::Refused { instruction, status }
}

const fn malformed(what: Part, offset: usize) -> CardError {
    CardError::Malformed { what, offset }
}

#[test]
fn a_card_that_cannot_be_opened_says_why() {
    let cases: [(&[Line<'_>], CardError); 10] = [
        (&[(SELECT_JPKI, "6A82")], CardError::NotMyNumberCard),
        (&[(SELECT_JPKI, "6D00")], CardError::NotMyNumberCard),
        (&[(SELECT_JPKI, "6E00")], CardError::NotMyNumberCard),
        (&[(SELECT_JPKI, "6F00")], refused(0xA4, StatusWord::Unknown(0x6F00))),
        (&[(SELECT_JPKI, "90")], malformed(Part::Answer(Malformed::NoStatusWord), 1)),
        (&[(SELECT_JPKI, SILENCE)], CardError::Transport(SILENT)),
        (&[OPENING[0], (READ_AVAILABILITY, "008F009000")], CardError::NoSignatureCertificate),
        (&[OPENING[0], (READ_AVAILABILITY, "9000")], malformed(Part::Availability, 0)),
        (
            &[OPENING[0], OPENING[1], (SELECT_PASSWORD, "6985")],
            refused(0xA4, StatusWord::ConditionsNotSatisfied),
        ),
        (&[OPENING[0], OPENING[1], OPENING[2], (QUERY, "6700")], refused(0x20, StatusWord::WrongLength)),
    ];
    for (lines, error) in cases {
        assert_eq!(Card::open(Script::new(lines.iter().copied())).unwrap_err(), error, "{lines:?}");
    }
}

#[test]
fn a_key_that_stays_open_is_not_used() {
    let again = [(SELECT_INPUT_SUPPORT, "9000"), (SELECT_JPKI, "9000"), (SELECT_PASSWORD, "9000")];
    // The closing at the end is the last attempt, when the card is dropped.
    let lines = OPENING.into_iter().take(3).chain([(QUERY, "9000")]).chain(again);
    let lines = lines.chain([(QUERY, "9000"), (SELECT_INPUT_SUPPORT, "9000")]);
    assert_eq!(Card::open(Script::new(lines)).unwrap_err(), CardError::KeyStaysOpen);
}

#[test]
fn a_blocked_password_is_told_at_open_and_never_tried() {
    for blocked in ["63C0", "6983", "6984"] {
        let lines = OPENING.into_iter().take(3).chain([(QUERY, blocked)]);
        let mut card = Card::open(Script::new(lines)).unwrap();
        assert_eq!(card.tries_at_open(), Some(Tries::Blocked));
        let refused = card.unlock_signature(&password("ABC123"), LastTry::Confirmed);
        assert_eq!(refused.unwrap_err(), UnlockError::Blocked);
    }
}

#[test]
fn each_answer_to_a_password_has_one_meaning() {
    let close = (SELECT_INPUT_SUPPORT, "9000");
    let cases: [(&str, &[Line<'_>], UnlockError); 10] = [
        ("63C4", &[], UnlockError::Wrong { left: 4 }),
        ("63C1", &[], UnlockError::Wrong { left: 1 }),
        ("63C0", &[], UnlockError::Blocked),
        ("6983", &[], UnlockError::Blocked),
        ("6984", &[], UnlockError::Blocked),
        ("6F00", &[close], refused(0x20, StatusWord::Unknown(0x6F00)).into()),
        // Not sent again with another length: it would spend a second try.
        ("6C10", &[close], refused(0x20, StatusWord::WrongExpected(0x10)).into()),
        ("6102", &[close], refused(0x20, StatusWord::MoreData(2)).into()),
        ("63", &[close], malformed(Part::Answer(Malformed::NoStatusWord), 1).into()),
        (SILENCE, &[close], CardError::Transport(SILENT).into()),
    ];
    for (answer, then, error) in cases {
        let lines = OPENING.into_iter().chain([(VERIFY, answer)]);
        let mut script = Script::new(lines.chain(then.iter().copied()));
        let mut card = Card::open(&mut script).unwrap();
        let refused = card.unlock_signature(&password("ABC123"), LastTry::NotConfirmed);
        assert_eq!(refused.unwrap_err(), error, "{answer}");
        // The key is closed by now, and not only when the card is dropped.
        std::mem::forget(card);
    }
}

#[test]
fn after_silence_everything_is_selected_anew() {
    let lines = OPENING.into_iter().chain([
        (QUERY, SILENCE),
        (SELECT_JPKI, "9000"),
        (SELECT_PASSWORD, "9000"),
        (QUERY, "63C5"),
    ]);
    let mut card = Card::open(Script::new(lines)).unwrap();
    assert_eq!(card.tries(Reference::SignaturePassword), Err(CardError::Transport(SILENT)));
    assert_eq!(card.tries(Reference::SignaturePassword), Ok(Tries::Left(5)));
}

#[test]
fn a_certificate_that_cannot_be_read_ends_the_session_and_closes_the_key() {
    let cut = hex(&certificate(300)[..256]) + "9000";
    let cases: [(&str, &[Line<'_>], CardError); 9] = [
        ("filled with FF", &[("00B0000000", "FFFFFFFF9000")], CardError::NoSignatureCertificate),
        ("empty", &[("00B0000000", "9000")], CardError::NoSignatureCertificate),
        ("locked", &[("00B0000000", "6982")], refused(0xB0, StatusWord::SecurityNotSatisfied)),
        ("no sequence", &[("00B0000000", "04009000")], malformed(Part::CertificateHeader, 0)),
        ("endless", &[("00B0000000", "30809000")], malformed(Part::CertificateHeader, 1)),
        ("half a length", &[("00B0000000", "3082019000")], malformed(Part::CertificateHeader, 3)),
        ("8193 bytes", &[("00B0000000", "30821FFD9000")], malformed(Part::CertificateTooLong, 8193)),
        ("cut off", &[("00B0000000", &cut), ("00B001002C", "6B00")], malformed(Part::CutOff, 256)),
        ("silent end", &[("00B0000000", &cut), ("00B001002C", "9000")], malformed(Part::CutOff, 256)),
    ];
    for (name, reads, error) in cases {
        let lines = [(SELECT_CERTIFICATE, "9000")].into_iter().chain(reads.iter().copied());
        let script = Script::unlocked(lines.chain([(SELECT_INPUT_SUPPORT, "9000")]));
        let mut card = Card::open(script).unwrap();
        let mut session = card.unlock_signature(&password("ABC123"), LastTry::NotConfirmed).unwrap();
        assert_eq!(session.certificate().unwrap_err(), error, "{name}");
        assert_eq!(session.sign(&[0; 32]).unwrap_err(), CardError::SessionEnded, "{name}");
        assert_eq!(session.close(), Ok(()), "{name}");
    }
}

#[test]
fn a_missing_certificate_file_is_a_missing_certificate() {
    let script = Script::unlocked([(SELECT_CERTIFICATE, "6A82"), (SELECT_INPUT_SUPPORT, "9000")]);
    let mut card = Card::open(script).unwrap();
    let mut session = card.unlock_signature(&password("ABC123"), LastTry::NotConfirmed).unwrap();
    assert_eq!(session.certificate(), Err(CardError::NoSignatureCertificate));
}

#[test]
fn a_signature_that_does_not_come_ends_the_session_and_closes_the_key() {
    let sign = format!("802A0080333031300D060960864801650304020105000420{}00", "00".repeat(32));
    let short = "77".repeat(255) + "9000";
    let cases: [(&[Line<'_>], CardError); 4] = [
        (&[(&sign, &short)], malformed(Part::SignatureLength, 255)),
        (&[(&sign, "6982")], refused(0x2A, StatusWord::SecurityNotSatisfied)),
        (&[(&sign, "6100"), ("00C0000000", "6100")], malformed(Part::EndlessAnswer, 0)),
        (&[(&sign, SILENCE)], CardError::Transport(SILENT)),
    ];
    for (lines, error) in cases {
        let lines = [(SELECT_KEY, "9000")].into_iter().chain(lines.iter().copied());
        // After silence nothing is known of the card; closing works all the same.
        let script = Script::unlocked(lines.chain([(SELECT_INPUT_SUPPORT, "9000")]));
        let mut card = Card::open(script).unwrap();
        let mut session = card.unlock_signature(&password("ABC123"), LastTry::NotConfirmed).unwrap();
        assert_eq!(session.sign(&[0; 32]).unwrap_err(), error);
    }
}

#[test]
fn a_closing_that_is_refused_is_told_and_tried_again() {
    let script = Script::unlocked([
        (SELECT_INPUT_SUPPORT, "6F00"),
        (SELECT_ISSUER, "6A82"),
        (SELECT_INPUT_SUPPORT, "9000"),
    ]);
    let mut card = Card::open(script).unwrap();
    let session = card.unlock_signature(&password("ABC123"), LastTry::NotConfirmed).unwrap();
    assert_eq!(session.close(), Err(CardError::KeyStaysOpen));
}

#[test]
fn a_key_that_could_not_be_closed_is_closed_before_the_next_question() {
    let not_closing = [(SELECT_INPUT_SUPPORT, "6F00"), (SELECT_ISSUER, "6A82")];
    let asking =
        [(SELECT_INPUT_SUPPORT, "9000"), (SELECT_JPKI, "9000"), (SELECT_PASSWORD, "9000"), (QUERY, "63C5")];
    let mut card = Card::open(Script::unlocked(not_closing.into_iter().chain(asking))).unwrap();
    drop(card.unlock_signature(&password("ABC123"), LastTry::NotConfirmed).unwrap());
    assert_eq!(card.tries(Reference::SignaturePassword), Ok(Tries::Left(5)));
}
