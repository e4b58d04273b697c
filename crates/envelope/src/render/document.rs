//! What is said of that which was signed, and of what was not.

use super::moment;
use super::page::{Block, Row, Section, Value};
use super::words::{self, Words, fill};
use crate::FileDigest;
use crate::report::{CheckName, Outcome, Report};
use crate::signed::{FormField, NotCovered};
use shomei_application::{Application, Attachment, Field};

pub(super) fn sections(report: &Report, words: &'static Words) -> Vec<Section> {
    let mut blocks = Vec::new();
    if let Some(application) = &report.application {
        blocks.extend(of_application(application, words));
    }
    if !report.fields.is_empty() {
        blocks.push(Block::Heading(words.form));
        blocks.push(Block::Rows(report.fields.iter().map(form_field).collect()));
    }
    if !report.files.is_empty() {
        blocks.push(Block::Heading(words.files));
        blocks.push(list(&report.files, |one| file(one, words)));
    }
    let mut sections = Vec::new();
    if !blocks.is_empty() {
        if !is_believed(report) {
            blocks.insert(0, Block::Warning(words.doubtful_content));
        }
        sections.push(Section { heading: words.document.to_owned(), blocks });
    }
    if !report.not_covered.is_empty() {
        let blocks = vec![list(&report.not_covered, |part| not_covered(part, words))];
        sections.push(Section { heading: words.not_covered.to_owned(), blocks });
    }
    sections
}

/// The content is what somebody signed only where issuer and signature are right for every signature.
fn is_believed(report: &Report) -> bool {
    let needed =
        report.checks.iter().filter(|check| matches!(check.name, CheckName::Chain | CheckName::Signature));
    needed.into_iter().all(|check| check.outcome == Outcome::Passed)
}

fn of_application(application: &Application, words: &'static Words) -> Vec<Block> {
    let mut blocks = vec![Block::Rows(head(application, words))];
    if !application.fields.is_empty() {
        blocks.push(Block::Heading(words.fields));
        blocks.push(Block::Rows(application.fields.iter().map(|one| field(one, words)).collect()));
    }
    if !application.attachments.is_empty() {
        blocks.push(Block::Heading(words.attachments));
        blocks.push(list(&application.attachments, |one| attachment(one, words)));
    }
    if !application.notices.is_empty() {
        blocks.push(Block::Heading(words.notices));
        blocks.push(Block::List(
            application.notices.iter().map(|one| Value::Lines(one.text.clone())).collect(),
        ));
    }
    blocks
}

fn head(application: &Application, words: &Words) -> Vec<Row> {
    let (procedure, recipient) = (&application.procedure, &application.recipient);
    let challenge = &application.challenge;
    let (from, until) = (moment::at(words, challenge.created_at), moment::at(words, challenge.expires_at));
    let procedure =
        [("title", procedure.title.as_str()), ("id", &procedure.id), ("version", &procedure.version)];
    let recipient =
        [("name", recipient.name.as_str()), ("id", &recipient.id), ("origin", recipient.origin.as_str())];
    vec![
        Row::line(words.procedure, fill(words.procedure_of, &procedure)),
        Row::line(words.recipient, fill(words.recipient_of, &recipient)),
        Row::line(words.challenge, fill(words.challenge_of, &[("from", &from), ("until", &until)])),
    ]
}

fn field(field: &Field, words: &Words) -> Row {
    let label = match &field.group {
        Some(group) => fill(words.grouped, &[("group", group), ("label", &field.label)]),
        None => field.label.clone(),
    };
    match &field.text {
        Some(text) => Row::line(label, fill(words.choice, &[("text", text), ("code", &field.value)])),
        None if field.value.is_empty() => Row::line(label, words.empty),
        None => Row::lines(label, field.value.as_str()),
    }
}

fn attachment(file: &Attachment, words: &Words) -> String {
    let octets = file.size.to_string();
    let parts = [
        ("name", file.name.as_str()),
        ("type", &file.media_type),
        ("octets", &octets),
        ("sha256", &file.sha256),
    ];
    fill(words.attachment, &parts)
}

fn form_field(field: &FormField) -> Row {
    Row::lines(field.path.as_str(), field.text.as_str())
}

fn file(file: &FileDigest, words: &Words) -> String {
    let sha256: String = file.sha256.iter().map(|octet| format!("{octet:02x}")).collect();
    let parts = [("name", file.name.as_str()), ("octets", &file.octets.to_string()), ("sha256", &sha256)];
    fill(words.file, &parts)
}

fn not_covered(part: &NotCovered, words: &Words) -> String {
    fill(words::not_covered(words, part), &[("name", part.name())])
}

fn list<T>(things: &[T], one: impl Fn(&T) -> String) -> Block {
    Block::List(things.iter().map(|thing| Value::Line(one(thing))).collect())
}
