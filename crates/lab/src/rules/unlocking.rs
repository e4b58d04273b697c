//! Passwords that are locked or forgotten.

use super::documents::identifies;
use super::issuing::{card_in_force, registered};
use super::validity::signs_from;
use super::{Case, Decision, Document, Refusal, Rule};

/// Where a password is unlocked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// At the counter, with a document.
    Counter {
        /// What was shown.
        document: Option<Document>,
    },
    /// At a kiosk in a shop, with the authentication PIN.
    Kiosk {
        /// Whether that PIN is locked.
        pin_locked: bool,
    },
}

/// Which passwords of a card are set anew, to those of the lab, with all their tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reset {
    /// Those without tries left.
    Locked,
    /// The signature password.
    Signature,
    /// All of them.
    All,
}

pub(super) fn unlock(case: &Case, route: &Route) -> Result<Decision, Refusal> {
    match route {
        Route::Counter { document } => {
            identifies(document.as_ref(), case.entry, case.today)?;
            reset(case, Reset::Locked, Rule::UnlockAtTheCounter)
        }
        Route::Kiosk { pin_locked } => {
            let possible_from = signs_from(case.entry.basic_four_items.birth, case.switches);
            if case.today < possible_from {
                return Err(Refusal::UnderFifteen { possible_from });
            }
            if *pin_locked {
                return Err(Refusal::PinLocked);
            }
            reset(case, Reset::Signature, Rule::KioskForTheSignature)
        }
    }
}

pub(super) fn initialise(case: &Case, document: Option<&Document>) -> Result<Decision, Refusal> {
    identifies(document, case.entry, case.today)?;
    reset(case, Reset::All, Rule::InitialiseAtTheCounter)
}

/// Sets passwords anew for whoever was found to be the resident or an agent.
pub(super) fn reset(case: &Case, passwords: Reset, rule: Rule) -> Result<Decision, Refusal> {
    registered(case.entry)?;
    card_in_force(case)?;
    let mut decision = case.unchanged();
    decision.reset = Some(passwords);
    decision.rules = vec![rule];
    "パスワードを設定し直しました。新しいパスワードでお試しください。".clone_into(&mut decision.advice);
    Ok(decision)
}
