use super::*;
use crate::limits::MAX_VALUE;
use individual_number::{find, has_valid_check_digit};
use proptest::prelude::*;
use regex::Regex;
use unicode_bidi::{BidiClass, bidi_class};

/// How a text fares as a value of lines, as a value of one line and as a label: `.` allowed, otherwise the refusal.
#[test]
fn texts_fare_by_the_rules() {
    let cases: &[(&str, &str, &str)] = &[
        ("Japanese", "山田　太郎", "..."),
        ("a character beyond the basic plane", "𠮷", "..."),
        ("an apostrophe and an umlaut", "O'BRIEN MÜLLER", "..."),
        ("decomposed kana", "か\u{3099}", "..."),
        ("a line feed", "一\n二", ".CC"),
        ("a carriage return", "一\r\n二", "CCC"),
        ("a tab", "一\t二", "CCC"),
        ("delete", "a\u{7f}", "CCC"),
        ("a next-line control", "a\u{85}", "CCC"),
        ("a line separator", "a\u{2028}b", "CCC"),
        ("a paragraph separator", "a\u{2029}b", "CCC"),
        ("a noncharacter of the Arabic block", "a\u{fdd0}", "NNN"),
        ("a noncharacter at the end of a plane", "a\u{1ffff}", "NNN"),
        ("a private-use character", "a\u{e000}", "PPP"),
        ("an override of direction", "a\u{202e}b", "BBB"),
        ("an isolate", "a\u{2066}b", "BBB"),
        ("a right-to-left mark", "a\u{200f}", "BBB"),
        ("Hebrew", "aא", "RRR"),
        ("Arabic", "aع", "RRR"),
        ("an Arabic ligature", "\u{fdf2}", "RRR"),
        ("a zero-width space", "a\u{200b}b", "III"),
        ("a zero-width joiner", "a\u{200d}b", "III"),
        ("a word joiner", "a\u{2060}b", "III"),
        ("a byte order mark", "\u{feff}a", "III"),
        ("a soft hyphen", "a\u{ad}b", "III"),
        ("a Hangul filler", "\u{3164}", "III"),
        ("a tag character", "a\u{e0041}", "III"),
        ("a variation selector after Han", "葛\u{e0100}城", "..I"),
        ("a standardized variant after Han", "神\u{fe00}", "..I"),
        ("a variation selector after a letter", "a\u{fe0f}", "VVI"),
        ("a variation selector after kana", "か\u{e0100}", "VVI"),
        ("a variation selector first", "\u{e0100}葛", "VVI"),
        ("two variation selectors", "葛\u{e0100}\u{e0101}", "VVI"),
        ("doubled angle brackets", "a<<b", "DDD"),
        ("doubled closing brackets", "a>>", "DDD"),
        ("single angle brackets", "<a> <", "..."),
        ("full-width angle brackets", "＜＜a＞＞", "..."),
    ];
    for (name, text, expected) in cases {
        let outcomes = [check_value(text, 40), check_line(text, 40), check_label(text, 40)];
        assert_eq!(outcomes.map(letter).concat(), *expected, "{name}");
    }
}

fn letter(outcome: Result<(), Reason>) -> &'static str {
    match outcome {
        Ok(()) => ".",
        Err(Reason::Text(Refusal::Control { .. })) => "C",
        Err(Reason::Text(Refusal::Noncharacter { .. })) => "N",
        Err(Reason::Text(Refusal::PrivateUse { .. })) => "P",
        Err(Reason::Text(Refusal::BidiControl { .. })) => "B",
        Err(Reason::Text(Refusal::RightToLeft { .. })) => "R",
        Err(Reason::Text(Refusal::Invisible { .. })) => "I",
        Err(Reason::Text(Refusal::VariationSelector { .. })) => "V",
        Err(Reason::Text(Refusal::DoubledAngle { .. })) => "D",
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_refusal_names_character_and_offset() {
    let refusal = Refusal::BidiControl { character: '\u{202e}', offset: 3 };
    assert_eq!(check_value("あ\u{202e}", 2), Err(Reason::Text(refusal)));
    assert_eq!(refusal.to_string(), "a control of the writing direction (U+202E) at byte 3");
    assert_eq!(check_line("あ<<", 9), Err(Reason::Text(Refusal::DoubledAngle { offset: 3 })));
}

#[test]
fn lengths_count_characters_not_bytes() {
    assert_eq!(check_value("𠮷𠮷", 2), Ok(()));
    assert_eq!(check_value("𠮷𠮷𠮷", 2), Err(Reason::TooLong { max: 2 }));
    assert_eq!(check_value("", 2), Ok(()));
    assert_eq!(check_label("", 2), Err(Reason::Empty));
}

/// A property of characters by another crate's name, and our table of it.
type Oracle = (&'static str, fn(char) -> bool);

/// Our small tables against the tables of `regex` for every character there is.
#[test]
fn the_tables_are_unicodes() {
    let oracles: &[Oracle] = &[
        (r"^\p{Default_Ignorable_Code_Point}$", |c| {
            is_default_ignorable(c) && !matches!(c, '\u{FFF9}'..='\u{FFFB}')
        }),
        (r"^\p{Noncharacter_Code_Point}$", is_noncharacter),
        (r"^\p{Bidi_Control}$", is_bidi_control),
        (r"^\p{Co}$", is_private_use),
        (r"^\p{Variation_Selector}$", |c| {
            is_variation_selector(c) || matches!(c, '\u{180B}'..='\u{180D}' | '\u{180F}')
        }),
    ];
    for (pattern, ours) in oracles {
        let theirs = Regex::new(pattern).unwrap();
        for character in '\0'..=char::MAX {
            let expected = theirs.is_match(character.encode_utf8(&mut [0; 4]));
            assert_eq!(ours(character), expected, "{pattern} U+{:04X}", u32::from(character));
        }
    }
}

#[test]
fn right_to_left_characters_are_refused_and_left_to_right_ones_are_not() {
    let unassigned = Regex::new(r"^\p{Cn}$").unwrap();
    for character in '\0'..=char::MAX {
        let ours = is_right_to_left(character);
        match bidi_class(character) {
            BidiClass::R | BidiClass::AL => assert!(ours, "U+{:04X}", u32::from(character)),
            BidiClass::L if !unassigned.is_match(character.encode_utf8(&mut [0; 4])) => {
                assert!(!ours, "U+{:04X}", u32::from(character));
            }
            _ => {}
        }
    }
}

#[test]
fn every_ideograph_may_bear_a_variation_selector_and_no_radical() {
    let han = Regex::new(r"^\p{Unified_Ideograph}$").unwrap();
    for character in '\0'..=char::MAX {
        let ideograph = han.is_match(character.encode_utf8(&mut [0; 4]));
        assert!(!ideograph || is_han(character), "U+{:04X}", u32::from(character));
    }
    assert!(!is_han('⺀'), "a radical");
}

#[test]
fn check_digits_follow_the_ministerial_ordinance() {
    let cases = [
        ("the sample number of published test data", "123456789018", true),
        ("the same with another check digit", "123456789019", false),
        ("two digits changed places", "213456789018", false),
        ("remainder 0 gives 0", "000000000000", true),
        ("remainder 1 gives 0", "200000000000", true),
    ];
    for (name, digits, valid) in cases {
        let digits: Vec<u8> = digits.bytes().map(|byte| byte - b'0').collect();
        assert_eq!(has_valid_check_digit(digits.as_slice().try_into().unwrap()), valid, "{name}");
    }
}

#[test]
fn finds_what_looks_like_an_individual_number() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("alone", "123456789018", &["123456789018"]),
        ("in a sentence", "番号は123456789018です", &["123456789018"]),
        ("full-width", "１２３４５６７８９０１８", &["１２３４５６７８９０１８"]),
        ("mathematical digits", "𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟎𝟏𝟖", &["𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟎𝟏𝟖"]),
        ("of mixed width", "1２3456７89018", &["1２3456７89018"]),
        ("in fours as on the card", "1234 5678 9018", &["1234 5678 9018"]),
        ("with ideographic spaces", "1234　5678　9018", &["1234　5678　9018"]),
        ("with full-width hyphens", "1234－5678－9018", &["1234－5678－9018"]),
        ("with long-vowel signs", "1234ー5678ー9018", &["1234ー5678ー9018"]),
        ("every digit apart", "1-2-3-4-5-6-7-8-9-0-1-8", &["1-2-3-4-5-6-7-8-9-0-1-8"]),
        ("after a telephone number", "03-1234-5678 123456789018", &["123456789018"]),
        ("in fours after a telephone number", "0312345678 1234 5678 9018", &["1234 5678 9018"]),
        ("two of them", "123456789018、123456789018", &["123456789018", "123456789018"]),
        ("with a wrong check digit", "123456789012", &[]),
        ("thirteen digits", "1234567890180", &[]),
        ("eleven digits", "12345678901", &[]),
        ("two days", "2025-04-01 2025-05-01", &[]),
        ("an address", "1丁目2番3-1405号", &[]),
        ("on two lines", "123456\n789018", &[]),
        ("a credit card's sixteen digits", "1234567890180000", &[]),
        ("nothing", "", &[]),
    ];
    for (name, text, expected) in cases {
        let found: Vec<&str> = find(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, *expected, "{name}");
    }
}

proptest! {
    #[test]
    fn a_number_is_found_however_it_is_grouped(
        body in prop::array::uniform11(0_u8..10),
        separators in prop::array::uniform11(prop::sample::select(vec!["", "-", " ", "　", "・", "－"])),
    ) {
        let check = (0..10).find(|check| {
            let mut digits = [0; 12];
            digits[..11].copy_from_slice(&body);
            digits[11] = *check;
            has_valid_check_digit(&digits)
        }).unwrap();
        let grouped: String = body.iter().zip(separators).map(|(digit, gap)| format!("{digit}{gap}")).collect();
        let text = format!("No.：{grouped}{check}");
        prop_assert_eq!(find(&text), vec!["No.：".len()..text.len()]);
    }

    #[test]
    fn what_is_accepted_has_nothing_hidden(text in any::<String>()) {
        if check_value(&text, MAX_VALUE).is_ok() {
            let hidden = Regex::new(r"[\p{Cc}--\n\p{Bidi_Control}\u{200B}-\u{200F}\u{2060}-\u{2064}\u{FEFF}]|<<|>>");
            prop_assert!(!hidden.unwrap().is_match(&text));
        }
    }
}
