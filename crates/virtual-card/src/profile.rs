//! Whole cards by name, for command lines and tables of tests.

use crate::{Behaviour, Exhausted, Interface, Token};

/// A named set of choices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// The plastic card by its contacts, as reported.
    #[default]
    Plastic,
    /// A telephone's secure element: the authentication certificate asks for its PIN.
    Android,
    /// A card issued without a signature certificate, as to a child under 15.
    NoSignatureCertificate,
    /// The plastic card by its antenna: the reader's answer to reset in place of the card's.
    Contactless,
    /// A card that says 6983 where the plastic one is reported to say 6984.
    IsoBlocked,
    /// A reader that shows the T=0 below: 61xx, GET RESPONSE, 6Cxx.
    T0,
    /// A card or reader that takes no command with lengths of three bytes.
    NoExtended,
    /// A card whose reset closes what was verified.
    ResetClears,
}

impl Profile {
    /// Every profile with its name.
    pub const NAMED: [(&'static str, Self); 8] = [
        ("plastic", Self::Plastic),
        ("android", Self::Android),
        ("no-signature-certificate", Self::NoSignatureCertificate),
        ("contactless", Self::Contactless),
        ("iso-blocked", Self::IsoBlocked),
        ("t0", Self::T0),
        ("no-extended", Self::NoExtended),
        ("reset-clears", Self::ResetClears),
    ];

    /// The choices that the profile stands for.
    #[must_use]
    pub fn behaviour(self) -> Behaviour {
        let plastic = Behaviour::default();
        match self {
            Self::Plastic => plastic,
            Self::Android => Behaviour { token: Token::Telephone, ..plastic },
            Self::NoSignatureCertificate => Behaviour { no_signature: true, ..plastic },
            Self::Contactless => Behaviour { interface: Interface::Contactless, ..plastic },
            Self::IsoBlocked => Behaviour { exhausted: Exhausted::Blocked, ..plastic },
            Self::T0 => Behaviour { interface: Interface::T0, ..plastic },
            Self::NoExtended => Behaviour { no_extended: true, ..plastic },
            Self::ResetClears => Behaviour { reset_closes: true, ..plastic },
        }
    }
}
