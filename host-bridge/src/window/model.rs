//! The subject as the window shows it: plain data made from the very bytes that are signed. Nothing in a document is
//! left out, and nothing is added that is not marked as ours.

use shomei_application::text::{check_label, individual_number};
use shomei_application::{Application, Attachment, Field};

mod files;

use super::words::Words;
use crate::subject::Shown;

/// Everything of one subject, in the order of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Above everything, in small letters: what the next line is.
    pub before_asker: &'static str,
    /// Who asks: the site's origin as the browser reported it.
    pub asker: String,
    /// What it is about: the procedure's title.
    pub title: String,
    /// Below it: the recipient's name and code, or what is made of files.
    pub below_title: String,
    /// Fields by group, attachments, notices.
    pub sections: Vec<Section>,
    /// In small letters at the end: the procedure's identifier, version and digest, and the document's container.
    pub facts: String,
}

/// A heading and what stands under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// A sentence of ours under the heading, or nothing.
    pub remark: Option<&'static str>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// One question and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The question, as the form puts it.
    pub label: String,
    /// The answer's lines; for a choice its words.
    pub lines: Vec<String>,
    /// Smaller facts below: the code of a choice, an attachment's type, size and digest.
    pub facts: Vec<String>,
    /// The answer holds what looks like an individual number.
    pub individual_number: bool,
}

impl Review {
    /// Shows a subject in the language of `words`.
    #[must_use]
    pub fn of(subject: &Shown, words: &Words) -> Self {
        match subject {
            Shown::Application(application) => Self::of_application(application, words),
            Shown::Files(shown) => files::review(shown, words),
        }
    }

    fn of_application(application: &Application, words: &Words) -> Self {
        let procedure = &application.procedure;
        let recipient = &application.recipient;
        let mut sections = field_sections(&application.fields, words);
        if !application.attachments.is_empty() {
            sections.push(attachments(&application.attachments, words));
        }
        if !application.notices.is_empty() {
            let rows =
                application.notices.iter().map(|notice| row(&notice.id, &notice.text, words)).collect();
            sections.push(Section { heading: words.notices.to_owned(), remark: None, rows });
        }
        Self {
            before_asker: words.site,
            asker: recipient.origin.to_string(),
            title: procedure.title.clone(),
            below_title: format!("{}: {}（{}）", words.recipient, recipient.name, recipient.id),
            sections,
            facts: format!(
                "{} / {} / {} / {}",
                procedure.id,
                procedure.version,
                application.container.as_str(),
                procedure.sha256
            ),
        }
    }
}

/// Fields one after the other; a new heading wherever the group changes.
fn field_sections(fields: &[Field], words: &Words) -> Vec<Section> {
    let same_group = |a: &Field, b: &Field| a.group == b.group;
    let section = |fields: &[Field]| {
        let group = fields.first().and_then(|field| field.group.clone());
        Section {
            heading: group.unwrap_or_else(|| words.fields.to_owned()),
            remark: None,
            rows: fields.iter().map(|field| field_row(field, words)).collect(),
        }
    };
    fields.chunk_by(same_group).map(section).collect()
}

fn field_row(field: &Field, words: &Words) -> Row {
    let Some(text) = &field.text else {
        return row(&field.label, &field.value, words);
    };
    let mut row = row(&field.label, text, words);
    row.facts.push(format!("{}: {}", words.code, field.value));
    row.individual_number |= looks_like_individual_number(&field.value);
    row
}

fn row(label: &str, value: &str, words: &Words) -> Row {
    let shown = if value.is_empty() { words.empty } else { value };
    Row {
        label: label.to_owned(),
        lines: shown.split('\n').map(str::to_owned).collect(),
        facts: Vec::new(),
        individual_number: looks_like_individual_number(value),
    }
}

fn looks_like_individual_number(text: &str) -> bool {
    !individual_number::find(text).is_empty()
}

fn attachments(attachments: &[Attachment], words: &Words) -> Section {
    let row = |attachment: &Attachment| Row {
        label: attachment.name.clone(),
        lines: vec![size(attachment.size)],
        facts: vec![attachment.media_type.clone(), format!("{}: {}", words.digest, attachment.sha256)],
        individual_number: looks_like_individual_number(&attachment.name),
    };
    Section {
        heading: words.attachments.to_owned(),
        remark: Some(words.attachments_unseen),
        rows: attachments.iter().map(row).collect(),
    }
}

/// Bytes with separators of thousands: `1,234,567 バイト`.
fn size(bytes: u64) -> String {
    let digits = bytes.to_string();
    let first = digits.len() % 3;
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && place % 3 == first {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} バイト")
}

/// The characters of `text` that the fonts cannot draw, those that nobody sees or that reorder others, and every variation
/// selector with its base, as code points: a resident must be able to tell what is signed from what looks like it. An
/// application document has no such characters, but forms that others wrote may.
#[must_use]
pub fn unseen(text: &str, mut has_glyph: impl FnMut(char) -> bool) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    let mut before = None;
    for character in text.chars() {
        let code = match (is_variation_selector(character), before) {
            (true, Some(base)) => Some(format!("{} {}", code_point(base), code_point(character))),
            (true, None) => Some(code_point(character)),
            (false, _) => {
                let hidden = !character.is_whitespace() && (is_hidden(character) || !has_glyph(character));
                hidden.then(|| code_point(character))
            }
        };
        told.extend(code.filter(|code| !told.contains(code)));
        before = Some(character);
    }
    told
}

/// What no label of an application may hold.
fn is_hidden(character: char) -> bool {
    check_label(character.encode_utf8(&mut [0; 4]), 1).is_err()
}

fn is_variation_selector(character: char) -> bool {
    matches!(character, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{180B}'..='\u{180D}' | '\u{180F}')
}

fn code_point(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

#[cfg(test)]
mod tests;
