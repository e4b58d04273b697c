//! What can go wrong with a card, as facts that a person can be told.

use shomei_apdu::{DecodeError, EncodeError, Malformed, StatusWord};
use thiserror::Error;

use crate::{NotEntered, TransportError};

/// An operation on the card failed. No variant carries a password or certificate bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CardError {
    /// The card left the reader. What it did last is unknown: read the retry counter before asking again.
    #[error("the card was removed")]
    Removed,
    /// No answer came for another reason; never [`TransportError::Removed`].
    #[error("no answer from the card: {0}")]
    Transport(TransportError),
    /// The JPKI application is not on this card.
    #[error("this is not a My Number Card")]
    NotMyNumberCard,
    /// The card is a My Number Card, and carries no certificate for signatures (never issued, as for children,
    /// or removed): there is no password to ask for.
    #[error("the card has no signature certificate")]
    NoSignatureCertificate,
    /// The card carries no certificate for authentication.
    #[error("the card has no authentication certificate")]
    NoAuthenticationCertificate,
    /// The card gives its authentication certificate only after the PIN, as telephones do.
    #[error("the authentication certificate is readable only after the PIN")]
    PinNeeded,
    /// The input-support application (券面事項入力補助AP) is not on this card.
    #[error("the card has no input-support application")]
    NoInputSupport,
    /// The card refused a command that it should carry out.
    #[error("the card refused instruction {instruction:02X} with {status}")]
    Refused {
        /// INS of the command.
        instruction: u8,
        /// What it answered.
        status: StatusWord,
    },
    /// The card answered something unreadable.
    #[error("malformed {what} at offset {offset}")]
    Malformed {
        /// What was being read.
        what: Part,
        /// Bytes from the start of that thing to the place where it is wrong.
        offset: usize,
    },
    /// Something was found verified and is still so after another application was selected.
    #[error("the key on the card cannot be closed")]
    KeyStaysOpen,
    /// The session ended already, because an earlier step of it failed.
    #[error("the session with the card has ended")]
    SessionEnded,
    /// A command could not be written. None of this crate's commands is that long.
    #[error("a command without an encoding: {0}")]
    Unencodable(#[from] EncodeError),
}

/// The things that a card sends and that can be malformed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Part {
    /// An answer (ISO 7816-4 §5.1).
    #[error("answer ({0})")]
    Answer(Malformed),
    /// An answer in parts that does not end.
    #[error("answer in parts, which is longer than what was asked for")]
    EndlessAnswer,
    /// The file that tells which certificates the card carries.
    #[error("certificate availability")]
    Availability,
    /// The header of the certificate: not a DER SEQUENCE.
    #[error("certificate header")]
    CertificateHeader,
    /// A certificate longer than any that is issued; the offset is the length it claims.
    #[error("certificate, which is too long")]
    CertificateTooLong,
    /// A file that ends before the length that it claims.
    #[error("file, which is cut off")]
    CutOff,
    /// A signature that has not 256 bytes; the offset is the number it has.
    #[error("signature length")]
    SignatureLength,
    /// The basic four items.
    #[error("basic four items ({0})")]
    Attributes(AttributeFault),
}

/// What is wrong with the basic four items of the input-support application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AttributeFault {
    /// No data object of the file's own tag (FF20), or one longer than four items can be.
    #[error("the file's own header")]
    Header,
    /// Data objects that do not fit into one another.
    #[error("{0}")]
    Structure(Malformed),
    /// An item that is missing.
    #[error("no data object {0:X}")]
    Missing(u32),
    /// An item that stands there twice.
    #[error("data object {0:X} twice")]
    Twice(u32),
    /// An item that is not UTF-8; for a date or a code, not digits of the right number.
    #[error("unreadable data object {0:X}")]
    Unreadable(u32),
}

impl From<TransportError> for CardError {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::Removed => Self::Removed,
            other => Self::Transport(other),
        }
    }
}

impl From<DecodeError> for CardError {
    fn from(error: DecodeError) -> Self {
        Self::Malformed { what: Part::Answer(error.what), offset: error.offset }
    }
}

/// The key was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UnlockError {
    /// The password or PIN is not the card's. Said only when the card itself said so.
    #[error("wrong entry; {left} tries left")]
    Wrong {
        /// Tries that remain, at least 1.
        left: u8,
    },
    /// No tries are left, perhaps since this very one; only a municipal counter can reset it.
    #[error("blocked")]
    Blocked,
    /// One try is left, and the caller did not say that the person agreed to spend it. Nothing was sent.
    #[error("the last try was not confirmed")]
    LastTryNotConfirmed,
    /// Nothing was entered on the reader's pad. No try was spent.
    #[error("nothing was entered on the reader's pad: {0}")]
    NotEntered(NotEntered),
    /// The card could not be asked, or its answer says nothing about the entry.
    #[error(transparent)]
    Card(#[from] CardError),
}

impl From<TransportError> for UnlockError {
    fn from(error: TransportError) -> Self {
        Self::Card(error.into())
    }
}

/// A password or PIN was not changed, or it is not known that it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ChangeError {
    /// The old one was not accepted. It still holds.
    #[error("the old one: {0}")]
    Old(#[from] UnlockError),
    /// The card refused the new one. The old one still holds.
    #[error("the card refused the new one with {status}")]
    Refused {
        /// What it answered.
        status: StatusWord,
    },
    /// The new one was sent and no answer came: either may hold now. Try the new one first.
    #[error("it is unknown which one holds: {0}")]
    Unknown(CardError),
    /// The new one holds; what came after failed.
    #[error("changed, and then: {0}")]
    ChangedThen(CardError),
}
