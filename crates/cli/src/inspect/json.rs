//! The report as JSON: codes instead of words, times in UTC, nothing that depends on the language but the warnings'
//! texts. `docs/inspect.md` lists the members.

use super::report::{Fact, Report, Shown, Warning};
use super::text;
use crate::arguments::Language;
use shomei_application::json::{Object, Value};

pub(super) fn render(report: &Report, language: Language) -> Value {
    let warnings: Vec<Value> = report.warnings.iter().map(|one| warning(one, language)).collect();
    let not_checked: Vec<Value> = report.not_checked.iter().map(|word| word.code.into()).collect();
    object(&report.facts)
        .with("schema", "shomei-inspect/1")
        .with("warnings", warnings)
        .with("notChecked", not_checked)
        .into()
}

fn warning(warning: &Warning, language: Language) -> Value {
    Object::new().with("code", warning.word.code).with("text", text::warning(warning, language)).into()
}

fn object(facts: &[Fact]) -> Object {
    facts.iter().fold(Object::new(), |object, fact| object.with(fact.label.code, value(&fact.value)))
}

fn value(shown: &Shown) -> Value {
    match shown {
        Shown::Text(text) => text.as_str().into(),
        Shown::Word(word) => word.code.into(),
        Shown::Time(time) => time.to_string().into(),
        Shown::Hex(octets) => text::hex(octets).into(),
        Shown::Number(number) => (*number).into(),
        Shown::Flag(flag) => (*flag).into(),
        Shown::Birth(birth) => birth.to_string().into(),
        Shown::Substitutes(places) => places.iter().map(substitute).collect::<Vec<_>>().into(),
        Shown::Counts(counts) => {
            counts.iter().fold(Object::new(), |object, (word, count)| object.with(word.code, *count)).into()
        }
        Shown::Facts(facts) => object(facts).into(),
        Shown::List(list) => list.iter().map(value).collect::<Vec<_>>().into(),
    }
}

fn substitute((position, character): &(u32, char)) -> Value {
    Object::new().with("position", *position).with("character", character.to_string()).into()
}
