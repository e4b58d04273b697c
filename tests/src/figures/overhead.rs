//! What an exchange costs on our side of the transport.

use std::time::Instant;

use anyhow::Result;
use shomei_card::{Card, Counted, Transport, TransportError};

use super::ours::file;
use super::{Figure, Unit};

const RUNS: usize = 15;
const FILINGS: u32 = 500;
/// Microseconds that an exchange may cost: a thousandth of the 10 to 60 ms that a contactless reader takes.
const LIMIT: f64 = 20.0;

/// Our own time for an exchange, in a filing with a card that answers at once. The median of several runs.
///
/// # Errors
/// When the card that answers at once no longer says what a filing needs.
pub fn overhead_figure() -> Result<Figure> {
    let mut runs = (0..RUNS).map(|_| run()).collect::<Result<Vec<f64>>>()?;
    Ok(Figure::new("own time for an exchange", median(&mut runs), Unit::Microseconds).within(Some(LIMIT)))
}

/// The middle one; of an even number, the upper one of the two. Zero of none.
pub(super) fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

fn run() -> Result<f64> {
    let mut transport = Counted::new(AtOnce);
    let begun = Instant::now();
    for _ in 0..FILINGS {
        let mut card = Card::open(&mut transport)?;
        file(&mut card)?;
        // Dropping the card closes the key.
    }
    Ok(begun.elapsed().as_secs_f64() * 1e6 / f64::from(transport.exchanges()))
}

/// A card that has its answers ready: files full of one certificate of 1,800 bytes, any password, any signature.
struct AtOnce;

impl Transport for AtOnce {
    fn transmit(&mut self, command: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
        let (data, status): (&[u8], _) = match command {
            // Which certificates there are.
            [_, 0xB0, 0x88, ..] => (&[0x8F, 0x8F, 0x00], [0x90, 0x00]),
            [_, 0xB0, .., length] => (chunk(*length), [0x90, 0x00]),
            [_, 0x20, _, _] => (&[], [0x63, 0xC5]),
            [_, 0x2A, ..] => (chunk(0), [0x90, 0x00]),
            _ => (&[], [0x90, 0x00]),
        };
        let answer = data.iter().chain(&status);
        Ok(response.iter_mut().zip(answer).map(|(place, byte)| *place = *byte).count())
    }
}

/// The start of a DER SEQUENCE of 1,800 bytes, as long as Le says, where 0 says 256.
fn chunk(length: u8) -> &'static [u8] {
    const START: [u8; 256] = {
        let mut start = [0; 256];
        [start[0], start[1], start[2], start[3]] = [0x30, 0x82, 0x07, 0x04];
        start
    };
    match usize::from(length) {
        0 => &START,
        length => START.get(..length).unwrap_or_default(),
    }
}
