//! Answers → fields of a document.

use super::outline::{answer, may_ask, questions};
use super::{ProcedureDefinition, Question, Rule, Violation, value};
use crate::Field;

pub(super) fn fill(
    definition: &ProcedureDefinition,
    answers: &[(String, String)],
) -> Result<Vec<Field>, Vec<Violation>> {
    let mut violations = unknown_or_repeated(definition, answers);
    let mut fields = Vec::new();
    for question in questions(definition, &|name| answer(answers, name)) {
        match field(&question, answer(answers, &question.name)) {
            Ok(field) => fields.push(field),
            Err(rule) => violations.push(rule.at(&question.name)),
        }
    }
    if violations.is_empty() { Ok(fields) } else { Err(violations) }
}

/// Names that the form never asks, and names answered twice.
fn unknown_or_repeated(definition: &ProcedureDefinition, answers: &[(String, String)]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (index, (name, _)) in answers.iter().enumerate() {
        let repeated = answers.iter().take(index).any(|(earlier, _)| earlier == name);
        if repeated || !may_ask(definition, name) {
            violations.push(Rule::Unexpected.at(name));
        }
    }
    violations
}

fn field(question: &Question<'_>, answer: &str) -> Result<Field, Rule> {
    let value = answer.replace("\r\n", "\n");
    value::check(question.definition, &value)?;
    let text = value::words(question.definition, &value).map(str::to_owned);
    let label = question.definition.label.clone();
    Ok(Field { name: question.name.clone(), label, value, text, group: question.group.clone() })
}
