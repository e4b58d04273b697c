//! Which questions arise from which answers.

use super::{Condition, Entry, FieldDefinition, GroupDefinition, ProcedureDefinition};

/// A question that arises, and where its answer stands in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question<'a> {
    /// The name of the field in the document, as `people.1.name`.
    pub name: String,
    /// The heading and number of its group entry, as `必要な人 1`.
    pub group: Option<String>,
    /// What is asked.
    pub definition: &'a FieldDefinition,
}

/// The answer to `name`, or nothing.
pub(super) fn answer<'a>(answers: &'a [(String, String)], name: &str) -> &'a str {
    answers.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value)
}

/// The questions that arise, in the order of the form. A condition holds only on a question that arises itself.
pub(super) fn questions<'a, 'v>(
    definition: &'a ProcedureDefinition,
    answer: &dyn Fn(&str) -> &'v str,
) -> Vec<Question<'a>> {
    let mut questions: Vec<Question<'a>> = Vec::new();
    for entry in &definition.entries {
        let condition = match entry {
            Entry::Field(field) => &field.when,
            Entry::Group(group) => &group.when,
        };
        if !condition.as_ref().is_none_or(|condition| holds(condition, &questions, answer)) {
            continue;
        }
        match entry {
            Entry::Field(field) => {
                questions.push(Question { name: field.name.clone(), group: None, definition: field });
            }
            Entry::Group(group) => questions.extend(group_questions(group, answer)),
        }
    }
    questions
}

/// Whether a form of `definition` could ever ask `name`.
pub(super) fn may_ask(definition: &ProcedureDefinition, name: &str) -> bool {
    definition.entries.iter().any(|entry| match entry {
        Entry::Field(field) => field.name == name,
        Entry::Group(group) => (1..=group.max_entries)
            .any(|number| group.fields.iter().any(|field| entry_field(group, number, field) == name)),
    })
}

fn holds<'v>(condition: &Condition, asked: &[Question<'_>], answer: &dyn Fn(&str) -> &'v str) -> bool {
    let value = answer(&condition.field);
    asked.iter().any(|question| question.name == condition.field)
        && condition.values.iter().any(|v| v == value)
}

/// The fields of every entry up to the last one with an answer, and of the first in any case.
fn group_questions<'a, 'v>(
    group: &'a GroupDefinition,
    answer: &dyn Fn(&str) -> &'v str,
) -> Vec<Question<'a>> {
    let answered = |number: &usize| {
        group.fields.iter().any(|field| !answer(&entry_field(group, *number, field)).is_empty())
    };
    let last = (1..=group.max_entries).rev().find(answered).unwrap_or(1);
    let question = |number, field| Question {
        name: entry_field(group, number, field),
        group: Some(format!("{} {number}", group.label)),
        definition: field,
    };
    (1..=last).flat_map(|number| group.fields.iter().map(move |field| question(number, field))).collect()
}

fn entry_field(group: &GroupDefinition, number: usize, field: &FieldDefinition) -> String {
    format!("{}.{number}.{}", group.name, field.name)
}
