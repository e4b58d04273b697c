//! The counter (窓口) at work in a world on disk: it asks the [rules](crate::rules), makes certificates, writes the
//! register, card and lists, and keeps a journal.

mod journal;
mod passwords;

use std::path::{Path, PathBuf};

use der::DateTime;
use serde::Serialize;
use thiserror::Error;

use self::journal::Journal;
pub use self::journal::JournalError;
use self::passwords::{NOTHING_TO_SET, pin_is_locked, set_anew};
use crate::birthday::end_of_day;
use crate::folder::{self, FolderError};
use crate::reader::StateError;
use crate::register::{Certified, Entry, Items};
use crate::rules::{Decision, Grant, Ground, LossReport, Refusal, Request, Route, Rule, SWITCHES, decide};
use crate::{IssueError, Purpose};

/// Why the counter did nothing.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CounterError {
    /// A rule says no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The world could not be read or written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The state of the card could not be read or written.
    #[error(transparent)]
    State(#[from] StateError),
    /// The journal could not be written.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// A counter in a world, at an instant.
#[derive(Clone, Debug)]
pub struct Counter {
    /// Folder of the world.
    pub world: PathBuf,
    /// The instant of everything it does.
    pub at: DateTime,
    /// Leaves the revocation lists as they are.
    pub list_later: bool,
}

/// What the counter did: one line of JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Done {
    /// The action.
    pub done: String,
    /// Whom it was about; none where it was about everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// When.
    pub at: String,
    /// Ids of the rules that were followed.
    pub rules: Vec<&'static str>,
    /// What changed in the register besides certificates.
    pub changed: Vec<&'static str>,
    /// Certificates that were revoked.
    pub revoked: Vec<Revoked>,
    /// Certificates that were issued.
    pub issued: Vec<IssuedNow>,
    /// Passwords that were set anew, by their names in the card's state.
    pub passwords: Vec<&'static str>,
    /// Revocation lists that were replaced, below the world.
    pub lists: Vec<String>,
    /// The number under which the police took the report of a loss.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub police_number: Option<String>,
    /// What the resident should know, in Japanese.
    pub advice: String,
}

/// A certificate that was revoked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Revoked {
    /// What it was for.
    pub purpose: &'static str,
    /// Its serial number in hexadecimal.
    pub serial: String,
    /// Why, by the name in RFC 5280.
    pub reason: &'static str,
}

/// A certificate that was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IssuedNow {
    /// What for.
    pub purpose: &'static str,
    /// Its serial number in hexadecimal.
    pub serial: String,
    /// When it ends.
    pub not_after: String,
    /// The rule that sets its end, by id.
    pub end_set_by: &'static str,
    /// Its file below the world, in DER.
    pub file: String,
}

impl Counter {
    /// Does what a resident, or somebody for one, comes for. `action` is its name in the journal.
    ///
    /// # Errors
    /// [`CounterError::Refused`] where a rule says no, which the journal keeps too; the others for a world that is broken.
    pub fn serve(&self, action: &str, holder: &str, request: &Request) -> Result<Done, CounterError> {
        let journal = Journal::open(&self.world)?;
        let before = folder::read_entry(&self.world, holder)?;
        match decide(&before, request, self.at, &SWITCHES) {
            Ok(decision) => {
                let number = matches!(request, Request::ReportLoss { to: LossReport::Police });
                let mut done = self.carry_out(action, &before, decision)?;
                done.police_number = number.then(|| self.police_number());
                journal.write_done(&done)?;
                Ok(done)
            }
            Err(refusal) => {
                journal.write_refusal(action, Some(holder), self.at, &refusal)?;
                Err(refusal.into())
            }
        }
    }

    /// Revokes every certificate of an authority whose key leaked (発行者署名符号の漏えい).
    ///
    /// # Errors
    /// As for [`Self::serve`].
    pub fn authority_compromised(&self, action: &str, purpose: Purpose) -> Result<Done, CounterError> {
        let journal = Journal::open(&self.world)?;
        let request = Request::Revoke { ground: Ground::Authority, purposes: vec![purpose] };
        let mut all: Option<Done> = None;
        let quiet = Self { list_later: true, ..self.clone() };
        for before in folder::read_register(&self.world)? {
            let Ok(decision) = decide(&before, &request, self.at, &SWITCHES) else {
                continue;
            };
            let done = quiet.carry_out(action, &before, decision)?;
            match &mut all {
                Some(all) => all.revoked.extend(done.revoked),
                None => all = Some(Done { holder: None, ..done }),
            }
        }
        let Some(mut done) = all else {
            let refusal = Refusal::NothingToRevoke;
            journal.write_refusal(action, None, self.at, &refusal)?;
            return Err(refusal.into());
        };
        if !self.list_later {
            let lists = folder::publish_lists(&self.world, &[purpose], self.at)?;
            done.lists = lists.iter().map(|list| self.below(list)).collect();
        }
        journal.write_done(&done)?;
        Ok(done)
    }

    /// Whether the authentication PIN of a holder's card is locked, as far as the card's state file says.
    ///
    /// # Errors
    /// [`CounterError::State`] for a file that holds something else.
    pub fn at_a_kiosk(&self, holder: &str) -> Result<Route, CounterError> {
        Ok(Route::Kiosk { pin_locked: pin_is_locked(&self.card(holder))? })
    }

    fn carry_out(&self, action: &str, before: &Entry, decision: Decision) -> Result<Done, CounterError> {
        let revoked = revoked(before, &decision.entry);
        let Decision { mut entry, new_card, grants, reset, rules, mut advice } = decision;
        let issued = self.put_on_card(&mut entry, new_card, &grants)?;
        self.take_down(before, &entry)?;
        let passwords = reset.map_or(Ok(Vec::new()), |reset| set_anew(&self.card(&entry.holder), reset))?;
        if reset.is_some() && passwords.is_empty() && !new_card {
            NOTHING_TO_SET.clone_into(&mut advice);
        }
        let lists = if self.list_later { Vec::new() } else { self.publish(&revoked)? };
        Ok(Done {
            done: action.to_owned(),
            changed: changed(before, &entry),
            holder: Some(entry.holder),
            at: self.at.to_string(),
            rules: rules.into_iter().map(Rule::id).collect(),
            revoked: revoked.iter().map(Revoked::of).collect(),
            issued,
            passwords,
            lists,
            police_number: None,
            advice,
        })
    }

    fn put_on_card(
        &self,
        entry: &mut Entry,
        new_card: bool,
        grants: &[Grant],
    ) -> Result<Vec<IssuedNow>, CounterError> {
        if new_card {
            folder::empty_card(&self.world, &entry.holder)?;
        }
        grants.iter().map(|grant| self.issue(entry, grant)).collect()
    }

    /// The card says who it is as the register does.
    fn take_down(&self, before: &Entry, entry: &Entry) -> Result<(), CounterError> {
        folder::write_entry(&self.world, entry)?;
        if before.basic_four_items != entry.basic_four_items || before.municipality != entry.municipality {
            folder::describe(&self.world, entry)?;
        }
        Ok(())
    }

    fn issue(&self, entry: &mut Entry, grant: &Grant) -> Result<IssuedNow, CounterError> {
        let until = end_of_day(grant.until).map_err(IssueError::from).map_err(FolderError::from)?;
        let certified = folder::issue(&self.world, entry, grant.purpose, self.at, until)?;
        let issued = IssuedNow {
            purpose: grant.purpose.word(),
            serial: certified.serial.clone(),
            not_after: certified.not_after.to_string(),
            end_set_by: grant.set_by.id(),
            file: certified.file.clone(),
        };
        entry.certificates.push(certified);
        Ok(issued)
    }

    /// Replaces the lists that cover these certificates: those of the municipality of their issue.
    fn publish(&self, revoked: &[Certified]) -> Result<Vec<String>, CounterError> {
        let mut concerned = Vec::new();
        for one in revoked {
            let list = (one.purpose, one.municipality);
            if !concerned.contains(&list) {
                concerned.push(list);
            }
        }
        let lists = concerned.into_iter();
        lists
            .map(|(purpose, municipality)| {
                let list = folder::publish_list(&self.world, purpose, municipality, self.at)?;
                Ok(self.below(&list))
            })
            .collect()
    }

    fn card(&self, holder: &str) -> PathBuf {
        self.world.join("cards").join(holder)
    }

    fn below(&self, path: &Path) -> String {
        path.strip_prefix(&self.world).unwrap_or(path).display().to_string()
    }

    /// A number as the police of the lab give them: the instant of the report.
    fn police_number(&self) -> String {
        let digits: String = self.at.to_string().chars().filter(char::is_ascii_digit).collect();
        format!("遺失届 第{digits}号")
    }
}

impl Revoked {
    fn of(certified: &Certified) -> Self {
        let reason = certified.revocation.map_or("", |revocation| revocation.reason.word());
        Self { purpose: certified.purpose.word(), serial: certified.serial.clone(), reason }
    }
}

fn revoked(before: &Entry, after: &Entry) -> Vec<Certified> {
    let both = before.certificates.iter().zip(&after.certificates);
    both.filter(|(before, after)| before != after).map(|(_, after)| after.clone()).collect()
}

/// The names of what differs between two entries of one resident, without what it is: a journal is read by many.
fn changed(before: &Entry, after: &Entry) -> Vec<&'static str> {
    let (old, new): (&Items, &Items) = (&before.basic_four_items, &after.basic_four_items);
    let differences = [
        ("name", old.name != new.name),
        ("address", old.address != new.address),
        ("birth", old.birth != new.birth),
        ("sex", old.sex != new.sex),
        ("municipality", before.municipality != after.municipality),
        ("alias", before.foreign_resident != after.foreign_resident),
        ("standing", before.standing != after.standing),
        ("card", before.card != after.card),
        ("inquiry", before.inquiry != after.inquiry),
    ];
    differences.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect()
}
