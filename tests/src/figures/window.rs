//! How long the key stands open in a filing: the time in which a program that is killed leaves it open.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use shomei_application::Timestamp;
use shomei_card::{Transport, TransportError};
use shomei_lab::SIGNATURE_PASSWORD;

use super::overhead::median;
use super::{Figure, Unit};
use crate::{PcscTransport, residence_record_application, sign, signature_password};

const RUNS: usize = 15;

/// The time from the VERIFY to the answer to the closing SELECT, in filings through PC/SC. The median.
///
/// # Errors
/// When there is no card in the reader, or a filing fails.
pub fn window_figure() -> Result<Figure> {
    let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())?;
    let document = residence_record_application(Timestamp::from_unix_seconds(now)?, 1800)?.to_canonical();
    let mut runs = (0..RUNS).map(|_| run(&document)).collect::<Result<Vec<f64>>>()?;
    Ok(Figure::new("key open in a filing, through pcscd", median(&mut runs), Unit::Milliseconds))
}

fn run(document: &[u8]) -> Result<f64> {
    let mut watched = Watched { card: PcscTransport::connect()?, opened: None, window: None };
    sign(&mut watched, document, &signature_password(SIGNATURE_PASSWORD)?)?;
    watched.card.power_off()?;
    Ok(watched.window.context("a filing that closed nothing")?.as_secs_f64() * 1e3)
}

/// A transport that sees a key open and close.
struct Watched {
    card: PcscTransport,
    opened: Option<Instant>,
    window: Option<Duration>,
}

impl Transport for Watched {
    fn transmit(&mut self, command: &[u8], response: &mut [u8]) -> Result<usize, TransportError> {
        // VERIFY with data; one without only asks for the counter.
        if let [_, 0x20, _, _, _, ..] = command {
            self.opened = Some(Instant::now());
        }
        let answered = self.card.transmit(command, response)?;
        if let [_, 0xA4, 0x04, ..] = command {
            self.window = self.opened.take().map(|opened| opened.elapsed());
        }
        Ok(answered)
    }
}
