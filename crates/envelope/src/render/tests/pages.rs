//! Text and HTML: what must be there, and what outside text must not become.

use super::samples;
use crate::render::{Language, STYLE, fragment, html, text, visible};
use crate::report::Verdict;
use shomei_pki::World;
use std::collections::HashMap;

#[test]
fn the_verdict_comes_first_and_valid_is_never_beside_unknown() {
    let table = [
        (Verdict::Valid, ["結果：有効（すべての確認に合格）", "Result: Valid (every check passed)"]),
        (Verdict::Invalid, ["結果：無効", "Result: Invalid"]),
        (
            Verdict::RevocationUnknown,
            ["結果：署名は一致・失効未確認", "Result: Signature matches, revocation unknown"],
        ),
        (
            Verdict::BindingNotChecked,
            [
                "結果：署名は一致・あて先や手続は未確認",
                "Result: Signature matches, recipient and procedure not checked",
            ],
        ),
    ];
    let words: HashMap<&str, [&str; 2]> =
        table.iter().map(|(verdict, words)| (verdict.name(), *words)).collect();
    for (verdict, report) in samples::made() {
        assert_eq!(report.verdict(), verdict);
        let [japanese, english, plain] = Language::ALL.map(|language| text(&report, language));
        let first = [&japanese, &english].map(|text| text.lines().next().unwrap());
        assert_eq!(first, words[verdict.name()]);
        let valid = verdict == Verdict::Valid;
        assert_eq!([&japanese, &plain].map(|text| text.contains("有効")), [valid; 2], "{japanese}");
        assert_eq!(english.contains("Valid ("), valid);
        for language in Language::ALL {
            let page = html(&report, language);
            assert_eq!(page.contains("有効") || page.contains("Valid ("), valid);
        }
    }
}

#[test]
fn everything_is_said_in_every_language_and_no_part_is_forgotten() {
    for report in samples::all() {
        for language in Language::ALL {
            for said in [text(&report, language), html(&report, language).replace(STYLE, "")] {
                let forgotten = said.split('{').skip(1).filter(|rest| {
                    let name = rest.split('}').next().unwrap_or_default();
                    // What is not seen is written as \u{…}.
                    !name.chars().all(|one| one.is_ascii_hexdigit())
                });
                assert_eq!(forgotten.collect::<Vec<_>>(), [""; 0]);
            }
        }
    }
}

#[test]
fn text_from_outside_stays_text() {
    let report = samples::everything();
    for language in Language::ALL {
        let shown = text(&report, language);
        assert!(shown.contains(&visible(samples::HOSTILE)));
        assert!(!shown.contains(['\u{202e}', '\u{1b}']), "{shown}");
        let bold = shown.lines().filter(|line| line.starts_with("結果："));
        assert!(bold.count() <= 1, "no line from outside begins like the verdict's:\n{shown}");
        for page in [html(&report, language), fragment(&report, language)] {
            assert!(!page.contains(['\u{202e}', '\u{1b}']));
            assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"));
            assert!(!page.contains("<script") && !page.contains("alert(1)</script"));
        }
    }
}

/// The tags of a page, with whether each is closed in its order.
fn check_nesting(page: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in page.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').unwrap();
        let name = tag.split([' ', '\n']).next().unwrap();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None if ["!DOCTYPE", "meta", "br"].contains(&name) => {}
            None => open.push(name),
        }
    }
    assert_eq!(open, [""; 0]);
}

#[test]
fn a_page_is_whole_loads_nothing_and_names_its_language_and_world() {
    for report in samples::all() {
        for language in Language::ALL {
            let page = html(&report, language);
            check_nesting(&page);
            check_nesting(&fragment(&report, language));
            let lang = if language == Language::English { "en" } else { "ja" };
            assert!(page.starts_with(&format!("<!DOCTYPE html>\n<html lang=\"{lang}\">")));
            for foreign in
                ["<script", "<link", "<img", "<iframe", "src=", "href=", "url(", "@import", "onload"]
            {
                let outside = page.replace("&quot;", "");
                assert!(!outside.contains(foreign), "{foreign}");
            }
            let header = page.split("</header>").next().unwrap();
            let named = header.contains("class=\"banner\"") && header.contains(report.world.name());
            assert_eq!(named, report.world != World::Production);
        }
    }
}

#[test]
fn headings_descend_one_level_at_a_time_and_outcomes_are_words_too() {
    let page = html(&samples::everything(), Language::Japanese);
    let levels: Vec<u32> =
        page.split("<h").skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10)).collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    for words in ["</span> 合格</td>", "</span> 不合格</td>", "</span> 未確認</td>"] {
        assert!(page.contains(words), "{words}");
    }
    assert!(page.contains("<th scope=\"col\">") && page.contains("<th scope=\"row\">"));
}

#[test]
fn a_clerk_sees_which_characters_are_substitutes() {
    let mut report = samples::made().swap_remove(0).1;
    let holder = &mut report.signatures[0].signer.as_mut().unwrap().holder;
    (holder.name, holder.name_substitutes) = ("高崎　吉子".into(), "11010".into());
    let shown = text(&report, Language::Japanese);
    let note = "1文字目「高」、2文字目「崎」、4文字目「吉」は代替文字";
    assert!(shown.contains("氏名：高崎　吉子") && shown.contains(note), "{shown}");
    let page = html(&report, Language::Japanese);
    let mark = |one: &str| format!("<mark title=\"代替文字\">{one}</mark>");
    assert!(page.contains(&format!("{}{}　{}子", mark("高"), mark("崎"), mark("吉"))), "{page}");
    assert!(page.contains(note));
}

#[test]
fn content_is_shown_with_a_warning_where_issuer_or_signature_did_not_pass() {
    let warning = "次の内容を信用しないでください";
    for (_, report) in samples::made() {
        let failed = report.checks.iter().any(|check| {
            ["chain", "signature"].contains(&check.name.name()) && check.outcome != crate::Outcome::Passed
        });
        assert_eq!(text(&report, Language::Japanese).contains(warning), failed);
    }
}

#[test]
fn times_are_those_of_japan() {
    let report = samples::everything();
    assert!(
        text(&report, Language::Japanese).contains("1970年01月01日09時00分00秒（日本時間）（署名者の申告）")
    );
    assert!(text(&report, Language::English).contains("2023-11-15 07:13:20 (Japan time)"));
    assert!(text(&report, Language::Japanese).contains("注意：申請の受付から確認までの間にありません"));
    let born = &report.signatures[0].signer.as_ref().unwrap().birth;
    assert!(text(&report, Language::English).contains(&format!("date of birth: {born}")), "{born}");
}

/// Relative luminance (WCAG 2.2) of `#rrggbb`.
fn luminance(colour: &str) -> f64 {
    let channel = |place: usize| {
        let value = f64::from(u8::from_str_radix(&colour[place..place + 2], 16).unwrap()) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn declared<'a>(rule: &'a str, property: &str) -> Option<&'a str> {
    let declarations = rule.split_once('{')?.1.split([';', '}']);
    declarations
        .filter_map(|one| one.split_once(':'))
        .find(|(name, _)| name.trim() == property)
        .map(|one| one.1.trim())
}

#[test]
fn every_colour_of_text_is_readable_on_its_ground() {
    let rules = STYLE.split_inclusive('}').filter(|rule| !rule.contains("@"));
    let mut pairs = 0;
    for rule in rules {
        let (text, ground) = (declared(rule, "color"), declared(rule, "background"));
        assert_eq!(text.is_some(), ground.is_some(), "a colour needs its ground: {rule}");
        if let (Some(text), Some(ground)) = (text, ground) {
            let (text, ground) = (luminance(text), luminance(ground));
            let contrast = (text.max(ground) + 0.05) / (text.min(ground) + 0.05);
            assert!(contrast >= 4.5, "{contrast:.2} in {rule}");
            pairs += 1;
        }
    }
    assert!(pairs >= 9, "{pairs}");
}
