use std::time::Instant;

use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2, RawInput};

use super::{Acts, Scroll, take};
use crate::card::{Report, Standing};
use crate::window::arming::{Attention, QUIET};
use crate::window::desk::Desk;

/// A window that wants the password and, if `armed`, listens.
fn desk(armed: bool) -> Desk {
    let mut desk = Desk::new();
    desk.hear(Report::Standing(Standing::Ready { tries: 5 }));
    desk.reached_end();
    let (now, present) = (Instant::now(), Attention { present: true, keys: false });
    desk.observe(now, present);
    if armed {
        desk.observe(now + QUIET, present);
    }
    desk
}

fn press(key: Key) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE }
}

fn typed(text: &str) -> Vec<Event> {
    text.chars().map(|character| Event::Text(character.into())).collect()
}

/// What is left for the toolkit, what was done, and how many characters the field holds.
fn given(events: Vec<Event>, desk: &mut Desk, field_hears: bool) -> (Vec<Event>, Acts, usize) {
    let mut input = RawInput { events, ..Default::default() };
    let acts = take(&mut input, desk, field_hears);
    (input.events, acts, desk.field.count())
}

#[test]
fn typed_and_pasted_characters_reach_the_field_and_never_the_toolkit() {
    let cases = [
        ("typed", typed("ABC123"), 6),
        ("pasted", vec![Event::Paste("ABC123".into())], 6),
        ("erased", [typed("ABC"), vec![press(Key::Backspace)]].concat(), 2),
        ("with their keys", [vec![press(Key::A)], typed("A")].concat(), 1),
        ("copied", [typed("A"), vec![Event::Copy, Event::Cut]].concat(), 1),
    ];
    for (name, events, count) in cases {
        let (left, _, entered) = given(events, &mut desk(true), true);
        assert_eq!((left, entered), (vec![], count), "{name}");
    }
}

#[test]
fn a_window_that_does_not_listen_takes_nothing_and_passes_nothing_on() {
    let keys =
        [typed("ABC123"), vec![Event::Paste("ABC123".into()), press(Key::Enter), press(Key::Space)]].concat();
    let keys = [keys, vec![press(Key::Tab), press(Key::Escape)]].concat();
    let (left, acts, entered) = given(keys, &mut desk(false), true);
    assert_eq!((left, entered, acts), (vec![], 0, Acts { keys: true, ..Acts::default() }));
}

#[test]
fn keys_that_act_are_obeyed_and_those_that_move_between_buttons_are_passed_on() {
    let keys = Acts { keys: true, ..Acts::default() };
    let cases = [
        ("Enter in the field", Key::Enter, true, false, Acts { submit: true, ..keys }),
        ("Enter on a button", Key::Enter, false, true, keys),
        ("Space on a button", Key::Space, false, true, keys),
        ("Escape", Key::Escape, true, false, Acts { cancel: true, ..keys }),
        ("Tab", Key::Tab, true, true, keys),
        ("End", Key::End, true, false, Acts { scroll: Some(Scroll::End), ..keys }),
        ("PageDown", Key::PageDown, false, false, Acts { scroll: Some(Scroll::Screens(0.85)), ..keys }),
    ];
    for (name, key, field_hears, passes, expected) in cases {
        let (left, acts, _) = given(vec![press(key)], &mut desk(true), field_hears);
        assert_eq!((left.len() == 1, acts), (passes, expected), "{name}");
    }
}

#[test]
fn characters_typed_while_a_button_has_the_keyboard_are_dropped() {
    assert_eq!(given(typed("ABC123"), &mut desk(true), false).2, 0);
}

#[test]
fn clicks_are_seen_and_passed_on() {
    let (pos, button, modifiers) = (Pos2::ZERO, PointerButton::Primary, Modifiers::NONE);
    let click = Event::PointerButton { pos, button, pressed: true, modifiers };
    let (left, acts, _) = given(vec![click], &mut desk(false), true);
    assert_eq!((left.len(), acts.click, acts.keys), (1, true, false));
}
