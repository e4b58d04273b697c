//! JSON → document: shape here, then the rules.

use super::{Application, Attachment, Container, Field, Notice, ProcedureRef, Recipient, SCHEMA, rules};
use crate::json::{self, Integer};
use crate::limits::{MAX_ATTACHMENTS, MAX_DOCUMENT_BYTES, MAX_FIELDS, MAX_NOTICES};
use crate::shape::{At, ParseError, Reason, refuse};
use crate::{Challenge, Origin, OriginError, Timestamp};

/// How the origin is read: with or without the development ones.
type ReadOrigin = fn(&str) -> Result<Origin, OriginError>;

pub(super) fn parse(bytes: &[u8], read_origin: ReadOrigin) -> Result<Application, ParseError> {
    let value = json::parse(bytes, MAX_DOCUMENT_BYTES).or_else(|error| refuse("", error))?;
    let application = document(At::root(&value), read_origin)?;
    rules::check(&application)?;
    require_canonical(bytes, &application.to_canonical())?;
    Ok(application)
}

fn require_canonical(bytes: &[u8], canonical: &[u8]) -> Result<(), ParseError> {
    if bytes == canonical {
        return Ok(());
    }
    let same = bytes.iter().zip(canonical).take_while(|(a, b)| a == b).count();
    refuse("", Reason::NotCanonical { offset: same })
}

fn document(at: At<'_>, read_origin: ReadOrigin) -> Result<Application, ParseError> {
    let keys =
        ["schema", "container", "procedure", "recipient", "challenge", "fields", "attachments", "notices"];
    require_schema(&at)?;
    let container = container(&at)?;
    let members = at.object(&keys)?;
    Ok(Application {
        container,
        procedure: procedure(members.required("procedure")?)?,
        recipient: recipient(members.required("recipient")?, read_origin)?,
        challenge: challenge(members.required("challenge")?)?,
        fields: members.required("fields")?.entries(MAX_FIELDS)?.map(field).collect::<Result<_, _>>()?,
        attachments: members
            .required("attachments")?
            .entries(MAX_ATTACHMENTS)?
            .map(attachment)
            .collect::<Result<_, _>>()?,
        notices: members.required("notices")?.entries(MAX_NOTICES)?.map(notice).collect::<Result<_, _>>()?,
    })
}

/// Before the exact keys, so that a document of another version is told by its version.
fn require_schema(at: &At<'_>) -> Result<(), ParseError> {
    let schema = |word: &str| (word == SCHEMA).then_some(()).ok_or(Reason::Schema { expected: SCHEMA });
    at.member("schema")?.parsed(schema)
}

/// Before the exact keys too, so that a document for another format is told by its format.
fn container(at: &At<'_>) -> Result<Container, ParseError> {
    let known =
        |word: &str| Container::parse(word).ok_or_else(|| Reason::Container { found: word.to_owned() });
    at.member("container")?.parsed(known)
}

fn procedure(at: At<'_>) -> Result<ProcedureRef, ParseError> {
    let members = at.object(&["id", "version", "title", "sha256"])?;
    Ok(ProcedureRef {
        id: members.string("id")?,
        version: members.string("version")?,
        title: members.string("title")?,
        sha256: members.string("sha256")?,
    })
}

fn recipient(at: At<'_>, read_origin: ReadOrigin) -> Result<Recipient, ParseError> {
    let members = at.object(&["id", "name", "origin"])?;
    Ok(Recipient {
        id: members.string("id")?,
        name: members.string("name")?,
        origin: members.required("origin")?.parsed(read_origin)?,
    })
}

fn challenge(at: At<'_>) -> Result<Challenge, ParseError> {
    let members = at.object(&["value", "createdAt", "expiresAt"])?;
    Ok(Challenge {
        value: members.string("value")?,
        created_at: members.required("createdAt")?.parsed(Timestamp::parse)?,
        expires_at: members.required("expiresAt")?.parsed(Timestamp::parse)?,
    })
}

fn field(at: At<'_>) -> Result<Field, ParseError> {
    let members = at.object(&["name", "label", "value", "text", "group"])?;
    Ok(Field {
        name: members.string("name")?,
        label: members.string("label")?,
        value: members.string("value")?,
        text: members.optional_string("text")?,
        group: members.optional_string("group")?,
    })
}

fn attachment(at: At<'_>) -> Result<Attachment, ParseError> {
    let members = at.object(&["name", "mediaType", "size", "sha256"])?;
    Ok(Attachment {
        name: members.string("name")?,
        media_type: members.string("mediaType")?,
        size: members.required("size")?.number(Integer::MAX.get().unsigned_abs())?,
        sha256: members.string("sha256")?,
    })
}

fn notice(at: At<'_>) -> Result<Notice, ParseError> {
    let members = at.object(&["id", "text"])?;
    Ok(Notice { id: members.string("id")?, text: members.string("text")? })
}
