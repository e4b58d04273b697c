//! Whose keys sign in the corpus, and what the recipient expects.

use crate::expected;
use aws_lc_rs::digest::{SHA256, digest};
use der::DateTime;
use shomei_application::{Application, Container, Timestamp};
use shomei_lab::{Issued, Municipality, Purpose, RESIDENTS, Reason, World, folder, forging};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A lab world on disk with the certificates that attacks need.
pub(crate) struct Scene {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) now: Timestamp,
    pub(crate) world: World,
    /// Another resident of the same authority.
    pub(crate) other: Issued,
    /// One whose certificate is on the list.
    pub(crate) revoked: Issued,
    /// One whose certificate ended yesterday.
    pub(crate) expired: Issued,
    /// One whose certificate begins tomorrow.
    pub(crate) early: Issued,
    /// What a self-made authority of the very same names issues.
    pub(crate) impostor: World,
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

pub(crate) fn scene() -> &'static Scene {
    static SCENE: OnceLock<Scene> = OnceLock::new();
    SCENE.get_or_init(|| {
        let made = SystemTime::now();
        let seconds = made.duration_since(UNIX_EPOCH).unwrap().as_secs();
        let now = Timestamp::from_unix_seconds(i64::try_from(seconds).unwrap()).unwrap();
        let [yesterday, tomorrow] =
            [made - DAY, made + DAY].map(|time| DateTime::from_system_time(time).unwrap());
        let last_month = DateTime::from_system_time(made - 30 * DAY).unwrap();
        let world = World::with_residents(made, &RESIDENTS[..1]).unwrap();
        let authority = &world.signature;
        let scene = Scene {
            folder: tempfile::tempdir().unwrap(),
            now,
            other: authority.issue(&RESIDENTS[1], yesterday).unwrap(),
            revoked: authority.issue(&RESIDENTS[0], yesterday).unwrap(),
            expired: authority.issue_until(&RESIDENTS[0], last_month, yesterday).unwrap(),
            early: authority.issue(&RESIDENTS[0], tomorrow).unwrap(),
            impostor: World::with_residents(made, &RESIDENTS[..1]).unwrap(),
            world,
        };
        scene.write();
        scene
    })
}

impl Scene {
    fn write(&self) {
        folder::write(&self.world, self.path()).unwrap();
        let (city, authority) = (Municipality::Mihon, &self.world.signature);
        let empty = authority.empty_list(city, self.world.made).unwrap();
        let certificate = &self.revoked.certificate;
        let list =
            authority.revoke(city, &empty, certificate, Reason::KeyCompromise, self.world.made).unwrap();
        fs::write(self.path().join("crl/signature-mihon-shi.crl"), list).unwrap();
        fs::write(
            self.path().join("expect.json"),
            expected::expectations(&self.application(Container::Cades)),
        )
        .unwrap();
        fs::write(self.path().join("signers.json"), "{\"signers\":1}").unwrap();
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The rightful holder's key and certificate for signatures.
    pub(crate) fn holder(&self) -> &Issued {
        &self.world.holders[0].signature
    }

    /// The same person's for authentication.
    pub(crate) fn authentication(&self) -> &Issued {
        &self.world.holders[0].authentication
    }

    pub(crate) fn authority(&self, purpose: Purpose) -> Issued {
        self.world.authority(purpose).own().unwrap()
    }

    /// The document that the recipient expects.
    pub(crate) fn application(&self, container: Container) -> Application {
        expected::application(container, self.now)
    }

    /// Its canonical octets.
    pub(crate) fn document(&self, container: Container) -> Vec<u8> {
        self.application(container).to_canonical()
    }
}

pub(crate) fn sha256(octets: &[u8]) -> Vec<u8> {
    digest(&SHA256, octets).as_ref().to_vec()
}

/// DigestInfo of SHA-256 up to the digest (RFC 8017 §9.2, note 1).
pub(crate) const DIGEST_INFO: &[u8] =
    b"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20";

/// EMSA-PKCS1-v1_5 around a DigestInfo (RFC 8017 §9.2), for a key of 2,048 bits.
pub(crate) fn block(digest_info: &[u8]) -> Vec<u8> {
    [&[0, 1], vec![0xff; 253 - digest_info.len()].as_slice(), &[0], digest_info].concat()
}

/// RSASSA-PKCS1-v1_5 with SHA-256.
pub(crate) fn sign(key: &Issued, message: &[u8]) -> Vec<u8> {
    sign_digest(key, &sha256(message))
}

/// The same over a message of which the digest is known.
pub(crate) fn sign_digest(key: &Issued, digest: &[u8]) -> Vec<u8> {
    forging::sign_block(key, &block(&[DIGEST_INFO, digest].concat())).unwrap()
}
