//! A responder over HTTP: every question has a nonce of its own, and whatever does not answer it is unknown.

use crate::server::{Request, Server, answer, forever};
use crate::world::*;
use shomei_lab::Reason;
use shomei_lab::ocsp::{Answer, Appointment, Period, Refusal, Saying};
use shomei_pki::ocsp::{OcspProblem, OcspRefusal};
use shomei_pki::{Evidence, RevocationReason, RevocationSource, RevocationStatus, UnknownReason};
use shomei_revocation::{HttpLimits, OcspResponder, RESPONDER_LIMITS, Sources, SourcesConfig};
use std::io::Write as _;
use std::time::Duration;

pub fn responder(server: &Server, limits: HttpLimits) -> OcspResponder {
    OcspResponder::new(server.url("/ocsp").parse().unwrap(), verifier(), limits)
}

fn current() -> Period {
    Period { from: lab_time(-60), until: Some(lab_time(3600)) }
}

/// The lab's answer to the question in `request`.
fn to(request: &Request, saying: Saying) -> Answer {
    Answer::to(&request.body, lab_time(0), current(), |serial| {
        assert_eq!(serial, holder(0).certificate().serial());
        saying
    })
    .unwrap()
}

fn by_authority(answer: &Answer) -> Vec<u8> {
    answer.signed_by_authority(&world().signature).unwrap()
}

/// What the responder is taken to say when the server makes its answers so.
fn asked(make: impl Fn(&Request) -> Vec<u8> + Send + Sync + 'static) -> RevocationStatus {
    let server = Server::start();
    server.does(move |request, stream| {
        let body = make(request);
        drop(stream.write_all(&answer("200 OK", "Content-Type: application/ocsp-response\r\n", &body)));
    });
    status(&responder(&server, RESPONDER_LIMITS), 0, 0)
}

fn because(problem: OcspProblem) -> RevocationStatus {
    unknown(UnknownReason::Responder(problem))
}

fn appointed(appointment: Appointment) -> RevocationStatus {
    asked(move |request| {
        let by = world().signature.appoint(appointment).unwrap();
        to(request, Saying::Good).signed_by(&by).unwrap()
    })
}

fn proper() -> Appointment {
    Appointment::proper(lab_time(-DAY), lab_time(DAY))
}

#[test]
fn what_the_authority_or_its_responder_says_to_this_question_counts() {
    let since = lab_time(-7200);
    let revoked = Saying::Revoked { at: since, reason: Reason::CessationOfOperation };
    let status = RevocationStatus::Revoked { at: at(-7200), reason: RevocationReason::CessationOfOperation };
    assert_eq!(asked(|request| by_authority(&to(request, Saying::Good))), good(-60));
    assert_eq!(asked(move |request| by_authority(&to(request, revoked))), status);
    assert_eq!(appointed(proper()), good(-60));
}

#[test]
fn whatever_else_a_responder_says_is_unknown() {
    let says_good = |request: &Request| to(request, Saying::Good);
    let other_key =
        move |request: &Request| says_good(request).signed_by_authority(&world().authentication).unwrap();
    let stale = |request: &Request| {
        let period = Period { from: lab_time(-DAY), until: Some(lab_time(-3600)) };
        by_authority(&Answer::to(&request.body, lab_time(-DAY), period, |_| Saying::Good).unwrap())
    };
    let outdated = OcspProblem::Outdated { next_update: at(-3600) };
    let table = [
        ("not known", asked(|request| by_authority(&to(request, Saying::Unknown))), OcspProblem::NotKnown),
        (
            "the nonce of another question",
            asked(move |request| by_authority(&says_good(request).with_nonce(Some(&[7; 32])))),
            OcspProblem::NonceDiffers,
        ),
        (
            "no nonce",
            asked(move |request| by_authority(&says_good(request).with_nonce(None))),
            OcspProblem::NonceMissing,
        ),
        ("another key", asked(other_key), OcspProblem::Responder),
        (
            "a responder whose time is over",
            appointed(Appointment { until: lab_time(-3600), ..proper() }),
            OcspProblem::ResponderValidity,
        ),
        (
            "a responder for something else",
            appointed(Appointment { for_answers: false, ..proper() }),
            OcspProblem::ResponderPurpose,
        ),
        ("an old answer", asked(stale), outdated),
        (
            "try later",
            asked(|_| Refusal::TryLater.response().unwrap()),
            OcspProblem::Refused(OcspRefusal::TryLater),
        ),
        ("garbage", asked(|_| b"garbage".to_vec()), OcspProblem::Malformed { offset: 0 }),
        ("nothing", asked(|_| Vec::new()), OcspProblem::Malformed { offset: 0 }),
    ];
    for (name, status, problem) in table {
        assert_eq!(status, because(problem), "{name}");
    }
}

#[test]
fn every_question_has_a_fresh_nonce_so_that_no_answer_serves_twice() {
    let server = Server::start();
    let first = std::sync::OnceLock::new();
    server.does(move |request, stream| {
        let body = first.get_or_init(|| by_authority(&to(request, Saying::Good)));
        drop(stream.write_all(&answer("200 OK", "", body)));
    });
    let responder = responder(&server, RESPONDER_LIMITS);
    assert_eq!(status(&responder, 0, 0), good(-60));
    assert_eq!(status(&responder, 0, 0), because(OcspProblem::NonceDiffers));
    let asked = server.requests();
    assert!(asked.iter().all(|request| request.head.starts_with("post /ocsp http/1.1\r\n")));
    assert!(asked.iter().all(|request| request.head.contains("content-type: application/ocsp-request\r\n")));
    assert_ne!(asked[0].body, asked[1].body);
}

#[test]
fn a_network_that_brings_nothing_is_no_answer() {
    let impatient = HttpLimits { whole: Duration::from_millis(500), ..RESPONDER_LIMITS };
    let server = Server::start();
    let responder = responder(&server, impatient);
    let no_answer = unknown(UnknownReason::NoAnswer);
    server.does(|_, stream| forever(stream, b"", Duration::from_millis(20)));
    assert_eq!(status(&responder, 0, 0), no_answer, "nothing");
    server.does(|_, stream| {
        drop(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n"));
        forever(stream, b"0", Duration::from_millis(2));
    });
    assert_eq!(status(&responder, 0, 0), no_answer, "a slow answer");
    let responder = self::responder(&server, RESPONDER_LIMITS);
    server.does(|_, stream| {
        drop(stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n"));
        forever(stream, &[0; 4096], Duration::ZERO);
    });
    assert_eq!(status(&responder, 0, 0), no_answer, "an endless answer");
    server.does(|request, stream| {
        let body = by_authority(&to(request, Saying::Good));
        drop(stream.write_all(&answer("500 Internal Server Error", "", &body)));
    });
    assert_eq!(status(&responder, 0, 0), no_answer, "a failure");
    server.says(answer("307 Temporary Redirect", "Location: /elsewhere\r\n", b""));
    assert_eq!(status(&responder, 0, 0), no_answer, "a redirect");
    drop(server);
    assert_eq!(status(&responder, 0, 0), no_answer, "a responder that was stopped");
}

#[test]
fn an_answer_of_now_says_nothing_good_about_long_ago() {
    let server = Server::start();
    server.does(|request, stream| {
        let body = by_authority(&to(request, Saying::Good));
        drop(stream.write_all(&answer("200 OK", "", &body)));
    });
    let from_later = OcspProblem::FromLater { made: at(0) };
    assert_eq!(status(&responder(&server, RESPONDER_LIMITS), 0, -DAY), because(from_later));
}

#[test]
fn the_evidence_is_the_response_as_it_came() {
    let server = Server::start();
    let kept = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let keep = kept.clone();
    server.does(move |request, stream| {
        let body = by_authority(&to(request, Saying::Good));
        keep.lock().unwrap().clone_from(&body);
        drop(stream.write_all(&answer("200 OK", "", &body)));
    });
    let given = responder(&server, RESPONDER_LIMITS).answer(holder(0).certificate(), &issuer(), at(0));
    let Some(Evidence::Response(evidence)) = given.evidence else {
        panic!("{:?}", given.status);
    };
    assert_eq!((evidence.response, evidence.this_update), (kept.lock().unwrap().clone(), at(-60)));
}

#[test]
fn a_responder_is_asked_about_its_own_authority_only_and_lists_stand_in_for_it() {
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mihon.crl"), first_list(0, -600)).unwrap();
    let own: String = issuer().key_identifier().iter().map(|octet| format!("{octet:02x}")).collect();
    server.does(|request, stream| {
        let body = by_authority(&to(request, Saying::Good));
        drop(stream.write_all(&answer("200 OK", "", &body)));
    });
    for (key, expected, questions) in [(own.as_str(), good(-60), 1), ("00ff", good(-600), 1)] {
        let config = SourcesConfig {
            lists: vec![folder.path().to_owned()],
            responders: vec![format!("{key}={}", server.url("/ocsp")).parse().unwrap()],
            ..SourcesConfig::default()
        };
        let sources = Sources::open(&config, anchors(), verifier()).unwrap();
        assert_eq!(status(&sources, 0, 0), expected, "{key}");
        assert_eq!(server.requests().len(), questions, "{key}");
    }
}
