//! Documents, passwords, agents, and the juki card.

use super::{IN_BETWEEN, adult, at, day, instant};
use crate::register::{Entry, Errand};
use crate::rules::{
    Decision, Document, LossReport, Refusal, Request, Reset, Route, Rule, document_kinds, explain_juki,
};

fn shown(name: &str) -> Document {
    Document { name: name.to_owned(), ..Document::default() }
}

#[test]
fn a_document_counts_if_it_has_a_photograph_is_in_date_and_agrees() {
    let license = || shown("運転免許証");
    let until = |last: &str| Document { expires: Some(day(last)), ..license() };
    let name = Some("見本　花子".to_owned());
    let old_name = Document { holder_name: Some("旧姓　花子".to_owned()), ..license() };
    let old_address = Document { address: Some("千葉県みほん市旧町".to_owned()), ..license() };
    let cases = [
        (Some(license()), None),
        (Some(until("2027-06-01")), None),
        (Some(until("2027-05-31")), Some(Rule::DocumentInDate)),
        (Some(Document { holder_name: name, ..license() }), None),
        (Some(old_name), Some(Rule::DocumentAgrees)),
        (Some(old_address), Some(Rule::DocumentAgrees)),
        (Some(shown("マイナンバーカード")), None),
        (Some(shown("住民基本台帳カード（写真付き）")), Some(Rule::DocumentInDate)),
        (Some(shown("健康保険証")), Some(Rule::DocumentWithPhotograph)),
        (Some(shown("会員証")), Some(Rule::DocumentWithPhotograph)),
        (None, Some(Rule::DocumentWithPhotograph)),
    ];
    for (document, expected) in cases {
        for request in [
            Request::Unlock { route: Route::Counter { document: document.clone() } },
            Request::Initialise { document: document.clone() },
        ] {
            let refused = at(&adult(), IN_BETWEEN, &request).err().map(|refusal| refusal.rule());
            assert_eq!(refused, expected, "{request:?}");
        }
    }
}

#[test]
fn every_kind_of_document_is_accepted_or_refused_for_a_reason() {
    for kind in document_kinds().unwrap() {
        let request = Request::Initialise { document: Some(shown(&kind.name)) };
        let accepted = at(&adult(), IN_BETWEEN, &request).is_ok();
        assert_eq!(accepted, kind.photograph && !kind.legacy, "{}", kind.name);
    }
}

#[test]
fn a_kiosk_sets_the_signature_password_alone_and_needs_the_other() {
    let kiosk = |pin_locked| Request::Unlock { route: Route::Kiosk { pin_locked } };
    let born = |birth: &str| {
        let mut entry = adult();
        entry.basic_four_items.birth = day(birth);
        entry
    };
    let reset = |entry: &Entry, request| at(entry, IN_BETWEEN, &request).map(|decision| decision.reset);
    assert_eq!(reset(&adult(), kiosk(false)), Ok(Some(Reset::Signature)));
    assert_eq!(reset(&adult(), kiosk(true)), Err(Refusal::PinLocked));
    assert_eq!(reset(&born("2012-06-01"), kiosk(false)), Ok(Some(Reset::Signature)));
    let possible_from = day("2027-06-02");
    assert_eq!(reset(&born("2012-06-02"), kiosk(false)), Err(Refusal::UnderFifteen { possible_from }));
    let lost = at(&adult(), IN_BETWEEN, &Request::ReportLoss { to: LossReport::Helpline }).unwrap().entry;
    assert!(matches!(reset(&lost, kiosk(false)), Err(Refusal::CardSuspended { .. })));
}

#[test]
fn an_agent_waits_a_day_and_no_more_than_thirty() {
    let document = Some(shown("運転免許証"));
    let mut entry = adult();
    entry.certificates.clear();
    let ask = |entry: &Entry, when: &str, errand| {
        at(entry, when, &Request::Inquire { errand, document: document.clone() })
    };
    let answer = |entry: &Entry, when: &str| at(entry, when, &Request::Answer { document: document.clone() });
    assert_eq!(answer(&entry, IN_BETWEEN), Err(Refusal::NoInquiry));
    let waiting = ask(&entry, IN_BETWEEN, Errand::IssueBoth).unwrap().entry;
    let due = day("2027-07-01");
    let cases = [
        ("2027-06-01T14:59:59Z", Err(Refusal::SameDay)),
        ("2027-06-01T15:00:00Z", Ok(2)),
        ("2027-07-01T14:59:59Z", Ok(2)),
        ("2027-07-01T15:00:00Z", Err(Refusal::AnswerTooLate { due })),
        ("2027-05-30T00:00:00Z", Err(Refusal::SameDay)),
    ];
    for (when, expected) in cases {
        let granted = |decision: Decision| {
            assert_eq!(decision.entry.inquiry, None);
            decision.grants.len()
        };
        assert_eq!(answer(&waiting, when).map(granted), expected, "{when}");
    }
}

#[test]
fn an_agent_gets_what_was_asked_for_and_needs_a_document_twice() {
    let document = Some(shown("パスポート"));
    let cases = [
        (Errand::IssueSignature, 1, None),
        (Errand::IssueAuthentication, 1, None),
        (Errand::Unlock, 0, Some(Reset::Locked)),
        (Errand::Initialise, 0, Some(Reset::All)),
    ];
    let mut entry = adult();
    entry.certificates.clear();
    for (errand, grants, reset) in cases {
        let without = at(&entry, IN_BETWEEN, &Request::Inquire { errand, document: None });
        assert_eq!(without, Err(Refusal::NoDocument));
        let asked = Request::Inquire { errand, document: document.clone() };
        let waiting = at(&entry, IN_BETWEEN, &asked).unwrap().entry;
        let later = "2027-06-10T00:00:00Z";
        assert_eq!(at(&waiting, later, &Request::Answer { document: None }), Err(Refusal::NoDocument));
        let done = at(&waiting, later, &Request::Answer { document: document.clone() }).unwrap();
        assert_eq!((done.grants.len(), done.reset), (grants, reset), "{errand:?}");
    }
}

#[test]
fn no_certificate_of_a_juki_card_is_valid_any_more() {
    let cases = [
        // issued, asked at, last day, over, rule
        ("2014-05-05", "2017-05-03T15:00:00Z", "2017-05-04", false, Rule::JukiThreeYears),
        ("2014-05-05", "2017-05-04T15:00:00Z", "2017-05-04", true, Rule::JukiThreeYears),
        ("2012-02-29", "2015-02-28T14:59:59Z", "2015-02-28", false, Rule::JukiThreeYears),
        ("2015-12-22", "2018-12-21T14:59:59Z", "2018-12-21", false, Rule::JukiThreeYears),
        ("2015-12-22", "2018-12-22T14:59:59Z", "2018-12-21", true, Rule::JukiThreeYears),
        ("2015-12-22", "2018-12-22T15:00:00Z", "2018-12-21", true, Rule::JukiIssuedUntil2015),
        ("2016-01-04", IN_BETWEEN, "2018-12-21", true, Rule::JukiIssuedUntil2015),
    ];
    for (issued, when, last, over, rule) in cases {
        let explained = explain_juki(day(issued), instant(when));
        let said = (explained.last_day, explained.over, explained.rule);
        assert_eq!(said, (day(last), over, rule), "{issued}, asked at {when}");
        assert!(explained.advice.ends_with('。'));
    }
}
