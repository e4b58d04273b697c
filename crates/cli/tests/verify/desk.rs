//! A lab world on disk with what is verified, and the command over it.

use crate::{expected, schema};
use shomei_application::procedure::ProcedureDefinition;
use shomei_application::{Application, Container, Field, Timestamp};
use shomei_envelope::{FileDigest, attached, cades, egov, jades, pdf};
use shomei_lab::{RESIDENTS, SIGNATURE_PASSWORD, World, folder};
use shomei_virtual_card::VirtualCard;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

pub(crate) const CHECKED: [&str; 4] = ["--crl", "crl", "--expect", "expect.json"];

const FORM: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DataRoot><様式ID>1</様式ID>\
    <様式バージョン>1</様式バージョン><STYLESHEET>1.xsl</STYLESHEET><構成情報 ID=\"構成情報\">\
    <氏名>高崎　吉子</氏名></構成情報><署名情報></署名情報></DataRoot>";

const PROCEDURE: &str = r#"{"schema":"shomei-procedure/1","id":"juminhyo-utsushi","version":"1",
    "title":"住民票の写しの交付申請","fields":[
    {"name":"name","label":"氏名","kind":"text","maxLength":50,"required":true,"fromCertificate":"name"},
    {"name":"address","label":"住所","kind":"text","maxLength":50,"required":true,"fromCertificate":"address"}],
    "notices":[]}"#;

/// A lab world on disk, an application signed by its resident whose name has substitute characters, and what
/// its recipient expects.
pub(crate) struct Desk {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) now: Timestamp,
    pub(crate) world: World,
}

pub(crate) fn desk() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(|| {
        let made = SystemTime::now();
        let seconds = made.duration_since(UNIX_EPOCH).unwrap().as_secs();
        let now = Timestamp::from_unix_seconds(i64::try_from(seconds).unwrap()).unwrap();
        let world = World::with_residents(made, &RESIDENTS[1..2]).unwrap();
        let folder = tempfile::tempdir().unwrap();
        folder::write(&world, folder.path()).unwrap();
        let document = document(now).to_canonical();
        let envelope = sign(&world, Container::Cades, &document, now);
        fs::write(folder.path().join("application.p7m"), &envelope).unwrap();
        fs::write(folder.path().join("changed.p7m"), changed(&envelope)).unwrap();
        let jades = Application { container: Container::Jades, ..self::document(now) }.to_canonical();
        for (name, container) in [("application.jws", Container::Jades), ("wrong-kind.p7m", Container::Cades)]
        {
            fs::write(folder.path().join(name), sign(&world, container, &jades, now)).unwrap();
        }
        fs::write(folder.path().join("expect.json"), expectations(now)).unwrap();
        let other = expectations(now).replace("129992", "129984");
        fs::write(folder.path().join("other.json"), other).unwrap();
        write_detached(&world, folder.path(), now);
        write_form(&world, folder.path(), now);
        write_pdf(&world, folder.path(), now);
        write_compared(&world, folder.path(), now);
        Desk { folder, now, world }
    })
}

pub(crate) fn document(now: Timestamp) -> Application {
    expected::application(Container::Cades, now)
}

pub(crate) fn expectations(now: Timestamp) -> String {
    expected::expectations(&document(now))
}

fn sign(world: &World, container: Container, content: &[u8], now: Timestamp) -> Vec<u8> {
    let certificate = &world.holders[0].signature.certificate;
    let prepared = attached::prepare(container, content, certificate, now).unwrap();
    let signature = sign_digest(world, &prepared.digest());
    prepared.complete(&signature).unwrap()
}

fn sign_digest(world: &World, digest: &[u8; 32]) -> Vec<u8> {
    let mut card = VirtualCard::new(world.holders[0].contents().unwrap());
    let mut exchange = |header: [u8; 4], data: &[u8], length: &[u8]| {
        let data_length = u8::try_from(data.len()).unwrap();
        card.respond(&[&header[..], &[data_length], data, length].concat())
    };
    exchange([0x00, 0xa4, 0x04, 0x0c], b"\xd3\x92\xf0\x00\x26\x01\x00\x00\x00\x01", b"");
    exchange([0x00, 0x20, 0x00, 0x9b], SIGNATURE_PASSWORD.as_bytes(), b"");
    let answer = exchange([0x80, 0x2a, 0x02, 0x9a], digest, b"\x00");
    answer.strip_suffix(b"\x90\x00").unwrap().to_vec()
}

/// `note.txt` with `note.txt.p7s` beside it, and `a.txt` and `b.txt` with `files.jws`.
fn write_detached(world: &World, folder: &Path, now: Timestamp) {
    for name in ["note.txt", "a.txt", "b.txt"] {
        fs::write(folder.join(name), name).unwrap();
    }
    let certificate = &world.holders[0].signature.certificate;
    let file = FileDigest::of("note.txt", b"note.txt");
    let prepared = cades::prepare_detached(&file, certificate, now).unwrap();
    let signature = sign_digest(world, &prepared.digest());
    fs::write(folder.join("note.txt.p7s"), prepared.complete(&signature).unwrap()).unwrap();
    let files = ["a.txt", "b.txt"].map(|name| jades::ReadFile::of(name, name.as_bytes()));
    let prepared = jades::prepare_detached(&files, certificate, now).unwrap();
    let signature = sign_digest(world, &prepared.digest());
    fs::write(folder.join("files.jws"), prepared.complete(&signature).unwrap()).unwrap();
}

/// `form/kousei.xml` with the file that it names.
fn write_form(world: &World, folder: &Path, now: Timestamp) {
    let folder = folder.join("form");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("地図 1.pdf"), "a map").unwrap();
    let certificate = &world.holders[0].signature.certificate;
    let prepared = egov::prepare(FORM.as_bytes(), &[("地図 1.pdf", b"a map")], certificate, now).unwrap();
    let signature = sign_digest(world, &prepared.digest());
    fs::write(folder.join("kousei.xml"), prepared.complete(&signature).unwrap()).unwrap();
}

/// `page.pdf`, and `signed.pdf`, which is it with a signature.
fn write_pdf(world: &World, folder: &Path, now: Timestamp) {
    let page = include_bytes!("page.pdf");
    fs::write(folder.join("page.pdf"), page).unwrap();
    let certificate = &world.holders[0].signature.certificate;
    let prepared = pdf::prepare(page, pdf::Profile::PadesB, certificate, now).unwrap();
    let signature = sign_digest(world, &prepared.digest());
    fs::write(folder.join("signed.pdf"), prepared.complete(&signature).unwrap()).unwrap();
}

/// `procedure.json`, and `compared.p7m`: an application of that procedure that says less than the certificate.
fn write_compared(world: &World, folder: &Path, now: Timestamp) {
    fs::write(folder.join("procedure.json"), PROCEDURE).unwrap();
    let field = |name: &str, label: &str, value: &str| Field {
        name: name.into(),
        label: label.into(),
        value: value.into(),
        text: None,
        group: None,
    };
    let compared = Application {
        procedure: ProcedureDefinition::parse(PROCEDURE.as_bytes()).unwrap().reference(),
        fields: vec![field("name", "氏名", "高崎　吉子"), field("address", "住所", "東京都みほん区")],
        ..document(now)
    };
    let signed = sign(world, Container::Cades, &compared.to_canonical(), now);
    fs::write(folder.join("compared.p7m"), signed).unwrap();
}

pub(crate) fn changed(envelope: &[u8]) -> Vec<u8> {
    let mut changed = envelope.to_vec();
    let place = changed.windows(4).position(|window| window == b"mail").unwrap();
    changed[place] = b'n';
    changed
}

pub(crate) fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shomei"));
    command.current_dir(desk().folder.path()).args(arguments).output().unwrap()
}

pub(crate) fn verify(file: &str, more: &[&str]) -> Output {
    let common = ["verify", file, "--world", "lab", "--anchors", "anchors"];
    run(&[&common, more].concat())
}

pub(crate) fn words(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The report on one file as JSON, which keeps to its schema.
pub(crate) fn report(file: &str, more: &[&str]) -> serde_json::Value {
    let output = verify(file, &[more, &["--json"]].concat());
    schema::check("report", &words(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A folder with what `entries` says: its name there, and the desk's file that it is.
pub(crate) fn folder_of(entries: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir_in(desk().folder.path()).unwrap();
    for (name, file) in entries {
        let target = folder.path().join(name);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::hard_link(desk().folder.path().join(file), target).unwrap();
    }
    folder
}
