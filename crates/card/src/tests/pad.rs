//! Readers with a pad: what is sent to them, and what their answers mean.

use super::script::{Line, OPENING_OF_PIN, SELECT_INPUT_SUPPORT, Script};
use crate::pin_pad::{FeatureError, Features};
use crate::{Card, LastTry, NotEntered, PinPad, Transport, TransportError, UnlockError};

/// A reader whose pad answers as told, with a scripted card in it.
struct Pad {
    card: Script,
    answer: Result<[u8; 2], TransportError>,
    asked: Vec<Vec<u8>>,
}

impl Transport for Pad {
    fn transmit(&mut self, command: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
        self.card.transmit(command, response)
    }
}

impl PinPad for Pad {
    fn verify_pin_direct(&mut self, structure: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
        self.asked.push(structure.to_vec());
        let answer = self.answer?;
        response[..2].copy_from_slice(&answer);
        Ok(2)
    }
}

#[test]
fn the_structure_is_the_one_of_part_10_for_four_ascii_digits() {
    let lines = OPENING_OF_PIN.into_iter().chain([(SELECT_INPUT_SUPPORT, "9000")]);
    let mut pad = Pad { card: Script::new(lines), answer: Ok([0x90, 0x00]), asked: Vec::new() };
    let mut card = Card::resume(&mut pad);
    card.unlock_authentication_on_pad(LastTry::NotConfirmed).unwrap().close().unwrap();
    drop(card);
    let expected: &[&[u8]] = &[
        &[30, 30],                                // seconds
        &[0x82, 0x04, 0x00],                      // bytes, ASCII, from the left; a block of four; no length
        &[0x04, 0x04],                            // at most and at least four digits
        &[0x02],                                  // ended with OK
        &[0x01, 0x11, 0x04, 0x00],                // one message, Japanese
        &[0x00, 0x00, 0x00],                      // no T=1 prologue
        &[9, 0, 0, 0],                            // bytes of the command
        &[0x00, 0x20, 0x00, 0x80, 4, 0, 0, 0, 0], // VERIFY of the current file
    ];
    assert_eq!(pad.asked, [expected.concat()]);
}

#[test]
fn each_answer_of_a_pad_has_one_meaning() {
    const CLOSE: Line<'_> = (SELECT_INPUT_SUPPORT, "9000");
    let cases: [([u8; 2], &[Line<'_>], UnlockError); 6] = [
        ([0x64, 0x00], &[], UnlockError::NotEntered(NotEntered::TimedOut)),
        ([0x64, 0x01], &[], UnlockError::NotEntered(NotEntered::Cancelled)),
        ([0x64, 0x03], &[], UnlockError::NotEntered(NotEntered::WrongLength)),
        ([0x6B, 0x80], &[], UnlockError::NotEntered(NotEntered::Unsupported)),
        ([0x63, 0xC2], &[], UnlockError::Wrong { left: 2 }),
        ([0x69, 0x84], &[], UnlockError::Blocked),
    ];
    for (answer, then, error) in cases {
        let script = Script::new(OPENING_OF_PIN.into_iter().chain(then.iter().copied()));
        let pad = Pad { card: script, answer: Ok(answer), asked: Vec::new() };
        let refused = Card::resume(pad).unlock_authentication_on_pad(LastTry::NotConfirmed).unwrap_err();
        assert_eq!(refused, error, "{answer:02X?}");
    }
    // Without an answer nothing is known: the key is closed.
    let script = Script::new(OPENING_OF_PIN.into_iter().chain([CLOSE]));
    let pad = Pad { card: script, answer: Err(TransportError::Reset), asked: Vec::new() };
    assert!(Card::resume(pad).unlock_authentication_on_pad(LastTry::NotConfirmed).is_err());
}

#[test]
fn the_features_of_a_reader_are_found_by_their_tags() {
    let pad = Features { verify_pin_direct: Some(0x4233_0006) };
    let cases: [(&[u8], Result<Features, FeatureError>); 6] = [
        (&[], Ok(Features::default())),
        (&[0x06, 4, 0x42, 0x33, 0x00, 0x06], Ok(pad)),
        (&[0x01, 4, 1, 2, 3, 4, 0x06, 4, 0x42, 0x33, 0x00, 0x06, 0x07, 4, 0, 0, 0, 7], Ok(pad)),
        (&[0x07, 4, 0, 0, 0, 7], Ok(Features::default())),
        (&[0x06, 3, 0x42, 0x33, 0x00], Err(FeatureError { offset: 0 })),
        (&[0x01, 4, 1, 2, 3, 4, 0x06], Err(FeatureError { offset: 6 })),
    ];
    for (answer, features) in cases {
        assert_eq!(Features::parse(answer), features, "{answer:02X?}");
    }
}
