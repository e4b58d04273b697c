//! The tables of words: complete, alike in every language, and honest about what is unknown.

use super::samples::{self, REASONS};
use crate::render::Language;
use crate::render::words::{self, Words, fill};
use std::collections::BTreeSet;

const SHOWN_ELSEWHERE: [&str; 5] = ["name", "address", "birth", "sex", "reason"];

fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).map(|rest| rest.split_once('}').unwrap().0).collect()
}

fn readings_of(text: &str) -> Vec<String> {
    let is_kanji = |one: char| ('\u{4e00}'..='\u{9fff}').contains(&one) || one == '々';
    let mut unread = Vec::new();
    let mut characters = text.chars().peekable();
    while let Some(one) = characters.next() {
        if is_kanji(one) && characters.peek().is_none_or(|next| !is_kanji(*next) && *next != '（') {
            unread.push(format!("{one} in {text}"));
        }
    }
    unread
}

#[test]
fn every_word_is_there_in_every_language_with_the_same_parts() {
    let [japanese, english, plain] = Language::ALL.map(|language| language.words().entries());
    for ((japanese, english), plain) in japanese.iter().zip(&english).zip(&plain) {
        assert_eq!(places(japanese.1), places(english.1), "{}", japanese.0);
        assert_eq!(places(japanese.1), places(plain.1), "{}", japanese.0);
        assert!([japanese.1, english.1, plain.1].iter().all(|text| !text.is_empty()), "{}", japanese.0);
    }
}

#[test]
fn plain_japanese_gives_the_reading_of_every_kanji() {
    let unread: Vec<String> =
        Language::PlainJapanese.words().entries().iter().flat_map(|(_, text)| readings_of(text)).collect();
    assert_eq!(unread, [""; 0]);
    assert_eq!(readings_of("漢字（かんじ）です"), [""; 0]);
    assert_eq!(readings_of("漢字です"), ["字 in 漢字です"]);
}

#[test]
fn the_word_valid_belongs_to_one_verdict() {
    let is_valid = |text: &str| {
        let mut words = text.split(|one: char| !one.is_ascii_alphabetic());
        text.contains("有効")
            || text.contains("ゆうこう")
            || words.any(|word| word.eq_ignore_ascii_case("valid"))
    };
    for language in Language::ALL {
        for (name, text) in language.words().entries() {
            assert_eq!(is_valid(text), name == "verdict_valid", "{language:?} {name}");
        }
    }
    assert_eq!(words::JAPANESE.verdict_revocation_unknown, "署名は一致・失効未確認");
}

#[test]
fn words_of_markup_need_no_escaping() {
    for (name, text) in Language::ALL.iter().flat_map(|language| language.words().entries()) {
        assert!(!text.contains(['<', '>', '&', '\n']), "{name}");
    }
}

#[test]
fn reasons_are_those_that_pki_has_for_japanese() {
    for reason in REASONS {
        assert_eq!(words::revocation_reason(&words::JAPANESE, reason), reason.japanese());
    }
}

#[test]
fn every_fact_has_a_label_or_is_shown_elsewhere() {
    let words: &Words = &words::ENGLISH;
    for check in samples::all().iter().flat_map(|report| &report.checks) {
        for (name, _) in &check.facts {
            assert_ne!(words::fact(words, name).is_some(), SHOWN_ELSEWHERE.contains(name), "{name}");
        }
    }
}

#[test]
fn parts_are_filled_in_once() {
    assert_eq!(fill("{a} and {b}{a}", &[("a", "{b}"), ("b", "2")]), "{b} and 2{b}");
    assert_eq!(fill("{c}", &[]), "{c}", "a part that nobody gave shows");
}
