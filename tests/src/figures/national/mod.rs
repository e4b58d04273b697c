//! Revocation for a whole country: ten million entries in 1,900 lists, as many as there are municipalities and wards,
//! most of them in the large cities'.

mod lists;
mod lookup;
mod peers;

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use shomei_pki::{Crl, CrlIndex, RsaVerifier};

use self::lists::{Country, ENTRIES, LISTS};
use self::lookup::lookup_micros;
use self::peers::{Peers, measure_peers};
use super::{Figure, Unit};

/// Seconds on one core for reading, checking and indexing everything.
const MOST_SECONDS: f64 = 10.0;
/// Octets of memory for an entry with a serial number of up to eight octets.
const MOST_OCTETS: f64 = 12.0;
/// Microseconds for one question, of a hundred all but the slowest.
const MOST_MICROSECONDS: f64 = 1.0;

/// Time and memory of the index and of a question, for serial numbers of eight octets and of four, which today's
/// certificates have; beside OpenSSL, which reads and checks each list and keeps nothing, and Python's cryptography,
/// which keeps the lists as they are.
///
/// # Errors
/// When a list cannot be made or indexed, or a peer is missing.
pub fn national_figures() -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for (octets, words) in [(8, "serial numbers of 8 octets"), (4, "serial numbers of 4 octets")] {
        let country = Country::make(octets)?;
        let begun = Instant::now();
        let index = index(&country)?;
        let seconds = begun.elapsed().as_secs_f64();
        ensure!((index.lists(), index.entries()) == (LISTS, ENTRIES), "lists or entries are missing");
        let kept = ratio(index.entry_octets(), index.entries())?;
        let micros = lookup_micros(&country, &index)?;
        let peers = measure_peers(country.folder())?;
        figures.extend(rows(words, seconds, kept, micros, &peers));
    }
    Ok(figures)
}

fn rows(words: &str, seconds: f64, kept: f64, micros: f64, peers: &Peers) -> [Figure; 5] {
    let time = Figure::new(format!("index of 10 million entries, {words}"), seconds, Unit::Seconds);
    let memory = Figure::new(format!("memory of the index, {words}"), kept, Unit::OctetsAnEntry);
    let question = Figure::new(format!("look-up at p99, {words}"), micros, Unit::Microseconds);
    [
        time.clone().within(Some(MOST_SECONDS)).beside("openssl crl", peers.openssl_seconds),
        time.beside("Python cryptography", peers.python_seconds),
        memory.clone().within(Some(MOST_OCTETS)).beside("Python cryptography", peers.python_octets),
        memory.beside("openssl crl, of one list", peers.openssl_octets),
        question
            .within(Some(MOST_MICROSECONDS))
            .beside("Python cryptography, median", peers.python_lookup_micros),
    ]
}

/// One list after another, as a server would at its start.
fn index(country: &Country) -> Result<CrlIndex> {
    let mut index = CrlIndex::default();
    for file in country.files() {
        let list = std::fs::read(&file).with_context(|| file.display().to_string())?;
        index.insert(Crl::parse(&list)?, country.anchors(), &RsaVerifier)?;
    }
    Ok(index)
}

fn ratio(whole: usize, parts: usize) -> Result<f64> {
    Ok(f64::from(u32::try_from(whole)?) / f64::from(u32::try_from(parts)?))
}
