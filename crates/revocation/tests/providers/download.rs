//! Lists over HTTP: conditional requests, and everything that a server can do instead of giving a list.

use crate::server::{Server, answer, forever};
use crate::world::*;
use shomei_pki::{CrlProblem, UnknownReason};
use shomei_revocation::{CrlDownload, HttpLimits, HttpProblem, ListProblem, Lists, Place};
use std::io::Write as _;
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

/// Octets: more than any list here, so that what a server sends beyond is noticed.
const LIMITS: HttpLimits =
    HttpLimits { octets: 16 * 1024, connect: Duration::from_secs(5), whole: Duration::from_millis(700) };

fn download(server: &Server, limits: HttpLimits) -> (Arc<Lists>, CrlDownload) {
    let lists = lists(None);
    let download = CrlDownload::new(server.url("/mihon.crl").parse().unwrap(), lists.clone(), limits);
    (lists, download)
}

/// Long enough never to end a healthy exchange on a busy machine.
fn patient() -> HttpLimits {
    HttpLimits { whole: Duration::from_secs(60), ..LIMITS }
}

#[test]
fn a_list_is_fetched_again_only_when_there_is_a_newer_one() {
    let server = Server::start();
    let (lists, download) = download(&server, patient());
    let old = first_list(0, -120);
    let more = "ETag: \"one\"\r\nLast-Modified: Sun, 22 Nov 2026 00:00:00 GMT\r\n";
    server.says(answer("200 OK", more, &old));
    download.refresh().unwrap();
    assert_eq!(status(lists.as_ref(), 0, 0), good(-120));
    server.says(answer("304 Not Modified", "", b""));
    download.refresh().unwrap();
    assert_eq!(status(lists.as_ref(), 0, 0), good(-120));
    server.says(answer("200 OK", "ETag: W/\"two\"\r\n", &next_list(0, &old, -60)));
    download.refresh().unwrap();
    assert_eq!(status(lists.as_ref(), 0, 0), good(-60));
    download.refresh().unwrap();
    let asked: Vec<_> = server.requests().into_iter().map(|request| request.head).collect();
    let conditions = |head: &String| {
        let lines = head.lines().filter(|line| line.starts_with("if-"));
        let mut lines: Vec<_> = lines.map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let first = ["if-modified-since: sun, 22 nov 2026 00:00:00 gmt", "if-none-match: \"one\""];
    assert_eq!(conditions(&asked[0]), [""; 0]);
    assert_eq!(conditions(&asked[1]), first);
    assert_eq!(conditions(&asked[2]), first);
    assert_eq!(conditions(&asked[3]), ["if-none-match: w/\"two\""]);
}

#[test]
fn a_revocation_arrives_with_the_next_list() {
    let server = Server::start();
    let (lists, download) = download(&server, patient());
    let list = first_list(0, -120);
    server.says(answer("200 OK", "", &list));
    download.refresh().unwrap();
    server.says(answer("200 OK", "", &revoking_list(0, &list, -60)));
    download.refresh().unwrap();
    assert!(is_revoked(status(lists.as_ref(), 0, 0)));
}

type Conduct = Box<dyn Fn(&mut TcpStream) + Send + Sync>;

fn says(octets: Vec<u8>) -> Conduct {
    Box::new(move |stream| drop(stream.write_all(&octets)))
}

fn then_forever(head: &'static str, octets: Vec<u8>, pause: Duration) -> Conduct {
    Box::new(move |stream| {
        drop(stream.write_all(head.as_bytes()));
        forever(stream, &octets, pause);
    })
}

fn fails(problem: HttpProblem) -> Box<dyn Fn(&ListProblem) -> bool> {
    Box::new(move |found| *found == ListProblem::Http(problem.clone()))
}

/// What a server does, and what is said of it.
type Misconduct = (&'static str, Conduct, Box<dyn Fn(&ListProblem) -> bool>);

/// Servers that never come to an end.
fn silence() -> Vec<Misconduct> {
    // Too fast for any single reading to time out, too slow ever to come to an end.
    let pause = Duration::from_millis(2);
    vec![
        (
            "nothing",
            Box::new(|stream| forever(stream, b"", Duration::from_millis(20))),
            fails(HttpProblem::Timeout),
        ),
        (
            "a slow head",
            then_forever("HTTP/1.1 200 OK\r\nX: ", b"y".to_vec(), pause),
            fails(HttpProblem::Timeout),
        ),
        (
            "a slow body",
            then_forever("HTTP/1.1 200 OK\r\nContent-Length: 16000\r\n\r\n", b"0".to_vec(), pause),
            fails(HttpProblem::Timeout),
        ),
    ]
}

/// A newer list than the one that is held would be good: nothing of what these servers do may make it so.
fn misconduct(newer: &[u8]) -> Vec<Misconduct> {
    let too_large = || fails(HttpProblem::TooLarge { limit: LIMITS.octets });
    let broken = |problem: &ListProblem| {
        matches!(problem, ListProblem::Http(HttpProblem::Connection(_) | HttpProblem::Protocol(_)))
    };
    let malformed = |problem: &ListProblem| matches!(problem, ListProblem::Malformed(_));
    let whole = answer("200 OK", "", newer);
    let redirect = "Location: /elsewhere.crl\r\n";
    let chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let chunk = [b"1000\r\n".as_slice(), &[0; 0x1000], b"\r\n"].concat();
    vec![
        (
            "an endless body",
            then_forever("HTTP/1.1 200 OK\r\n\r\n", vec![0; 4096], Duration::ZERO),
            too_large(),
        ),
        ("endless chunks", then_forever(chunks, chunk, Duration::ZERO), too_large()),
        ("endless fields", then_forever("HTTP/1.1 200 OK\r\n", b"X-Y: z\r\n".repeat(512), Duration::ZERO), {
            Box::new(broken)
        }),
        (
            "a huge length",
            says(b"HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n0".to_vec()),
            too_large(),
        ),
        ("a length of one too many", says(answer("200 OK", "", &[0; 16 * 1024 + 1])), too_large()),
        ("a redirect", says(answer("302 Found", redirect, newer)), fails(HttpProblem::Status(302))),
        (
            "a permanent redirect",
            says(answer("308 Permanent Redirect", redirect, b"")),
            fails(HttpProblem::Status(308)),
        ),
        (
            "an error with a list",
            says(answer("500 Internal Server Error", "", newer)),
            fails(HttpProblem::Status(500)),
        ),
        ("a part", says(answer("206 Partial Content", "", newer)), fails(HttpProblem::Status(206))),
        (
            "nothing newer than nothing",
            says(answer("304 Not Modified", "", b"")),
            fails(HttpProblem::Status(304)),
        ),
        ("no body", says(answer("200 OK", "", b"")), Box::new(malformed)),
        ("closed at once", says(Vec::new()), Box::new(broken)),
        ("closed in the body", says(whole[..whole.len() - 1].to_vec()), Box::new(broken)),
        (
            "closed in the body without a length",
            says([b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", &newer[..newer.len() - 1]].concat()),
            Box::new(malformed),
        ),
        ("not HTTP", says(b"\x16\x03\x01 garbage\r\n\r\n".to_vec()), Box::new(broken)),
        ("a page", says(answer("200 OK", "Content-Type: text/html\r\n", b"<html>")), Box::new(malformed)),
        ("an octet more", says(answer("200 OK", "", &[newer, b"\0"].concat())), Box::new(malformed)),
    ]
}

#[test]
fn whatever_a_server_does_the_list_from_before_stays_and_nothing_is_ever_good_without_one() {
    let held = first_list(0, -120);
    let silence = silence().into_iter().map(|row| (LIMITS, row));
    let misconduct = misconduct(&next_list(0, &held, -60)).into_iter().map(|row| (patient(), row));
    for (limits, (name, conduct, fits)) in silence.chain(misconduct) {
        let server = Server::start();
        let conduct: Arc<Conduct> = Arc::new(conduct);
        let misbehave = || {
            let conduct = conduct.clone();
            server.does(move |_, stream| conduct(stream));
        };
        let (lists, first) = download(&server, limits);
        misbehave();
        let problem = first.refresh().unwrap_err();
        assert!(fits(&problem), "{name}: {problem:?}");
        assert_eq!(status(lists.as_ref(), 0, 0), unknown(UnknownReason::NoList), "{name}");

        let (lists, patient) = download(&server, patient());
        let later = CrlDownload::new(server.url("/mihon.crl").parse().unwrap(), lists.clone(), limits);
        server.says(answer("200 OK", "", &held));
        patient.refresh().unwrap();
        misbehave();
        let problem = later.refresh().unwrap_err();
        assert!(fits(&problem), "{name}: {problem:?}");
        assert_eq!(status(lists.as_ref(), 0, 0), good(-120), "{name}");
        let problems = lists.problems();
        let place = Place::Url(server.url("/mihon.crl").parse().unwrap());
        assert!(matches!(&problems[..], [one] if one.place == place && one.why == problem), "{name}");
        server.says(answer("200 OK", "", &held));
        patient.refresh().unwrap();
        assert_eq!(lists.problems(), [], "{name}: afterwards");
        let asked = server.requests();
        assert!(
            asked
                .iter()
                .all(|request| request.head.is_empty() || request.head.starts_with("get /mihon.crl "))
        );
    }
}

#[test]
fn a_list_that_may_not_replace_the_one_before_does_not() {
    let (older, held) = (first_list(0, -180), next_list(0, &first_list(0, -180), -120));
    let mut changed = next_list(0, &held, -60);
    *changed.last_mut().unwrap() ^= 1;
    for (name, octets, problem) in [
        ("older", older, ListProblem::Refused(CrlProblem::Older)),
        ("with a changed signature", changed, ListProblem::Refused(CrlProblem::Signature)),
        (
            "of another authority",
            list_by(&other_authority(), -60),
            ListProblem::Refused(CrlProblem::Signature),
        ),
        ("of another city", first_list(1, -60), ListProblem::OtherList),
    ] {
        let server = Server::start();
        let (lists, download) = download(&server, patient());
        server.says(answer("200 OK", "ETag: \"held\"\r\n", &held));
        download.refresh().unwrap();
        server.says(answer("200 OK", "ETag: \"refused\"\r\n", &octets));
        assert_eq!(download.refresh(), Err(problem), "{name}");
        assert_eq!(status(lists.as_ref(), 0, 0), good(-120), "{name}");
        assert_eq!(status(lists.as_ref(), 1, 0), unknown(UnknownReason::NoList), "{name}");
        assert!(download.refresh().is_err(), "{name}");
        let last = server.requests().pop().unwrap().head;
        assert!(last.contains("if-none-match: \"held\""), "what was refused is asked for again: {last}");
    }
}

#[test]
fn the_list_from_before_answers_no_longer_than_it_promised() {
    let server = Server::start();
    let (lists, download) = download(&server, patient());
    server.says(answer("200 OK", "", &first_list(0, -60)));
    download.refresh().unwrap();
    server.says(answer("503 Service Unavailable", "", b""));
    download.refresh().unwrap_err();
    let outdated = UnknownReason::Outdated { next_update: at(7 * DAY - 60) };
    assert_eq!(status(lists.as_ref(), 0, 7 * DAY), unknown(outdated));
}

#[test]
fn a_server_that_is_gone_is_reported() {
    let server = Server::start();
    let (lists, download) = download(&server, patient());
    drop(server);
    assert!(matches!(download.refresh(), Err(ListProblem::Http(HttpProblem::Connection(_)))));
    assert_eq!(status(lists.as_ref(), 0, 0), unknown(UnknownReason::NoList));
}
