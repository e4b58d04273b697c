//! The lab's reader: pcscd and vpcd with a virtual card, in namespaces of their own.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::built;

/// A running reader with a card in it. It ends with the value.
pub struct Reader {
    program: Child,
    orders: Option<ChildStdin>,
    events: BufReader<ChildStdout>,
    socket: String,
}

/// What a card did since it was last asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// Commands that it answered.
    pub exchanges: u64,
    /// Bytes of these commands, where the reader counts them.
    pub bytes_to_card: Option<u64>,
    /// Bytes of the answers, where the reader counts them.
    pub bytes_from_card: Option<u64>,
}

impl Reader {
    /// Starts a reader with the card of a folder in it.
    ///
    /// # Errors
    /// When the lab's program is not built, or PC/SC does not come up.
    pub fn start(card: &Path) -> Result<Self> {
        Self::start_as(card, |_| {})
    }

    /// The same with options or variables of its own.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub fn start_as(card: &Path, furnish: impl FnOnce(&mut Command)) -> Result<Self> {
        let mut program = Command::new(built("shomei-lab")?);
        program.args(["reader", "--card"]).arg(card).stdin(Stdio::piped()).stdout(Stdio::piped());
        furnish(&mut program);
        let mut program = program.spawn().context("shomei-lab, which is built with the workspace")?;
        let orders = program.stdin.take();
        let events = BufReader::new(program.stdout.take().context("the reader's output")?);
        let mut reader = Self { program, orders, events, socket: String::new() };
        let ready = reader.event("ready")?;
        ready.get("socket").and_then(Value::as_str).context("no socket")?.clone_into(&mut reader.socket);
        Ok(reader)
    }

    /// A program that is to use this reader: the PC/SC service stands in its environment.
    pub fn client(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut client = Command::new(program);
        client.env("PCSCLITE_CSOCK_NAME", &self.socket);
        client
    }

    /// Asks what the card did since the last time, and starts counting anew.
    ///
    /// # Errors
    /// When the reader is gone.
    pub fn count(&mut self) -> Result<Count> {
        let count = self.order("count", "count")?;
        let number = |name: &str| count.get(name).and_then(Value::as_u64);
        Ok(Count {
            exchanges: number("exchanges").context("no exchanges")?,
            bytes_to_card: number("bytesToCard"),
            bytes_from_card: number("bytesFromCard"),
        })
    }

    /// Gives an order and returns the event of that name, which has to be the answer.
    ///
    /// # Errors
    /// When the reader is gone or answers something else.
    pub fn order(&mut self, order: &str, answer: &str) -> Result<Value> {
        writeln!(self.orders.as_mut().context("the reader's input")?, "{order}")?;
        self.event(answer)
    }

    fn event(&mut self, expected: &str) -> Result<Value> {
        let mut line = String::new();
        self.events.read_line(&mut line)?;
        let event: Value = serde_json::from_str(&line).context("the reader ended")?;
        if event.get("event").and_then(Value::as_str) != Some(expected) {
            bail!("the reader said {line} in place of {expected}");
        }
        Ok(event)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        drop(self.orders.take());
        // There is nobody left to tell how it ended.
        let _ = self.program.wait();
    }
}
