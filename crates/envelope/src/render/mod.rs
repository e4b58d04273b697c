//! The report for people: text and a page of HTML, in Japanese, English and plain Japanese.
//!
//! Data flows one way: report → [`compose`] → a page without form → [`text()`] or [`html()`]. The page holds what came
//! from outside as it came; each form escapes all of it, once, at the end.

mod compose;
mod document;
mod escape;
mod moment;
mod page;
mod signatures;
mod text;
mod web;
mod words;

pub use escape::visible;

use crate::report::{Report, Verdict};
use words::Words;

/// The languages of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Japanese, as offices write it.
    Japanese,
    /// English.
    English,
    /// Plain Japanese (やさしい日本語): short sentences, words with a space between them, every kanji with its reading.
    PlainJapanese,
}

/// The rules of style that [`fragment`] is written for: one rule for each class, all of them inside `.shomei-report`.
pub const STYLE: &str = include_str!("report.css");

/// The whole report as lines of text, without a final line feed. The verdict is the first line.
///
/// Characters that are not seen, move a cursor or reorder their neighbours are written out as `\u{…}`.
pub fn text(report: &Report, language: Language) -> String {
    text::render(&compose::page(report, language.words()), language.words())
}

/// The whole report as one page of HTML that can be printed: no script, nothing from elsewhere, its style inside.
pub fn html(report: &Report, language: Language) -> String {
    web::page(&compose::page(report, language.words()), language.words())
}

/// The report as one `article` of HTML for a page that has [`STYLE`] in its own style. Its headings begin with `h2`.
pub fn fragment(report: &Report, language: Language) -> String {
    web::fragment(&compose::page(report, language.words()), language.words())
}

/// The words of a verdict, as every report has them.
pub const fn verdict(verdict: Verdict, language: Language) -> &'static str {
    words::verdict(language.words(), verdict)
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 3] = [Self::Japanese, Self::English, Self::PlainJapanese];

    /// `ja`, `en` or `easy`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Japanese => "ja",
            Self::English => "en",
            Self::PlainJapanese => "easy",
        }
    }

    const fn words(self) -> &'static Words {
        match self {
            Self::Japanese => &words::JAPANESE,
            Self::English => &words::ENGLISH,
            Self::PlainJapanese => &words::PLAIN_JAPANESE,
        }
    }
}

#[cfg(test)]
mod tests;
