//! A report as data, without words of any language: facts under labels, and warnings.

use super::words::Word;
use shomei_pki::{BirthDate, UnixTime};

/// What is shown of one file.
pub(super) struct Report {
    pub(super) facts: Vec<Fact>,
    pub(super) warnings: Vec<Warning>,
    /// What nobody looked at: the report shows, it does not verify.
    pub(super) not_checked: Vec<Word>,
}

/// One line, or one member of the JSON object.
pub(super) struct Fact {
    pub(super) label: Word,
    pub(super) value: Shown,
}

/// A value that each form of the report writes in its own way.
pub(super) enum Shown {
    /// Text from the file, exactly as it stands there.
    Text(String),
    /// A word with a meaning in every language.
    Word(Word),
    Time(UnixTime),
    /// Octets in lower-case hexadecimal.
    Hex(Vec<u8>),
    Number(u32),
    Flag(bool),
    Birth(BirthDate),
    /// The characters that stand for others, each with its place, counted from 1.
    Substitutes(Vec<(u32, char)>),
    /// How often each word applies.
    Counts(Vec<(Word, u32)>),
    Facts(Vec<Fact>),
    List(Vec<Shown>),
}

/// Something that the reader should know before relying on the file.
pub(super) struct Warning {
    pub(super) word: Word,
    /// Stands where the word has `{}`.
    pub(super) detail: Option<Shown>,
}

impl Fact {
    pub(super) fn new(label: Word, value: Shown) -> Self {
        Self { label, value }
    }

    pub(super) fn text(label: Word, text: impl Into<String>) -> Self {
        Self::new(label, Shown::Text(text.into()))
    }

    pub(super) fn hex(label: Word, octets: &[u8]) -> Self {
        Self::new(label, Shown::Hex(octets.to_vec()))
    }
}

impl Warning {
    pub(super) fn new(word: Word) -> Self {
        Self { word, detail: None }
    }

    pub(super) fn with(word: Word, detail: Shown) -> Self {
        Self { word, detail: Some(detail) }
    }
}

/// A number of things; what does not fit is held at the end.
pub(super) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
