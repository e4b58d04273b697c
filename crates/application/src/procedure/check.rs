//! A document against its definition, and against the certificate it was signed with.

use super::outline::questions;
use super::{
    CertificateItem, CertificateItems, Comparison, ProcedureDefinition, Question, Rule, Violation, value,
};
use crate::identity::{self, Outcome};
use crate::{Application, Field, Notice};

pub(super) fn check(definition: &ProcedureDefinition, application: &Application) -> Vec<Violation> {
    let asked = asked(definition, application);
    let mut violations = reference(definition, application);
    violations.extend(field_set(&asked, &application.fields));
    for (index, field) in application.fields.iter().enumerate() {
        if let Some(question) = asked.iter().find(|question| question.name == field.name) {
            violations.extend(words(&format!("/fields/{index}"), question, field));
            violations.extend(
                value::check(question.definition, &field.value).err().map(|rule| rule.at(&field.name)),
            );
        }
    }
    violations.extend(notices(&definition.notices, &application.notices));
    if application.attachments.len() > definition.max_attachments {
        violations.push(Rule::TooLong { max: definition.max_attachments }.at("/attachments"));
    }
    violations
}

pub(super) fn compare(
    definition: &ProcedureDefinition,
    application: &Application,
    certificate: CertificateItems<'_>,
) -> Vec<Comparison> {
    let comparison = |question: Question<'_>| {
        let item = question.definition.from_certificate?;
        let written = application.value(&question.name)?;
        Some(Comparison { field: question.name, item, outcome: compare_item(item, written, certificate) })
    };
    asked(definition, application).into_iter().filter_map(comparison).collect()
}

fn compare_item(item: CertificateItem, written: &str, certificate: CertificateItems<'_>) -> Outcome {
    match item {
        CertificateItem::Name => identity::compare_name(written, certificate.name),
        CertificateItem::Address => identity::compare_address(written, certificate.address),
        CertificateItem::Birth => identity::compare_birth(written, certificate.birth),
        CertificateItem::Sex if written == certificate.sex => Outcome::Match,
        CertificateItem::Sex => Outcome::Mismatch,
    }
}

fn asked<'a>(definition: &'a ProcedureDefinition, application: &Application) -> Vec<Question<'a>> {
    questions(definition, &|name| application.value(name).unwrap_or_default())
}

/// Id, version, title and digest of the definition, as the document states them.
fn reference(definition: &ProcedureDefinition, application: &Application) -> Vec<Violation> {
    let (ours, theirs) = (definition.reference(), &application.procedure);
    let pairs = [
        ("/procedure/id", ours.id == theirs.id),
        ("/procedure/version", ours.version == theirs.version),
        ("/procedure/title", ours.title == theirs.title),
        ("/procedure/sha256", ours.sha256 == theirs.sha256),
    ];
    pairs.into_iter().filter(|(_, same)| !same).map(|(place, _)| Rule::Words.at(place)).collect()
}

/// Every question answered once, nothing else, in the order of the form.
fn field_set(asked: &[Question<'_>], fields: &[Field]) -> Vec<Violation> {
    let asked: Vec<&str> = asked.iter().map(|question| question.name.as_str()).collect();
    let present: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    same_list(&asked, &present, "/fields")
}

fn same_list(expected: &[&str], present: &[&str], place: &str) -> Vec<Violation> {
    let missing = expected.iter().filter(|name| !present.contains(name)).map(|name| Rule::Missing.at(name));
    let unexpected =
        present.iter().filter(|name| !expected.contains(name)).map(|name| Rule::Unexpected.at(name));
    let violations: Vec<Violation> = missing.chain(unexpected).collect();
    if violations.is_empty() && expected != present {
        return vec![Rule::Order.at(place)];
    }
    violations
}

/// Label, heading and words of the choice, byte for byte.
fn words(place: &str, question: &Question<'_>, field: &Field) -> Vec<Violation> {
    let expected = value::words(question.definition, &field.value);
    let pairs = [
        ("label", field.label == question.definition.label),
        ("group", field.group == question.group),
        ("text", field.text.as_deref() == expected),
    ];
    pairs
        .into_iter()
        .filter(|(_, same)| !same)
        .map(|(key, _)| Rule::Words.at(&format!("{place}/{key}")))
        .collect()
}

fn notices(expected: &[Notice], present: &[Notice]) -> Vec<Violation> {
    let place = |index| format!("/notices/{index}");
    let wrong = |index: usize, rule: Rule| rule.at(&place(index));
    let count = expected.len().max(present.len());
    let judged = (0..count).filter_map(|index| match (expected.get(index), present.get(index)) {
        (Some(ours), Some(theirs)) if ours == theirs => None,
        (Some(_), Some(_)) => Some(wrong(index, Rule::Words)),
        (Some(_), None) => Some(wrong(index, Rule::Missing)),
        _ => Some(wrong(index, Rule::Unexpected)),
    });
    judged.collect()
}
