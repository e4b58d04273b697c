//! The card thread: waits for a reader and a card without polling, takes the password when the resident gave it, and
//! makes the signatures.
//!
//! It alone talks to PC/SC, over one context. It shows nothing; it reports to the window and hears from the operation.

mod connection;
mod hot_plug;
mod look;
mod reader;
mod reader_name;
mod report;
mod signing;
mod standing;

use std::sync::mpsc::Sender;

use shomei_card::{CardError, TransportError};
use shomei_pki::{Authority, World};

use crate::operation::Operation;
use crate::subject::Subject;
use reader::{ReaderWatch, Sight, Wake};
pub use report::{Interruption, Readers, Report, Standing, Step, Trouble};
use signing::Attempt;

/// Most wrong passwords in one operation.
pub const MAX_WRONG: u8 = 3;

/// Runs the card thread to its end: a signature, a trouble, or a stop. Leaves no card powered with an open key.
pub fn run(operation: &Operation, subject: &Subject, reports: &Sender<Report>) {
    let tell = |report| {
        operation.remember(&report);
        // The window may be gone already; the operation then ends on its own.
        let _nobody_looks = reports.send(report);
        operation.call_window();
    };
    wait_and_sign(operation, subject, &tell);
    operation.card_is_free();
    operation.call_window();
}

fn wait_and_sign(operation: &Operation, subject: &Subject, tell: &dyn Fn(Report)) {
    let mut watch = ReaderWatch::new(operation);
    let mut wrong = 0;
    let mut told = None;
    loop {
        let sight = match watch.look() {
            Ok(sight) => sight,
            Err(trouble) => return tell(Report::Trouble(trouble)),
        };
        if told.as_ref() != Some(sight) {
            tell_of(sight, tell);
            told = Some(sight.clone());
        }
        let attempt = match watch.wait() {
            Wake::Changed => continue,
            Wake::Stopped => return,
            Wake::Unlock(unlock) => signing::attempt(&watch, operation, subject, &unlock, tell),
        };
        // The counter is told anew after whatever happened to it.
        told = None;
        match attempt {
            Attempt::Over => return,
            Attempt::Again => {}
            Attempt::Wrong { .. } if wrong + 1 >= MAX_WRONG => {
                return tell(Report::Trouble(Trouble::TooManyWrong));
            }
            Attempt::Wrong { left } => {
                wrong += 1;
                tell(Report::Wrong { left });
            }
        }
    }
}

fn tell_of(sight: &Sight, tell: &dyn Fn(Report)) {
    if let Some(world) = sight.world {
        tell(Report::World(world));
    }
    tell(Report::Readers(sight.readers.clone()));
    tell(Report::Standing(sight.standing));
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
