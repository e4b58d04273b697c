//! The database's shape, as numbered SQL files that run once each, in order.
//!
//! `PRAGMA user_version` holds the number of the last one. A file that has shipped is never edited; a change is a new
//! file.

use super::StoreError;
use rusqlite::{Connection, TransactionBehavior};

const MIGRATIONS: [&str; 2] =
    [include_str!("../../migrations/0001-filing.sql"), include_str!("../../migrations/0002-revocation.sql")];

/// Brings the database to the newest shape. A database from a newer program is refused.
pub(super) fn run(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let newest = u32::try_from(MIGRATIONS.len()).map_err(|_| StoreError::TooNew { found: done })?;
    if done > newest {
        return Err(StoreError::TooNew { found: done });
    }
    for (number, sql) in (1..).zip(MIGRATIONS) {
        if number > done {
            transaction.execute_batch(sql)?;
            transaction.pragma_update(None, "user_version", number)?;
        }
    }
    Ok(transaction.commit()?)
}
