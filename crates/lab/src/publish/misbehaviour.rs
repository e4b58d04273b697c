//! What a publisher can do wrong on purpose: what reads lists and answers must be shown bad ones.

/// One thing that goes wrong, in every answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misbehaviour {
    /// Half a minute before anything is said.
    Slow,
    /// Sixteen megabytes of zeros behind what was to be said.
    Huge,
    /// The first half of what was to be said.
    Truncated,
    /// OCSP: a nonce that nobody sent.
    WrongNonce,
    /// OCSP: no nonce.
    NoNonce,
    /// OCSP: signed with another key than the responder's certificate names.
    OtherKey,
    /// OCSP: signed by a responder whose certificate ended yesterday.
    ExpiredResponder,
    /// Status 500.
    Http500,
    /// Status 302 to a place where nothing is.
    Redirect,
}

impl Misbehaviour {
    /// All of them with their names.
    pub const NAMED: [(&'static str, Self); 9] = [
        ("slow", Self::Slow),
        ("huge", Self::Huge),
        ("truncated", Self::Truncated),
        ("wrong-nonce", Self::WrongNonce),
        ("no-nonce", Self::NoNonce),
        ("other-key", Self::OtherKey),
        ("expired-responder", Self::ExpiredResponder),
        ("http-500", Self::Http500),
        ("redirect", Self::Redirect),
    ];
}
