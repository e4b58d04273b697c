//! From answers to the document. The rules are the definition's and the application crate's.

use crate::issued::Issued;
use crate::refusal::{Fault, Refusal, faults};
use shomei_application::{Application, Container, ProcedureDefinition};

/// What is wrong with the answers; empty if a document can be built.
///
/// # Errors
/// `bad-definition` with its place.
pub(crate) fn violations(definition: &str, answers: &[(String, String)]) -> Result<Vec<Fault>, Refusal> {
    let found = read_definition(definition)?.fill(answers).err();
    Ok(faults(&found.unwrap_or_default()))
}

/// The canonical document of the answers, held to the definition once more as a whole.
///
/// # Errors
/// See [`crate::build_document`].
pub(crate) fn build(
    definition: &str,
    answers: &[(String, String)],
    issued: Issued,
    container: &str,
) -> Result<String, Refusal> {
    let definition = read_definition(definition)?;
    let container = Container::parse(container).ok_or(Refusal::of("format-not-for-pages"))?;
    let procedure = definition.reference();
    let (challenge, recipient) = issued.for_procedure(&procedure)?;
    let fields = definition.fill(answers).map_err(|found| Refusal::of_form(&found))?;
    let notices = definition.notices.clone();
    let application =
        Application { container, procedure, recipient, challenge, fields, attachments: Vec::new(), notices };
    application.check().map_err(|error| Refusal::at("bad-document", error))?;
    let found = definition.check(&application);
    if !found.is_empty() {
        return Err(Refusal::of_form(&found));
    }
    String::from_utf8(application.to_canonical()).map_err(|_| Refusal::of("bad-document"))
}

pub(crate) fn read_definition(text: &str) -> Result<ProcedureDefinition, Refusal> {
    ProcedureDefinition::parse(text.as_bytes()).map_err(|error| Refusal::at("bad-definition", error))
}
