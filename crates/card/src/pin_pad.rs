//! Readers with a pad of their own (PC/SC part 10, rev. 2.02.09): the PIN goes from the pad to the card and is never in
//! this computer.
//!
//! Only for the 4-digit PIN of the authentication certificate. The signature password has letters, which no pad has.

use shomei_apdu::{MAX_SHORT_RESPONSE, Response, StatusWord};
use thiserror::Error;

use crate::{CardError, Transport, TransportError};

/// Number of the control that asks a reader for its features (part 10 §2.2, `CM_IOCTL_GET_FEATURE_REQUEST`). How a
/// control code is made of it is each PC/SC implementation's own; the crate `pcsc` has `ctl_code` for that.
pub const GET_FEATURE_REQUEST: u32 = 3400;

/// Tag of the feature that verifies with one command (part 10 §2.3).
const VERIFY_PIN_DIRECT: u8 = 0x06;
/// Bytes of every feature's value: a control code.
const CODE_LENGTH: u8 = 4;

/// What a reader can do by itself, as far as this crate uses it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// Control code of `FEATURE_VERIFY_PIN_DIRECT`, when the reader has it.
    pub verify_pin_direct: Option<u32>,
}

/// An answer to the feature request that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a malformed list of reader features at offset {offset}")]
pub struct FeatureError {
    /// Bytes from the start of the answer.
    pub offset: usize,
}

impl Features {
    /// Reads the answer to [`GET_FEATURE_REQUEST`]: data objects of a tag, a length of 4, and a big-endian control
    /// code (part 10 §2.2). Features that this crate does not use are passed over.
    ///
    /// # Errors
    /// [`FeatureError`] for anything else.
    pub fn parse(answer: &[u8]) -> Result<Self, FeatureError> {
        let mut features = Self::default();
        for (index, object) in answer.chunks(2 + usize::from(CODE_LENGTH)).enumerate() {
            match *object {
                [VERIFY_PIN_DIRECT, CODE_LENGTH, a, b, c, d] => {
                    features.verify_pin_direct = Some(u32::from_be_bytes([a, b, c, d]));
                }
                [_, CODE_LENGTH, _, _, _, _] => {}
                _ => return Err(FeatureError { offset: index * (2 + usize::from(CODE_LENGTH)) }),
            }
        }
        Ok(features)
    }
}

/// A transport to a card in a reader with a pad.
pub trait PinPad: Transport {
    /// Hands `structure` (a `PIN_VERIFY_STRUCTURE`) to the reader with the control code of
    /// [`Features::verify_pin_direct`], waits for the person and the card, writes the status word to the start of
    /// `response` and says how long it is.
    ///
    /// # Errors
    /// [`TransportError`] when there is no answer. Whether a try was spent is unknown then.
    fn verify_pin_direct(&mut self, structure: &[u8], response: &mut [u8]) -> Result<usize, TransportError>;
}

impl<T: PinPad + ?Sized> PinPad for &mut T {
    fn verify_pin_direct(&mut self, structure: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
        (**self).verify_pin_direct(structure, response)
    }
}

/// Why nothing was entered on the pad, in the words of part 10 §2.5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotEntered {
    /// 6400: the reader's time is over.
    #[error("the time is over")]
    TimedOut,
    /// 6401: the person pressed the cancel key.
    #[error("cancelled")]
    Cancelled,
    /// 6403: fewer or more than four digits.
    #[error("not four digits")]
    WrongLength,
    /// 6B80: the reader does not take the structure.
    #[error("the reader refused")]
    Unsupported,
}

/// What came back from the pad.
pub(crate) enum Entered {
    /// The card's answer to VERIFY.
    Answer(Response),
    /// The reader's own word; the card was not asked.
    Nothing(NotEntered),
}

/// Has the current file's four digits entered on the pad and verified.
pub(crate) fn verify(pad: &mut impl PinPad) -> Result<Entered, CardError> {
    let mut received = [0; MAX_SHORT_RESPONSE];
    let length = pad.verify_pin_direct(&VERIFY_FOUR_DIGITS, &mut received)?;
    let room = received.len();
    let answer = Response::parse(received.get(..length).ok_or(TransportError::AnswerTooLong { room })?)?;
    Ok(match answer.status {
        StatusWord::Unknown(0x6400) => Entered::Nothing(NotEntered::TimedOut),
        StatusWord::Unknown(0x6401) => Entered::Nothing(NotEntered::Cancelled),
        StatusWord::Unknown(0x6403) => Entered::Nothing(NotEntered::WrongLength),
        StatusWord::Unknown(0x6B80) => Entered::Nothing(NotEntered::Unsupported),
        _ => Entered::Answer(answer),
    })
}

/// `PIN_VERIFY_STRUCTURE` (part 10 §2.5.2) for four ASCII digits into VERIFY of the current file. Numbers of more than
/// one byte are little-endian.
const VERIFY_FOUR_DIGITS: [u8; 28] = [
    30,   // bTimerOut: seconds for the first key
    30,   // bTimerOut2: seconds for each that follows
    0x82, // bmFormatString: in bytes, from the start of the data, left-justified, ASCII
    0x04, // bmPINBlockString: no length in the data; four bytes of PIN
    0x00, // bmPINLengthFormat: no length anywhere
    0x04, 0x04, // wPINMaxExtraDigit: at most, at least four
    0x02, // bEntryValidationCondition: when the person presses OK
    0x01, // bNumberMessage: one message
    0x11, 0x04, // wLangId: Japanese
    0x00, // bMsgIndex: the first
    0x00, 0x00, 0x00, // bTeoPrologue: none in T=1
    0x09, 0x00, 0x00, 0x00, // ulDataLength
    0x00, 0x20, 0x00, 0x80, 0x04, 0x00, 0x00, 0x00, 0x00, // abData: VERIFY, with places for the digits
];
