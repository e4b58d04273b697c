//! What the tests of this crate share: a lab with one resident, whose software card signs, and a document.

use crate::cades::{self, SIGNATURE_LENGTH};
use crate::{Expectations, ProcedureExpectation};
use sha2::{Digest, Sha256};
use shomei_application::{
    Application, Challenge, Container, Field, Notice, Origin, ProcedureRef, Recipient, Timestamp,
};
use shomei_lab::{AUTHENTICATION_PIN, Holder, RESIDENTS, Reason, SIGNATURE_PASSWORD, folder};
use shomei_pki::{Anchors, Crl, CrlIndex, RsaVerifier, World};
use shomei_virtual_card::VirtualCard;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

pub(crate) struct Lab {
    pub(crate) world: shomei_lab::World,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) now: Timestamp,
}

/// The keys of the card.
#[derive(Clone, Copy)]
pub(crate) enum Key {
    Signature,
    Authentication,
}

/// One lab for all tests: its keys take a second or two to make.
pub(crate) fn lab() -> &'static Lab {
    static LAB: OnceLock<Lab> = OnceLock::new();
    LAB.get_or_init(|| {
        let now = SystemTime::now();
        let world = shomei_lab::World::with_residents(now, &RESIDENTS[..2]).unwrap();
        let folder = tempfile::tempdir().unwrap();
        folder::write(&world, folder.path()).unwrap();
        let seconds = now.duration_since(UNIX_EPOCH).unwrap().as_secs();
        Lab { world, folder, now: Timestamp::from_unix_seconds(i64::try_from(seconds).unwrap()).unwrap() }
    })
}

impl Lab {
    pub(crate) fn holder(&self) -> &Holder {
        &self.world.holders[0]
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn anchors(&self) -> Anchors {
        let [signature, authentication] = self.holder().authorities.clone();
        Anchors::load(World::Lab, &[signature], &[authentication]).unwrap()
    }

    /// The second person of the household.
    pub(crate) fn other_holder(&self) -> &Holder {
        &self.world.holders[1]
    }

    /// The list of the holders' city, with the first on it if there is a reason.
    pub(crate) fn revocation(&self, reason: Option<Reason>) -> CrlIndex {
        let (authority, city) = (&self.world.signature, self.holder().resident.municipality);
        let mut list = authority.empty_list(city, self.world.made).unwrap();
        if let Some(reason) = reason {
            let certificate = &self.holder().signature.certificate;
            list = authority.revoke(city, &list, certificate, reason, self.world.made).unwrap();
        }
        let mut index = CrlIndex::default();
        index.insert(Crl::parse(&list).unwrap(), &self.anchors(), &RsaVerifier).unwrap();
        index
    }

    /// Signs a digest with the holder's software card, by the bytes that a card understands.
    pub(crate) fn sign(&self, key: Key, digest: &[u8; 32]) -> Vec<u8> {
        sign_with(self.holder(), key, digest)
    }

    /// A document of this moment.
    pub(crate) fn application(&self) -> Application {
        let procedure = ProcedureRef {
            id: "juminhyo-utsushi".into(),
            version: "1".into(),
            title: "住民票の写しの交付申請".into(),
            sha256: "5f".repeat(32),
        };
        let origin = Origin::parse("https://shinsei.city.mihon.lg.jp").unwrap();
        let field = |name: &str, label: &str, value: &str, text: Option<&str>| Field {
            name: name.into(),
            label: label.into(),
            value: value.into(),
            text: text.map(Into::into),
            group: None,
        };
        Application {
            container: Container::Cades,
            procedure,
            recipient: Recipient { id: "129992".into(), name: "みほん市".into(), origin },
            challenge: Challenge::issue(&[7; 32], self.now, 1800).unwrap(),
            fields: vec![
                field("name", "氏名", "山田　太郎", None),
                field("delivery", "受取方法", "mail", Some("郵送")),
            ],
            attachments: Vec::new(),
            notices: vec![Notice { id: "truth".into(), text: "記載した内容は事実です。".into() }],
        }
    }

    /// What the recipient of [`Lab::application`] expects.
    pub(crate) fn expectations(&self) -> Expectations {
        let application = self.application();
        let ProcedureRef { id, version, sha256, .. } = application.procedure;
        Expectations {
            origin: Some(application.recipient.origin.as_str().to_owned()),
            recipient_id: Some(application.recipient.id),
            procedure: Some(ProcedureExpectation { id, version, sha256 }),
            challenge: Some(application.challenge.value),
            signers: Some(1),
        }
    }

    /// An envelope around any content, signed by the holder's signature key now.
    pub(crate) fn envelope(&self, content: &[u8]) -> Vec<u8> {
        let prepared = cades::prepare(content, &self.holder().signature.certificate, self.now).unwrap();
        let signature = self.sign(Key::Signature, &prepared.digest());
        prepared.complete(&signature).unwrap()
    }

    /// The envelope around [`Lab::application`].
    pub(crate) fn signed(&self) -> Vec<u8> {
        self.envelope(&self.application().to_canonical())
    }
}

/// Signs a digest with a holder's software card, by the bytes that a card understands.
pub(crate) fn sign_with(holder: &Holder, key: Key, digest: &[u8; 32]) -> Vec<u8> {
    let (key_file, password_file, password) = match key {
        Key::Signature => (0x9a, 0x9b, SIGNATURE_PASSWORD),
        Key::Authentication => (0x97, 0x98, AUTHENTICATION_PIN),
    };
    let mut card = VirtualCard::new(holder.contents().unwrap());
    let mut exchange = |header: [u8; 4], data: &[u8], length: &[u8]| {
        let data_length = u8::try_from(data.len()).unwrap();
        let mut answer = card.respond(&[&header[..], &[data_length], data, length].concat());
        assert!(answer.ends_with(b"\x90\x00"), "{answer:02x?}");
        answer.truncate(answer.len() - 2);
        answer
    };
    exchange([0x00, 0xa4, 0x04, 0x0c], b"\xd3\x92\xf0\x00\x26\x01\x00\x00\x00\x01", b"");
    exchange([0x00, 0x20, 0x00, password_file], password.as_bytes(), b"");
    let signature = exchange([0x80, 0x2a, 0x02, key_file], digest, b"\x00");
    assert_eq!(signature.len(), SIGNATURE_LENGTH);
    signature
}

pub(crate) fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Which of these reports keep to `docs/report.schema.json`, by the validator of others: Python's `jsonschema`.
pub(crate) fn validate(reports: &[String]) -> Vec<bool> {
    const PROGRAM: &str = "import json, sys, jsonschema\n\
        validator = jsonschema.Draft202012Validator(json.load(open(sys.argv[1])))\n\
        jsonschema.Draft202012Validator.check_schema(validator.schema)\n\
        print(''.join('y' if validator.is_valid(json.loads(line)) else 'n' for line in open(sys.argv[2])))";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("reports");
    std::fs::write(&file, reports.join("\n")).unwrap();
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/report.schema.json");
    let run = |python: &str| {
        let output = Command::new(python).args(["-c", PROGRAM, schema]).arg(&file).output();
        output.map_err(|error| error.to_string()).and_then(|output| match output.status.success() {
            true => Ok(String::from_utf8(output.stdout).unwrap()),
            false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        })
    };
    // The first may be another than the system's, without the package python3-jsonschema.
    let answers = run("python3").or_else(|_| run("/usr/bin/python3")).unwrap();
    answers.trim().chars().map(|answer| answer == 'y').collect()
}
