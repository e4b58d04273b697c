//! The rules of a document that need neither its definition nor a clock.

use super::{Application, Attachment, Field, Notice, ProcedureRef, Recipient};
use crate::digest::is_sha256_hex;
use crate::json::Integer;
use crate::limits::{
    MAX_ATTACHMENTS, MAX_CHOICE_TEXT, MAX_DOCUMENT_BYTES, MAX_FIELDS, MAX_FILE_NAME, MAX_LABEL,
    MAX_MEDIA_TYPE, MAX_NOTICE, MAX_NOTICES, MAX_VALUE,
};
use crate::shape::{ParseError, Reason, refuse};
use crate::text::{self, identifier};
use std::collections::BTreeSet;

pub(super) fn check(application: &Application) -> Result<(), ParseError> {
    procedure(&application.procedure)?;
    recipient(&application.recipient)?;
    application.challenge.check().or_else(|error| refuse("/challenge", error))?;
    each("/fields", &application.fields, MAX_FIELDS, |field| &field.name, field)?;
    each("/attachments", &application.attachments, MAX_ATTACHMENTS, |file| &file.name, attachment)?;
    each("/notices", &application.notices, MAX_NOTICES, |notice| &notice.id, notice)?;
    if application.to_canonical().len() > MAX_DOCUMENT_BYTES {
        return refuse("", Reason::TooLong { max: MAX_DOCUMENT_BYTES });
    }
    Ok(())
}

/// Every entry of a list by its rule, at most `max` of them, no two of one name.
fn each<T>(
    path: &str,
    entries: &[T],
    max: usize,
    name: impl Fn(&T) -> &String,
    rule: impl Fn(&str, &T) -> Result<(), ParseError>,
) -> Result<(), ParseError> {
    if entries.len() > max {
        return refuse(path, Reason::TooLong { max });
    }
    let mut seen = BTreeSet::new();
    for (index, entry) in entries.iter().enumerate() {
        let place = format!("{path}/{index}");
        rule(&place, entry)?;
        if !seen.insert(name(entry)) {
            return refuse(&place, Reason::Duplicate);
        }
    }
    Ok(())
}

fn procedure(procedure: &ProcedureRef) -> Result<(), ParseError> {
    at("/procedure/id", identifier::check_id(&procedure.id))?;
    at("/procedure/version", identifier::check_id(&procedure.version))?;
    at("/procedure/title", text::check_label(&procedure.title, MAX_LABEL))?;
    at("/procedure/sha256", digest(&procedure.sha256))
}

fn recipient(recipient: &Recipient) -> Result<(), ParseError> {
    at("/recipient/id", identifier::check_recipient(&recipient.id))?;
    at("/recipient/name", text::check_label(&recipient.name, MAX_LABEL))
}

fn field(path: &str, field: &Field) -> Result<(), ParseError> {
    below(path, "name", identifier::check_name(&field.name))?;
    below(path, "label", text::check_label(&field.label, MAX_LABEL))?;
    below(path, "value", text::check_value(&field.value, MAX_VALUE))?;
    if let Some(words) = &field.text {
        below(path, "text", text::check_label(words, MAX_CHOICE_TEXT))?;
    }
    if let Some(group) = &field.group {
        below(path, "group", text::check_label(group, MAX_LABEL))?;
    }
    Ok(())
}

fn attachment(path: &str, file: &Attachment) -> Result<(), ParseError> {
    below(path, "name", text::check_line(&file.name, MAX_FILE_NAME))?;
    below(path, "name", identifier::check_file_name(&file.name))?;
    below(path, "mediaType", identifier::check_media_type(&file.media_type, MAX_MEDIA_TYPE))?;
    if i64::try_from(file.size).ok().and_then(Integer::new).is_none() {
        return refuse(&format!("{path}/size"), Reason::Range);
    }
    below(path, "sha256", digest(&file.sha256))
}

fn notice(path: &str, notice: &Notice) -> Result<(), ParseError> {
    below(path, "id", identifier::check_id(&notice.id))?;
    below(path, "text", text::check_label(&notice.text, MAX_NOTICE))
}

fn digest(hex: &str) -> Result<(), Reason> {
    is_sha256_hex(hex)
        .then_some(())
        .ok_or(Reason::Identifier { expected: "64 lower-case hexadecimal digits" })
}

fn below(path: &str, key: &str, outcome: Result<(), Reason>) -> Result<(), ParseError> {
    outcome.or_else(|reason| refuse(&format!("{path}/{key}"), reason))
}

fn at(path: &str, outcome: Result<(), Reason>) -> Result<(), ParseError> {
    outcome.or_else(|reason| refuse(path, reason))
}
