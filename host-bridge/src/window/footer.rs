//! Drawing what is wanted next: reading on, a card, the answer to a question, the password; and the ends.

use std::time::Instant;

use eframe::egui::{
    Align, Button, CornerRadius, Frame, Layout, Panel, Response, RichText, Spinner, Stroke, StrokeKind, Ui,
    Vec2,
};
use shomei_card::EntryError;

use super::desk::{Desk, Page, Wanted};
use super::paper::wrapped;
use super::password::Note;
use super::words::{Explanation, Words, fill};
use super::{field, theme};
use crate::card::{Interruption, Readers, Standing, Step, Trouble};
use crate::operation::End;

/// From how many minutes before the end the time left is shown.
const TELL_TIME_BELOW: u64 = 3;

/// What the resident asked for with the mouse or a focused button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Sign with the entered password.
    Sign,
    /// Say no.
    TurnAway,
    /// Show more of the document.
    ReadOn,
    /// Spend the last try.
    ConfirmLastTry,
}

/// Draws the part below the document.
pub fn draw(ui: &mut Ui, desk: &mut Desk, words: &Words, deadline: Instant) -> Option<Act> {
    let frame = Frame::new().fill(theme::DESK).inner_margin(theme::margin(theme::EDGE, 18));
    let shown = Panel::bottom("footer").frame(frame).show(ui, |ui| {
        let act = match (desk.page(), desk.wanted()) {
            (Page::Working(step), _) => working(ui, desk, step, words),
            (_, Wanted::ReadingOn) => reading_on(ui, words),
            (_, Wanted::Card(standing)) => waiting(ui, desk, standing, words),
            (_, Wanted::LastTryAnswer) => last_try(ui, desk, words),
            (_, Wanted::Password { tries }) => password(ui, desk, tries, words),
        };
        time_left(ui, deadline, words);
        act
    });
    shown.inner
}

fn working(ui: &mut Ui, desk: &Desk, step: Step, words: &Words) -> Option<Act> {
    if let Some(standing) = desk.delay() {
        let silent = standing == Standing::Silent;
        let told = if silent { words.waiting.silent_at_work } else { explanation_of(standing, words) };
        explain(ui, told, theme::WARNING.0);
        return buttons(ui, |ui| refusal(ui, words.cancel));
    }
    let text = match step {
        Step::Unlocking => words.steps.unlocking,
        Step::Reading => words.steps.reading,
        Step::Signing => words.steps.signing,
        Step::Checking => words.steps.checking,
    };
    ui.horizontal(|ui| {
        ui.add(Spinner::new().size(26.0).color(theme::ACCENT));
        ui.label(RichText::new(text).size(theme::HEADING));
    });
    ui.label(words.steps.hold_still);
    buttons(ui, |ui| refusal(ui, words.cancel))
}

fn reading_on(ui: &mut Ui, words: &Words) -> Option<Act> {
    wrapped(ui, words.read_on, theme::BODY, theme::INK);
    buttons(ui, |ui| {
        let on = affirmative(ui, words.scroll_on, true).clicked().then_some(Act::ReadOn);
        on.or(refusal(ui, words.cancel))
    })
}

fn waiting(ui: &mut Ui, desk: &Desk, standing: Standing, words: &Words) -> Option<Act> {
    let removed = desk.interrupted == Some(Interruption::CardWent) && standing == Standing::NoCard;
    let told = if removed { words.waiting.removed } else { explanation_of(standing, words) };
    wrapped(ui, told.title, theme::HEADING, theme::INK);
    if desk.delay().is_none() && desk.readers().several {
        reader_names(ui, words.reader, desk.readers(), words);
    }
    explain_rest(ui, told);
    buttons(ui, |ui| refusal(ui, words.cancel))
}

fn reader_names(ui: &mut Ui, before: &str, readers: &Readers, words: &Words) {
    for name in readers.names.iter().map(ToString::to_string) {
        let name = if name.is_empty() { words.reader_without_name } else { name.as_str() };
        wrapped(ui, &fill(before, name), theme::SMALL, theme::PALE_INK);
    }
}

/// Which card signs is known by the reader that it is in.
fn card_place(ui: &mut Ui, readers: &Readers, words: &Words) {
    let before = if readers.several { words.reader_among_several } else { words.reader };
    reader_names(ui, before, readers, words);
}

fn explanation_of(standing: Standing, words: &Words) -> Explanation {
    let waiting = &words.waiting;
    match standing {
        Standing::Looking | Standing::Ready { .. } => waiting.looking,
        Standing::NoService => waiting.service,
        Standing::NoReader => waiting.reader,
        Standing::NoCard => waiting.card,
        Standing::OtherCard => waiting.other_card,
        Standing::InUse => waiting.in_use,
        Standing::Mute => waiting.mute,
        Standing::Silent => waiting.silent,
        Standing::SeveralCards => waiting.several_cards,
    }
}

fn last_try(ui: &mut Ui, desk: &Desk, words: &Words) -> Option<Act> {
    let armed = desk.is_armed();
    wrapped(ui, words.last_try.title, theme::HEADING, theme::WARNING.0);
    wrapped(ui, words.last_try.text, theme::BODY, theme::INK);
    card_place(ui, desk.readers(), words);
    buttons(ui, |ui| {
        let no = refusal(ui, words.last_try.no);
        let yes = affirmative(ui, words.last_try.yes, armed).clicked().then_some(Act::ConfirmLastTry);
        no.or(yes)
    })
}

fn password(ui: &mut Ui, desk: &mut Desk, tries: u8, words: &Words) -> Option<Act> {
    let armed = desk.is_armed();
    before_password(ui, desk, tries, words);
    ui.horizontal_wrapped(|ui| {
        field::draw(ui, &desk.field, words, armed);
        let toggle = if desk.field.shown { words.hide } else { words.show };
        if plain(ui, toggle, armed).clicked() {
            desk.field.shown = !desk.field.shown;
            ui.memory_mut(|memory| memory.request_focus(field::id()));
        }
    });
    let judged = desk.field.password().map(drop);
    note(ui, desk, judged, words);
    buttons(ui, |ui| {
        let sign = affirmative(ui, words.sign, armed && judged.is_ok()).clicked().then_some(Act::Sign);
        sign.or(refusal(ui, words.cancel))
    })
}

/// What there is to know before the password is typed: what went before, for which card, how often, in what shape.
fn before_password(ui: &mut Ui, desk: &Desk, tries: u8, words: &Words) {
    if let Some(left) = desk.wrong {
        ui.label(RichText::new(fill(words.wrong, left)).color(theme::WARNING.0));
    } else if let Some(interruption) = desk.interrupted {
        wrapped(ui, title_of(interruption, words), theme::BODY, theme::WARNING.0);
    }
    card_place(ui, desk.readers(), words);
    ui.horizontal(|ui| {
        ui.label(RichText::new(words.password).size(20.0));
        let low = tries <= 2;
        let ink = if low { theme::WARNING.0 } else { theme::PALE_INK };
        ui.label(RichText::new(fill(words.tries, tries)).color(ink));
    });
    wrapped(ui, words.password_shape, theme::SMALL, theme::PALE_INK);
    if desk.readers().pad {
        wrapped(ui, words.pad, theme::SMALL, theme::INK);
    }
}

fn title_of(interruption: Interruption, words: &Words) -> &'static str {
    match interruption {
        Interruption::CardWent => words.waiting.removed.title,
        Interruption::ServiceStopped => words.waiting.service_stopped,
        Interruption::BrokenOff => words.waiting.broken_off,
    }
}

/// One line below the field: why the window does not listen, what happened to the last character, or what is missing.
fn note(ui: &mut Ui, desk: &Desk, judged: Result<(), EntryError>, words: &Words) {
    let typed = match desk.field.note() {
        Note::None => None,
        Note::Capitalised => Some((words.notes.capitalised, theme::PALE_INK)),
        Note::Narrowed => Some((words.notes.narrowed, theme::PALE_INK)),
        Note::Refused => Some((words.notes.refused, theme::WARNING.0)),
        Note::Full => Some((words.notes.full, theme::WARNING.0)),
    };
    let missing = match judged {
        Err(EntryError::ProbablyOtherPin) => Some((words.shapes.looks_like_pin, theme::WARNING.0)),
        Err(EntryError::TooShort { length: 1.. }) => Some((words.shapes.short, theme::PALE_INK)),
        _ => None,
    };
    let deaf = (!desk.is_armed()).then_some((words.not_yet, theme::PALE_INK));
    let counted = fill(words.count, desk.field.count());
    let (text, ink) = deaf.or(typed).or(missing).unwrap_or(("", theme::PALE_INK));
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(counted).size(theme::SMALL).color(theme::PALE_INK));
        ui.label(RichText::new(text).size(theme::SMALL).color(ink));
    });
}

fn time_left(ui: &mut Ui, deadline: Instant, words: &Words) {
    let minutes = deadline.saturating_duration_since(Instant::now()).as_secs() / 60 + 1;
    if minutes <= TELL_TIME_BELOW {
        ui.label(RichText::new(fill(words.minutes_left, minutes)).size(theme::SMALL).color(theme::WARNING.0));
    }
}

/// Draws an end in the whole window. True when the resident closes it.
pub fn ending(ui: &mut Ui, page: Page, armed: bool, words: &Words) -> bool {
    let (told, (ink, fill), stays) = match page {
        Page::Signed => (words.signed, theme::GOOD, false),
        Page::Trouble(trouble) => (trouble_of(trouble, words), theme::WARNING, true),
        Page::Emptied(End::TimedOut) => (words.troubles.timeout, theme::WARNING, false),
        _ => (words.cancelled_outside, (theme::INK, theme::DESK), false),
    };
    let frame = Frame::new().fill(theme::PAPER).inner_margin(theme::margin(theme::EDGE, 32));
    let shown = eframe::egui::CentralPanel::default().frame(frame).show(ui, |ui| {
        Frame::new().fill(fill).corner_radius(8).inner_margin(theme::margin(24, 24)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            explain(ui, told, ink);
        });
        ui.add_space(8.0);
        stays && closed(ui, armed, words)
    });
    shown.inner
}

fn closed(ui: &mut Ui, armed: bool, words: &Words) -> bool {
    let response = ui.horizontal(|ui| affirmative(ui, words.close, armed)).inner;
    if armed && ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
        ui.ctx().request_repaint();
    }
    response.clicked()
}

/// What is said at this end.
pub fn trouble_of(trouble: Trouble, words: &Words) -> Explanation {
    let troubles = &words.troubles;
    match trouble {
        Trouble::Blocked => troubles.blocked,
        Trouble::TooManyWrong => troubles.too_many_wrong,
        Trouble::NoCertificate => troubles.no_certificate,
        Trouble::Expired => troubles.expired,
        Trouble::NotYetValid => troubles.not_yet_valid,
        Trouble::UnknownCertificate => troubles.unknown_certificate,
        Trouble::SelfCheck => troubles.self_check,
        Trouble::CardError => troubles.card_error,
        Trouble::UnfitFile => troubles.unfit_file,
        Trouble::NotDelivered => troubles.not_delivered,
    }
}

fn explain(ui: &mut Ui, told: Explanation, ink: eframe::egui::Color32) {
    wrapped(ui, told.title, theme::HEADING, ink);
    explain_rest(ui, told);
}

fn explain_rest(ui: &mut Ui, told: Explanation) {
    for text in [told.tries, told.next].into_iter().filter(|text| !text.is_empty()) {
        wrapped(ui, text, theme::BODY, theme::INK);
    }
}

/// A row of buttons at the right edge; the first one drawn stands outermost.
fn buttons(ui: &mut Ui, draw: impl FnOnce(&mut Ui) -> Option<Act>) -> Option<Act> {
    ui.add_space(6.0);
    // Of its own height: a row that takes all there is would keep what stands below the document from ever shrinking.
    let row = Vec2::new(ui.available_width(), theme::TOUCH_HEIGHT);
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), draw).inner
}

fn refusal(ui: &mut Ui, text: &str) -> Option<Act> {
    plain(ui, text, true).clicked().then_some(Act::TurnAway)
}

fn plain(ui: &mut Ui, text: &str, enabled: bool) -> Response {
    let button = Button::new(RichText::new(text).color(theme::ACCENT))
        .fill(theme::PAPER)
        .stroke(Stroke::new(1.5, theme::BORDER));
    button_with_focus(ui, button, enabled)
}

fn affirmative(ui: &mut Ui, text: &str, enabled: bool) -> Response {
    let fill = if enabled { theme::ACCENT } else { theme::BORDER };
    let button = Button::new(RichText::new(text).color(theme::PAPER)).fill(fill).stroke(Stroke::NONE);
    button_with_focus(ui, button, enabled)
}

fn button_with_focus(ui: &mut Ui, button: Button<'_>, enabled: bool) -> Response {
    let response = ui.add_enabled(enabled, button.min_size(Vec2::new(120.0, theme::TOUCH_HEIGHT)));
    if response.has_focus() {
        let ring = response.rect.expand(3.0);
        ui.painter().rect_stroke(
            ring,
            CornerRadius::same(8),
            Stroke::new(3.0, theme::FOCUS),
            StrokeKind::Outside,
        );
    }
    response
}
