//! Drawing the document: who asks, for what, and every field of it.

use eframe::egui::{
    self, Color32, CornerRadius, Frame, Label, Panel, RichText, ScrollArea, Stroke, Ui, Vec2,
    scroll_area::ScrollBarVisibility,
};
use shomei_pki::World;

use super::input::Scroll;
use super::model::{Review, Row, Section, unseen};
use super::theme;
use super::words::Words;

/// Height of a line for the arrow keys, in points.
const LINE_HEIGHT: f32 = 28.0;
/// How far the end may be below the edge and still count as seen, in points.
const END_TOLERANCE: f32 = 6.0;
/// Height of a line of wrapped text, in times its size.
const LEADING: f32 = 1.4;
/// Width of the labels' column, in points.
const LABEL_WIDTH: f32 = 190.0;
/// Below this width labels stand above their values, in points.
const TWO_COLUMNS_FROM: f32 = 540.0;

/// Where the document stands, and where it is to go.
#[derive(Debug, Default)]
pub struct ScrollState {
    /// Not yet obeyed.
    pub wanted: Option<Scroll>,
    offset: f32,
    screen: f32,
    content: f32,
}

/// Which test banners are due.
#[derive(Debug, Clone, Copy)]
pub struct Banner {
    /// The host was installed for development.
    pub development: bool,
    /// The certificate's world, once it was read.
    pub world: Option<World>,
}

/// Draws the banner of everything that is not production.
pub fn banner(ui: &mut Ui, banner: Banner, words: &Words) {
    let world = match banner.world {
        Some(World::Lab) => Some(words.banner_lab),
        Some(World::JlisTest) => Some(words.banner_test),
        Some(World::Production) | None => None,
    };
    let Some(text) = world.or(banner.development.then_some(words.banner_development)) else {
        return;
    };
    let (ink, fill) = theme::TEST;
    let frame =
        Frame::new().fill(fill).inner_margin(theme::margin(theme::EDGE, 10)).stroke(Stroke::new(2.0, ink));
    Panel::top("banner").frame(frame).show(ui, |ui| {
        ui.vertical_centered(|ui| ui.label(RichText::new(text).color(ink).size(theme::BODY)));
    });
}

/// Draws who asks and for what.
pub fn header(ui: &mut Ui, review: &Review) {
    let frame = Frame::new().fill(theme::DESK).inner_margin(theme::margin(theme::EDGE, 16));
    Panel::top("header").frame(frame).show_separator_line(false).show(ui, |ui| {
        ui.label(RichText::new(review.before_asker).size(theme::SMALL).color(theme::PALE_INK));
        ui.label(RichText::new(&review.asker).size(theme::HEADING).color(theme::ACCENT));
    });
}

/// Draws the document in the rest of the window. True when its end is on screen.
pub fn document(ui: &mut Ui, review: &Review, state: &mut ScrollState, words: &Words) -> bool {
    let frame = Frame::new().fill(theme::PAPER).stroke(Stroke::new(1.0, theme::LINE));
    let shown = egui::CentralPanel::default().frame(frame).show(ui, |ui| {
        let mut area = ScrollArea::vertical()
            .auto_shrink(false)
            .scroll_bar_visibility(ScrollBarVisibility::AlwaysVisible);
        if let Some(offset) = state.obey() {
            area = area.vertical_scroll_offset(offset);
        }
        area.show(ui, |ui| content(ui, review, words))
    });
    let output = shown.inner;
    let shown = ScrollState {
        wanted: None,
        offset: output.state.clamped_offset().y,
        screen: output.inner_rect.height(),
        content: output.content_size.y,
    };
    // What stands below the document may have grown over its end, over several frames.
    let at_end = state.shows_end() || state.wanted == Some(Scroll::End);
    let covered = at_end && shown.screen < state.screen;
    *state = ScrollState { wanted: covered.then_some(Scroll::End), ..shown };
    if covered {
        ui.ctx().request_repaint();
    }
    state.shows_end()
}

impl ScrollState {
    fn shows_end(&self) -> bool {
        self.screen > 0.0 && self.offset + self.screen + END_TOLERANCE >= self.content
    }

    /// The offset to go to, if one is wanted.
    fn obey(&self) -> Option<f32> {
        let end = (self.content - self.screen).max(0.0);
        let offset = match self.wanted? {
            Scroll::Lines(lines) => self.offset + lines * LINE_HEIGHT,
            Scroll::Screens(screens) => self.offset + screens * self.screen,
            Scroll::Start => 0.0,
            Scroll::End => end,
        };
        Some(offset.clamp(0.0, end))
    }
}

fn content(ui: &mut Ui, review: &Review, words: &Words) {
    Frame::new().inner_margin(theme::margin(theme::EDGE, 18)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new(words.heading).size(theme::SMALL).color(theme::PALE_INK));
        text(ui, &review.title, theme::HEADING, words);
        ui.add_space(4.0);
        text(ui, &review.below_title, theme::BODY, words);
        for section in &review.sections {
            draw_section(ui, section, words);
        }
        heading(ui, words.reveals);
        wrapped(ui, words.reveals_text, theme::BODY, theme::INK);
        ui.add_space(10.0);
        wrapped(ui, &review.facts, theme::SMALL, theme::PALE_INK);
    });
}

fn heading(ui: &mut Ui, text: &str) {
    ui.add_space(22.0);
    ui.label(RichText::new(text).size(20.0).color(theme::ACCENT));
    ui.add_space(2.0);
}

fn draw_section(ui: &mut Ui, section: &Section, words: &Words) {
    heading(ui, &section.heading);
    if let Some(remark) = section.remark {
        wrapped(ui, remark, theme::BODY, theme::WARNING.0);
    }
    for row in &section.rows {
        line(ui);
        draw_row(ui, row, words);
    }
    line(ui);
}

fn line(ui: &mut Ui) {
    let (_, rect) = ui.allocate_space(Vec2::new(ui.available_width(), 1.0));
    ui.painter().rect_filled(rect, CornerRadius::ZERO, theme::LINE);
}

fn draw_row(ui: &mut Ui, row: &Row, words: &Words) {
    if ui.available_width() < TWO_COLUMNS_FROM {
        label(ui, row, words);
        value(ui, row, words);
        return;
    }
    ui.horizontal_top(|ui| {
        ui.allocate_ui(Vec2::new(LABEL_WIDTH, 0.0), |ui| {
            ui.set_width(LABEL_WIDTH);
            label(ui, row, words);
        });
        ui.vertical(|ui| value(ui, row, words));
    });
}

fn label(ui: &mut Ui, row: &Row, words: &Words) {
    ui.add_space(2.0);
    marked(ui, &row.label, theme::SMALL, theme::PALE_INK, words);
}

fn value(ui: &mut Ui, row: &Row, words: &Words) {
    ui.spacing_mut().item_spacing.y = 3.0;
    for line in &row.lines {
        text(ui, line, theme::BODY, words);
    }
    for fact in &row.facts {
        wrapped(ui, fact, theme::SMALL, theme::PALE_INK);
    }
    if row.individual_number {
        remark(ui, words.individual_number);
    }
}

/// Text from the document, and below it whatever of it cannot be told from looking.
fn text(ui: &mut Ui, text: &str, size: f32, words: &Words) {
    marked(ui, text, size, theme::INK, words);
}

fn marked(ui: &mut Ui, text: &str, size: f32, ink: Color32, words: &Words) {
    wrapped(ui, text, size, ink);
    let font = theme::font(size);
    let codes = ui.fonts_mut(|fonts| unseen(text, |character| fonts.has_glyph(&font, character)));
    if !codes.is_empty() {
        remark(ui, &format!("{} {}", words.unseen_characters, codes.join(", ")));
    }
}

fn remark(ui: &mut Ui, text: &str) {
    let (ink, fill) = theme::WARNING;
    Frame::new().fill(fill).corner_radius(4).inner_margin(theme::margin(10, 6)).show(ui, |ui| {
        wrapped(ui, text, theme::SMALL, ink);
    });
}

/// Draws `text` over as many lines as it needs.
pub fn wrapped(ui: &mut Ui, text: &str, size: f32, ink: Color32) {
    let text = RichText::new(text).size(size).line_height(Some(size * LEADING)).color(ink);
    ui.add(Label::new(text).wrap());
}
