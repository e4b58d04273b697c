//! A card behind PC/SC, reached through another process.
//!
//! PC/SC takes the place of its service from the environment, once for a process; a test that sits at a desk of its
//! own therefore sends its commands through `relay-card`.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use anyhow::{Context, Result, ensure};
use shomei_card::{Transport, TransportError};

use crate::{Desk, built, from_hexadecimal, to_hexadecimal};

/// What `relay-card` says once it holds the card.
const READY: &str = "ready";

/// Tells the relay to end and to power the card off.
pub const POWER_OFF: &str = "power-off";

/// Bytes of room that [`TransportError::AnswerTooLong`] tells of; the relay's own, which no answer exceeds.
const ROOM: usize = 65_538;

/// What an error is called between the two processes. Which fault of the service it was is lost.
#[must_use]
pub const fn name(error: TransportError) -> &'static str {
    match error {
        TransportError::Removed => "removed",
        TransportError::Reset => "reset",
        TransportError::InUse => "in-use",
        TransportError::ServiceStopped => "service-stopped",
        TransportError::AnswerTooLong { .. } => "answer-too-long",
        TransportError::Service { .. } => "service",
    }
}

fn error(name_of_it: &str) -> Option<TransportError> {
    let errors = [
        TransportError::Removed,
        TransportError::Reset,
        TransportError::InUse,
        TransportError::ServiceStopped,
        TransportError::AnswerTooLong { room: ROOM },
        TransportError::Service { code: 0 },
    ];
    errors.into_iter().find(|error| name(*error) == name_of_it)
}

/// An exclusive connection to the card on a desk. It ends with the value, and then the card is reset but not powered
/// off: whatever stands verified stays so.
pub struct Relayed {
    program: Child,
    commands: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Relayed {
    /// Connects.
    ///
    /// # Errors
    /// When another program holds the card, or there is none.
    pub fn connect(desk: &Desk) -> Result<Self> {
        let mut program = desk.client(built("relay-card")?);
        let mut program =
            program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("relay-card")?;
        let commands = program.stdin.take();
        let answers = BufReader::new(program.stdout.take().context("the relay's output")?);
        let mut relayed = Self { program, commands, answers };
        ensure!(relayed.line()?.trim_end() == READY, "the relay did not reach the card");
        Ok(relayed)
    }

    /// Ends the connection and powers the card off, which is what the owner of a transport owes.
    ///
    /// # Errors
    /// When the relay is gone or the service refuses.
    pub fn power_off(mut self) -> Result<()> {
        let mut commands = self.commands.take().context("the relay's input")?;
        writeln!(commands, "{POWER_OFF}")?;
        ensure!(self.program.wait()?.success(), "the card was not powered off");
        Ok(())
    }

    fn say(&mut self, command: &[u8]) -> Result<Result<Vec<u8>, TransportError>> {
        let commands = self.commands.as_mut().context("the relay's input")?;
        writeln!(commands, "{}", to_hexadecimal(command))?;
        let line = self.line()?;
        match error(line.trim_end()) {
            Some(error) => Ok(Err(error)),
            None => from_hexadecimal(line.strip_suffix('\n').context("the end of the relay")?).map(Ok),
        }
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        Ok(line)
    }
}

impl Transport for Relayed {
    fn transmit(&mut self, command: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
        let room = response.len();
        let answer = self.say(command).unwrap_or(Err(TransportError::ServiceStopped))?;
        let place = response.get_mut(..answer.len()).ok_or(TransportError::AnswerTooLong { room })?;
        place.copy_from_slice(&answer);
        Ok(answer.len())
    }
}

impl Drop for Relayed {
    fn drop(&mut self) {
        drop(self.commands.take());
        // There is nobody left to tell how it ended.
        let _ = self.program.wait();
    }
}
