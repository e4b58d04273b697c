//! Where cards, or reports about them, differ: the answers a test may want to turn around.

use crate::Token;

/// The choices of one card. The default is the plastic card as reported by independent clients.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Behaviour {
    /// Which product the card says it is, and with it the access rule of the authentication certificate.
    pub token: Token,
    /// Whether a reset closes what a VERIFY opened. By default it does not: only loss of power, or selecting a
    /// different application, does.
    pub reset_closes: bool,
    /// The answer to an empty VERIFY while the password stands verified.
    pub open_query: OpenQuery,
    /// The answer to a VERIFY whose counter is exhausted.
    pub exhausted: Exhausted,
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
