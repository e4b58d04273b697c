//! What the site does without being asked: fetching lists, and asking again about what was received.

use crate::journal::Event;
use crate::site::Site;
use std::io;
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// Between two requests for each list over HTTP.
    pub refresh: Duration,
    /// Between two rounds of asking again.
    pub reexamine: Duration,
}

/// Starts a thread for each task; the first fetching is at once, the first round after its time. They end with the site.
///
/// # Errors
/// The system gives no thread.
pub fn keep_up_to_date(site: &Arc<Site>, schedule: Schedule) -> io::Result<()> {
    let (fetching, asking) = (Arc::downgrade(site), Arc::downgrade(site));
    thread::Builder::new().name("lists".to_owned()).spawn(move || {
        while with(&fetching, refresh).is_some() {
            thread::sleep(schedule.refresh);
        }
    })?;
    thread::Builder::new().name("reexamination".to_owned()).spawn(move || {
        thread::sleep(schedule.reexamine);
        while with(&asking, reexamine).is_some() {
            thread::sleep(schedule.reexamine);
        }
    })?;
    Ok(())
}

fn with(site: &Weak<Site>, task: impl FnOnce(&Site)) -> Option<()> {
    site.upgrade().map(|site| task(&site))
}

fn refresh(site: &Site) {
    site.trust().refresh_downloads();
    let count = site.trust().problems().len();
    if count > 0 {
        site.journal().write(Event::ListProblems { count });
    }
}

/// What the database cannot do now it does in the next round.
fn reexamine(site: &Site) {
    let Ok(now) = site.now() else {
        return;
    };
    if let Err(error) = site.reexamine(now) {
        site.journal().write(Event::StoreFailed { sqlite: error.sqlite_code() });
    }
}
