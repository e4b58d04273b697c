//! What the card thread tells the window.

use shomei_pki::World;

use super::reader_name::ReaderName;

/// What the window is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// Which readers the standing that follows is about.
    Readers(Readers),
    /// How reader and card stand.
    Standing(Standing),
    /// The card is at work.
    Step(Step),
    /// The world that the card's authority, later the certificate itself, told.
    World(World),
    /// The password was wrong; this many tries are left, at least 1.
    Wrong {
        /// Tries left.
        left: u8,
    },
    /// The card's work ended in the middle. Nothing was signed.
    Interrupted(Interruption),
    /// The signature is made and on its way to the page.
    Signed,
    /// No signature can be made in this operation.
    Trouble(Trouble),
}

/// The readers that a standing is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Readers {
    /// Their names; none where the standing is about no card.
    pub names: Vec<ReaderName>,
    /// More readers are connected than one, so that a name is needed to tell them apart.
    pub several: bool,
    /// The reader of the card that is ready has a pad of its own.
    pub pad: bool,
}

/// How reader and card stand, before anything is asked of the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not known yet.
    Looking,
    /// The smart card service does not run.
    NoService,
    /// No reader is connected.
    NoReader,
    /// No card is in any reader.
    NoCard,
    /// The card is not a My Number Card.
    OtherCard,
    /// Another program holds the card.
    InUse,
    /// The card cannot be read.
    Mute,
    /// The card was asked and has not answered for long; it may yet.
    Silent,
    /// More than one My Number Card: which one is to sign is not for a program to choose.
    SeveralCards,
    /// A My Number Card with this many tries left, at least 1.
    Ready {
        /// Tries left.
        tries: u8,
    },
}

/// The card at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The password is on its way.
    Unlocking,
    /// The certificate is being read.
    Reading,
    /// The signature is being made.
    Signing,
    /// The result is being checked.
    Checking,
}

/// What ended the card's work in the middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interruption {
    /// The card went away.
    CardWent,
    /// The smart card service stopped.
    ServiceStopped,
    /// The exchange broke off: another program came between, or the answer was none.
    BrokenOff,
}

impl Interruption {
    /// The interruption after which reader and card stand like this.
    #[must_use]
    pub fn leaving(standing: Standing) -> Self {
        match standing {
            Standing::NoCard | Standing::NoReader => Self::CardWent,
            Standing::NoService => Self::ServiceStopped,
            _ => Self::BrokenOff,
        }
    }
}

/// Why no signature can be made in this operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The signature password is blocked.
    Blocked,
    /// [`MAX_WRONG`](super::MAX_WRONG) wrong passwords.
    TooManyWrong,
    /// The card has no signature certificate.
    NoCertificate,
    /// The certificate's time is over.
    Expired,
    /// The certificate's time has not begun.
    NotYetValid,
    /// The certificate is not of the profile.
    UnknownCertificate,
    /// The finished signature does not check.
    SelfCheck,
    /// The card answered something unexpected.
    CardError,
    /// The file takes no signature.
    UnfitFile,
    /// The signature is made, and whoever asked could not take it.
    NotDelivered,
}
