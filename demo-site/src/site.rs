//! The running site: who it is, what it trusts, what it remembers.

use crate::assets::ModuleFiles;
use crate::clock::Clock;
use crate::journal::{Event, Journal};
use crate::reexamination::{Reexamined, reexamine};
use crate::refusal::Refusal;
use crate::store::{Store, StoreError};
use crate::trust::Trust;
use shomei_application::procedure::JUMINHYO_UTSUSHI;
use shomei_application::{Container, Origin, ParseError, ProcedureDefinition, Timestamp};

/// みほん市's code (全国地方公共団体コード). No real municipality has a prefecture 12 with 999.
pub const RECIPIENT_ID: &str = "129992";
/// The recipient's name, as it stands in documents.
pub const RECIPIENT_NAME: &str = "みほん市";

/// What a site is made of.
#[derive(Debug)]
pub struct Config {
    /// The origin under which browsers reach the site, whatever address it listens on.
    pub origin: Origin,
    /// Whose certificates count.
    pub trust: Trust,
    /// What is remembered.
    pub store: Store,
    /// The page module's files.
    pub module: ModuleFiles,
    /// The time.
    pub clock: Clock,
    /// Where events are written.
    pub journal: Journal,
    /// For how many days after receipt a final application is still asked about.
    pub reexamine_days: u32,
    /// The kind of envelope that the form asks for. Applications of the other kind are taken too.
    pub container: Container,
}

/// The state behind every route.
#[derive(Debug)]
pub struct Site {
    config: Config,
    procedure: ProcedureDefinition,
}

impl Site {
    /// A site for the built-in procedure. Fails only if its definition does not parse.
    pub fn new(config: Config) -> Result<Self, ParseError> {
        let procedure = ProcedureDefinition::parse(JUMINHYO_UTSUSHI.as_bytes())?;
        Ok(Self { config, procedure })
    }

    /// The origin under which browsers reach the site.
    pub fn origin(&self) -> &Origin {
        &self.config.origin
    }

    /// Asks again about revocation for what was received; see [`reexamine`].
    ///
    /// # Errors
    /// As there.
    pub fn reexamine(&self, now: Timestamp) -> Result<Reexamined, StoreError> {
        let Config { trust, store, journal, reexamine_days, .. } = &self.config;
        reexamine(trust, store, journal, now, *reexamine_days)
    }

    pub(crate) fn trust(&self) -> &Trust {
        &self.config.trust
    }

    pub(crate) fn module(&self) -> &ModuleFiles {
        &self.config.module
    }

    pub(crate) fn journal(&self) -> &Journal {
        &self.config.journal
    }

    pub(crate) fn container(&self) -> Container {
        self.config.container
    }

    pub(crate) fn procedure(&self) -> &ProcedureDefinition {
        &self.procedure
    }

    pub(crate) fn now(&self) -> Result<Timestamp, Refusal> {
        self.config.clock.now().map_err(|_| Refusal::TemporarilyUnavailable)
    }

    /// Asks the store; what it cannot do is written down by its number and told as a thing that passes.
    pub(crate) fn ask<T>(
        &self,
        question: impl FnOnce(&Store) -> Result<T, StoreError>,
    ) -> Result<T, Refusal> {
        question(&self.config.store).map_err(|error| {
            self.journal().write(Event::StoreFailed { sqlite: error.sqlite_code() });
            Refusal::TemporarilyUnavailable
        })
    }
}
