//! What is said of each signature: who, when, with what outcome.

use super::compose::check_row;
use super::moment;
use super::page::{Block, Row, Section, Value};
use super::words::{self, Words, fill};
use crate::report::{Report, SignatureReport, Signer, SigningTime};
use shomei_application::procedure::Comparison;

pub(super) fn sections(report: &Report, words: &'static Words) -> Vec<Section> {
    let count = report.signatures.len();
    let section = |(index, signature): (usize, &SignatureReport)| {
        let checks = report.checks.iter().filter(|check| check.signature == Some(index));
        let mut blocks = vec![Block::Checks(checks.map(|check| check_row(check, words)).collect())];
        blocks.extend(holder(signature, words));
        blocks.extend(comparisons(report, signature, words));
        Section { heading: heading(words, index, count), blocks }
    };
    report.signatures.iter().enumerate().map(section).collect()
}

fn heading(words: &Words, index: usize, count: usize) -> String {
    if count == 1 {
        return words.signature.to_owned();
    }
    let number = index.saturating_add(1).to_string();
    fill(words.signature_of, &[("number", &number), ("count", &count.to_string())])
}

fn holder(signature: &SignatureReport, words: &'static Words) -> Vec<Block> {
    let mut rows = signature.signer.as_ref().map(|signer| items(signer, words)).unwrap_or_default();
    rows.extend(signature.signing_time.map(|time| signing_time(time, words)));
    rows.extend(signature.stated.iter().map(|(what, text)| {
        Row::line(words::statement(words, *what), fill(words.stated, &[("text", text)]))
    }));
    let mut blocks = vec![Block::Heading(words.holder)];
    if signature.signer.is_none() {
        blocks.push(Block::Warning(words.holder_unread));
    }
    blocks.push(Block::Rows(rows));
    blocks
}

/// The basic four items, and the certificate that they stand in.
fn items(signer: &Signer, words: &'static Words) -> Vec<Row> {
    let holder = &signer.holder;
    let (from, until) = (moment::of(words, signer.not_before), moment::of(words, signer.not_after));
    let certificate = [("serial", signer.serial.as_str()), ("from", &from), ("until", &until)];
    vec![
        marked(words.name, &holder.name, &holder.name_substitutes, words),
        marked(words.address, &holder.address, &holder.address_substitutes, words),
        Row::line(words.birth_date, moment::birth(words, &holder.birth)),
        Row::line(words.sex, words::sex(words, holder.sex)),
        Row::line(words.certificate, fill(words.certificate_of, &certificate)),
    ]
}

/// A text of the certificate, with each substitute character marked and named by its place, counted from 1.
fn marked(label: &str, text: &str, substitutes: &str, words: &Words) -> Row {
    let flags = substitutes.chars().map(|flag| flag == '1').chain(std::iter::repeat(false));
    let characters: Vec<(char, bool)> = text.chars().zip(flags).collect();
    let places = characters.iter().enumerate().filter(|(_, (_, substitute))| *substitute);
    let places: Vec<String> = places
        .map(|(index, (character, _))| {
            let place = index.saturating_add(1).to_string();
            fill(words.substitute_at, &[("place", &place), ("character", &character.to_string())])
        })
        .collect();
    let notes = match places.is_empty() {
        true => Vec::new(),
        false => vec![fill(words.substitutes, &[("places", &places.join(words.comma))])],
    };
    Row { label: label.to_owned(), value: Value::Marked(characters), notes }
}

fn signing_time(time: SigningTime, words: &Words) -> Row {
    let claimed = fill(words.signing_time_claimed, &[("time", &moment::at(words, time.claimed))]);
    let mut row = Row::line(words.signing_time, claimed);
    if time.plausible == Some(false) {
        row.notes.push(words.signing_time_doubtful.to_owned());
    }
    row
}

fn comparisons(report: &Report, signature: &SignatureReport, words: &'static Words) -> Vec<Block> {
    if signature.comparisons.is_empty() {
        return Vec::new();
    }
    let row = |comparison: &Comparison| {
        let fields = report.application.iter().flat_map(|application| &application.fields);
        let label = fields.into_iter().find(|field| field.name == comparison.field);
        let label = label.map_or(comparison.field.as_str(), |field| field.label.as_str());
        let parts = [
            ("item", words::item(words, comparison.item)),
            ("outcome", words::comparison(words, comparison.outcome)),
        ];
        Row::line(label, fill(words.comparison, &parts))
    };
    let rows = signature.comparisons.iter().map(row).collect();
    vec![Block::Heading(words.comparisons), Block::Rows(rows)]
}
