//! The host's own window: the one place where a resident reads what is signed and enters the password.
//!
//! Drawn from [`model`], kept honest by [`desk`]; the keyboard passes through [`input`] before the toolkit sees it.
//! Opened on the main thread, once for each signing. The toolkit's libraries are loaded only here.

mod arming;
mod desk;
mod field;
mod footer;
mod input;
mod model;
mod paper;
mod password;
mod theme;
mod words;

use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use eframe::egui::{self, Context, RawInput, ViewportBuilder, ViewportCommand};
use egui_system_font_provider::SystemFontProvider;

use crate::card::{Report, Trouble};
use crate::operation::{End, Operation};
use crate::subject::Shown;
use arming::Attention;
use desk::{Desk, Page};
use input::Acts;
use model::Review;
use words::{Explanation, Words};

/// How long an emptied window swallows keys that were on their way.
const SILENCE: Duration = Duration::from_secs(2);
/// How long the good end stays on screen.
const SIGNED_SHOWN: Duration = Duration::from_millis(1500);
/// How often a window looks again that waits for time to pass.
const TICK: Duration = Duration::from_millis(50);
/// How often a window looks again that waits for nothing but its deadline.
const SLOW_TICK: Duration = Duration::from_secs(10);
/// The window's size at first, and the smallest, in points.
const SIZE: ([f32; 2], [f32; 2]) = ([720.0, 860.0], [480.0, 600.0]);

/// The window cannot be opened: no display, or no way to draw on it.
#[derive(Debug, thiserror::Error)]
#[error("the window cannot be opened")]
pub struct NoWindow(#[from] eframe::Error);

/// Shows `subject` until the operation ends or the resident closes the window.
///
/// # Errors
/// [`NoWindow`]; nothing was shown then.
pub fn show(
    operation: &Operation,
    subject: &Shown,
    development: bool,
    reports: Receiver<Report>,
) -> Result<(), NoWindow> {
    let words = words_for(subject);
    let window = Window {
        operation: operation.clone(),
        reports,
        words,
        review: Review::of(subject, words),
        desk: Desk::new(),
        development,
        scroll: paper::ScrollState::default(),
        field_was_offered: false,
        last_key: Instant::now(),
        page_since: Instant::now(),
        frames: 0,
    };
    let options = eframe::NativeOptions {
        viewport: ViewportBuilder::default()
            .with_title(words.window_title)
            .with_app_id("jp.shomei.host")
            .with_inner_size(SIZE.0)
            .with_min_inner_size(SIZE.1),
        centered: true,
        system_font_fallback: false,
        ..Default::default()
    };
    let create = |creation: &eframe::CreationContext<'_>| {
        window.prepare(&creation.egui_ctx);
        let window: Box<dyn eframe::App> = Box::new(window);
        Ok(window)
    };
    Ok(eframe::run_native(words.window_title, options, Box::new(create))?)
}

/// What the window says at this end, where files of this computer are signed.
#[must_use]
pub fn explanation_for_files(trouble: Trouble) -> Explanation {
    footer::trouble_of(trouble, &words::JA_FILES)
}

fn words_for(subject: &Shown) -> &'static Words {
    match subject {
        Shown::Application(_) => &words::JA,
        Shown::Files(_) => &words::JA_FILES,
    }
}

struct Window {
    operation: Operation,
    reports: Receiver<Report>,
    words: &'static Words,
    review: Review,
    desk: Desk,
    development: bool,
    scroll: paper::ScrollState,
    /// The focus was given to the password field; after that it is the resident's to move.
    field_was_offered: bool,
    last_key: Instant,
    page_since: Instant,
    frames: u8,
}

impl Window {
    fn prepare(&self, context: &Context) {
        theme::apply(context);
        // Han characters are drawn as Japan writes them, whatever the desktop's language is.
        context.add_font_provider(Arc::new(SystemFontProvider::new().with_locale(Some("ja"))));
        let waker = context.clone();
        self.operation.on_call_window(move || waker.request_repaint());
    }

    /// Hears the card thread and the operation.
    fn hear(&mut self) {
        let before = self.desk.page();
        while let Ok(report) = self.reports.try_recv() {
            self.desk.hear(report);
        }
        self.desk.wait_for(self.operation.overdue());
        if let Some(end) = self.operation.stopped().filter(|_| self.desk.page() != Page::Signed) {
            self.desk.empty(end);
        }
        if before != self.desk.page() {
            self.page_since = Instant::now();
            self.last_key = self.page_since;
        }
    }

    /// Whether the window has nothing more to do on screen.
    fn is_over(&self) -> bool {
        match self.desk.page() {
            Page::Signed => self.page_since.elapsed() >= SIGNED_SHOWN,
            // The resident's own no needs no explanation.
            Page::Emptied(End::Declined | End::Unavailable | End::SelfCheckFailed) => true,
            Page::Emptied(_) => self.last_key.elapsed() >= SILENCE,
            Page::Review | Page::Working(_) | Page::Trouble(_) => false,
        }
    }

    fn end(&mut self, end: End) {
        self.operation.stop(end);
        self.desk.empty(end);
    }

    /// The resident does not go on: says no, or has read why it cannot.
    fn turn_away(&mut self) {
        match self.desk.page() {
            Page::Trouble(Trouble::SelfCheck) => self.end(End::SelfCheckFailed),
            Page::Trouble(_) => self.end(End::Unavailable),
            Page::Review | Page::Working(_) => self.end(End::Declined),
            Page::Signed | Page::Emptied(_) => {}
        }
    }

    fn submit(&mut self) {
        if let Some(unlock) = self.desk.submit() {
            self.operation.hand_over(unlock);
        }
    }

    fn act(&mut self, acts: Acts, now: Instant) {
        if acts.keys {
            self.last_key = now;
        }
        self.scroll.wanted = acts.scroll.or(self.scroll.wanted);
        if acts.submit {
            self.submit();
        }
        if acts.cancel {
            self.turn_away();
        }
        if acts.click && matches!(self.desk.page(), Page::Emptied(_)) {
            self.last_key = now.checked_sub(SILENCE).unwrap_or(now);
        }
    }

    /// When to look again without being called.
    fn next_look(&self) -> Duration {
        let waits = matches!(self.desk.page(), Page::Signed | Page::Emptied(_)) || !self.desk.is_armed();
        if waits { TICK } else { SLOW_TICK }
    }
}

impl eframe::App for Window {
    fn raw_input_hook(&mut self, context: &Context, input: &mut RawInput) {
        let now = Instant::now();
        let focused = context.memory(|memory| memory.focused());
        let field_hears = focused.is_none_or(|id| id == field::id());
        let acts = input::take(input, &mut self.desk, field_hears);
        let viewport = input.viewports.get(&input.viewport_id);
        let hidden = viewport
            .is_some_and(|viewport| viewport.minimized == Some(true) || viewport.occluded == Some(true));
        self.desk.observe(now, Attention { present: input.focused && !hidden, keys: acts.keys });
        self.act(acts, now);
    }

    fn logic(&mut self, context: &Context, _: &mut eframe::Frame) {
        self.hear();
        if self.is_over() {
            context.send_viewport_cmd(ViewportCommand::Close);
        }
        context.request_repaint_after(self.next_look());
    }

    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        paper::banner(ui, self.banner(), self.words);
        match self.desk.page() {
            Page::Review | Page::Working(_) => self.review(ui),
            page => {
                if footer::ending(ui, page, self.desk.is_armed(), self.words) {
                    self.turn_away();
                }
            }
        }
        // The first frame is on screen when the second is drawn.
        self.frames = self.frames.saturating_add(1);
        match self.frames {
            1 => ui.ctx().request_repaint(),
            2 => self.operation.opened(),
            _ => {}
        }
    }
}

impl Window {
    fn banner(&self) -> paper::Banner {
        paper::Banner { development: self.development, world: self.desk.world() }
    }

    fn review(&mut self, ui: &mut egui::Ui) {
        let act = footer::draw(ui, &mut self.desk, self.words, self.operation.deadline());
        paper::header(ui, &self.review);
        let read_to_end = paper::document(ui, &self.review, &mut self.scroll, self.words);
        if read_to_end && self.frames > 0 {
            self.desk.reached_end();
        }
        self.offer_field(ui.ctx());
        match act {
            Some(footer::Act::Sign) => self.submit(),
            Some(footer::Act::TurnAway) => self.turn_away(),
            Some(footer::Act::ReadOn) => self.scroll.wanted = Some(input::Scroll::Screens(0.85)),
            Some(footer::Act::ConfirmLastTry) => self.desk.confirm_last_try(),
            None => {}
        }
    }

    /// Gives the focus to the password field when it starts to listen, once.
    fn offer_field(&mut self, context: &Context) {
        let takes = self.desk.takes_password();
        if takes && !self.field_was_offered {
            context.memory_mut(|memory| memory.request_focus(field::id()));
            context.request_repaint();
        }
        self.field_was_offered = takes;
    }
}
