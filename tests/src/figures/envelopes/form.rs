//! A form of e-Gov, signed so that xmlsec1 finds what is signed, and its verification beside xmlsec1's.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use shomei_application::Timestamp;
use shomei_card::{Card, LastTry};
use shomei_envelope::{FileDigest, Verdict, egov, verify};
use shomei_lab::SIGNATURE_PASSWORD;
use shomei_pki::AwsLcVerifier;

use super::{DOCUMENT, Figure, Made, RUNS, Unit, median, micros};
use crate::{InProcess, signature_password};

pub(crate) const FILE: (&str, &[u8]) = ("map.pdf", b"a map");
const ENCODED: &str = "#%E6%A7%8B%E6%88%90%E6%83%85%E5%A0%B1";
const IDENTIFIER: &str = "構成情報";
/// Verifications in one process of xmlsec1, beside a process of one.
const REPEATED: u32 = 200;

/// The whole verification of a form of [`DOCUMENT`] octets, certificate and revocation with it, beside xmlsec1's of the
/// same form with the same certificate of the authority. What starting the other program takes is taken away.
///
/// # Errors
/// When either does not accept the form.
pub(super) fn form_figure(made: &Made) -> Result<Figure> {
    let ours = (0..RUNS).map(|_| micros(|| judge(made))).collect::<Result<Vec<f64>>>();
    let name = format!("e-Gov XML verification at {} KiB", DOCUMENT / 1024);
    Ok(Figure::new(name, median(&mut ours?), Unit::Microseconds).beside("xmlsec1", xmlsec1(made)?))
}

fn judge(made: &Made) -> Result<()> {
    let files = [FileDigest::of(FILE.0, black_box(FILE.1))];
    let form = egov::parse(black_box(made.form()))?.beside(&files)?;
    let report = verify(&form, made.anchors(), made.lists(), made.now(), &made.one_signer(), &AwsLcVerifier);
    ensure!(report.verdict() == Verdict::BindingNotChecked, "{:?}", report.verdict());
    Ok(())
}

/// Microseconds of one verification by xmlsec1.
fn xmlsec1(made: &Made) -> Result<f64> {
    let folder = tempfile::tempdir()?;
    for (name, octets) in [("kousei.xml", made.form()), ("authority.der", made.authority()), FILE] {
        fs::write(folder.path().join(name), octets)?;
    }
    let mut runs = Vec::new();
    for _ in 0..3 {
        let (one, many) = (run(folder.path(), 1)?, run(folder.path(), 1 + REPEATED)?);
        runs.push((many - one) * 1e6 / f64::from(REPEATED));
    }
    Ok(median(&mut runs))
}

/// Seconds of a process that verifies the form so many times.
fn run(folder: &Path, times: u32) -> Result<f64> {
    let mut command = Command::new("xmlsec1");
    command.args(["--verify", "--repeat", &times.to_string(), "--trusted-der", "authority.der"]);
    command.args(["--id-attr:ID", IDENTIFIER, "kousei.xml"]).current_dir(folder);
    let begun = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().context("xmlsec1")?;
    ensure!(status.success(), "xmlsec1 refuses the form: {status}");
    Ok(begun.elapsed().as_secs_f64())
}

/// A form of about so many octets with a file beside it, signed by this card. Its reference names the form as it is,
/// because xmlsec1 does not take percent-encoding away.
pub(super) fn signed_form(card: &Path, now: Timestamp, octets: usize) -> Result<Vec<u8>> {
    let mut card = Card::open(InProcess::read(card)?)?;
    let mut session =
        card.unlock_signature(&signature_password(SIGNATURE_PASSWORD)?, LastTry::NotConfirmed)?;
    let prepared = egov::prepare(form(octets).as_bytes(), &[FILE], &session.certificate()?, now)?;
    let blank = [0; egov::SIGNATURE_LENGTH];
    let unsigned = String::from_utf8(prepared.complete(&blank)?)?.replace(ENCODED, &format!("#{IDENTIFIER}"));
    let parsed = egov::parse(unsigned.as_bytes())?;
    let message = parsed.signatures().first().context("a signature")?.message();
    let signature = session.sign(&Sha256::digest(message).into())?;
    session.close()?;
    let value = |octets: &[u8]| BASE64_STANDARD.encode(octets);
    Ok(unsigned.replacen(&value(&blank), &value(&signature), 1).into_bytes())
}

fn form(octets: usize) -> String {
    let field = "<項目><名称>申請の理由</名称><内容>転居のため、写しの交付を申請します。</内容></項目>\n";
    let fields = field.repeat(octets / field.len());
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DataRoot><様式ID>1</様式ID><様式バージョン>1</様式バージョン>\
         <STYLESHEET>1.xsl</STYLESHEET><構成情報 ID=\"{IDENTIFIER}\">{fields}</構成情報><署名情報></署名情報></DataRoot>"
    )
}
