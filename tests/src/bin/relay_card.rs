//! Carries commands, in lines of hexadecimal digits on standard input, to the card in the reader, and its answers
//! back to standard output. Says `ready` first. Ends with its input and does not power the card off.

use std::io::{Write, stdin, stdout};

use anyhow::{Context, Result};
use shomei_card::Transport;
use shomei_tests::{PcscTransport, from_hexadecimal, to_hexadecimal};

/// Longest answer (ISO 7816-4 §5.1): 65,536 bytes and a status word.
const LONGEST: usize = 65_538;

fn main() -> Result<()> {
    let mut card = PcscTransport::connect()?;
    let mut answer = vec![0; LONGEST];
    writeln!(stdout(), "ready")?;
    for command in stdin().lines() {
        let length = card.transmit(&from_hexadecimal(&command?)?, &mut answer)?;
        let answer = answer.get(..length).context("an answer longer than its buffer")?;
        writeln!(stdout(), "{}", to_hexadecimal(answer))?;
    }
    Ok(())
}
