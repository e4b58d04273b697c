//! The life of a filing after its receipt, as later lists and answers have it.

use super::desk::{Browser, Desk};
use crate::{Reexamined, Schedule, keep_up_to_date};
use der::DateTime;
use rusqlite::Connection;
use shomei_lab::ocsp::{Answer, Period, Saying};
use shomei_lab::{Authority, Purpose, Reason, folder};
use shomei_revocation::SourcesConfig;
use std::fs;
use std::io::{BufReader, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

const DAY: i64 = 24 * 60 * 60;
const WAITING: &str = "受付・失効確認待ち";
const PROVISIONAL: &str =
    "受付（電子署名を確かめました。受付の時点で失効していなかったことは、次の失効リストで確かめます）";
const FINAL: &str = "受付（電子署名と、受付の時点で失効していなかったことを確かめました）";
const REOPENED: &str = "職員が確認しています";

/// A filing, and the browser that can open its receipt.
struct Life {
    desk: Desk,
    browser: Browser,
    url: String,
    envelope: Vec<u8>,
    received: i64,
}

impl Life {
    async fn begin(desk: Desk) -> Self {
        let mut browser = Browser::default();
        let envelope = desk.sign(&browser.confirm(&desk).await);
        let answer = browser.file(&desk, &envelope).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        let url = answer.json()["url"].as_str().unwrap().to_owned();
        let received = desk.now().unix_seconds();
        Self { desk, browser, url, envelope, received }
    }

    fn at(&self, seconds: i64) -> DateTime {
        lab_time(self.received + seconds)
    }

    /// The next lists come out, so many seconds after receipt.
    fn next_lists(&self, seconds: i64) {
        folder::renew_lists(&self.desk.world, self.at(seconds)).unwrap();
    }

    /// The counter revokes the certificate as of so many seconds after receipt; the list is of the same time.
    fn revoke(&self, seconds: i64) {
        let (world, reason) = (&self.desk.world, Reason::AffiliationChanged);
        folder::revoke(world, "yamada-taro", Purpose::Signature, reason, self.at(seconds)).unwrap();
    }

    fn lists(&self) -> PathBuf {
        self.desk.world.join("crl")
    }

    /// Time passes and everything is asked again.
    fn reexamine(&self, seconds: i64) -> Reexamined {
        self.desk.wait(seconds);
        self.desk.site.reexamine(self.desk.now()).unwrap()
    }

    /// What the receipt says, the only one of the four; and the evidence in no page and no download.
    async fn shows(&self, state: &str) {
        let page = self.browser.get(&self.desk, &self.url).await.text();
        for other in [WAITING, PROVISIONAL, FINAL, REOPENED] {
            assert_eq!(page.contains(other), other == state, "{other}: {page}");
        }
        assert!(!page.contains("有効"), "{page}");
        let download = self.browser.get(&self.desk, &format!("{}/application.p7m", self.url)).await.body;
        assert_eq!(download, self.envelope);
    }

    /// Kind and status of every evidence that is kept, and how long before or after receipt it was made.
    fn evidence(&self) -> Vec<(String, String, i64)> {
        let database = Connection::open(self.desk.database()).unwrap();
        let sql = "SELECT kind, status, this_update FROM revocation_evidence ORDER BY id";
        let mut statement = database.prepare(sql).unwrap();
        let row =
            |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)? - self.received));
        statement.query_map([], row).unwrap().collect::<Result<_, _>>().unwrap()
    }
}

pub(super) fn lab_time(seconds: i64) -> DateTime {
    DateTime::from_unix_duration(Duration::from_secs(seconds.try_into().unwrap())).unwrap()
}

fn kept(rows: &[(&str, &str, i64)]) -> Vec<(String, String, i64)> {
    rows.iter().map(|(kind, status, made)| ((*kind).to_owned(), (*status).to_owned(), *made)).collect()
}

fn asked(provisional: usize, last_word: usize, reopened: usize) -> Reexamined {
    Reexamined { asked: 1, provisional, last_word, reopened }
}

#[tokio::test]
async fn the_next_list_makes_a_filing_final_and_a_later_revocation_takes_nothing_away() {
    let mut life = Life::begin(Desk::with_own_world()).await;
    life.shows(PROVISIONAL).await;
    let first = life.evidence();
    assert!(matches!(&first[..], [(kind, status, made)] if kind == "list" && status == "good" && *made < 0));
    assert_eq!(life.reexamine(10), asked(0, 0, 0), "nothing new");
    life.next_lists(3600);
    life.desk.restart();
    assert_eq!(life.reexamine(2 * 3600), asked(0, 1, 0));
    life.shows(FINAL).await;
    assert_eq!(life.evidence()[1..], kept(&[("list", "good", 3600)]));
    life.revoke(3 * 3600);
    assert_eq!(life.reexamine(3600), asked(0, 0, 0), "revoked after receipt");
    life.shows(FINAL).await;
    assert_eq!(life.evidence().len(), 2);
    let journal = life.desk.journal();
    assert!(journal.contains(r#"{"event":"standing-moved","from":"provisional","to":"final"}"#), "{journal}");
    assert_eq!(journal.matches("standing-moved").count(), 1, "{journal}");
}

#[tokio::test]
async fn a_revocation_from_before_receipt_reopens_a_filing_also_when_it_was_final() {
    let mut life = Life::begin(Desk::with_own_world()).await;
    life.next_lists(3600);
    assert_eq!(life.reexamine(2 * 3600), asked(0, 1, 0));
    life.revoke(-30);
    life.next_lists(3 * 3600);
    life.desk.restart();
    assert_eq!(life.reexamine(2 * 3600), asked(0, 0, 1), "a move that was reported late");
    life.shows(REOPENED).await;
    assert_eq!(life.evidence()[2..], kept(&[("list", "revoked", 3 * 3600)]));
    assert_eq!(life.reexamine(0), Reexamined::default(), "the office decides");
    let database = Connection::open(life.desk.database()).unwrap();
    let sql = "SELECT e.revoked_at, e.reason, f.standing_at, f.standing_reason, e.asked_at, length(e.crl_number) \
               FROM revocation_evidence e JOIN filing f ON f.id = e.filing WHERE e.status = 'revoked'";
    type Row = (i64, String, i64, String, i64, i64);
    let row = |row: &rusqlite::Row<'_>| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
    };
    let found: Row = database.query_row(sql, [], row).unwrap();
    let (since, reason) = (life.received - 30, "affiliationChanged".to_owned());
    assert_eq!(found, (since, reason.clone(), since, reason, life.desk.now().unix_seconds(), 1));
}

#[tokio::test]
async fn a_list_that_is_made_after_receipt_with_an_earlier_date_reopens_a_provisional_filing() {
    let life = Life::begin(Desk::with_own_world()).await;
    life.revoke(0);
    assert_eq!(life.reexamine(60), asked(0, 0, 1), "revoked in the second of receipt");
    life.shows(REOPENED).await;
}

#[tokio::test]
async fn without_a_list_a_filing_waits_until_there_is_one() {
    let desk = Desk::with_own_world();
    fs::rename(desk.world.join("crl"), desk.world.join("away")).unwrap();
    let mut life = Life::begin(desk).await;
    life.shows(WAITING).await;
    assert_eq!((life.reexamine(60), life.evidence()), (asked(0, 0, 0), vec![]));
    life.desk.restart();
    fs::rename(life.desk.world.join("away"), life.lists()).unwrap();
    assert_eq!(life.reexamine(60), asked(1, 0, 0));
    life.shows(PROVISIONAL).await;
    fs::remove_file(life.lists().join("signature-mihon-shi.crl")).unwrap();
    assert_eq!(life.reexamine(60), asked(0, 0, 0), "unknown takes nothing away");
    life.shows(PROVISIONAL).await;
}

#[tokio::test]
async fn a_list_that_is_over_leaves_a_filing_waiting() {
    let desk = Desk::with_own_world();
    desk.wait(8 * DAY);
    let life = Life::begin(desk).await;
    life.shows(WAITING).await;
    life.next_lists(60);
    assert_eq!(life.reexamine(120), asked(0, 1, 0));
    life.shows(FINAL).await;
}

#[tokio::test]
async fn what_is_final_is_asked_about_for_thirty_days() {
    let life = Life::begin(Desk::with_own_world()).await;
    life.next_lists(3600);
    assert_eq!(life.reexamine(2 * 3600), asked(0, 1, 0));
    assert_eq!(life.reexamine(30 * DAY - 2 * 3600), asked(0, 0, 0));
    assert_eq!(life.reexamine(1), Reexamined::default());
}

#[tokio::test]
async fn an_answer_of_a_responder_from_the_time_of_receipt_is_final_at_once_and_kept_whole() {
    let (url, world) = server(good);
    let responders = vec![url.parse().unwrap()];
    let desk = Desk::asking(SourcesConfig { responders, ..SourcesConfig::default() });
    world.send(desk.world.clone()).unwrap();
    let life = Life::begin(desk).await;
    life.shows(FINAL).await;
    let database = Connection::open(life.desk.database()).unwrap();
    let sql = "SELECT response, sha256, next_update FROM revocation_evidence WHERE kind = 'response'";
    type Row = (Vec<u8>, Vec<u8>, Option<i64>);
    let (response, digest, next): Row =
        database.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    assert!(shomei_pki::ocsp::OcspResponse::parse(&response).is_ok());
    assert_eq!((digest, next), (shomei_application::sha256(&response).to_vec(), None));
    let page = life.browser.get(&life.desk, &life.url).await.body;
    assert!(!contains(&page, &response) && !contains(&life.envelope, &response[response.len() - 64..]));
}

#[tokio::test]
async fn a_running_site_fetches_lists_and_asks_again_by_itself() {
    let (url, world) = server(|world, _| fs::read(world.join("crl/signature-mihon-shi.crl")).unwrap());
    let list_urls = vec![url.parse().unwrap()];
    let desk = Desk::asking(SourcesConfig { list_urls, ..SourcesConfig::default() });
    let life = Life::begin(desk).await;
    life.shows(WAITING).await;
    world.send(life.desk.world.clone()).unwrap();
    let schedule = Schedule { refresh: Duration::from_secs(3600), reexamine: Duration::from_millis(20) };
    keep_up_to_date(&life.desk.site, schedule).unwrap();
    // Far longer than a busy machine needs; the receipt says what came of it.
    for _ in 0..3000 {
        if !life.evidence().is_empty() {
            break;
        }
        thread::sleep(Duration::from_millis(20));
    }
    life.shows(PROVISIONAL).await;
}

fn contains(octets: &[u8], part: &[u8]) -> bool {
    octets.windows(part.len()).any(|window| window == part)
}

/// A server on loopback that answers each request with what `make` makes of the request's body, in the world that it is
/// sent first.
fn server(make: impl Fn(&Path, &[u8]) -> Vec<u8> + Send + 'static) -> (String, Sender<PathBuf>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let (sender, world) = channel();
    thread::spawn(move || {
        let world: PathBuf = world.recv().unwrap();
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let body = make(&world, &question(&mut BufReader::new(&stream)));
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
            stream.write_all(&[head.as_bytes(), &body].concat()).unwrap();
        }
    });
    (url, sender)
}

fn question(reader: &mut impl std::io::BufRead) -> Vec<u8> {
    let (mut line, mut length) = (String::new(), 0);
    while line != "\r\n" {
        line.clear();
        reader.read_line(&mut line).unwrap();
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    body
}

/// A responder's good, as of two minutes from now: the desk's clock is one minute ahead.
fn good(world: &Path, question: &[u8]) -> Vec<u8> {
    let read = |name| fs::read(world.join(name)).unwrap();
    let (certificate, key) = (read("anchors/signature/lab-ca.der"), read("authorities/signature/key.der"));
    let authority = Authority::restore(Purpose::Signature, &certificate, &key).unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let made = lab_time(i64::try_from(now).unwrap() + 120);
    let until = Some(lab_time(i64::try_from(now).unwrap() + 3600));
    let answer = Answer::to(question, made, Period { from: made, until }, |_| Saying::Good).unwrap();
    answer.signed_by_authority(&authority).unwrap()
}
