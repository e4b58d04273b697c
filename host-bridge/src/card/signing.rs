//! One try: password → certificate → bytes to be signed → signatures → key closed → self-check.
//!
//! From the password to the closing of the key no person is waited for and nothing else is done.

use shomei_application::Timestamp;
use shomei_card::{Card, CardError, Dialect, SignatureSession, Transport, UnlockError};
use shomei_pki::SigningCertificate;

use super::connection::{Ending, with_card};
use super::reader::ReaderWatch;
use super::{Interruption, Report, Step, Trouble, standing_of, world_of};
use crate::clock;
use crate::operation::{Answer, Delivery, Operation, Unlock};
use crate::subject::{Item, SelfCheckFailed, Subject, Unfinished, Unprepared};

/// How a try ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attempt {
    /// Nothing more is to be done: signed, in trouble, or stopped.
    Over,
    /// The card went away or was reset; look again.
    Again,
    /// Wrong password.
    Wrong {
        /// Tries left.
        left: u8,
    },
}

/// Why a try made no signature.
#[derive(Debug)]
enum Failure {
    Unlock(UnlockError),
    Card(CardError),
    Trouble(Trouble),
    Stopped,
}

/// Makes one try with the card that `watch` found ready, and answers whoever asked when it succeeds.
pub(super) fn attempt(
    watch: &ReaderWatch<'_>,
    operation: &Operation,
    subject: &Subject,
    unlock: &Unlock,
    tell: &dyn Fn(Report),
) -> Attempt {
    let Some((context, chosen)) = watch.ready() else {
        return Attempt::Again;
    };
    let work = Work { operation, subject, tell, dialect: chosen.dialect };
    let signed = with_card(operation, context, &chosen.reader, Ending::PowerOff, |connection| {
        work.sign(connection, unlock)
    });
    let finished = match signed {
        Ok(signed) => signed.and_then(|signed| work.check(signed)),
        // The card was let go of between two looks.
        Err(_) => return Attempt::Again,
    };
    match finished {
        Ok(containers) => work.deliver(containers),
        Err(failure) => work.after(failure),
    }
}

struct Work<'a> {
    operation: &'a Operation,
    subject: &'a Subject,
    tell: &'a dyn Fn(Report),
    dialect: Dialect,
}

/// A signature that was made and not yet checked.
struct Signed<'a> {
    container: Unfinished<'a>,
    signature: [u8; 256],
}

impl<'a> Work<'a> {
    /// The part with the card: it ends with a closed key, whatever happens.
    fn sign(&self, connection: impl Transport, unlock: &Unlock) -> Result<Vec<Signed<'a>>, Failure> {
        self.step(Step::Unlocking)?;
        let mut card = Card::resume_in(connection, self.dialect);
        let mut session =
            card.unlock_signature(&unlock.password, unlock.last_try).map_err(Failure::Unlock)?;
        let signed = self.with_open_key(&mut session);
        // Dropping the card tries once more, and the power goes off after that.
        let _closed = session.close();
        signed
    }

    /// The key needs no further password between signatures while the card is held.
    fn with_open_key<T: Transport>(
        &self,
        session: &mut SignatureSession<'_, T>,
    ) -> Result<Vec<Signed<'a>>, Failure> {
        self.step(Step::Reading)?;
        let certificate = session.certificate().map_err(Failure::Card)?;
        let now = clock::now().map_err(|_| Failure::Trouble(Trouble::NotYetValid))?;
        self.judge(&certificate, now).map_err(Failure::Trouble)?;
        let prepare = |item: &'a dyn Item| item.prepare(&certificate, now);
        let prepared: Result<Vec<_>, Unprepared> = self.subject.items().map(prepare).collect();
        let mut signed = Vec::new();
        for container in prepared.map_err(|error| Failure::Trouble(trouble_of(error)))? {
            self.step(Step::Signing)?;
            let signature = session.sign(&container.digest()).map_err(Failure::Card)?;
            signed.push(Signed { container, signature });
        }
        Ok(signed)
    }

    /// Tells the world, and refuses a certificate that no recipient could accept before it signs anything.
    fn judge(&self, certificate: &[u8], now: Timestamp) -> Result<(), Trouble> {
        let parsed = SigningCertificate::parse(certificate).map_err(|_| Trouble::UnknownCertificate)?;
        let certificate = parsed.certificate();
        let world = world_of(certificate.issuer_organization());
        (self.tell)(Report::World(world.ok_or(Trouble::UnknownCertificate)?));
        let now = now.unix_seconds();
        if now < certificate.not_before().seconds() {
            return Err(Trouble::NotYetValid);
        }
        if now > certificate.not_after().seconds() { Err(Trouble::Expired) } else { Ok(()) }
    }

    /// The finished containers, read and checked as their recipients will.
    fn check(&self, signed: Vec<Signed<'a>>) -> Result<Vec<Vec<u8>>, Failure> {
        self.step(Step::Checking)?;
        let complete = |Signed { container, signature }: Signed<'a>| container.complete(&signature);
        let containers: Result<_, _> = signed.into_iter().map(complete).collect();
        containers.map_err(|SelfCheckFailed| Failure::Trouble(Trouble::SelfCheck))
    }

    /// Hands everything out, or nothing.
    fn deliver(&self, containers: Vec<Vec<u8>>) -> Attempt {
        match self.operation.finish(Answer::Signed(containers)) {
            Delivery::Delivered => (self.tell)(Report::Signed),
            Delivery::Dropped => {}
            Delivery::Failed => (self.tell)(Report::Trouble(Trouble::NotDelivered)),
        }
        Attempt::Over
    }

    /// Tells the step, unless the operation was stopped in the meantime.
    fn step(&self, step: Step) -> Result<(), Failure> {
        if self.operation.stopped().is_some() {
            return Err(Failure::Stopped);
        }
        (self.tell)(Report::Step(step));
        Ok(())
    }

    fn after(&self, failure: Failure) -> Attempt {
        let error = match failure {
            Failure::Stopped => return Attempt::Over,
            Failure::Trouble(trouble) => return self.over(trouble),
            Failure::Unlock(UnlockError::Blocked) => return self.over(Trouble::Blocked),
            Failure::Unlock(UnlockError::Wrong { left }) => return Attempt::Wrong { left },
            // The counter fell since it was shown; it is told again, and then the question is asked.
            // Nothing was sent either when nothing was entered on a pad, which this program does not ask for.
            Failure::Unlock(UnlockError::LastTryNotConfirmed | UnlockError::NotEntered(_)) => {
                return Attempt::Again;
            }
            Failure::Unlock(UnlockError::Card(error)) | Failure::Card(error) => error,
        };
        match standing_of(error) {
            Ok(standing) => {
                (self.tell)(Report::Interrupted(Interruption::leaving(standing)));
                Attempt::Again
            }
            Err(trouble) => self.over(trouble),
        }
    }

    fn over(&self, trouble: Trouble) -> Attempt {
        (self.tell)(Report::Trouble(trouble));
        Attempt::Over
    }
}

fn trouble_of(error: Unprepared) -> Trouble {
    match error {
        Unprepared::Certificate => Trouble::UnknownCertificate,
        Unprepared::File => Trouble::UnfitFile,
    }
}
