//! How long one question takes, of certificates all over the country, half of them revoked.

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use shomei_pki::der::{Reader, Tag, element};
use shomei_pki::{CrlIndex, RevocationSource, RevocationStatus, SigningCertificate, UnixTime};

use super::lists::{Country, NOW, elements, renamed, sizes};

/// Certificates that are asked about, one after another, and how often all of them. Between two questions about one of
/// them lie all the others, so that nothing of its answer is left near the processor.
const CERTIFICATES: usize = 20_000;
const ROUNDS: usize = 5;

/// Microseconds that all but the slowest hundredth of the questions take at most. Of each question the quickest of the
/// rounds counts: the others tell of whoever else uses the machine's memory.
pub(super) fn lookup_micros(country: &Country, index: &CrlIndex) -> Result<f64> {
    let asked = certificates(country)?;
    let mut quickest = vec![u128::MAX; asked.len()];
    for _ in 0..ROUNDS {
        for ((certificate, revoked), nanos) in asked.iter().zip(&mut quickest) {
            *nanos = question(country, index, certificate, *revoked)?.min(*nanos);
        }
    }
    quickest.sort_unstable();
    let slowest = quickest.get(quickest.len() * 99 / 100).context("no question was asked")?;
    Ok(f64::from(u32::try_from(*slowest)?) / 1_000.0)
}

/// Nanoseconds that one question takes, about a certificate that was just read, as on a server.
fn question(
    country: &Country,
    index: &CrlIndex,
    certificate: &SigningCertificate,
    revoked: bool,
) -> Result<u128> {
    let at = UnixTime::from_seconds(i64::try_from(NOW)?);
    let (issuer, certificate) = (country.issuer()?, certificate.clone());
    let begun = Instant::now();
    let answer = index.answer(certificate.certificate(), issuer, at);
    let nanos = begun.elapsed().as_nanos();
    let expected = match answer.status {
        RevocationStatus::Revoked { .. } => revoked,
        RevocationStatus::Good { .. } => !revoked,
        RevocationStatus::Unknown { .. } => false,
    };
    ensure!(expected, "a wrong answer: {:?}", answer.status);
    Ok(nanos)
}

/// Certificates with serial numbers that stand in a list and, every other one, that stand in none.
fn certificates(country: &Country) -> Result<Vec<(SigningCertificate, bool)>> {
    let sizes = sizes();
    let mut asked = Vec::with_capacity(CERTIFICATES);
    for number in 0..CERTIFICATES {
        // Strides that meet every city and every part of its list.
        let city = number * 7_919 % sizes.len();
        let size = sizes.get(city).copied().unwrap_or_default();
        let revoked = number.is_multiple_of(2);
        let place = if revoked { number * 104_729 % size } else { size + number };
        let certificate = with_serial(&renamed(&country.pattern, city), &country.serial(city, place)?)?;
        asked.push((SigningCertificate::parse(&certificate)?, revoked));
    }
    Ok(asked)
}

/// The certificate with another serial number; its signature is not asked about here.
fn with_serial(certificate: &[u8], serial: &[u8]) -> Result<Vec<u8>> {
    let mut outer = Reader::new(certificate).expect(Tag::SEQUENCE)?.children();
    let fields = elements(&outer.expect(Tag::SEQUENCE)?)?;
    let mut parts: Vec<Vec<u8>> = fields.iter().map(|field| field.raw().to_vec()).collect();
    *parts.get_mut(1).context("a serial number")? = element(Tag::INTEGER, serial);
    let signed = element(Tag::SEQUENCE, &parts.concat());
    Ok(element(Tag::SEQUENCE, &[signed, outer.remaining().to_vec()].concat()))
}
