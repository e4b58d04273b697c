//! Carries commands, in lines of hexadecimal digits on standard input, to the card in the reader, and its answers
//! back to standard output; where there is no answer, a word that says why. Says `ready` first. Ends with its input and does not power the card off,
//! unless it is told to.

use std::io::{Write, stdin, stdout};

use anyhow::{Context, Result};
use shomei_card::Transport;
use shomei_tests::{POWER_OFF, PcscTransport, from_hexadecimal, name, to_hexadecimal};

/// Longest answer (ISO 7816-4 §5.1): 65,536 bytes and a status word.
const LONGEST: usize = 65_538;

fn main() -> Result<()> {
    let mut card = PcscTransport::connect()?;
    let mut answer = vec![0; LONGEST];
    writeln!(stdout(), "ready")?;
    for command in stdin().lines() {
        let command = command?;
        if command == POWER_OFF {
            return card.power_off();
        }
        match card.transmit(&from_hexadecimal(&command)?, &mut answer) {
            Ok(length) => {
                let answer = answer.get(..length).context("an answer longer than its buffer")?;
                writeln!(stdout(), "{}", to_hexadecimal(answer))?;
            }
            Err(error) => writeln!(stdout(), "{}", name(error))?,
        }
    }
    Ok(())
}
