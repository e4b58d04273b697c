//! What answers about revocation mean for something that was received before: a filing is judged when it comes, and
//! again when later evidence comes.

use crate::revocation::{RevocationAnswer, RevocationReason, RevocationStatus};
use crate::time::UnixTime;

/// Where something signed stands, as far as the revocation of its certificate goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody could say yet whether the certificate was revoked at receipt.
    Waiting,
    /// Good as of a time before receipt: the last word is a list or an answer made at receipt or later.
    Provisional {
        /// When the answer so far was made.
        as_of: UnixTime,
    },
    /// Evidence made at receipt or later says that the certificate was not revoked at receipt. A revocation after
    /// receipt takes nothing away.
    Final {
        /// When that evidence was made.
        as_of: UnixTime,
    },
    /// The certificate was revoked at receipt or before: somebody has to decide again.
    Reopened {
        /// Since when it is revoked.
        at: UnixTime,
        /// Why.
        reason: RevocationReason,
    },
}

impl Standing {
    /// Where it stands after one more answer, asked for at any time after receipt.
    ///
    /// Unknown changes nothing, nor does evidence that is older than what was there. A revocation at receipt or before
    /// reopens even what was final: the authority may learn of a move or a death late.
    #[must_use]
    pub fn after(self, received: UnixTime, answer: &RevocationAnswer) -> Self {
        let as_of = answer.evidence.as_ref().map(|evidence| evidence.this_update());
        let next = match (answer.status, as_of) {
            (RevocationStatus::Revoked { at, reason }, _) if at <= received => {
                return Standing::Reopened { at, reason };
            }
            (RevocationStatus::Unknown { .. }, _) | (_, None) => return self,
            (RevocationStatus::Good { .. } | RevocationStatus::Revoked { .. }, Some(as_of)) => {
                if as_of >= received { Standing::Final { as_of } } else { Standing::Provisional { as_of } }
            }
        };
        match (self, next) {
            (Standing::Reopened { .. }, _) => self,
            (Standing::Final { .. }, Standing::Provisional { .. }) => self,
            (Standing::Provisional { as_of: before }, Standing::Provisional { as_of }) if as_of < before => {
                self
            }
            _ => next,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crl::CrlNumber;
    use crate::revocation::{Evidence, ListEvidence, UnknownReason};

    const RECEIVED: UnixTime = UnixTime::from_seconds(1_790_000_000);

    fn at(minutes: i64) -> UnixTime {
        RECEIVED.plus(60 * minutes)
    }

    fn evidence(minutes: i64) -> Option<Evidence> {
        let this_update = at(minutes);
        let list = ListEvidence {
            number: CrlNumber::new(&[1]).unwrap(),
            sha256: [0; 32],
            this_update,
            next_update: at(9_999),
        };
        Some(Evidence::List(list))
    }

    fn good(minutes: i64) -> RevocationAnswer {
        let status = RevocationStatus::Good { as_of: at(minutes) };
        RevocationAnswer { status, evidence: evidence(minutes) }
    }

    fn revoked(since: i64, minutes: i64) -> RevocationAnswer {
        let status =
            RevocationStatus::Revoked { at: at(since), reason: RevocationReason::AffiliationChanged };
        RevocationAnswer { status, evidence: evidence(minutes) }
    }

    fn provisional(minutes: i64) -> Standing {
        Standing::Provisional { as_of: at(minutes) }
    }

    fn last_word(minutes: i64) -> Standing {
        Standing::Final { as_of: at(minutes) }
    }

    fn reopened(minutes: i64) -> Standing {
        Standing::Reopened { at: at(minutes), reason: RevocationReason::AffiliationChanged }
    }

    #[test]
    fn every_answer_moves_a_filing_as_far_as_its_evidence_reaches() {
        let unknown = RevocationAnswer::unknown(UnknownReason::NoList);
        let table = [
            (Standing::Waiting, unknown.clone(), Standing::Waiting),
            (Standing::Waiting, good(-1), provisional(-1)),
            (Standing::Waiting, good(0), last_word(0)),
            (Standing::Waiting, good(1), last_word(1)),
            (Standing::Waiting, revoked(-1, -1), reopened(-1)),
            (Standing::Waiting, revoked(0, 1), reopened(0)),
            (Standing::Waiting, revoked(1, 1), last_word(1)),
            // A date to come, on a list made before receipt: nothing yet says what happened until then.
            (Standing::Waiting, revoked(1, -1), provisional(-1)),
            (provisional(-5), unknown.clone(), provisional(-5)),
            (provisional(-5), good(-9), provisional(-5)),
            (provisional(-5), good(-2), provisional(-2)),
            (provisional(-5), good(3), last_word(3)),
            (provisional(-5), revoked(-1, 3), reopened(-1)),
            (provisional(-5), revoked(1, 3), last_word(3)),
            (last_word(3), unknown.clone(), last_word(3)),
            (last_word(3), good(-5), last_word(3)),
            (last_word(3), revoked(1, 9), last_word(9)),
            (last_word(3), revoked(0, 9), reopened(0)),
            (reopened(0), good(99), reopened(0)),
            (reopened(0), unknown, reopened(0)),
        ];
        for (before, answer, after) in table {
            assert_eq!(before.after(RECEIVED, &answer), after, "{before:?} {answer:?}");
        }
    }
}
