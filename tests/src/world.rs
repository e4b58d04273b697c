//! A world as the lab issues it.

use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::SystemTime;

use anyhow::{Context, Result};
use shomei_lab::{RESIDENTS, World, folder};
use tempfile::TempDir;

/// Where the only card of an issued world lies.
pub const CARD: &str = "cards/yamada-taro";

/// The world that somebody in this process still uses: its keys take a second or two to make.
static ISSUED: Mutex<Weak<TempDir>> = Mutex::new(Weak::new());

/// Issues a world with one resident, 山田　太郎, in a folder that vanishes with the last of its users. Two who use one
/// at the same time share it: nobody changes it.
///
/// # Errors
/// When a certificate cannot be made or a file not be written.
pub fn issue() -> Result<Arc<TempDir>> {
    let mut issued = ISSUED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(folder) = issued.upgrade() {
        return Ok(folder);
    }
    let residents = RESIDENTS.get(..1).context("the lab has no residents")?;
    let folder = Arc::new(tempfile::tempdir()?);
    folder::write(&World::with_residents(SystemTime::now(), residents)?, folder.path())?;
    *issued = Arc::downgrade(&folder);
    Ok(folder)
}
