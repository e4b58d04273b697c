//! A site in a folder of its own, browsers before it, and residents who sign.

use crate::store::Store;
use crate::{Clock, Config, Journal, ModuleFiles, Site, Trust, app};
use aws_lc_rs::digest::{Digest, SHA256};
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use shomei_application::procedure::JUMINHYO_UTSUSHI;
use shomei_application::{
    Application, Challenge, Container, Origin, ProcedureDefinition, Recipient, Timestamp,
};
use shomei_envelope::attached;
use shomei_lab::{RESIDENTS, World, folder};
use shomei_revocation::SourcesConfig;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tempfile::TempDir;
use tower::ServiceExt as _;

pub const ORIGIN: &str = "https://shinsei.city.mihon.lg.jp";
pub const CMS: &str = "application/cms";
pub const JOSE: &str = "application/jose";

/// One world for all tests: keys take seconds to make. Nothing writes to it.
static WORLD: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    folder::write(&World::with_residents(SystemTime::now(), &RESIDENTS[..1]).unwrap(), folder.path())
        .unwrap();
    folder
});

pub struct Desk {
    pub router: Router,
    pub site: Arc<Site>,
    pub folder: TempDir,
    pub world: PathBuf,
    sources: SourcesConfig,
    time: Arc<AtomicI64>,
    journal: Notebook,
}

#[derive(Clone, Default)]
struct Notebook(Arc<Mutex<Vec<u8>>>);

impl io::Write for Notebook {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).unwrap()
    }

    /// Status and code, as refusals are told.
    pub fn refusal(&self) -> (u16, String) {
        (self.status.as_u16(), self.json()["code"].as_str().unwrap_or_default().to_owned())
    }
}

impl Desk {
    pub fn open() -> Self {
        Self::in_world(WORLD.path(), tempfile::tempdir().unwrap())
    }

    /// A desk with a copy of the world, for a test that changes it.
    pub fn with_own_world() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let world = own_world(&folder);
        Self::in_world(&world, folder)
    }

    /// A desk that trusts other authorities than those of the residents' cards.
    pub fn with_other_authorities() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let world = own_world(&folder);
        folder::write(&World::with_residents(SystemTime::now(), &[]).unwrap(), &world).unwrap();
        Self::in_world(&world, folder)
    }

    /// A desk that asks other sources than the world's lists.
    pub fn asking(sources: SourcesConfig) -> Self {
        Self::with_sources(WORLD.path(), tempfile::tempdir().unwrap(), sources)
    }

    fn in_world(world: &Path, folder: TempDir) -> Self {
        let lists = SourcesConfig { lists: vec![world.join("crl")], ..SourcesConfig::default() };
        Self::with_sources(world, folder, lists)
    }

    fn with_sources(world: &Path, folder: TempDir, sources: SourcesConfig) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let time = Arc::new(AtomicI64::new(i64::try_from(now).unwrap() + 60));
        fs::create_dir_all(folder.path().join("module/snippets")).unwrap();
        fs::write(folder.path().join("module/shomei.js"), "export {};").unwrap();
        fs::write(folder.path().join("module/snippets/part.wasm"), b"\0asm").unwrap();
        fs::write(folder.path().join("module/package.json"), "{}").unwrap();
        let journal = Notebook::default();
        let site = site(world, folder.path(), &sources, time.clone(), journal.clone());
        let router = app(site.clone());
        Self { router, site, folder, world: world.to_owned(), sources, time, journal }
    }

    /// The program ends and is started again over the same database.
    pub fn restart(&mut self) {
        self.site =
            site(&self.world, self.folder.path(), &self.sources, self.time.clone(), self.journal.clone());
        self.router = app(self.site.clone());
    }

    pub fn now(&self) -> Timestamp {
        Timestamp::from_unix_seconds(self.time.load(Ordering::Relaxed)).unwrap()
    }

    pub fn wait(&self, seconds: i64) {
        self.time.fetch_add(seconds, Ordering::Relaxed);
    }

    pub fn database(&self) -> PathBuf {
        self.folder.path().join("filings.sqlite")
    }

    pub fn journal(&self) -> String {
        String::from_utf8(self.journal.0.lock().unwrap().clone()).unwrap()
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// The document, signed with the key of the only resident in the container that it names.
    pub fn sign(&self, document: &Application) -> Vec<u8> {
        self.sign_bytes(document.container, &document.to_canonical())
    }

    /// Any content in any container, signed with that key.
    pub fn sign_bytes(&self, container: Container, content: &[u8]) -> Vec<u8> {
        let file = |name| fs::read(self.world.join("cards/yamada-taro").join(name)).unwrap();
        let key = KeyPair::from_pkcs8(&file("signature-key.der")).unwrap();
        let certificate = file("signature-certificate.der");
        let prepared = attached::prepare(container, content, &certificate, self.now()).unwrap();
        let digest = Digest::import_less_safe(&prepared.digest(), &SHA256).unwrap();
        let mut signature = [0; 256];
        key.sign_digest(&RSA_PKCS1_SHA256, &digest, &mut signature).unwrap();
        prepared.complete(&signature).unwrap()
    }
}

/// A browser with its cookie.
#[derive(Default)]
pub struct Browser {
    pub cookie: Option<String>,
}

impl Browser {
    fn request(&self, method: &str, path: &str, media_type: &str, body: Vec<u8>) -> Request<Body> {
        let mut request = Request::builder().method(method).uri(path).header(header::ORIGIN, ORIGIN);
        request = request.header(header::CONTENT_TYPE, media_type).header("sec-fetch-site", "same-origin");
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        request.body(body.into()).unwrap()
    }

    pub async fn ask(&mut self, desk: &Desk, body: &str) -> Answer {
        let answer = desk.send(self.request("POST", "/challenges", "application/json", body.into())).await;
        if let Some(cookie) = answer.headers.get(header::SET_COOKIE) {
            self.cookie = cookie.to_str().unwrap().split(';').next().map(str::to_owned);
        }
        answer
    }

    /// The resident confirms: a document bound to a fresh challenge.
    pub async fn confirm(&mut self, desk: &Desk) -> Application {
        self.confirm_for(desk, Container::Cades).await
    }

    /// The same for either container.
    pub async fn confirm_for(&mut self, desk: &Desk, container: Container) -> Application {
        let wish = json!({ "procedure": "juminhyo-utsushi", "container": container.as_str() });
        let answer = self.ask(desk, &wish.to_string()).await;
        assert_eq!(answer.status, StatusCode::CREATED);
        Application { container, ..document(&answer.json()) }
    }

    pub async fn file(&self, desk: &Desk, envelope: &[u8]) -> Answer {
        self.file_as(desk, CMS, envelope).await
    }

    pub async fn file_as(&self, desk: &Desk, media_type: &str, envelope: &[u8]) -> Answer {
        desk.send(self.request("POST", "/applications", media_type, envelope.to_vec())).await
    }

    pub async fn get(&self, desk: &Desk, path: &str) -> Answer {
        desk.send(self.request("GET", path, "", Vec::new())).await
    }
}

pub fn answers() -> Vec<(String, String)> {
    let pairs = [
        ("applicant-name", "山田 太郎"),
        ("applicant-address", "千葉県みほん市本町1-2-3"),
        ("applicant-birth", "1985-04-01"),
        ("applicant-telephone", "043-000-0000"),
        ("scope", "part"),
        ("people.1.name", "山田 太郎"),
        ("people.2.name", "山田 花子"),
        ("householder", "include"),
        ("domicile", "omit"),
        ("copies", "2"),
        ("purpose", "年金の手続き <em>&"),
        ("submit-to", "年金事務所"),
        ("delivery", "counter"),
        ("identity-document", "my-number-card"),
        ("remarks", ""),
    ];
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

/// What the page builds from the site's answer to the confirmation.
pub fn document(issued: &Value) -> Application {
    let text = |pointer: &str| issued.pointer(pointer).and_then(Value::as_str).unwrap().to_owned();
    let time = |pointer: &str| Timestamp::parse(&text(pointer)).unwrap();
    let definition = ProcedureDefinition::parse(JUMINHYO_UTSUSHI.as_bytes()).unwrap();
    Application {
        container: Container::Cades,
        procedure: definition.reference(),
        recipient: Recipient {
            id: text("/recipient/id"),
            name: text("/recipient/name"),
            origin: Origin::parse(&text("/recipient/origin")).unwrap(),
        },
        challenge: Challenge {
            value: text("/challenge/value"),
            created_at: time("/challenge/createdAt"),
            expires_at: time("/challenge/expiresAt"),
        },
        fields: definition.fill(&answers()).unwrap(),
        attachments: Vec::new(),
        notices: definition.notices,
    }
}

fn site(
    world: &Path,
    folder: &Path,
    sources: &SourcesConfig,
    time: Arc<AtomicI64>,
    journal: Notebook,
) -> Arc<Site> {
    let site = Site::new(Config {
        origin: Origin::parse(ORIGIN).unwrap(),
        trust: Trust::read(shomei_pki::World::Lab, &world.join("anchors"), &[], sources).unwrap(),
        store: Store::open(&folder.join("filings.sqlite"), Duration::from_millis(50)).unwrap(),
        module: ModuleFiles::read(&folder.join("module")).unwrap(),
        clock: Clock::reading(move || time.load(Ordering::Relaxed)),
        journal: Journal::to(journal),
        reexamine_days: 30,
        container: Container::Cades,
    });
    Arc::new(site.unwrap())
}

fn own_world(folder: &TempDir) -> PathBuf {
    let copy = folder.path().join("world");
    fs::create_dir(&copy).unwrap();
    copy_folder(WORLD.path(), &copy);
    copy
}

fn copy_folder(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
