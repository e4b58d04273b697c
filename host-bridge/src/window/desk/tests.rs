use std::time::{Duration, Instant};

use shomei_card::LastTry;

use super::{Attention, Desk, Page, Wanted};
use crate::card::{Interruption, Report, Standing, Step, Trouble};
use crate::operation::{End, Party};
use crate::window::arming::QUIET;

const READY: Report = Report::Standing(Standing::Ready { tries: 5 });
const LAST: Report = Report::Standing(Standing::Ready { tries: 1 });

/// Lets the window be quiet for long enough.
fn quiet(desk: &mut Desk) {
    let now = Instant::now();
    let present = Attention { present: true, keys: false };
    desk.observe(now, present);
    desk.observe(now + QUIET, present);
}

fn read_with(reports: &[Report]) -> Desk {
    let mut desk = Desk::new();
    reports.iter().for_each(|report| desk.hear(report.clone()));
    desk.reached_end();
    quiet(&mut desk);
    desk
}

#[test]
fn the_password_is_wanted_only_after_the_end_was_read_and_a_card_with_tries_is_there() {
    let several = Standing::SeveralCards;
    let cases: [(&str, &[Report], bool, Wanted); 6] = [
        ("unread", &[READY], false, Wanted::ReadingOn),
        ("no card yet", &[], true, Wanted::Card(Standing::Looking)),
        ("no reader", &[Report::Standing(Standing::NoReader)], true, Wanted::Card(Standing::NoReader)),
        ("two cards", &[READY, Report::Standing(several)], true, Wanted::Card(several)),
        ("ready", &[READY], true, Wanted::Password { tries: 5 }),
        ("last try", &[LAST], true, Wanted::LastTryAnswer),
    ];
    for (name, reports, read, wanted) in cases {
        let mut desk = Desk::new();
        reports.iter().for_each(|report| desk.hear(report.clone()));
        if read {
            desk.reached_end();
        }
        quiet(&mut desk);
        assert_eq!(desk.wanted(), wanted, "{name}");
        assert_eq!(desk.takes_password(), matches!(wanted, Wanted::Password { .. }), "{name}");
    }
}

#[test]
fn whatever_newly_appears_waits_for_quiet_before_it_listens() {
    type Change = fn(&mut Desk);
    let changes: [(&str, Change); 3] = [
        ("the field", |desk| desk.reached_end()),
        ("the last-try question", |desk| desk.hear(LAST)),
        ("a trouble", |desk| desk.hear(Report::Trouble(Trouble::Blocked))),
    ];
    for (name, change) in changes {
        let mut desk = Desk::new();
        desk.hear(READY);
        if name != "the field" {
            desk.reached_end();
        }
        quiet(&mut desk);
        assert!(desk.is_armed(), "{name}");
        change(&mut desk);
        assert!(!desk.is_armed(), "{name}");
    }
}

#[test]
fn a_password_goes_out_once_and_only_if_the_card_could_take_it() {
    let mut desk = read_with(&[READY]);
    desk.field.enter("1234");
    assert!(desk.submit().is_none(), "the other PIN");
    desk.field.clear();
    desk.field.enter("ABC123");
    assert_eq!(desk.submit().map(|unlock| unlock.last_try), Some(LastTry::NotConfirmed));
    assert_eq!((desk.page(), desk.field.count()), (Page::Working(Step::Unlocking), 0));
    assert!(desk.submit().is_none(), "twice");
}

#[test]
fn enter_before_the_window_listens_does_nothing() {
    let mut desk = read_with(&[READY]);
    desk.field.enter("ABC123");
    desk.observe(Instant::now() + Duration::from_secs(5), Attention { present: false, keys: true });
    assert!(desk.submit().is_none());
}

#[test]
fn the_last_try_needs_a_yes_each_time() {
    let mut desk = read_with(&[LAST]);
    desk.field.enter("ABC123");
    assert!(desk.submit().is_none(), "unasked");
    desk.confirm_last_try();
    assert!(!desk.takes_password(), "a key under way must not enter the field");
    quiet(&mut desk);
    assert_eq!(desk.submit().map(|unlock| unlock.last_try), Some(LastTry::Confirmed));
    desk.hear(Report::Interrupted(Interruption::CardWent));
    desk.hear(LAST);
    assert_eq!(desk.wanted(), Wanted::LastTryAnswer);
}

#[test]
fn a_wrong_password_is_told_and_asked_for_again_and_a_removed_card_forgets_what_was_typed() {
    let mut desk = read_with(&[READY]);
    desk.field.enter("ABC124");
    assert!(desk.submit().is_some());
    desk.hear(Report::Wrong { left: 4 });
    desk.hear(Report::Standing(Standing::Ready { tries: 4 }));
    quiet(&mut desk);
    assert_eq!((desk.wrong, desk.wanted()), (Some(4), Wanted::Password { tries: 4 }));
    desk.field.enter("AB");
    desk.hear(Report::Standing(Standing::NoCard));
    assert_eq!((desk.field.count(), desk.wanted()), (0, Wanted::Card(Standing::NoCard)));
}

#[test]
fn while_somebody_is_waited_for_nothing_is_typed_and_the_window_says_whom() {
    let cases = [(Party::Program, Standing::InUse), (Party::Card, Standing::Silent)];
    for (party, standing) in cases {
        let mut desk = read_with(&[READY]);
        desk.field.enter("ABC123");
        desk.wait_for(Some(party));
        quiet(&mut desk);
        assert_eq!((desk.wanted(), desk.field.count()), (Wanted::Card(standing), 0), "{party:?}");
        assert!(!desk.takes_password(), "{party:?}");
        desk.wait_for(None);
        assert_eq!(desk.wanted(), Wanted::Password { tries: 5 }, "{party:?}");
        assert!(!desk.is_armed(), "{party:?}: a key under way must not enter the field");
    }
}

#[test]
fn a_card_at_work_that_is_waited_for_stays_at_work() {
    let mut desk = read_with(&[READY]);
    desk.field.enter("ABC123");
    assert!(desk.submit().is_some());
    desk.wait_for(Some(Party::Card));
    assert_eq!((desk.page(), desk.delay()), (Page::Working(Step::Unlocking), Some(Standing::Silent)));
    desk.wait_for(None);
    desk.hear(Report::Step(Step::Signing));
    assert_eq!((desk.page(), desk.delay()), (Page::Working(Step::Signing), None));
}

#[test]
fn an_emptied_window_hears_nothing_and_holds_nothing() {
    let mut desk = read_with(&[READY]);
    desk.field.enter("ABC123");
    desk.empty(End::Cancelled);
    desk.hear(READY);
    assert_eq!((desk.page(), desk.field.count()), (Page::Emptied(End::Cancelled), 0));
    assert!(!desk.takes_password());
    desk.empty(End::Declined);
    assert_eq!(desk.page(), Page::Emptied(End::Cancelled), "the first reason stays");
}
