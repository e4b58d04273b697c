//! What the site remembers, in SQLite: sessions, challenges, filings.
//!
//! Writes are transactions that either wholly happen or leave nothing (WAL, `synchronous=FULL`: on the disk before the
//! receipt is shown). It judges no application; it only keeps a challenge from being consumed twice.

mod migrations;
mod standing;
#[cfg(test)]
mod tests;

pub use standing::{Pending, name as standing_name};

use crate::session::SessionDigest;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, TransactionBehavior, params};
use shomei_application::{Challenge, Container, ProcedureRef, Timestamp, TimestampError, sha256};
use shomei_pki::{RevocationAnswer, Standing};
use standing::{RawStanding, insert_evidence};
use std::fmt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The site's database.
pub struct Store(Mutex<Connection>);

/// Why the database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite refused; nothing was written.
    #[error("SQLite: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The file was written by a newer version of the site.
    #[error("the database has shape {found}, newer than this program knows")]
    TooNew {
        /// The file's `user_version`.
        found: u32,
    },
    /// A row holds a time outside the years 1970 to 9999.
    #[error("a stored time is out of range")]
    Time(#[from] TimestampError),
    /// A row names a container that this program does not know.
    #[error("a stored container is unknown")]
    Container,
    /// A row's standing lacks its time or reason, or has another name than the four.
    #[error("a stored standing is unknown")]
    Standing,
}

/// What a resident confirmed: the row that a signed application is judged against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChallengeRow {
    /// The challenge as given to the page.
    pub challenge: Challenge,
    /// The browser that it was given to.
    pub session: SessionDigest,
    /// The site's origin at that time.
    pub origin: String,
    /// The recipient's code.
    pub recipient_id: String,
    /// The procedure's id, version and digest; its title is not kept.
    pub procedure: ProcedureKey,
    /// The kind of envelope that was asked for.
    pub container: Container,
}

/// Which definition of which procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcedureKey {
    /// Identifier.
    pub id: String,
    /// Version.
    pub version: String,
    /// SHA-256 of the canonical definition, lower-case hexadecimal.
    pub sha256: String,
}

impl From<&ProcedureRef> for ProcedureKey {
    fn from(procedure: &ProcedureRef) -> Self {
        Self {
            id: procedure.id.clone(),
            version: procedure.version.clone(),
            sha256: procedure.sha256.clone(),
        }
    }
}

/// What was known of the certificate's revocation when the application was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revocation {
    /// Not revoked, according to an answer that was current.
    Good,
    /// No source could answer; it is asked again before the application is worked on.
    Unknown,
}

impl Revocation {
    /// `good` or `unknown`, as stored and logged.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Unknown => "unknown",
        }
    }
}

/// An application that held, ready to be stored.
#[derive(Debug, Clone, Copy)]
pub struct NewFiling<'a> {
    /// The challenge that it answers.
    pub challenge: &'a str,
    /// The browser that sent it.
    pub session: SessionDigest,
    /// The bytes as they came.
    pub envelope: &'a [u8],
    /// The verification report, JSON.
    pub report: &'a str,
    /// What was known of revocation.
    pub revocation: Revocation,
    /// What was answered about revocation, with its evidence.
    pub answer: &'a RevocationAnswer,
    /// Where it stands after that answer.
    pub standing: Standing,
    /// When it came.
    pub received_at: Timestamp,
    /// The receipt's day in Japan, `YYYYMMDD`.
    pub day: &'a str,
}

/// A stored application, as its receipt shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// The receipt's number.
    pub receipt: String,
    /// The kind of envelope, as it was asked for and taken.
    pub container: Container,
    /// The bytes as they came.
    pub envelope: Vec<u8>,
    /// Where it stands as far as revocation goes.
    pub standing: Standing,
    /// When it came.
    pub received_at: Timestamp,
}

/// What became of a filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filed {
    /// Stored now, under this receipt number.
    Now(String),
    /// The very same bytes from the same session were stored a moment before, under this receipt number.
    Before(String),
    /// The challenge had been consumed, or was never this session's.
    ChallengeUsed,
}

impl Store {
    /// Opens or creates the database at `path` and brings it to the newest shape. `patience` is how long a statement
    /// waits for another process's lock.
    pub fn open(path: &Path, patience: Duration) -> Result<Self, StoreError> {
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(patience)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        migrations::run(&mut connection)?;
        Ok(Self(Mutex::new(connection)))
    }

    /// Keeps a new session from `now` until `expires_at`.
    pub fn begin_session(
        &self,
        id: SessionDigest,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        let connection = self.connection();
        let sql = "INSERT INTO session (id_sha256, created_at, expires_at) VALUES (?1, ?2, ?3)";
        let times = (now.unix_seconds(), expires_at.unix_seconds());
        connection.prepare_cached(sql)?.execute(params![id.0, times.0, times.1])?;
        Ok(())
    }

    /// Whether the session was begun here and is not over at `now`.
    pub fn session_lives(&self, id: SessionDigest, now: Timestamp) -> Result<bool, StoreError> {
        let connection = self.connection();
        let sql = "SELECT 1 FROM session WHERE id_sha256 = ?1 AND expires_at > ?2";
        Ok(connection.prepare_cached(sql)?.exists(params![id.0, now.unix_seconds()])?)
    }

    /// Keeps a challenge, and forgets those that were never used and are over.
    pub fn issue(&self, row: &ChallengeRow) -> Result<(), StoreError> {
        let mut connection = self.connection();
        let transaction = begin(&mut connection)?;
        forget_unused(&transaction, row.challenge.created_at)?;
        insert_challenge(&transaction, row)?;
        Ok(transaction.commit()?)
    }

    /// The row of a challenge that was issued to `session`. Another session's is as if it did not exist.
    pub fn challenge(&self, value: &str, session: SessionDigest) -> Result<Option<ChallengeRow>, StoreError> {
        let connection = self.connection();
        let sql = "SELECT origin, recipient_id, procedure_id, procedure_version, procedure_sha256, container, \
                   created_at, expires_at FROM challenge WHERE value = ?1 AND session_sha256 = ?2";
        let mut statement = connection.prepare_cached(sql)?;
        let row = statement.query_row(params![value, session.0], RawChallenge::read).optional()?;
        row.map(|raw| raw.into_row(value, session)).transpose()
    }

    /// Whether the challenge was consumed.
    pub fn is_consumed(&self, value: &str) -> Result<bool, StoreError> {
        let connection = self.connection();
        let sql = "SELECT 1 FROM challenge WHERE value = ?1 AND consumed_at IS NOT NULL";
        Ok(connection.prepare_cached(sql)?.exists([value])?)
    }

    /// The receipt of the very same bytes from the same session, if they were stored before.
    pub fn receipt_of(&self, envelope: &[u8], session: SessionDigest) -> Result<Option<String>, StoreError> {
        receipt_of(&self.connection(), envelope, session)
    }

    /// Consumes the challenge and stores the application with its receipt, in one transaction: after any error
    /// neither has happened.
    pub fn file(&self, filing: &NewFiling<'_>) -> Result<Filed, StoreError> {
        let mut connection = self.connection();
        let transaction = begin(&mut connection)?;
        if !consume(&transaction, filing)? {
            let before = receipt_of(&transaction, filing.envelope, filing.session)?;
            return Ok(before.map_or(Filed::ChallengeUsed, Filed::Before));
        }
        let receipt = insert_filing(&transaction, filing)?;
        transaction.commit()?;
        Ok(Filed::Now(receipt))
    }

    /// The stored application under `receipt`, for the browser that filed it and no other.
    pub fn filing(&self, receipt: &str, session: SessionDigest) -> Result<Option<Filing>, StoreError> {
        let connection = self.connection();
        let sql = "SELECT standing, standing_at, standing_reason, envelope, received_at, container FROM filing \
                   JOIN challenge ON challenge.value = filing.challenge \
                   WHERE receipt = ?1 AND filing.session_sha256 = ?2";
        let mut statement = connection.prepare_cached(sql)?;
        let found = statement.query_row(params![receipt, session.0], RawFiling::read).optional()?;
        found.map(|raw| raw.into_filing(receipt)).transpose()
    }

    /// A connection that panicked in another thread's hands has rolled its transaction back; it is used on.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Store")
    }
}

impl StoreError {
    /// SQLite's primary result code (<https://www.sqlite.org/rescode.html>), or 1 (`SQLITE_ERROR`) where there is none.
    pub fn sqlite_code(&self) -> i32 {
        match self {
            Self::Sqlite(rusqlite::Error::SqliteFailure(failure, _)) => failure.extended_code & 0xff,
            _ => 1,
        }
    }
}

/// The write lock is taken at the start, so that waiting for it happens before anything was read.
fn begin(connection: &mut Connection) -> Result<Transaction<'_>, StoreError> {
    Ok(connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
}

fn receipt_of(
    connection: &Connection,
    envelope: &[u8],
    session: SessionDigest,
) -> Result<Option<String>, StoreError> {
    let sql = "SELECT receipt FROM filing WHERE session_sha256 = ?1 AND envelope_sha256 = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row(params![session.0, sha256(envelope)], |row| row.get(0)).optional()?)
}

fn forget_unused(transaction: &Transaction<'_>, now: Timestamp) -> Result<(), StoreError> {
    let sql = "DELETE FROM challenge WHERE consumed_at IS NULL AND expires_at <= ?1";
    transaction.prepare_cached(sql)?.execute([now.unix_seconds()])?;
    Ok(())
}

fn insert_challenge(transaction: &Transaction<'_>, row: &ChallengeRow) -> Result<(), StoreError> {
    let sql = "INSERT INTO challenge (value, session_sha256, origin, recipient_id, procedure_id, procedure_version, \
               procedure_sha256, container, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    transaction.prepare_cached(sql)?.execute(params![
        row.challenge.value,
        row.session.0,
        row.origin,
        row.recipient_id,
        row.procedure.id,
        row.procedure.version,
        row.procedure.sha256,
        row.container.as_str(),
        row.challenge.created_at.unix_seconds(),
        row.challenge.expires_at.unix_seconds(),
    ])?;
    Ok(())
}

fn consume(transaction: &Transaction<'_>, filing: &NewFiling<'_>) -> Result<bool, StoreError> {
    let sql = "UPDATE challenge SET consumed_at = ?3 WHERE value = ?1 AND session_sha256 = ?2 AND consumed_at IS NULL";
    let given = params![filing.challenge, filing.session.0, filing.received_at.unix_seconds()];
    Ok(transaction.prepare_cached(sql)?.execute(given)? == 1)
}

/// The number is the day and a running number: short enough to say on the telephone.
fn insert_filing(transaction: &Transaction<'_>, filing: &NewFiling<'_>) -> Result<String, StoreError> {
    let next: i64 =
        transaction.query_row("SELECT coalesce(max(id), 0) + 1 FROM filing", [], |row| row.get(0))?;
    let receipt = format!("{}-{next:06}", filing.day);
    let sql = "INSERT INTO filing (id, receipt, challenge, session_sha256, envelope, envelope_sha256, report, \
               revocation, received_at, standing, standing_at, standing_reason) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    let standing = RawStanding::of(filing.standing);
    transaction.prepare_cached(sql)?.execute(params![
        next,
        receipt,
        filing.challenge,
        filing.session.0,
        filing.envelope,
        sha256(filing.envelope),
        filing.report,
        filing.revocation.as_str(),
        filing.received_at.unix_seconds(),
        standing.name,
        standing.at,
        standing.reason,
    ])?;
    insert_evidence(transaction, next, filing.answer, filing.received_at)?;
    Ok(receipt)
}

struct RawChallenge {
    origin: String,
    recipient_id: String,
    procedure: ProcedureKey,
    container: String,
    created_at: i64,
    expires_at: i64,
}

impl RawChallenge {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let procedure = ProcedureKey { id: row.get(2)?, version: row.get(3)?, sha256: row.get(4)? };
        Ok(Self {
            origin: row.get(0)?,
            recipient_id: row.get(1)?,
            procedure,
            container: row.get(5)?,
            created_at: row.get(6)?,
            expires_at: row.get(7)?,
        })
    }

    fn into_row(self, value: &str, session: SessionDigest) -> Result<ChallengeRow, StoreError> {
        Ok(ChallengeRow {
            challenge: Challenge {
                value: value.to_owned(),
                created_at: Timestamp::from_unix_seconds(self.created_at)?,
                expires_at: Timestamp::from_unix_seconds(self.expires_at)?,
            },
            session,
            origin: self.origin,
            recipient_id: self.recipient_id,
            procedure: self.procedure,
            container: read_container(&self.container)?,
        })
    }
}

fn read_container(text: &str) -> Result<Container, StoreError> {
    Container::parse(text).ok_or(StoreError::Container)
}

struct RawFiling {
    standing: RawStanding,
    envelope: Vec<u8>,
    received_at: i64,
    container: String,
}

impl RawFiling {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            standing: RawStanding::read(row)?,
            envelope: row.get(3)?,
            received_at: row.get(4)?,
            container: row.get(5)?,
        })
    }

    fn into_filing(self, receipt: &str) -> Result<Filing, StoreError> {
        Ok(Filing {
            receipt: receipt.to_owned(),
            container: read_container(&self.container)?,
            envelope: self.envelope,
            standing: self.standing.into_standing()?,
            received_at: Timestamp::from_unix_seconds(self.received_at)?,
        })
    }
}
