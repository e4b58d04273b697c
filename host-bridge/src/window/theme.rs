//! How the window looks: large text, high contrast, few colours. One light theme, the same on every desktop.

use eframe::egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Stroke, TextStyle, Theme, Vec2, Visuals,
};

/// Background of the document.
pub const PAPER: Color32 = Color32::from_rgb(0xFF, 0xFF, 0xFF);
/// Background of what frames the document.
pub const DESK: Color32 = Color32::from_rgb(0xF2, 0xF4, 0xF8);
/// Text: 16:1 on paper.
pub const INK: Color32 = Color32::from_rgb(0x1A, 0x1D, 0x23);
/// Labels and remarks: 7:1 on paper.
pub const PALE_INK: Color32 = Color32::from_rgb(0x4B, 0x52, 0x5E);
/// Lines between rows.
pub const LINE: Color32 = Color32::from_rgb(0xD5, 0xDA, 0xE2);
/// Borders of things that can be used: 3:1 on paper.
pub const BORDER: Color32 = Color32::from_rgb(0x7A, 0x83, 0x92);
/// The affirmative button and the origin.
pub const ACCENT: Color32 = Color32::from_rgb(0x12, 0x45, 0x8F);
/// Around what has the keyboard.
pub const FOCUS: Color32 = Color32::from_rgb(0xC2, 0x5B, 0x00);
/// Errors and warnings: text, then background.
pub const WARNING: (Color32, Color32) =
    (Color32::from_rgb(0x9C, 0x1B, 0x12), Color32::from_rgb(0xFD, 0xEE, 0xEC));
/// Test banners: text, then background.
pub const TEST: (Color32, Color32) =
    (Color32::from_rgb(0x5A, 0x3B, 0x00), Color32::from_rgb(0xFF, 0xE3, 0x9E));
/// Good ends: text, then background.
pub const GOOD: (Color32, Color32) =
    (Color32::from_rgb(0x0B, 0x5A, 0x2E), Color32::from_rgb(0xE6, 0xF4, 0xEA));

/// Smallest text, in points.
pub const SMALL: f32 = 16.0;
/// Body text, in points.
pub const BODY: f32 = 18.0;
/// Headings, in points.
pub const HEADING: f32 = 23.0;
/// Height of buttons and of the password field, in points.
pub const TOUCH_HEIGHT: f32 = 46.0;
/// Distance between the window's edge and its content, in points.
pub const EDGE: i8 = 24;

/// A proportional font of `size` points.
#[must_use]
pub fn font(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Sets the look of everything that is not drawn by hand.
pub fn apply(context: &Context) {
    context.set_theme(Theme::Light);
    context.all_styles_mut(|style| {
        style.visuals = visuals();
        style.interaction.selectable_labels = false;
        style.spacing.item_spacing = Vec2::new(12.0, 8.0);
        style.spacing.button_padding = Vec2::new(20.0, 8.0);
        style.spacing.scroll.floating = false;
        style.text_styles = [
            (TextStyle::Small, font(SMALL)),
            (TextStyle::Body, font(BODY)),
            (TextStyle::Button, font(BODY)),
            (TextStyle::Heading, font(HEADING)),
            (TextStyle::Monospace, font(SMALL)),
        ]
        .into();
    });
}

fn visuals() -> Visuals {
    let mut visuals = Visuals::light();
    visuals.panel_fill = DESK;
    visuals.override_text_color = Some(INK);
    visuals.selection.stroke = Stroke::new(2.0, FOCUS);
    for widget in [
        &mut visuals.widgets.inactive,
        &mut visuals.widgets.hovered,
        &mut visuals.widgets.active,
        &mut visuals.widgets.open,
    ] {
        widget.corner_radius = CornerRadius::same(6);
        widget.expansion = 0.0;
    }
    visuals
}

/// A margin of `across` and `along` points.
#[must_use]
pub fn margin(across: i8, along: i8) -> Margin {
    Margin::symmetric(across, along)
}
