//! How many files came to what, and what that comes to.

use super::code_of;
use crate::UNUSABLE;
use shomei_application::json::{Integer, Object, Value};
use shomei_envelope::Verdict;
use shomei_envelope::render::{self, Language};

/// What one file came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    Judged(Verdict),
    Unusable,
    Skipped,
}

/// In the order of a table.
const ALL: [Ended; 6] = [
    Ended::Judged(Verdict::Valid),
    Ended::Judged(Verdict::Invalid),
    Ended::Judged(Verdict::RevocationUnknown),
    Ended::Judged(Verdict::BindingNotChecked),
    Ended::Unusable,
    Ended::Skipped,
];

/// The exit codes from the worst to the best. 0 comes after all of them.
const WORST_FIRST: [u8; 4] = [1, UNUSABLE, 3, 4];

#[derive(Debug, Default)]
pub(super) struct Counts {
    ended: Vec<Ended>,
}

impl Counts {
    pub(super) fn add(&mut self, ended: Ended) {
        self.ended.push(ended);
    }

    /// The worst of the exit codes; where nothing was signed, nothing could be used.
    pub(super) fn code(&self) -> u8 {
        let codes: Vec<u8> = self.ended.iter().filter_map(|ended| ended.code()).collect();
        if codes.is_empty() {
            return UNUSABLE;
        }
        WORST_FIRST.into_iter().find(|code| codes.contains(code)).unwrap_or(0)
    }

    pub(super) fn to_json(&self) -> Value {
        let count = |counts: Object, ended: Ended| counts.with(ended.name(), integer(self.of(ended)));
        Object::new().with("summary", ALL.into_iter().fold(Object::new(), count)).into()
    }

    /// A table of lines.
    pub(super) fn lines(&self, language: Language) -> Vec<String> {
        let colon = if language == Language::English { ": " } else { "：" };
        let line = |ended: Ended| format!("{}{colon}{}", ended.words(language), self.of(ended));
        ALL.into_iter().map(line).collect()
    }

    fn of(&self, ended: Ended) -> usize {
        self.ended.iter().filter(|one| **one == ended).count()
    }
}

impl Ended {
    const fn code(self) -> Option<u8> {
        match self {
            Self::Judged(verdict) => Some(code_of(verdict)),
            Self::Unusable => Some(UNUSABLE),
            Self::Skipped => None,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Judged(verdict) => verdict.name(),
            Self::Unusable => "unusable",
            Self::Skipped => "skipped",
        }
    }

    pub(super) const fn words(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Judged(verdict), language) => render::verdict(verdict, language),
            (Self::Unusable, Language::Japanese) => "使えないファイル",
            (Self::Unusable, Language::English) => "Unusable",
            (Self::Unusable, Language::PlainJapanese) => "使（つか）えない ファイル",
            (Self::Skipped, Language::Japanese) => "署名ではないファイル",
            (Self::Skipped, Language::English) => "Not signatures",
            (Self::Skipped, Language::PlainJapanese) => "署名（しょめい）では ない ファイル",
        }
    }
}

fn integer(count: usize) -> Value {
    Value::Integer(i64::try_from(count).ok().and_then(Integer::new).unwrap_or(Integer::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exit_code_is_the_worst_and_nothing_signed_is_unusable() {
        let [valid, invalid, unknown, unbound, unusable, skipped] = ALL;
        for (ended, code) in [
            (vec![], 2),
            (vec![skipped], 2),
            (vec![valid, skipped], 0),
            (vec![valid, unbound], 4),
            (vec![unbound, unknown], 3),
            (vec![unknown, unusable, unbound], 2),
            (vec![valid, unusable, invalid, unknown], 1),
        ] {
            let mut counts = Counts::default();
            ended.iter().for_each(|one| counts.add(*one));
            assert_eq!(counts.code(), code, "{ended:?}");
        }
    }
}
