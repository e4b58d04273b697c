//! A signed PDF, and its verification beside pyHanko's.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use shomei_application::Timestamp;
use shomei_card::{Card, LastTry};
use shomei_envelope::{Verdict, pdf, verify};
use shomei_lab::SIGNATURE_PASSWORD;
use shomei_pki::AwsLcVerifier;

use super::{DOCUMENT, Figure, Made, RUNS, Unit, median, micros};
use crate::{InProcess, built, printed, signature_password};

/// The whole verification of a PDF of [`DOCUMENT`] octets, revocation with it, beside pyHanko's of the same file with the
/// same certificate of the authority and without revocation. Starting the other program does not count.
///
/// # Errors
/// When either does not accept the file.
pub(super) fn pdf_figure(made: &Made) -> Result<Figure> {
    let ours = (0..RUNS).map(|_| micros(|| judge(made))).collect::<Result<Vec<f64>>>();
    let name = format!("PDF verification at {} KiB", DOCUMENT / 1024);
    Ok(Figure::new(name, median(&mut ours?), Unit::Microseconds).beside("pyHanko", pyhanko(made)?))
}

fn judge(made: &Made) -> Result<()> {
    let file = pdf::parse(black_box(made.pdf()))?;
    let report = verify(&file, made.anchors(), made.lists(), made.now(), &made.one_signer(), &AwsLcVerifier);
    ensure!(report.verdict() == Verdict::BindingNotChecked, "{:?}", report.verdict());
    Ok(())
}

/// Microseconds of one validation by pyHanko, which `cargo xtask setup` installs.
fn pyhanko(made: &Made) -> Result<f64> {
    let folder = tempfile::tempdir()?;
    let place = |name: &str, octets: &[u8]| -> Result<_> {
        let path = folder.path().join(name);
        fs::write(&path, octets)?;
        Ok(path)
    };
    let mut python = Command::new(built("../python/bin/python3")?);
    python.arg("-c").arg(include_str!("pyhanko.py"));
    python.arg(place("signed.pdf", made.pdf())?).arg(place("authority.der", made.authority())?);
    Ok(String::from_utf8(printed(&mut python)?)?.trim().parse()?)
}

/// A PDF of about so many octets, signed by this card as PAdES.
pub(super) fn signed_pdf(card: &Path, now: Timestamp, octets: usize) -> Result<Vec<u8>> {
    let mut card = Card::open(InProcess::read(card)?)?;
    let mut session =
        card.unlock_signature(&signature_password(SIGNATURE_PASSWORD)?, LastTry::NotConfirmed)?;
    let prepared = pdf::prepare(&page(octets), pdf::Profile::PadesB, &session.certificate()?, now)?;
    let signature = session.sign(&prepared.digest())?;
    session.close()?;
    prepared.complete(&signature).context("a signature")
}

/// One page of text, in objects 1 to 4.
fn page(octets: usize) -> Vec<u8> {
    let line = "0 -14 Td (An application for a copy of a certificate of residence) Tj\n";
    let text = format!("BT /F 9 Tf 40 800 Td\n{}ET\n", line.repeat(octets / line.len()));
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F \
         << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
    ];
    let mut file = "%PDF-1.7\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (index, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let (start, size) = (file.len(), objects.len() + 1);
    format!("{file}{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").into_bytes()
}
