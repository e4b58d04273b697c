//! Drawing the password field. It holds no text: it draws dots, or one glyph after the other.
//!
//! The accessibility tree gets the role and the count, also while the characters are shown.

use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align2, CornerRadius, EventFilter, Id, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2,
};

use super::password::{MAX_LENGTH, PasswordField};
use super::theme;
use super::words::Words;

/// Distance from one character to the next, in points.
const STEP: f32 = 24.0;
/// Distance from the border to the first character, in points.
const INDENT: f32 = 22.0;
/// Radius of the dot that stands for a character, in points.
const DOT: f32 = 6.0;

/// The field's identity, by which the keyboard's focus is asked for.
#[must_use]
pub fn id() -> Id {
    Id::unique("signature-password")
}

/// Draws the field and lets it take the focus while the window is `armed`.
pub fn draw(ui: &mut Ui, field: &PasswordField, words: &Words, armed: bool) -> Response {
    let places = u8::try_from(MAX_LENGTH).map_or(0.0, f32::from);
    let size = Vec2::new(places * STEP + 2.0 * INDENT - STEP, theme::TOUCH_HEIGHT);
    let (_, rect) = ui.allocate_space(size);
    let sense = if armed { Sense::click() } else { Sense::hover() };
    let response = ui.interact(rect, id(), sense);
    if response.clicked() {
        response.request_focus();
    }
    let focused = response.has_focus();
    if focused {
        // Tab still leaves; arrows and Escape have their own meaning in this window.
        let kept = EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: true, tab: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id(), kept));
    }
    paint(ui, rect, field, armed, focused);
    ui.ctx().accesskit_node_builder(id(), |node| {
        node.set_role(Role::PasswordInput);
        node.set_label(words.password);
        node.set_value("•".repeat(field.count()));
        node.set_description(words.password_shape);
    });
    response
}

fn paint(ui: &Ui, rect: Rect, field: &PasswordField, armed: bool, focused: bool) {
    let painter = ui.painter();
    let border = match (armed, focused) {
        (_, true) => Stroke::new(3.0, theme::FOCUS),
        (true, false) => Stroke::new(1.5, theme::BORDER),
        (false, false) => Stroke::new(1.5, theme::LINE),
    };
    let fill = if armed { theme::PAPER } else { theme::DESK };
    painter.rect(rect, CornerRadius::same(6), fill, border, StrokeKind::Inside);
    let mut place = Pos2::new(rect.left() + INDENT, rect.center().y);
    if field.shown {
        for glyph in field.glyphs() {
            painter.text(place, Align2::CENTER_CENTER, glyph, theme::font(22.0), theme::INK);
            place.x += STEP;
        }
    } else {
        for _ in 0..field.count() {
            painter.circle_filled(place, DOT, theme::INK);
            place.x += STEP;
        }
    }
    if focused && field.count() < MAX_LENGTH {
        let (x, half) = (place.x - STEP / 2.0, theme::TOUCH_HEIGHT / 4.0);
        painter.vline(x, place.y - half..=place.y + half, Stroke::new(2.0, theme::ACCENT));
    }
}
