//! JSON → definition.

use super::{
    CertificateItem, Choice, Condition, Entry, FieldDefinition, FieldKind, GroupDefinition,
    ProcedureDefinition, SCHEMA,
};
use crate::limits::{
    MAX_ATTACHMENTS, MAX_CHOICE_TEXT, MAX_DEFINITION_BYTES, MAX_FIELDS, MAX_LABEL, MAX_NOTICE, MAX_NOTICES,
    MAX_REPEAT, MAX_VALUE,
};
use crate::shape::{At, Members, ParseError, Reason, refuse};
use crate::text::{self, identifier};
use crate::timestamp::parse_day;
use crate::{Notice, json, sha256_hex};

pub(super) fn parse(bytes: &[u8]) -> Result<ProcedureDefinition, ParseError> {
    let value = json::parse(bytes, MAX_DEFINITION_BYTES).or_else(|error| refuse("", error))?;
    let root = At::root(&value);
    root.member("schema")?
        .parsed(|word| (word == SCHEMA).then_some(()).ok_or(Reason::Schema { expected: SCHEMA }))?;
    let members =
        root.object(&["schema", "id", "version", "title", "fields", "notices", "maxAttachments"])?;
    Ok(ProcedureDefinition {
        id: members.required("id")?.parsed(id)?,
        version: members.required("version")?.parsed(id)?,
        title: members.required("title")?.parsed(label)?,
        entries: entries(members.required("fields")?)?,
        notices: notices(members.required("notices")?)?,
        max_attachments: optional_count(&members, "maxAttachments", MAX_ATTACHMENTS)?.unwrap_or(0),
        sha256: sha256_hex(&json::to_canonical(&value)),
    })
}

/// The entries of a form; each condition must name a choice that stands before it.
fn entries(at: At<'_>) -> Result<Vec<Entry>, ParseError> {
    let mut entries: Vec<Entry> = Vec::new();
    for place in at.entries(MAX_FIELDS)? {
        let entry = entry(place.clone())?;
        if entries.iter().any(|earlier| earlier.name() == entry.name()) {
            return place.refuse(Reason::Duplicate);
        }
        if entry.condition().is_some_and(|condition| !is_sound(condition, &entries)) {
            return place.refuse(Reason::Definition("a condition on no earlier choice"));
        }
        entries.push(entry);
    }
    Ok(entries)
}

fn entry(at: At<'_>) -> Result<Entry, ParseError> {
    if at.member("kind")?.string()? == "group" {
        return group(at).map(Entry::Group);
    }
    let members = at.object(&FIELD_KEYS)?;
    let when = members.optional("when").map(condition).transpose()?;
    let from_certificate =
        members.optional("fromCertificate").map(|at| at.parsed(certificate_item)).transpose()?;
    Ok(Entry::Field(FieldDefinition { when, from_certificate, ..field(&members)? }))
}

const FIELD_KEYS: [&str; 13] = [
    "name",
    "label",
    "kind",
    "required",
    "multiline",
    "maxLength",
    "minLength",
    "min",
    "max",
    "choices",
    "autocomplete",
    "when",
    "fromCertificate",
];

fn group(at: At<'_>) -> Result<GroupDefinition, ParseError> {
    let members = at.object(&["name", "label", "kind", "max", "when", "fields"])?;
    let mut fields: Vec<FieldDefinition> = Vec::new();
    for place in members.required("fields")?.entries(MAX_FIELDS)? {
        let keys: Vec<&str> =
            FIELD_KEYS.into_iter().filter(|key| !["when", "fromCertificate"].contains(key)).collect();
        let field = field(&place.clone().object(&keys)?)?;
        if fields.iter().any(|earlier| earlier.name == field.name) {
            return place.refuse(Reason::Duplicate);
        }
        fields.push(field);
    }
    Ok(GroupDefinition {
        name: members.required("name")?.parsed(part)?,
        label: members.required("label")?.parsed(label)?,
        max_entries: count(&members.required("max")?, MAX_REPEAT)?,
        when: members.optional("when").map(condition).transpose()?,
        fields,
    })
}

/// A field without condition and certificate item, which stand only in single fields.
fn field(members: &Members<'_>) -> Result<FieldDefinition, ParseError> {
    Ok(FieldDefinition {
        name: members.required("name")?.parsed(part)?,
        label: members.required("label")?.parsed(label)?,
        kind: kind(members)?,
        required: members.required("required")?.boolean()?,
        when: None,
        from_certificate: None,
        autocomplete: members.optional_string("autocomplete")?,
    })
}

fn kind(members: &Members<'_>) -> Result<FieldKind, ParseError> {
    let at = members.required("kind")?;
    let (kind, keys): (FieldKind, &[&str]) = match at.string()? {
        "text" => (text_kind(members)?, &["multiline", "maxLength"]),
        "choice" => (FieldKind::Choice(choices(members.required("choices")?)?), &["choices"]),
        "number" => (number_kind(members)?, &["min", "max"]),
        "date" => (date_kind(members)?, &["min", "max"]),
        "telephone" => (FieldKind::Telephone, &[]),
        "digits" => (digits_kind(members)?, &["minLength", "maxLength"]),
        _ => return at.refuse(Reason::Definition("an unknown kind of field")),
    };
    let all = ["multiline", "maxLength", "minLength", "min", "max", "choices"];
    match all.into_iter().filter(|key| !keys.contains(key)).find_map(|key| members.optional(key)) {
        Some(foreign) => foreign.refuse(Reason::Unknown),
        None => Ok(kind),
    }
}

fn text_kind(members: &Members<'_>) -> Result<FieldKind, ParseError> {
    let multiline = members.optional("multiline").map(|at| at.boolean()).transpose()?.unwrap_or(false);
    Ok(FieldKind::Text { multiline, max_length: count(&members.required("maxLength")?, MAX_VALUE)? })
}

fn number_kind(members: &Members<'_>) -> Result<FieldKind, ParseError> {
    let largest = json::Integer::MAX.get().unsigned_abs();
    let (min, max) = (members.required("min")?.number(largest)?, members.required("max")?);
    let limit = max.number(largest)?;
    if limit < min { max.refuse(Reason::Range) } else { Ok(FieldKind::Number { min, max: limit }) }
}

fn date_kind(members: &Members<'_>) -> Result<FieldKind, ParseError> {
    let day =
        |key| members.optional(key).map(|at| at.parsed(|text| parse_day(text).map(|_| text.to_owned())));
    let (min, max) = (day("min").transpose()?, day("max").transpose()?);
    if min.is_some() && max.is_some() && min > max {
        return members.required("max")?.refuse(Reason::Range);
    }
    Ok(FieldKind::Date { min, max })
}

fn digits_kind(members: &Members<'_>) -> Result<FieldKind, ParseError> {
    let at = members.required("maxLength")?;
    let (min_length, max_length) =
        (count(&members.required("minLength")?, MAX_VALUE)?, count(&at, MAX_VALUE)?);
    if max_length < min_length {
        return at.refuse(Reason::Range);
    }
    Ok(FieldKind::Digits { min_length, max_length })
}

fn choices(at: At<'_>) -> Result<Vec<Choice>, ParseError> {
    let mut choices: Vec<Choice> = Vec::new();
    for place in at.clone().entries(MAX_FIELDS)? {
        let members = place.clone().object(&["value", "text"])?;
        let value = members.required("value")?.parsed(id)?;
        if choices.iter().any(|earlier| earlier.value == value) {
            return place.refuse(Reason::Duplicate);
        }
        let words = |text: &str| text::check_label(text, MAX_CHOICE_TEXT).map(|()| text.to_owned());
        choices.push(Choice { value, text: members.required("text")?.parsed(words)? });
    }
    if choices.is_empty() { at.refuse(Reason::Empty) } else { Ok(choices) }
}

fn condition(at: At<'_>) -> Result<Condition, ParseError> {
    let members = at.object(&["field", "values"])?;
    let values = members.required("values")?.entries(MAX_FIELDS)?.map(|at| at.parsed(id));
    Ok(Condition { field: members.string("field")?, values: values.collect::<Result<_, _>>()? })
}

fn is_sound(condition: &Condition, earlier: &[Entry]) -> bool {
    let choices = earlier.iter().find_map(|entry| match entry {
        Entry::Field(FieldDefinition { name, kind: FieldKind::Choice(choices), .. })
            if *name == condition.field =>
        {
            Some(choices)
        }
        _ => None,
    });
    let is_choice =
        |value: &String| choices.is_some_and(|all| all.iter().any(|choice| choice.value == *value));
    !condition.values.is_empty() && condition.values.iter().all(is_choice)
}

fn notices(at: At<'_>) -> Result<Vec<Notice>, ParseError> {
    let mut notices: Vec<Notice> = Vec::new();
    for place in at.entries(MAX_NOTICES)? {
        let members = place.clone().object(&["id", "text"])?;
        let words = |text: &str| text::check_label(text, MAX_NOTICE).map(|()| text.to_owned());
        let notice = Notice {
            id: members.required("id")?.parsed(id)?,
            text: members.required("text")?.parsed(words)?,
        };
        if notices.iter().any(|earlier| earlier.id == notice.id) {
            return place.refuse(Reason::Duplicate);
        }
        notices.push(notice);
    }
    Ok(notices)
}

fn certificate_item(word: &str) -> Result<CertificateItem, Reason> {
    match word {
        "name" => Ok(CertificateItem::Name),
        "address" => Ok(CertificateItem::Address),
        "birth" => Ok(CertificateItem::Birth),
        "sex" => Ok(CertificateItem::Sex),
        _ => Err(Reason::Definition("an unknown item of the certificate")),
    }
}

/// A name without dots: dots are for the parts of names in groups.
fn part(text: &str) -> Result<String, Reason> {
    identifier::check_name(text)?;
    if text.contains('.') { Err(Reason::Definition("a dot in a field's name")) } else { Ok(text.to_owned()) }
}

fn id(text: &str) -> Result<String, Reason> {
    identifier::check_id(text).map(|()| text.to_owned())
}

fn label(text: &str) -> Result<String, Reason> {
    text::check_label(text, MAX_LABEL).map(|()| text.to_owned())
}

/// A count from 1 to `max`.
fn count(at: &At<'_>, max: usize) -> Result<usize, ParseError> {
    let limit = u64::try_from(max).unwrap_or(u64::MAX);
    match at.number(limit).map(usize::try_from)? {
        Ok(count @ 1..) => Ok(count),
        _ => at.refuse(Reason::Range),
    }
}

fn optional_count(members: &Members<'_>, key: &str, max: usize) -> Result<Option<usize>, ParseError> {
    members.optional(key).map(|at| count(&at, max)).transpose()
}

impl Entry {
    fn name(&self) -> &str {
        match self {
            Self::Field(field) => &field.name,
            Self::Group(group) => &group.name,
        }
    }

    fn condition(&self) -> Option<&Condition> {
        match self {
            Self::Field(field) => field.when.as_ref(),
            Self::Group(group) => group.when.as_ref(),
        }
    }
}
