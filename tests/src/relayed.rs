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

    fn say(&mut self, command: &[u8]) -> Result<Vec<u8>> {
        let commands = self.commands.as_mut().context("the relay's input")?;
        writeln!(commands, "{}", to_hexadecimal(command))?;
        from_hexadecimal(self.line()?.trim_end())
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
        // An empty line is the end of the relay, which said why on standard error.
        let answer = self.say(command).ok().filter(|answer| !answer.is_empty());
        let answer = answer.ok_or(TransportError::ServiceStopped)?;
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
