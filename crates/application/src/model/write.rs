//! Document → JSON.

use super::{Application, Attachment, Field, Notice, ProcedureRef, Recipient, SCHEMA};
use crate::Challenge;
use crate::json::{Integer, Object, Value};

pub(super) fn document(application: &Application) -> Object {
    Object::new()
        .with("schema", SCHEMA)
        .with("container", application.container.as_str())
        .with("procedure", procedure(&application.procedure))
        .with("recipient", recipient(&application.recipient))
        .with("challenge", challenge(&application.challenge))
        .with("fields", list(&application.fields, field))
        .with("attachments", list(&application.attachments, attachment))
        .with("notices", list(&application.notices, notice))
}

fn list<T>(entries: &[T], write: impl Fn(&T) -> Object) -> Vec<Value> {
    entries.iter().map(|entry| write(entry).into()).collect()
}

fn procedure(procedure: &ProcedureRef) -> Object {
    Object::new()
        .with("id", procedure.id.as_str())
        .with("version", procedure.version.as_str())
        .with("title", procedure.title.as_str())
        .with("sha256", procedure.sha256.as_str())
}

fn recipient(recipient: &Recipient) -> Object {
    Object::new()
        .with("id", recipient.id.as_str())
        .with("name", recipient.name.as_str())
        .with("origin", recipient.origin.as_str())
}

fn challenge(challenge: &Challenge) -> Object {
    Object::new()
        .with("value", challenge.value.as_str())
        .with("createdAt", challenge.created_at.to_string())
        .with("expiresAt", challenge.expires_at.to_string())
}

fn field(field: &Field) -> Object {
    let object = Object::new()
        .with("name", field.name.as_str())
        .with("label", field.label.as_str())
        .with("value", field.value.as_str());
    let object = optional(object, "text", field.text.as_deref());
    optional(object, "group", field.group.as_deref())
}

fn attachment(attachment: &Attachment) -> Object {
    // A size above 2^53−1 cannot be written; `check` refuses it, and here it becomes the largest that can.
    let size = i64::try_from(attachment.size).ok().and_then(Integer::new).unwrap_or(Integer::MAX);
    Object::new()
        .with("name", attachment.name.as_str())
        .with("mediaType", attachment.media_type.as_str())
        .with("size", size)
        .with("sha256", attachment.sha256.as_str())
}

fn notice(notice: &Notice) -> Object {
    Object::new().with("id", notice.id.as_str()).with("text", notice.text.as_str())
}

fn optional(object: Object, key: &str, value: Option<&str>) -> Object {
    match value {
        Some(value) => object.with(key, value),
        None => object,
    }
}
