//! Writes a world and one signed file of each format, each in a folder of its own, for judges by other hands.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use clap::Parser;
use sha2::{Digest, Sha256};
use shomei_application::{Container, Timestamp};
use shomei_envelope::{FileDigest, attached, cades, egov, jades, pdf};
use shomei_lab::{Issued, RESIDENTS, World, folder, forging};
use shomei_tests::residence_record_application;

const FORM: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DataRoot><様式ID>1</様式ID>\
    <様式バージョン>1</様式バージョン><STYLESHEET>1.xsl</STYLESHEET><構成情報 ID=\"構成情報\">\
    <氏名>山田　太郎</氏名></構成情報><署名情報></署名情報><その他><備考>なし</備考></その他></DataRoot>";
const PAGE: &[u8] = include_bytes!("../../../crates/cli/tests/verify/page.pdf");
const NOTE: (&str, &[u8]) = ("note.txt", b"a note\n");
/// DigestInfo of SHA-256 up to the digest (RFC 8017 §9.2, note 1).
const DIGEST_INFO: &[u8] = b"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20";

#[derive(Parser)]
struct Arguments {
    /// An empty folder.
    folder: PathBuf,
}

struct Maker {
    holder: Issued,
    folder: PathBuf,
    now: Timestamp,
}

fn main() -> Result<()> {
    let Arguments { folder } = Arguments::parse();
    let made = SystemTime::now();
    let world = World::with_residents(made, RESIDENTS.get(..1).context("the lab has no residents")?)?;
    folder::write(&world, &folder.join("world"))?;
    let holder = world.holders.first().context("the world has no holder")?.signature.clone();
    let seconds = i64::try_from(made.duration_since(UNIX_EPOCH)?.as_secs())?;
    let maker = Maker { holder, folder, now: Timestamp::from_unix_seconds(seconds)? };
    fs::write(maker.folder.join("world/signer.der"), &maker.holder.certificate)?;
    maker.applications()?;
    maker.beside_files()?;
    maker.forms()?;
    maker.pdfs()
}

impl Maker {
    fn applications(&self) -> Result<()> {
        let mut application = residence_record_application(self.now, 1800)?;
        let cades = attached::prepare(
            Container::Cades,
            &application.to_canonical(),
            &self.holder.certificate,
            self.now,
        )?;
        let signature = self.sign(&cades.digest())?;
        self.write("cades", "application.p7m", &cades.complete(&signature)?)?;
        application.container = Container::Jades;
        let jades = jades::prepare(&application.to_canonical(), &self.holder.certificate, self.now)?;
        let signature = self.sign(&jades.digest())?;
        self.write("jades", "application.jws", &jades.clone().complete(&signature)?)?;
        self.write("jades-flattened", "application.json", &jades.complete_flattened(&signature)?)
    }

    fn beside_files(&self) -> Result<()> {
        let (name, octets) = NOTE;
        let prepared =
            cades::prepare_detached(&FileDigest::of(name, octets), &self.holder.certificate, self.now)?;
        let signature = self.sign(&prepared.digest())?;
        self.write("cades-detached", "note.txt.p7s", &prepared.complete(&signature)?)?;
        self.write("cades-detached", name, octets)?;
        let files = [jades::ReadFile::of(name, octets)];
        let prepared = jades::prepare_detached(&files, &self.holder.certificate, self.now)?;
        let signature = self.sign(&prepared.digest())?;
        self.write("jades-detached", "files.jws", &prepared.complete(&signature)?)?;
        self.write("jades-detached", name, octets)
    }

    /// As e-Gov writes the fragment, and with the fragment as itself, which is how xmlsec1 finds it.
    fn forms(&self) -> Result<()> {
        let prepared = egov::prepare(FORM.as_bytes(), &[NOTE], &self.holder.certificate, self.now)?;
        let signature = self.sign(&prepared.digest())?;
        let signed = String::from_utf8(prepared.complete(&signature)?)?;
        let plain = signed.replace("#%E6%A7%8B%E6%88%90%E6%83%85%E5%A0%B1", "#構成情報");
        let envelope = egov::parse(plain.as_bytes())?;
        let message = envelope.signatures().first().context("no signature")?.message().to_vec();
        let value = BASE64_STANDARD.encode(self.sign(&Sha256::digest(message))?);
        let (before, rest) = plain.split_once("<SignatureValue>").context("no SignatureValue")?;
        let (_, after) = rest.split_once("</SignatureValue>").context("no end of SignatureValue")?;
        let plain = format!("{before}<SignatureValue>{value}</SignatureValue>{after}");
        for (folder, document) in [("egov", signed), ("egov-plain", plain)] {
            self.write(folder, "kousei.xml", document.as_bytes())?;
            self.write(folder, NOTE.0, NOTE.1)?;
        }
        Ok(())
    }

    fn pdfs(&self) -> Result<()> {
        for (folder, profile) in [("pdf-pades", pdf::Profile::PadesB), ("pdf-moj", pdf::Profile::Moj)] {
            let prepared = pdf::prepare(PAGE, profile, &self.holder.certificate, self.now)?;
            let signature = self.sign(&prepared.digest())?;
            self.write(folder, "signed.pdf", &prepared.complete(&signature)?)?;
        }
        Ok(())
    }

    /// RSASSA-PKCS1-v1_5 over a digest by SHA-256.
    fn sign(&self, digest: &[u8]) -> Result<Vec<u8>> {
        if digest.len() != 32 {
            bail!("a digest of {} octets", digest.len());
        }
        let block = [&[0, 1], [0xff; 202].as_slice(), &[0], DIGEST_INFO, digest].concat();
        Ok(forging::sign_block(&self.holder, &block)?)
    }

    fn write(&self, format: &str, name: &str, octets: &[u8]) -> Result<()> {
        let folder = self.folder.join(format);
        fs::create_dir_all(&folder)?;
        let file: &Path = &folder.join(name);
        fs::write(file, octets).with_context(|| file.display().to_string())
    }
}
