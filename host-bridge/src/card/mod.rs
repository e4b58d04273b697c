//! The card thread: waits for a reader and a card without polling, takes the password when the resident gave it, and
//! makes the one signature.
//!
//! It alone talks to PC/SC, over one context. It shows nothing; it reports to the window and hears from the operation.

mod connection;
mod reader;
mod signing;

use std::sync::mpsc::Sender;

use shomei_card::{CardError, TransportError};
use shomei_pki::{Authority, World};

use crate::operation::Operation;
use reader::{ReaderWatch, Wake};
pub use signing::Document;

/// Most wrong passwords in one operation.
pub const MAX_WRONG: u8 = 3;

/// What the window is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
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
    /// The card went away while it was at work. Nothing was signed.
    Removed,
    /// The signature is made and on its way to the page.
    Signed,
    /// No signature can be made in this operation.
    Trouble(Trouble),
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
    /// The card does not answer.
    Mute,
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

/// Why no signature can be made in this operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The signature password is blocked.
    Blocked,
    /// [`MAX_WRONG`] wrong passwords.
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
}

/// Runs the card thread to its end: a signature, a trouble, or a stop. Leaves no card powered with an open key.
pub fn run(operation: &Operation, document: &Document, reports: &Sender<Report>) {
    let tell = |report| {
        // The window may be gone already; the operation then ends on its own.
        let _nobody_looks = reports.send(report);
        operation.call_window();
    };
    wait_and_sign(operation, document, &tell);
    operation.card_is_free();
    operation.call_window();
}

fn wait_and_sign(operation: &Operation, document: &Document, tell: &dyn Fn(Report)) {
    let mut watch = ReaderWatch::new(operation);
    let mut wrong = 0;
    let mut told = Standing::Looking;
    loop {
        let standing = match watch.look() {
            Ok(standing) => standing,
            Err(trouble) => return tell(Report::Trouble(trouble)),
        };
        if standing != told {
            told = standing;
            if let Some(world) = watch.world() {
                tell(Report::World(world));
            }
            tell(Report::Standing(standing));
        }
        match watch.wait() {
            Wake::Changed => {}
            Wake::Stopped => return,
            Wake::Unlock(unlock) => match signing::attempt(&watch, operation, document, &unlock, tell) {
                signing::Attempt::Over => return,
                // The counter is told anew after whatever happened to it.
                signing::Attempt::Again => told = Standing::Looking,
                signing::Attempt::Wrong { left } => {
                    wrong += 1;
                    if wrong >= MAX_WRONG {
                        return tell(Report::Trouble(Trouble::TooManyWrong));
                    }
                    tell(Report::Wrong { left });
                    told = Standing::Looking;
                }
            },
        }
    }
}

/// The world of a signature authority's certificate, by its name alone: enough for a banner, never for trust.
fn world_of_authority(certificate: &[u8]) -> Option<World> {
    let authority = Authority::parse(certificate).ok()?;
    world_of(authority.certificate().issuer_organization())
}

fn world_of(organization: &str) -> Option<World> {
    [World::Production, World::JlisTest, World::Lab]
        .into_iter()
        .find(|world| world.organization() == organization)
}

/// What a failed exchange means for the person at the reader.
fn standing_of(error: CardError) -> Result<Standing, Trouble> {
    match error {
        CardError::NotMyNumberCard => Ok(Standing::OtherCard),
        CardError::NoSignatureCertificate => Err(Trouble::NoCertificate),
        CardError::Removed => Ok(Standing::NoCard),
        CardError::Transport(TransportError::InUse) => Ok(Standing::InUse),
        CardError::Transport(TransportError::ServiceStopped) => Ok(Standing::NoService),
        CardError::Transport(_) | CardError::Malformed { .. } => Ok(Standing::Mute),
        CardError::NoAuthenticationCertificate
        | CardError::PinNeeded
        | CardError::NoInputSupport
        | CardError::KeyStaysOpen
        | CardError::Refused { .. }
        | CardError::SessionEnded
        | CardError::Unencodable(_) => Err(Trouble::CardError),
    }
}
