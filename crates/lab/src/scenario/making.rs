//! Making a scenario's folder.

use std::fs;
use std::path::Path;

use super::description::Description;
use super::issuing::Issuing;
use super::story::{About, OnTheCard, Scenario, Verdict};
use super::{Foundation, ScenarioError};
use crate::birthday::day_in_japan;
use crate::counter::Counter;
use crate::moment::moved;
use crate::register::{Cause, Certified, ForeignResident, Revocation};
use crate::{Date, Holder, IssueError, Issued, Purpose, Reason, World, folder};

impl Scenario {
    /// Writes the scenario into a new folder, for the instant of its foundation. What lies in one that is not new and has
    /// another name stays.
    ///
    /// # Errors
    /// [`ScenarioError`]: a certificate could not be made, the counter refused, or a file could not be written.
    pub fn write(&self, foundation: &Foundation, folder: &Path) -> Result<(), ScenarioError> {
        let day = day_in_japan(foundation.at).map_err(IssueError::from)?;
        let issuing = Issuing { scenario: self, foundation, day };
        let holder = issuing.holder()?;
        let making = Making { issuing, day, folder };
        let previous = self.story.renewed.map(|_| issuing.previous()).transpose()?;
        making.write_world(holder.clone(), previous.as_ref())?;
        making.complete_register()?;
        if let (Some(since), Some(previous)) = (self.story.renewed, &previous) {
            making.renew(since, previous, &holder.signature)?;
        }
        making.visit()?;
        making.write_odd()?;
        making.finish_card()?;
        let description = Description::of(self, foundation.at).map_err(IssueError::from)?;
        put(&folder.join("scenario.json"), description.to_json()?.as_bytes())
    }
}

struct Making<'a> {
    issuing: Issuing<'a>,
    day: Date,
    folder: &'a Path,
}

impl Making<'_> {
    /// Everything as it was before anything happened.
    fn write_world(&self, holder: Holder, previous: Option<&Issued>) -> Result<(), ScenarioError> {
        let Foundation { signature, authentication, at } = self.issuing.foundation;
        let issued = previous.cloned().unwrap_or_else(|| holder.signature.clone());
        let world = World {
            signature: signature.clone(),
            authentication: authentication.clone(),
            holders: vec![Holder { signature: issued, ..holder }],
            made: *at,
        };
        Ok(folder::write(&world, self.folder)?)
    }

    /// What the register knows besides what the card says, and takes out of it what the authority did not issue.
    fn complete_register(&self) -> Result<(), ScenarioError> {
        let Scenario { person, story, .. } = self.issuing.scenario;
        let mut entry = folder::read_entry(self.folder, person.id)?;
        if person.alias.is_some() || person.days_of_stay.is_some() {
            let last = story.last_day.map(|days| self.issuing.last_day(days)).transpose()?;
            let alias = person.alias.map(str::to_owned);
            entry.foreign_resident = Some(ForeignResident { alias, stay_ends: last });
        }
        if self.lacks_signature() || story.on_the_card == OnTheCard::FromAnotherOfTheSameName {
            let of_signature = |certified: &mut Certified| certified.purpose == Purpose::Signature;
            for certified in entry.certificates.extract_if(.., of_signature) {
                remove(&self.folder.join(certified.file))?;
            }
        }
        Ok(folder::write_entry(self.folder, &entry)?)
    }

    fn lacks_signature(&self) -> bool {
        self.issuing.scenario.verdict_on(self.day) == Verdict::NoSignatureCertificate
    }

    /// Puts a signature certificate on the card in place of an earlier one. The counter is not asked: what it issues is
    /// never the same twice.
    fn renew(&self, since: i64, previous: &Issued, next: &Issued) -> Result<(), ScenarioError> {
        let person = &self.issuing.scenario.person;
        let at = moved(self.issuing.foundation.at, since).map_err(IssueError::from)?;
        let mut entry = folder::read_entry(self.folder, person.id)?;
        for certified in &mut entry.certificates {
            if certified.purpose == Purpose::Signature {
                certified.revocation =
                    Some(Revocation { at, reason: Reason::Superseded, cause: Cause::Renewed });
            }
        }
        let certified = Certified::of(Purpose::Signature, person.municipality, &next.certificate)?;
        put(&self.folder.join(&certified.file), &next.certificate)?;
        entry.certificates.push(certified);
        folder::write_entry(self.folder, &entry)?;
        put_issued(&self.folder.join("cards").join(person.id), next)?;
        put_issued(&self.folder.join("odd"), previous)?;
        Ok(folder::renew_lists(self.folder, self.issuing.foundation.at)?)
    }

    /// Lets the resident come to the counter. The lists are those of the instant of the scenario.
    fn visit(&self) -> Result<(), ScenarioError> {
        let Scenario { person, story, .. } = self.issuing.scenario;
        for (since, visit) in story.visits {
            let at = moved(self.issuing.foundation.at, *since).map_err(IssueError::from)?;
            let counter = Counter { world: self.folder.to_path_buf(), at, list_later: true };
            let (action, request) = visit.request();
            counter.serve(action, person.id, &request)?;
        }
        if story.visits.is_empty() {
            return Ok(());
        }
        Ok(folder::renew_lists(self.folder, self.issuing.foundation.at)?)
    }

    /// The certificate that no card holds.
    fn write_odd(&self) -> Result<(), ScenarioError> {
        let odd = self.folder.join("odd");
        match self.issuing.scenario.story.about {
            About::Odd => put_issued(&odd, &self.issuing.odd()?),
            About::NextGeneration => {
                let (issued, authority) = self.issuing.of_the_next_generation()?;
                put_issued(&odd, &issued)?;
                put(&odd.join("signature-ca-certificate.der"), &authority)
            }
            About::Signature | About::Authentication | About::Previous => Ok(()),
        }
    }

    /// Takes away what the card lacks, and writes what it remembers.
    fn finish_card(&self) -> Result<(), ScenarioError> {
        let Scenario { person, story, .. } = self.issuing.scenario;
        let card = self.folder.join("cards").join(person.id);
        if self.lacks_signature() {
            for file in ["certificate", "ca-certificate", "key"] {
                remove(&card.join(format!("signature-{file}.der")))?;
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

fn remove(path: &Path) -> Result<(), ScenarioError> {
    fs::remove_file(path).map_err(|source| ScenarioError::File { path: path.to_path_buf(), source })
}
