//! Makes a folder with one signed file of each format, what lies beside it, and what it is verified with.
//!
//! | file | what it is |
//! |---|---|
//! | `application.p7m`, `application.jws` | an application in CAdES and in JAdES |
//! | `application.json` | the latter in the flattened serialization |
//! | `long.p7m` | the same application in CAdES, with a long explanation in it |
//! | `note.txt`, `note.txt.p7s` | a file and its CAdES signature |
//! | `a.txt`, `b.txt`, `files.jws` | files and their JAdES signature |
//! | `kousei.xml`, `地図 1.pdf` | a form of e-Gov and its file |
//! | `plain.xml` | the same, with the fragment that it signs named as itself, which is how xmlsec1 finds it |
//! | `unsigned.pdf`, `moj.pdf`, `pades.pdf` | a PDF, and the same signed in both profiles |
//! | `changed.pdf` | `pades.pdf` with one letter of the page changed |
//! | `changed.p7m` | `application.p7m` with one letter of the document changed |
//! | `expect.json`, `other.json` | what their recipient expects, and what another city would |
//! | `anchors/`, `crl/`, … | the world, as `shomei-lab issue` writes it |

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use clap::Parser;
use serde_json::json;
use sha2::{Digest, Sha256};
use shomei_application::{Application, Container, Field, Recipient, Timestamp};
use shomei_card::{Card, LastTry};
use shomei_envelope::{FileDigest, attached, cades, egov, jades, pdf};
use shomei_lab::{RESIDENTS, SIGNATURE_PASSWORD, World, folder};
use shomei_tests::{CARD, InProcess, residence_record_application, signature_password};

const FORM: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DataRoot><様式ID>1</様式ID>\
    <様式バージョン>1</様式バージョン><STYLESHEET>1.xsl</STYLESHEET><構成情報 ID=\"構成情報\">\
    <氏名>山田　太郎</氏名></構成情報><署名情報></署名情報><その他><備考>なし</備考></その他></DataRoot>";
const PAGE: &[u8] = include_bytes!("../../../crates/cli/tests/verify/page.pdf");

#[derive(Parser)]
struct Arguments {
    /// The folder to write into. It is made where it does not exist.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

fn main() -> Result<()> {
    let Arguments { out } = Arguments::parse();
    let begun = SystemTime::now();
    let seconds = begun.duration_since(UNIX_EPOCH)?.as_secs();
    let now = Timestamp::from_unix_seconds(i64::try_from(seconds)?)?;
    let world = World::with_residents(begun, RESIDENTS.get(..1).unwrap_or_default())?;
    folder::write(&world, &out)?;
    let signer = Signer { card: out.join(CARD), now };
    write_applications(&out, &signer)?;
    write_files(&out, &signer)?;
    write_forms(&out, &signer)?;
    write_pdfs(&out, &signer)
}

/// A resident with a card, at one moment.
struct Signer {
    card: PathBuf,
    now: Timestamp,
}

impl Signer {
    /// Unlocks the card, hands the certificate out, signs the digest that comes back and closes the key.
    fn sign<P>(
        &self,
        prepare: impl FnOnce(&[u8]) -> Result<P>,
        digest: impl FnOnce(&P) -> [u8; 32],
        complete: impl FnOnce(P, &[u8]) -> Result<Vec<u8>>,
    ) -> Result<Vec<u8>> {
        let mut card = Card::open(InProcess::read(&self.card)?)?;
        let password = signature_password(SIGNATURE_PASSWORD)?;
        let mut session = card.unlock_signature(&password, LastTry::NotConfirmed)?;
        let prepared = prepare(&session.certificate()?)?;
        let signature = session.sign(&digest(&prepared))?;
        session.close()?;
        complete(prepared, &signature)
    }
}

fn write_applications(out: &Path, signer: &Signer) -> Result<()> {
    let cades = residence_record_application(signer.now, 1800)?;
    let jades = Application { container: Container::Jades, ..cades.clone() };
    let signed = sign_application(signer, &cades)?;
    fs::write(out.join("application.p7m"), &signed)?;
    fs::write(out.join("changed.p7m"), changed(signed, b"mail\"")?)?;
    fs::write(out.join("long.p7m"), sign_application(signer, &long(cades.clone()))?)?;
    fs::write(out.join("application.jws"), sign_application(signer, &jades)?)?;
    fs::write(out.join("application.json"), sign_flattened(signer, &jades)?)?;
    fs::write(out.join("expect.json"), expectations(&cades, &cades.recipient.id))?;
    fs::write(out.join("other.json"), expectations(&cades, "129984"))?;
    Ok(())
}

fn sign_application(signer: &Signer, application: &Application) -> Result<Vec<u8>> {
    let document = application.to_canonical();
    signer.sign(
        |certificate| Ok(attached::prepare(application.container, &document, certificate, signer.now)?),
        attached::Prepared::digest,
        |prepared, signature| Ok(prepared.complete(signature)?),
    )
}

fn sign_flattened(signer: &Signer, application: &Application) -> Result<Vec<u8>> {
    let document = application.to_canonical();
    signer.sign(
        |certificate| Ok(jades::prepare(&document, certificate, signer.now)?),
        jades::Prepared::digest,
        |prepared, signature| Ok(prepared.complete_flattened(signature)?),
    )
}

/// With an explanation of 18,000 octets.
fn long(mut application: Application) -> Application {
    application.fields.extend((1..=2).map(|part| Field {
        name: format!("explanation.{part}"),
        label: "説明".to_owned(),
        value: "申".repeat(3_000),
        text: None,
        group: None,
    }));
    application
}

/// What a recipient with this identifier expects.
fn expectations(application: &Application, recipient: &str) -> String {
    let Application { procedure, recipient: Recipient { origin, .. }, challenge, .. } = application;
    json!({
        "origin": origin.as_str(),
        "recipientId": recipient,
        "procedure": { "id": procedure.id, "version": procedure.version, "sha256": procedure.sha256 },
        "challenge": challenge.value,
        "signers": 1,
    })
    .to_string()
}

/// With the letter n in the place of the first one of `part`.
fn changed(mut signed: Vec<u8>, part: &[u8]) -> Result<Vec<u8>> {
    let place = signed.windows(part.len()).position(|window| window == part).context("the part")?;
    *signed.get_mut(place).context("a letter")? = b'n';
    Ok(signed)
}

fn write_files(out: &Path, signer: &Signer) -> Result<()> {
    for name in ["note.txt", "a.txt", "b.txt"] {
        fs::write(out.join(name), name)?;
    }
    let note = signer.sign(
        |certificate| Ok(cades::prepare_detached(&digest("note.txt"), certificate, signer.now)?),
        cades::Prepared::digest,
        |prepared, signature| Ok(prepared.complete(signature)?),
    )?;
    fs::write(out.join("note.txt.p7s"), note)?;
    let both = ["a.txt", "b.txt"].map(|name| jades::ReadFile::of(name, name.as_bytes()));
    let files = signer.sign(
        |certificate| Ok(jades::prepare_detached(&both, certificate, signer.now)?),
        jades::PreparedDetached::digest,
        |prepared, signature| Ok(prepared.complete(signature)?),
    )?;
    Ok(fs::write(out.join("files.jws"), files)?)
}

fn write_forms(out: &Path, signer: &Signer) -> Result<()> {
    let map = "地図 1.pdf";
    fs::write(out.join(map), map)?;
    let form = signer.sign(
        |certificate| Ok(egov::prepare(FORM.as_bytes(), &[(map, map.as_bytes())], certificate, signer.now)?),
        egov::Prepared::digest,
        |prepared, signature| Ok(prepared.complete(signature)?),
    )?;
    fs::write(out.join("kousei.xml"), &form)?;
    let plain = String::from_utf8(form)?.replace("#%E6%A7%8B%E6%88%90%E6%83%85%E5%A0%B1", "#構成情報");
    let envelope = egov::parse(plain.as_bytes())?;
    let signed = Sha256::digest(envelope.signatures().first().context("no signature")?.message());
    let value = signer.sign(|_| Ok(()), |()| signed.into(), |(), signature| Ok(signature.to_vec()))?;
    let (before, rest) = plain.split_once("<SignatureValue>").context("no SignatureValue")?;
    let (_, after) = rest.split_once("</SignatureValue>").context("no end of SignatureValue")?;
    let value = BASE64_STANDARD.encode(value);
    let plain = format!("{before}<SignatureValue>{value}</SignatureValue>{after}");
    Ok(fs::write(out.join("plain.xml"), plain)?)
}

fn digest(name: &str) -> FileDigest {
    FileDigest::of(name, name.as_bytes())
}

fn write_pdfs(out: &Path, signer: &Signer) -> Result<()> {
    let sign = |profile| {
        signer.sign(
            |certificate| Ok(pdf::prepare(PAGE, profile, certificate, signer.now)?),
            pdf::Prepared::digest,
            |prepared, signature| Ok(prepared.complete(signature)?),
        )
    };
    let pades = sign(pdf::Profile::PadesB)?;
    fs::write(out.join("unsigned.pdf"), PAGE)?;
    fs::write(out.join("moj.pdf"), sign(pdf::Profile::Moj)?)?;
    fs::write(out.join("pades.pdf"), &pades)?;
    Ok(fs::write(out.join("changed.pdf"), changed(pades, b"MIHON")?)?)
}
