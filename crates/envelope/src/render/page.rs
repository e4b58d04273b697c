//! A report as data: words chosen, nothing escaped, no form yet.

use crate::report::Outcome;

/// The whole report.
pub(super) struct Page {
    /// The world, where it is not the one of real people.
    pub(super) banner: Option<&'static str>,
    pub(super) tone: Tone,
    pub(super) verdict: &'static str,
    /// What follows from the verdict.
    pub(super) meaning: &'static str,
    pub(super) rows: Vec<Row>,
    pub(super) sections: Vec<Section>,
}

/// What a colour may repeat; words always say it first.
#[derive(Clone, Copy)]
pub(super) enum Tone {
    Good,
    Bad,
    Open,
}

pub(super) struct Section {
    pub(super) heading: String,
    pub(super) blocks: Vec<Block>,
}

pub(super) enum Block {
    /// A sentence that the reader must not miss.
    Warning(&'static str),
    /// A heading below that of the section.
    Heading(&'static str),
    Rows(Vec<Row>),
    Checks(Vec<CheckRow>),
    List(Vec<Value>),
}

pub(super) struct Row {
    pub(super) label: String,
    pub(super) value: Value,
    /// What there is to say about the value.
    pub(super) notes: Vec<String>,
}

pub(super) struct CheckRow {
    pub(super) title: &'static str,
    pub(super) tone: Tone,
    pub(super) outcome: &'static str,
    pub(super) reasons: Vec<String>,
    /// (label, value)
    pub(super) facts: Vec<(&'static str, String)>,
}

pub(super) enum Value {
    /// One line: a line feed from outside does not end it.
    Line(String),
    /// As many lines as the text has.
    Lines(String),
    /// Characters, each with whether it is a substitute (代替文字).
    Marked(Vec<(char, bool)>),
}

impl Row {
    pub(super) fn line(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: Value::Line(value.into()), notes: Vec::new() }
    }

    pub(super) fn lines(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: Value::Lines(value.into()), notes: Vec::new() }
    }
}

impl Tone {
    pub(super) const fn of(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Passed => Self::Good,
            Outcome::Failed(_) => Self::Bad,
            Outcome::NotChecked(_) => Self::Open,
        }
    }
}
