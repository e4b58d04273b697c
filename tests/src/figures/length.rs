//! A card whose signature certificate has the length that is usual.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use tempfile::TempDir;

/// Bytes of the certificate: issued ones have 1,600 to 2,600.
const LENGTH: usize = 1800;
/// Tag and length of a DER SEQUENCE or OCTET STRING of 256 to 65,535 bytes, where the lengths need not be shortest.
const HEADER: usize = 4;

/// A copy of a card with a signature certificate of exactly 1,800 bytes, so that figures of different days compare.
///
/// # Errors
/// When the card cannot be read, or its certificate is longer.
pub fn card_of_usual_length(card: &Path) -> Result<TempDir> {
    let copy = tempfile::tempdir()?;
    for file in fs::read_dir(card)? {
        let file = file?;
        fs::copy(file.path(), copy.path().join(file.file_name()))?;
    }
    let certificate = copy.path().join("signature-certificate.der");
    fs::write(&certificate, lengthened(&fs::read(&certificate)?)?)?;
    Ok(copy)
}

/// A filler behind the signature makes up the length: who only carries a certificate sees its outermost header, and
/// what is inside is judged elsewhere.
fn lengthened(certificate: &[u8]) -> Result<Vec<u8>> {
    let body = certificate.get(HEADER..).context("no certificate")?;
    let filler = LENGTH.checked_sub(2 * HEADER + body.len()).context("a certificate too long already")?;
    let header = |tag, length| {
        Ok::<_, anyhow::Error>([&[tag, 0x82], &u16::try_from(length)?.to_be_bytes()[..]].concat())
    };
    Ok([header(0x30, LENGTH - HEADER)?, body.to_vec(), header(0x04, filler)?, vec![0; filler]].concat())
}
