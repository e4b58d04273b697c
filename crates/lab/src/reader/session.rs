//! The talk with whoever started the reader: orders in lines on standard input, events in JSON lines on standard
//! output.

use std::io::{self, BufRead, Write};
use std::process;

use serde_json::{Value, json};
use shomei_virtual_card::VirtualCard;

use super::daemon::Daemon;
use super::presence::Watch;
use super::slot::Slot;
use super::{ReaderError, namespace};

/// Runs a reader inside the namespaces that [`super::enter`] made, until standard input ends or says `quit`.
///
/// Says `ready` once PC/SC sees the card, or with `empty` once it sees the reader. Then obeys `insert`, `remove`,
/// `count` and `quit`; insertions and removals are reported once PC/SC has seen them, and an order that is none of
/// these is answered with `unknown`. `leash` is this program's command that calls [`super::leashed`].
///
/// # Errors
/// [`ReaderError`]; pcscd is gone then.
pub fn run(card: VirtualCard, empty: bool, leash: &str) -> Result<(), ReaderError> {
    namespace::furnish()?;
    let mut daemon = Daemon::start(leash)?;
    let watch = Watch::start(&mut daemon)?;
    let mut slot = Slot::new(card);
    if !empty {
        slot = slot.insert()?;
        watch.until_present()?;
    }
    say(&json!({
        "event": "ready",
        "socket": format!("/proc/{}/root/run/pcscd/pcscd.comm", process::id()),
        "reader": watch.reader().to_string_lossy(),
    }))?;
    for order in io::stdin().lock().lines() {
        match order.map_err(ReaderError::Stdio)?.as_str() {
            "insert" => {
                slot = slot.insert()?;
                watch.until_present()?;
                say(&json!({"event": "inserted"}))?;
            }
            "remove" => {
                slot = slot.remove()?;
                watch.until_empty()?;
                say(&json!({"event": "removed"}))?;
            }
            "count" => {
                let (exchanges, microseconds) = slot.work().take();
                say(&json!({"event": "count", "exchanges": exchanges, "microseconds": microseconds}))?;
            }
            "quit" => break,
            other => say(&json!({"event": "unknown", "order": other}))?,
        }
    }
    Ok(())
}

fn say(event: &Value) -> Result<(), ReaderError> {
    let mut output = io::stdout().lock();
    writeln!(output, "{event}").and_then(|()| output.flush()).map_err(ReaderError::Stdio)
}
