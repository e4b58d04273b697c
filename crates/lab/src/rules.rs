//! The rules of the counter (窓口), without IO and without a clock: what is asked for, about whom and when goes in; what is
//! to be done, or a refusal with its rule, comes out.

mod agents;
mod catalogue;
mod changing;
mod documents;
mod issuing;
mod juki;
mod refusal;
mod revoking;
mod substitutes;
mod switches;
#[cfg(test)]
mod tests;
mod unlocking;
mod validity;

use der::DateTime;

pub use self::catalogue::{NO_SOURCE, Rule};
pub use self::changing::Change;
pub use self::documents::{Document, DocumentKind, document_kinds};
pub use self::issuing::Grant;
pub use self::juki::{JukiCertificate, explain_juki};
pub use self::refusal::{Outside, Refusal};
pub use self::revoking::{Ground, LossReport};
pub use self::substitutes::Substitute;
use self::substitutes::with_substitutes;
pub use self::switches::{AgeReached, SWITCHES, Switches};
pub use self::unlocking::{Reset, Route};
pub use self::validity::{End, card_expiry, end, renewable_from, signs_from};
use crate::register::{Cause, Entry, Errand, Revocation};
use crate::{Date, Purpose, Reason};

/// What someone comes to the counter for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// New certificates.
    Issue {
        /// What for.
        purposes: Vec<Purpose>,
        /// Substitutes for characters of name and address.
        substitutes: Vec<Substitute>,
    },
    /// A card with new certificates on it (交付・再交付).
    NewCard {
        /// What the certificates are for.
        purposes: Vec<Purpose>,
        /// Substitutes for characters of name and address.
        substitutes: Vec<Substitute>,
    },
    /// Certificates in place of those that end soon.
    Renew {
        /// What for.
        purposes: Vec<Purpose>,
    },
    /// The end of certificates.
    Revoke {
        /// Why.
        ground: Ground,
        /// What they are for; those that are not in force are passed over.
        purposes: Vec<Purpose>,
    },
    /// New items.
    Change {
        /// Which.
        change: Change,
        /// Substitutes for characters of name and address.
        substitutes: Vec<Substitute>,
    },
    /// Another alias, or none.
    Alias {
        /// The new one.
        alias: Option<String>,
    },
    /// 国外転出
    MoveAbroad {
        /// Whether the card is used on abroad.
        keeps_card: bool,
    },
    /// 死亡
    Die,
    /// A lost card.
    ReportLoss {
        /// To whom.
        to: LossReport,
    },
    /// A locked password.
    Unlock {
        /// Where.
        route: Route,
    },
    /// Forgotten passwords.
    Initialise {
        /// What was shown.
        document: Option<Document>,
    },
    /// An agent, for the first time.
    Inquire {
        /// What for.
        errand: Errand,
        /// The agent's document.
        document: Option<Document>,
    },
    /// An agent with the answer.
    Answer {
        /// The agent's document.
        document: Option<Document>,
    },
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The entry as it is then, but for the certificates of `grants`, which are still to be made.
    pub entry: Entry,
    /// Whether the card is a new one, with nothing on it.
    pub new_card: bool,
    /// Certificates to be made, in this order.
    pub grants: Vec<Grant>,
    /// Passwords to be set anew.
    pub reset: Option<Reset>,
    /// The rules that were followed.
    pub rules: Vec<Rule>,
    /// What the resident should know, in Japanese.
    pub advice: String,
}

/// A request as the rules see it.
struct Case<'a> {
    entry: &'a Entry,
    at: DateTime,
    /// The day in Japan.
    today: Date,
    switches: &'a Switches,
}

/// What is to be done for a resident who asks at an instant.
///
/// # Errors
/// [`Refusal`], with the rule that says no.
pub fn decide(
    entry: &Entry,
    request: &Request,
    at: DateTime,
    switches: &Switches,
) -> Result<Decision, Refusal> {
    let case = Case { entry, at, today: issuing::day_of(at), switches };
    match request {
        Request::Issue { purposes, substitutes } => issuing::issue(&case, purposes, substitutes),
        Request::NewCard { purposes, substitutes } => issuing::new_card(&case, purposes, substitutes),
        Request::Renew { purposes } => issuing::renew(&case, purposes),
        Request::Revoke { ground, purposes } => revoking::revoke(&case, *ground, purposes),
        Request::Change { change, substitutes } => changing::change(&case, change, substitutes),
        Request::Alias { alias } => changing::alias(&case, alias.as_deref()),
        Request::MoveAbroad { keeps_card } => revoking::move_abroad(&case, *keeps_card),
        Request::Die => revoking::die(&case),
        Request::ReportLoss { to } => revoking::report_loss(&case, *to),
        Request::Unlock { route } => unlocking::unlock(&case, route),
        Request::Initialise { document } => unlocking::initialise(&case, document.as_ref()),
        Request::Inquire { errand, document } => agents::inquire(&case, *errand, document.as_ref()),
        Request::Answer { document } => agents::answer(&case, document.as_ref()),
    }
}

impl Case<'_> {
    fn unchanged(&self) -> Decision {
        Decision {
            entry: self.entry.clone(),
            new_card: false,
            grants: Vec::new(),
            reset: None,
            rules: Vec::new(),
            advice: String::new(),
        }
    }
}

impl Decision {
    /// Revokes all certificates for these purposes that have not ended, those on hold too, and says how many there were.
    fn revoke(&mut self, case: &Case, purposes: &[Purpose], reason: Reason, cause: Cause) -> usize {
        let revocation = Revocation { at: case.at, reason, cause };
        let held = |known: Revocation| known.reason == Reason::CertificateHold && reason != known.reason;
        let concerned = self.entry.certificates.iter_mut().filter(|certified| {
            purposes.contains(&certified.purpose)
                && certified.not_after >= case.at
                && certified.revocation.is_none_or(held)
        });
        concerned.map(|certified| certified.revocation = Some(revocation)).count()
    }
}
