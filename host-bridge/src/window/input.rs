//! What the keyboard may do, decided before the window toolkit sees it.
//!
//! Characters for the password are taken out here and wiped, so the toolkit's own state never holds them. What the
//! toolkit needs to move between buttons passes, and only while the window listens.

use eframe::egui::{Event, Key, RawInput};
use zeroize::Zeroize;

use super::desk::Desk;

/// What the resident did with the keyboard since the last frame.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Acts {
    /// Sign with the entered password.
    pub submit: bool,
    /// Say no.
    pub cancel: bool,
    /// Move the document.
    pub scroll: Option<Scroll>,
    /// Any key at all.
    pub keys: bool,
    /// Any mouse button.
    pub click: bool,
}

/// Where the document is to move.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scroll {
    /// By this many lines, downwards if positive.
    Lines(f32),
    /// By this many screens, downwards if positive.
    Screens(f32),
    /// To the first line.
    Start,
    /// To the last line.
    End,
}

/// Takes the keyboard's events out of `input`: password characters go into `desk`'s field when `field_hears`, what
/// moves between buttons is left to the toolkit while the window listens, and everything else is dropped.
pub fn take(input: &mut RawInput, desk: &mut Desk, field_hears: bool) -> Acts {
    let mut acts = Acts::default();
    let hears = field_hears && desk.takes_password();
    let armed = desk.is_armed();
    input.events.retain_mut(|event| match event {
        Event::Text(text) | Event::Paste(text) | Event::MiddleClickPaste { text, .. } => {
            acts.keys = true;
            if hears {
                desk.field.enter(text);
            }
            text.zeroize();
            false
        }
        Event::Copy | Event::Cut | Event::PasteImage(_) | Event::Ime(_) => {
            acts.keys = true;
            false
        }
        Event::Key { key, pressed, repeat, modifiers, .. } => {
            acts.keys = true;
            let zoom = modifiers.command && matches!(key, Key::Plus | Key::Minus | Key::Equals | Key::Num0);
            zoom || (*pressed && key_passes(*key, *repeat, hears, armed, desk, &mut acts))
        }
        Event::PointerButton { pressed: true, .. } => {
            acts.click = true;
            true
        }
        _ => true,
    });
    acts
}

/// Obeys a pressed key, or says that the toolkit may have it.
fn key_passes(key: Key, repeat: bool, hears: bool, armed: bool, desk: &mut Desk, acts: &mut Acts) -> bool {
    if let Some(scroll) = scroll_of(key) {
        acts.scroll = Some(scroll);
        return false;
    }
    match key {
        Key::Backspace | Key::Delete if hears => desk.field.erase_last(),
        Key::Enter if hears => acts.submit |= !repeat,
        Key::Escape => acts.cancel |= armed,
        Key::Tab => return armed,
        Key::Enter | Key::Space => return armed && !repeat && !hears,
        _ => {}
    }
    false
}

fn scroll_of(key: Key) -> Option<Scroll> {
    match key {
        Key::ArrowDown => Some(Scroll::Lines(3.0)),
        Key::ArrowUp => Some(Scroll::Lines(-3.0)),
        Key::PageDown => Some(Scroll::Screens(0.85)),
        Key::PageUp => Some(Scroll::Screens(-0.85)),
        Key::Home => Some(Scroll::Start),
        Key::End => Some(Scroll::End),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
