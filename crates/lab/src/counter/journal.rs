//! `WORLD/journal.jsonl`: a line of JSON for each action and each refusal, without names, addresses or passwords. Who acts
//! holds the register locked, so that actions come one after the other.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use der::DateTime;
use rustix::fs::{FlockOperation, flock};
use serde_json::{Value, json};
use thiserror::Error;

use super::Done;
use crate::rules::Refusal;

/// The register could not be locked, or the journal not written.
#[derive(Debug, Error)]
#[error("{path}: {source}")]
pub struct JournalError {
    /// Where.
    pub path: PathBuf,
    /// Why.
    pub source: io::Error,
}

pub(super) struct Journal {
    path: PathBuf,
    /// The folder of the register, locked for as long as it is open.
    _register: File,
}

impl Journal {
    /// Waits for its turn.
    pub(super) fn open(world: &Path) -> Result<Self, JournalError> {
        let register = world.join("register");
        let locked = File::open(&register).and_then(|folder| {
            flock(&folder, FlockOperation::LockExclusive)?;
            Ok(folder)
        });
        match locked {
            Ok(folder) => Ok(Self { path: world.join("journal.jsonl"), _register: folder }),
            Err(source) => Err(JournalError { path: register, source }),
        }
    }

    pub(super) fn write_done(self, done: &Done) -> Result<(), JournalError> {
        let mut line = json!(done);
        if let Some(line) = line.as_object_mut() {
            line.remove("advice");
        }
        self.write(&line)
    }

    pub(super) fn write_refusal(
        self,
        action: &str,
        holder: Option<&str>,
        at: DateTime,
        refusal: &Refusal,
    ) -> Result<(), JournalError> {
        let rule = refusal.rule().id();
        self.write(&json!({ "refused": action, "holder": holder, "at": at.to_string(), "rule": rule }))
    }

    fn write(self, line: &Value) -> Result<(), JournalError> {
        let opened = File::options().append(true).create(true).open(&self.path);
        let written = opened.and_then(|mut file| file.write_all(format!("{line}\n").as_bytes()));
        written.map_err(|source| JournalError { path: self.path, source })
    }
}
