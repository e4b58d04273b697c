//! The certificates of a scenario.

use super::story::{About, OnTheCard, Scenario};
use super::{DAY, Foundation, Part, chance};
use crate::birthday::{day_in_japan, end_of_day};
use crate::moment::moved;
use crate::{Authority, Date, Deviations, Holder, IssueError, Issued, NextGeneration, Purpose, Resident};

const YEAR: i64 = 365 * DAY;

#[derive(Clone, Copy)]
pub(super) struct Issuing<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) foundation: &'a Foundation,
    /// The day of the scenario in Japan.
    pub(super) day: Date,
}

impl Issuing<'_> {
    /// The holder with the certificates that are on the card.
    pub(super) fn holder(&self) -> Result<Holder, IssueError> {
        let Foundation { signature, authentication, .. } = self.foundation;
        let story = &self.scenario.story;
        let other = (story.on_the_card == OnTheCard::FromAnotherOfTheSameName)
            .then(|| self.other_authority())
            .transpose()?;
        let signature = other.as_ref().unwrap_or(signature);
        let on_the_card = story.about == About::Signature;
        let deviations = if on_the_card { story.deviations } else { Deviations::PROPER };
        let proper = Deviations::PROPER;
        Ok(Holder {
            resident: self.resident(),
            signature: self.issue(Part::Issued(Purpose::Signature), signature, story.issued, deviations)?,
            authentication: self.issue(
                Part::Issued(Purpose::Authentication),
                authentication,
                story.issued,
                proper,
            )?,
            authorities: [signature.own()?.certificate, authentication.own()?.certificate],
        })
    }

    /// The signature certificate before the one on the card, issued three years earlier.
    pub(super) fn previous(&self) -> Result<Issued, IssueError> {
        let issued = self.scenario.story.issued.saturating_sub(3 * YEAR);
        self.issue(Part::Previous, &self.foundation.signature, issued, Deviations::PROPER)
    }

    /// The certificate with the deviations, where it is not the one on the card.
    pub(super) fn odd(&self) -> Result<Issued, IssueError> {
        let story = &self.scenario.story;
        self.issue(Part::Odd, &self.foundation.signature, story.issued, story.deviations)
    }

    /// One of the next generation, with the certificate of its authority.
    pub(super) fn of_the_next_generation(&self) -> Result<(Issued, Vec<u8>), IssueError> {
        let Foundation { signature, at, .. } = self.foundation;
        let chance = &mut chance(self.scenario.name, Part::Odd);
        let next = NextGeneration::found_by(chance, signature, moved(*at, -YEAR)?)?;
        let issued = moved(*at, self.scenario.story.issued)?;
        Ok((next.issue_by(chance, signature, &self.resident(), issued)?, next.certificate()?))
    }

    /// The day that is some days from that of the scenario.
    pub(super) fn last_day(&self, days: i64) -> Result<Date, IssueError> {
        Ok(day_in_japan(moved(self.foundation.at, days.saturating_mul(DAY))?)?)
    }

    fn issue(
        &self,
        part: Part,
        authority: &Authority,
        issued: i64,
        deviations: Deviations,
    ) -> Result<Issued, IssueError> {
        let last_second = |days| Ok::<_, IssueError>(end_of_day(self.last_day(days)?)?);
        let until = self.scenario.story.last_day.map(last_second).transpose()?;
        let chance = &mut chance(self.scenario.name, part);
        let issued = moved(self.foundation.at, issued)?;
        authority.issue_by(chance, &self.resident(), issued, &Deviations { until, ..deviations })
    }

    fn resident(&self) -> Resident {
        self.scenario.person.resident_on(self.day)
    }

    fn other_authority(&self) -> Result<Authority, IssueError> {
        let founded = moved(self.foundation.at, -YEAR)?;
        Authority::found_by(
            &mut chance(self.scenario.name, Part::OtherAuthority),
            Purpose::Signature,
            founded,
        )
    }
}
