//! Making a scenario's folder.

use std::fs;
use std::path::Path;

use super::description::Description;
use super::story::{About, OnTheCard, Scenario, Verdict};
use super::{DAY, Foundation, Part, ScenarioError, chance};
use crate::birthday::{day_in_japan, end_of_day};
use crate::moment::moved;
use crate::{Authority, Deviations, Holder, IssueError, Issued, NextGeneration, Purpose, World, folder};

impl Scenario {
    /// Writes the scenario into a folder, for the instant of its foundation. Files of an earlier world are replaced.
    ///
    /// # Errors
    /// [`ScenarioError`]: a certificate could not be made or a file not written.
    pub fn write(&self, foundation: &Foundation, folder: &Path) -> Result<(), ScenarioError> {
        let made = Made { scenario: self, foundation };
        let holder = made.holder()?;
        let previous = self.previous_is_listed().then(|| made.previous()).transpose()?;
        let world = made.world(Holder {
            signature: previous.clone().unwrap_or_else(|| holder.signature.clone()),
            ..holder.clone()
        });
        folder::write(&world, folder)?;
        made.revoke(folder)?;
        if let Some(previous) = previous {
            put_issued(&folder.join("cards").join(self.person.id), &holder.signature)?;
            put_issued(&folder.join("odd"), &previous)?;
        }
        made.write_odd(folder)?;
        made.finish_card(folder)?;
        let description = Description::of(self, foundation.at).map_err(IssueError::from)?;
        put(&folder.join("scenario.json"), description.to_json()?.as_bytes())
    }

    /// Whether the list has a certificate that the card had before this one.
    const fn previous_is_listed(&self) -> bool {
        matches!(self.story.revoked, Some((_, crate::Reason::Superseded, _)))
    }
}

struct Made<'a> {
    scenario: &'a Scenario,
    foundation: &'a Foundation,
}

impl Made<'_> {
    fn world(&self, holder: Holder) -> World {
        let Foundation { signature, authentication, at } = self.foundation;
        World {
            signature: signature.clone(),
            authentication: authentication.clone(),
            holders: vec![holder],
            made: *at,
        }
    }

    /// The holder as the register has them now, with the certificates that they have.
    fn holder(&self) -> Result<Holder, IssueError> {
        let Self { scenario: Scenario { name, person, story, .. }, foundation } = self;
        let mut authorities = [&foundation.signature, &foundation.authentication].map(Authority::own);
        let other = match story.on_the_card {
            OnTheCard::FromAnotherOfTheSameName => Some(self.other_authority()?),
            OnTheCard::FromTheAuthority | OnTheCard::Nothing => None,
        };
        if let (Some(other), [signature, _]) = (&other, &mut authorities) {
            *signature = other.own();
        }
        let [signature_authority, authentication_authority] = authorities;
        let issuer = other.as_ref().unwrap_or(&foundation.signature);
        let departing = story.about == About::Signature;
        let deviations = if departing { story.deviations } else { Deviations::PROPER };
        let resident = person.resident_on(day_in_japan(foundation.at)?);
        Ok(Holder {
            signature: self.issue(Part::Issued(Purpose::Signature), issuer, story.issued, &deviations)?,
            authentication: foundation.authentication.issue_by(
                &mut chance(name, Part::Issued(Purpose::Authentication)),
                &resident,
                moved(foundation.at, story.issued)?,
                &self.until(Deviations::PROPER)?,
            )?,
            resident,
            authorities: [signature_authority?.certificate, authentication_authority?.certificate],
        })
    }

    fn issue(
        &self,
        part: Part,
        authority: &Authority,
        issued: i64,
        deviations: &Deviations,
    ) -> Result<Issued, IssueError> {
        let Self { scenario: Scenario { name, person, story, .. }, foundation } = self;
        let described = story.issued_to.unwrap_or(*person);
        let resident = described.resident_on(day_in_japan(foundation.at)?);
        let deviations = self.until(*deviations)?;
        authority.issue_by(&mut chance(name, part), &resident, moved(foundation.at, issued)?, &deviations)
    }

    /// Deviations with the last second of the last day, where the story has one.
    fn until(&self, deviations: Deviations) -> Result<Deviations, IssueError> {
        let last_day =
            |days: i64| end_of_day(day_in_japan(moved(self.foundation.at, days.saturating_mul(DAY))?)?);
        Ok(Deviations { until: self.scenario.story.last_day.map(last_day).transpose()?, ..deviations })
    }

    fn other_authority(&self) -> Result<Authority, IssueError> {
        let founded = moved(self.foundation.at, -365 * DAY)?;
        Authority::found_by(
            &mut chance(self.scenario.name, Part::OtherAuthority),
            Purpose::Signature,
            founded,
        )
    }

    /// The signature certificate before this one, issued three years earlier.
    fn previous(&self) -> Result<Issued, IssueError> {
        let issued = self.scenario.story.issued.saturating_sub(3 * 365 * DAY);
        self.issue(Part::Previous, &self.foundation.signature, issued, &Deviations::PROPER)
    }

    fn revoke(&self, folder: &Path) -> Result<(), ScenarioError> {
        let Some((purposes, reason, since)) = self.scenario.story.revoked else { return Ok(()) };
        let since = moved(self.foundation.at, since).map_err(IssueError::from)?;
        for purpose in purposes {
            folder::revoke(folder, self.scenario.person.id, *purpose, reason, since)?;
        }
        Ok(folder::renew_lists(folder, self.foundation.at)?)
    }

    /// The certificate that no card holds.
    fn write_odd(&self, folder: &Path) -> Result<(), ScenarioError> {
        let Self { scenario: Scenario { name, person, story, .. }, foundation } = self;
        let odd = folder.join("odd");
        match story.about {
            About::Odd => {
                let issued = self.issue(Part::Odd, &foundation.signature, story.issued, &story.deviations)?;
                put_issued(&odd, &issued)
            }
            About::NextGeneration => {
                let chance = &mut chance(name, Part::Odd);
                let Foundation { signature, at, .. } = foundation;
                let founded = moved(*at, -365 * DAY).map_err(IssueError::from)?;
                let next = NextGeneration::found_by(chance, signature, founded)?;
                let resident = person.resident_on(day_in_japan(*at).map_err(IssueError::from)?);
                let issued = moved(*at, story.issued).map_err(IssueError::from)?;
                put_issued(&odd, &next.issue_by(chance, signature, &resident, issued)?)?;
                put(&odd.join("signature-ca-certificate.der"), &next.certificate()?)
            }
            About::Signature | About::Authentication | About::Previous => Ok(()),
        }
    }

    /// Takes away what the card lacks, and writes what it remembers.
    fn finish_card(&self, folder: &Path) -> Result<(), ScenarioError> {
        let Self { scenario: Scenario { person, story, .. }, foundation } = self;
        let card = folder.join("cards").join(person.id);
        let day = day_in_japan(foundation.at).map_err(IssueError::from)?;
        if self.scenario.verdict_on(day) == Verdict::NoSignatureCertificate {
            for file in ["certificate", "ca-certificate", "key"] {
                let path = card.join(format!("signature-{file}.der"));
                fs::remove_file(&path).map_err(|source| ScenarioError::File { path, source })?;
            }
        }
        story.state.map_or(Ok(()), |state| put(&card.join("state.json"), state.as_bytes()))
    }
}

fn put_issued(folder: &Path, issued: &Issued) -> Result<(), ScenarioError> {
    put(&folder.join("signature-certificate.der"), &issued.certificate)?;
    put(&folder.join("signature-key.der"), &issued.key)
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), ScenarioError> {
    path.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, bytes))
        .map_err(|source| ScenarioError::File { path: path.to_path_buf(), source })
}
