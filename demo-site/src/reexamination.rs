//! Asking again about what was received: a filing is final only when evidence from its receipt or later says so, and even
//! then the authority may learn of a move or a death late.

use crate::journal::{Event, Journal};
use crate::store::{Pending, Store, StoreError, standing_name};
use crate::trust::Trust;
use serde::Serialize;
use shomei_application::Timestamp;
use shomei_envelope::{Signed as _, attached};
use shomei_pki::{
    Anchors, AwsLcVerifier, RevocationAnswer, RevocationSource as _, SigningCertificate, Standing, UnixTime,
    UnknownReason,
};
use shomei_revocation::Sources;

const DAY_SECONDS: i64 = 24 * 60 * 60;

/// What became of one round, in numbers of filings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Reexamined {
    /// Asked about.
    pub asked: usize,
    /// Now known to have been good before receipt, or at a later time before receipt.
    pub provisional: usize,
    /// Now known to have been good at receipt.
    #[serde(rename = "final")]
    pub last_word: usize,
    /// Now known to have been revoked at receipt.
    pub reopened: usize,
}

/// Asks again for every filing that is not final or reopened, and for final ones up to `days` after their receipt, and
/// moves those for which there is something new. Each move is written down in the journal.
///
/// # Errors
/// The database did not do its work; filings that were moved before stay moved.
pub fn reexamine(
    trust: &Trust,
    store: &Store,
    journal: &Journal,
    now: Timestamp,
    days: u32,
) -> Result<Reexamined, StoreError> {
    let final_since = now.moved_by(-DAY_SECONDS * i64::from(days));
    let (mut done, mut last) = (Reexamined::default(), 0);
    let sources = trust.revocation();
    loop {
        let page = store.pending(last, final_since)?;
        let Some(end) = page.last() else {
            return Ok(done);
        };
        last = end.id;
        for filing in &page {
            done.asked += 1;
            let answer = ask(trust.anchors(), sources, filing, now);
            let to = filing.standing.after(at(filing.received_at), &answer);
            if moves(filing.standing, to) && store.move_filing(filing, to, &answer, now)? {
                done.count(to);
                journal.write(Event::StandingMoved {
                    from: standing_name(filing.standing),
                    to: standing_name(to),
                });
            }
        }
    }
}

impl Reexamined {
    fn count(&mut self, to: Standing) {
        match to {
            Standing::Waiting => {}
            Standing::Provisional { .. } => self.provisional += 1,
            Standing::Final { .. } => self.last_word += 1,
            Standing::Reopened { .. } => self.reopened += 1,
        }
    }
}

/// A final filing rests on the first evidence that made it final; every list after it would say the same again.
fn moves(from: Standing, to: Standing) -> bool {
    from != to && !matches!((from, to), (Standing::Final { .. }, Standing::Final { .. }))
}

/// Nobody is consulted about an envelope that no longer reads or an authority that is no longer trusted: the filing stays
/// where it is.
fn ask(anchors: &Anchors, sources: &Sources, filing: &Pending, now: Timestamp) -> RevocationAnswer {
    let envelope = attached::parse(&filing.envelope).ok();
    let certificate = envelope
        .and_then(|envelope| SigningCertificate::parse(envelope.signatures().first()?.certificate).ok());
    let nobody = || RevocationAnswer::unknown(UnknownReason::NotConsulted);
    certificate.map_or_else(nobody, |certificate| {
        let issuer = anchors.issuer_of_signing(&certificate, &AwsLcVerifier);
        issuer.map_or_else(|_| nobody(), |issuer| sources.answer(certificate.certificate(), issuer, at(now)))
    })
}

fn at(time: Timestamp) -> UnixTime {
    UnixTime::from_seconds(time.unix_seconds())
}
