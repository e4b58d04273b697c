//! What a scenario consists of.

use super::DAY;
use crate::people::{Person, Remark};
use crate::rules::{Change, LossReport, Request};
use crate::{Date, Deviations};

/// One resident in one situation.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    /// Name, on the command line and as the seed of everything drawn.
    pub name: &'static str,
    /// What the situation is.
    pub remark: Remark,
    /// Who is in it.
    pub person: Person,
    pub(super) verdict: Verdict,
    pub(super) story: Story,
}

/// What a verifier that knows the world's anchors and lists is expected to say of a scenario's certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// In force, and not on the list.
    Good,
    /// On the list.
    Revoked,
    /// After its last second.
    Expired,
    /// Before its first second.
    NotYetValid,
    /// Issued by nobody among the anchors.
    UnknownAuthority,
    /// Of the other kind: for authentication.
    WrongPurpose,
    /// Not in the profile of the public service.
    OutsideProfile,
    /// In force and not on the list, but too new for anybody who is asked online.
    Unknown,
    /// There is no signature certificate; the authentication certificate is in force.
    NoSignatureCertificate,
}

impl Scenario {
    /// What a verifier is expected to say on a day in Japan: whoever is under 15 then has no signature certificate.
    #[must_use]
    pub fn verdict_on(&self, day: Date) -> Verdict {
        if self.person.may_sign_on(day) { self.verdict } else { Verdict::NoSignatureCertificate }
    }
}

impl Verdict {
    /// The word in `scenario.json`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Revoked => "revoked",
            Self::Expired => "expired",
            Self::NotYetValid => "not-yet-valid",
            Self::UnknownAuthority => "unknown-authority",
            Self::WrongPurpose => "wrong-purpose",
            Self::OutsideProfile => "outside-profile",
            Self::Unknown => "unknown",
            Self::NoSignatureCertificate => "no-signature-certificate",
        }
    }
}

/// How a situation came about. Times are seconds from the instant of the scenario, negative ones before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Story {
    pub(super) issued: i64,
    /// The last day of the certificates, as days from the day of the scenario, in place of a birthday.
    pub(super) last_day: Option<i64>,
    pub(super) deviations: Deviations,
    /// Since when the signature certificate is in place of an earlier one.
    pub(super) renewed: Option<i64>,
    /// What the resident came to the counter for, and when, oldest first.
    pub(super) visits: &'static [(i64, Visit)],
    pub(super) on_the_card: OnTheCard,
    /// The certificate that the verdict is about.
    pub(super) about: About,
    /// What is kept of the card's passwords, as the card's state.
    pub(super) state: Option<&'static str>,
}

/// What a resident comes to the counter for, or telephones about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Visit {
    Moves { to: &'static str },
    Takes { name: &'static str },
    TakesAlias { alias: &'static str },
    ReportsLoss { to: LossReport },
    MovesAbroad { keeps_card: bool },
    Dies,
}

impl Visit {
    /// The action's name in the journal, and what is asked for.
    pub(super) fn request(self) -> (&'static str, Request) {
        let change = |change| Request::Change { change, substitutes: Vec::new() };
        match self {
            Self::Moves { to } => ("move", change(Change::Address { address: to.to_owned() })),
            Self::Takes { name } => ("marry", change(Change::Name { name: name.to_owned() })),
            Self::TakesAlias { alias } => ("alias", Request::Alias { alias: Some(alias.to_owned()) }),
            Self::ReportsLoss { to } => ("report-loss", Request::ReportLoss { to }),
            Self::MovesAbroad { keeps_card } => ("move-abroad", Request::MoveAbroad { keeps_card }),
            Self::Dies => ("die", Request::Die),
        }
    }
}

/// What the card has for signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OnTheCard {
    FromTheAuthority,
    FromAnotherOfTheSameName,
    Nothing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    Signature,
    Authentication,
    /// One beside the card, with the deviations.
    Odd,
    /// One beside the card, of the next generation.
    NextGeneration,
    /// One beside the card, issued earlier, that the list has.
    Previous,
}

/// Issued yesterday, and nothing has happened since.
pub(super) const ORDINARY: Story = Story {
    issued: -DAY,
    last_day: None,
    deviations: Deviations::PROPER,
    renewed: None,
    visits: &[],
    on_the_card: OnTheCard::FromTheAuthority,
    about: About::Signature,
    state: None,
};
