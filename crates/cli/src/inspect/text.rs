//! The report for people. Text from the file is shown so that nothing in it can pass for something else.

use super::dates;
use super::report::{Fact, Report, Shown, Warning};
use super::words;
use crate::arguments::Language;
use shomei_pki::{BirthDate, UnixTime};
use std::fmt::Write as _;

/// How a language writes what is no word.
struct Style {
    colon: &'static str,
    comma: &'static str,
    brackets: [&'static str; 2],
    indent: &'static str,
    yes: &'static str,
    no: &'static str,
    none: &'static str,
    warnings: &'static str,
}

const JAPANESE: Style = Style {
    colon: "：",
    comma: "、",
    brackets: ["（", "）"],
    indent: "　",
    yes: "はい",
    no: "いいえ",
    none: "なし",
    warnings: "注意",
};
const ENGLISH: Style = Style {
    colon: ": ",
    comma: ", ",
    brackets: [" (", ")"],
    indent: "  ",
    yes: "yes",
    no: "no",
    none: "none",
    warnings: "warnings",
};

const fn style(language: Language) -> &'static Style {
    match language {
        Language::Japanese => &JAPANESE,
        Language::English => &ENGLISH,
    }
}

/// The whole report without a final line feed.
pub(super) fn render(report: &Report, language: Language) -> String {
    let Style { colon, comma, brackets: [open, close], indent, none, warnings, .. } = style(language);
    let mut lines = Vec::new();
    for fact in &report.facts {
        fact_lines(fact, language, 0, &mut lines);
    }
    if report.warnings.is_empty() {
        lines.push(format!("{warnings}{colon}{none}"));
    } else {
        lines.push(warnings.to_string());
        let one =
            |each: &Warning| format!("{indent}{}{open}{}{close}", warning(each, language), each.word.code);
        lines.extend(report.warnings.iter().map(one));
    }
    let not_checked: Vec<&str> = report.not_checked.iter().map(|word| word.in_language(language)).collect();
    lines.push(not_verified(&not_checked.join(comma), language));
    lines.join("\n")
}

/// A warning in words.
pub(super) fn warning(warning: &Warning, language: Language) -> String {
    let detail = warning.detail.as_ref().map(|detail| inline(detail, language)).unwrap_or_default();
    warning.word.in_language(language).replace("{}", &detail)
}

/// Octets in lower-case hexadecimal.
pub(super) fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

fn not_verified(not_checked: &str, language: Language) -> String {
    match language {
        Language::Japanese => {
            format!("内容を表示しただけで、検証はしていません。確かめていないもの：{not_checked}")
        }
        Language::English => format!("Shown, not verified. Not checked: {not_checked}"),
    }
}

fn fact_lines(fact: &Fact, language: Language, depth: usize, lines: &mut Vec<String>) {
    let Style { colon, indent, .. } = style(language);
    let label = format!("{}{}", indent.repeat(depth), fact.label.in_language(language));
    match &fact.value {
        Shown::Facts(facts) => {
            lines.push(label);
            facts.iter().for_each(|fact| fact_lines(fact, language, depth + 1, lines));
        }
        Shown::List(list) if list.iter().any(|one| matches!(one, Shown::Facts(_))) => {
            for (index, one) in list.iter().enumerate() {
                lines.push(format!("{label} {}", index + 1));
                if let Shown::Facts(facts) = one {
                    facts.iter().for_each(|fact| fact_lines(fact, language, depth + 1, lines));
                }
            }
        }
        value => lines.push(format!("{label}{colon}{}", inline(value, language))),
    }
}

fn inline(shown: &Shown, language: Language) -> String {
    let style = style(language);
    match shown {
        Shown::Text(text) => visible(text),
        Shown::Word(word) => word.in_language(language).to_owned(),
        Shown::Time(time) => time_text(*time, language),
        Shown::Hex(octets) => hex(octets),
        Shown::Number(number) => number.to_string(),
        Shown::Flag(flag) => (if *flag { style.yes } else { style.no }).to_owned(),
        Shown::Birth(birth) => birth_text(birth, language),
        Shown::Substitutes(places) => {
            joined(places.iter().map(|(place, one)| substitute(*place, *one, language)), style)
        }
        Shown::Counts(counts) => {
            let [open, close] = style.brackets;
            let one = |(word, count): &(words::Word, u32)| {
                format!("{}{open}{}{close}{}{count}", word.in_language(language), word.code, style.colon)
            };
            joined(counts.iter().map(one), style)
        }
        Shown::List(list) => joined(list.iter().map(|one| inline(one, language)), style),
        Shown::Facts(facts) => joined(
            facts.iter().map(|fact| {
                format!(
                    "{}{}{}",
                    fact.label.in_language(language),
                    style.colon,
                    inline(&fact.value, language)
                )
            }),
            style,
        ),
    }
}

fn joined(parts: impl Iterator<Item = String>, style: &Style) -> String {
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { style.none.to_owned() } else { parts.join(style.comma) }
}

fn substitute(place: u32, character: char, language: Language) -> String {
    let character = visible(character.encode_utf8(&mut [0; 4]));
    match language {
        Language::Japanese => format!("{place}文字目「{character}（代替文字）」"),
        Language::English => format!("character {place} \"{character}\" (substitute)"),
    }
}

/// Japan time with the year of the era, and UTC.
fn time_text(time: UnixTime, language: Language) -> String {
    let Some(local) = dates::in_japan(time) else {
        return time.to_string();
    };
    let (year, month, day) = (local.year(), u8::from(local.month()), local.day());
    let (hour, minute, second) = local.time().as_hms();
    let iso = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}+09:00");
    let era = dates::era_of(local.date());
    match language {
        Language::Japanese => {
            let year = era.map_or_else(|| format!("{year}年"), |(era, year)| japanese_year(era, year));
            format!(
                "{year}{month}月{day}日{hour}時{minute:02}分{second:02}秒（日本時間 {iso}、協定世界時 {time}）"
            )
        }
        Language::English => {
            let era =
                era.map_or_else(String::new, |(era, year)| format!(", {} {year}", era.in_language(language)));
            format!("{iso} (Japan{era}; UTC {time})")
        }
    }
}

/// `令和元年`, `令和7年`.
fn japanese_year(era: words::Word, year: i32) -> String {
    let era = era.in_language(Language::Japanese);
    if year == 1 { format!("{era}元年") } else { format!("{era}{year}年") }
}

/// In the calendar of its era and in the Gregorian one; 不詳 stands for what the register does not know.
fn birth_text(birth: &BirthDate, language: Language) -> String {
    let era = words::era(birth.era);
    let year = birth.year.map(i32::from);
    let era_year = year.and_then(|year| dates::year_in(era, year));
    match language {
        Language::Japanese => {
            let mut text = match (era_year, year) {
                (Some(year), _) => japanese_year(era, year),
                (None, Some(year)) => format!("{}・西暦{year}年", era.in_language(language)),
                (None, None) => format!("{}・年不詳", era.in_language(language)),
            };
            let _ = write!(text, "{}{}", part(birth.month, "月"), part(birth.day, "日"));
            let year = year.map_or_else(|| "年不詳".to_owned(), |year| format!("{year}年"));
            format!("{text}（西暦{year}{}{}）", part(birth.month, "月"), part(birth.day, "日"))
        }
        Language::English => {
            let era_year = era_year.map_or_else(|| "year unknown".to_owned(), |year| year.to_string());
            let unknown = if birth.complete().is_none() { "; zeros are unknown" } else { "" };
            format!("{birth} ({} {era_year}{unknown})", era.in_language(language))
        }
    }
}

fn part(number: Option<u8>, unit: &str) -> String {
    number.map_or_else(|| format!("{unit}不詳"), |number| format!("{number}{unit}"))
}

/// The text with every character written out that is not seen, moves the cursor or reorders its neighbours.
fn visible(text: &str) -> String {
    let mut shown = String::new();
    for character in text.chars() {
        let _ = if is_unseen(character) {
            write!(shown, "\\u{{{:04x}}}", u32::from(character))
        } else {
            write!(shown, "{character}")
        };
    }
    shown
}

fn is_unseen(character: char) -> bool {
    let ranges = [
        '\u{ad}'..='\u{ad}',
        '\u{61c}'..='\u{61c}',
        '\u{200b}'..='\u{200f}',
        '\u{2028}'..='\u{202e}',
        '\u{2060}'..='\u{206f}',
        '\u{feff}'..='\u{feff}',
        '\u{e0000}'..='\u{e00ff}',
    ];
    character.is_control() || ranges.iter().any(|range| range.contains(&character))
}
