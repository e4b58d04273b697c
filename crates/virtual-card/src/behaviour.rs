//! Where cards, or reports about them, differ: the answers a test may want to turn around.
//!
//! The default is always the plastic card as one independent client reports it; the README of this crate lists each
//! switch with the report it rests on.

use crate::Token;

/// The choices of one card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Behaviour {
    /// Which product the card says it is, and with it the access rule of the authentication certificate.
    pub token: Token,
    /// Whether the card was issued without the signature half, whatever its contents hold: EF 0008 says so and the
    /// half's files are not found (which word they answer is inferred from ISO 7816-4 §5.6).
    pub no_signature: bool,
    /// How the card meets the reader, and with it its answer to reset.
    pub interface: Interface,
    /// Whether commands with lengths of three bytes get 6700. Reported: they are understood.
    pub no_extended: bool,
    /// Whether a reset closes what a VERIFY opened. Reported: it does not; only loss of power, or selecting a
    /// different application, does.
    pub reset_closes: bool,
    /// Whether selecting the current application once more closes what was opened in it. Reported: it does not.
    pub reselect_closes: bool,
    /// The answer to an empty VERIFY while the password stands verified.
    pub open_query: OpenQuery,
    /// The answer to a VERIFY whose counter is exhausted.
    pub exhausted: Exhausted,
    /// Whether P1 and P2 that name a file by its short identifier get 6A86. Reported: they name it.
    pub no_short_identifiers: bool,
    /// Whether P1 = 01 to 05 of COMPUTE DIGITAL SIGNATURE get 6A86. Reported: the card hashes and pads by itself.
    pub padding_only: bool,
    /// Whether SELECT with P2 = 00 gets 6A86. Reported: it answers file control information.
    pub no_control_information: bool,
    /// Whether EF 0008 is not found. Reported: it tells which certificates there are.
    pub no_availability: bool,
    /// Whether GET CHALLENGE gets 6D00. Reported: it answers 1 to 256 bytes.
    pub no_challenge: bool,
    /// The answer to a class that asks for a channel or for secure messaging.
    pub foreign_class: ForeignClass,
    /// The answers to a SELECT of the master file.
    pub master_file: MasterFile,
    /// The answer to READ BINARY from an offset behind the end of the file.
    pub past_the_end: PastTheEnd,
}

/// How the card meets the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Interface {
    /// By its contacts, in T=1: the answer to reset that OpenSC knows.
    #[default]
    Contact,
    /// By its antenna (ISO 14443 type B): the reader makes the answer to reset up, from what the card told it, as
    /// PC/SC part 3 §3.1.3.2.3.2 has it.
    Contactless,
    /// By its contacts, through a reader that speaks T=0 and shows it (ISO 7816-3 §10.3, 7816-4 §5.1): a command with
    /// data and Le gets 61xx and the data wait for GET RESPONSE; an Le beyond what is there gets 6Cxx; lengths of three
    /// bytes get 6700. All of it is inferred from the standards: no report of such a My Number Card is known.
    T0,
}

/// The answer to an empty VERIFY while the password stands verified.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OpenQuery {
    /// 9000, as ISO 7816-4 §7.5.6 has it.
    #[default]
    Success,
    /// 63Cx, as if nothing had been verified.
    Counter,
}

/// The answer to a VERIFY with data whose counter is exhausted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Exhausted {
    /// 6984, reported of real cards.
    #[default]
    ReferenceDataUnusable,
    /// 6983, the word of ISO 7816-4 §7.5.6.
    Blocked,
}

/// The answer to a class that asks for a logical channel or for secure messaging.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ForeignClass {
    /// 6881 for a channel; 6882 for secure messaging on SELECT, 69FC on other commands. Reported of real cards.
    #[default]
    Reported,
    /// 6881 and 6882, the words of ISO 7816-4 §5.1.3.
    Iso,
    /// 6E00 for either.
    Unknown,
}

/// The answers to a SELECT of the master file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MasterFile {
    /// 6A82 by its identifier; without one 6A86 after a reset, and a 9000 that means nothing while an application is
    /// current. Reported of real cards.
    #[default]
    Reported,
    /// 6A82 always.
    NotFound,
}

/// The answer to READ BINARY from an offset behind the end of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PastTheEnd {
    /// 6B00, reported of real cards and of JICSAP §7.3.1.
    #[default]
    OffsetOutside,
    /// 9000 and no data, as another simulator answers.
    Nothing,
}
