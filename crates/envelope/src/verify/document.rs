//! The checks of what was signed: binding and identity.

use super::{after, passed_unless};
use crate::expectations::{Expectation, Expectations};
use crate::report::{Check, CheckName, Failure, Gap, Outcome, SignatureReport, Signer};
use shomei_application::{Application, Container, ParseError, ProcedureRef};
use shomei_pki::World;

/// The content of an envelope, read as an application document.
pub(super) struct Document {
    pub(super) application: Result<Application, ParseError>,
    container: Container,
}

impl Document {
    pub(super) fn read(octets: &[u8], container: Container, world: World) -> Self {
        Self { application: read_application(octets, world), container }
    }
}

/// Documents of a developer's own machine exist, but not among those of residents.
fn read_application(content: &[u8], world: World) -> Result<Application, ParseError> {
    match world {
        World::Production => Application::parse(content),
        World::JlisTest | World::Lab => Application::parse_development(content),
    }
}

pub(super) fn check_binding(document: &Option<Document>, expected: &Expectations) -> Check {
    let check = |outcome, facts| Check { name: CheckName::Binding, signature: None, outcome, facts };
    match document.as_ref().map(|document| (&document.application, document.container)) {
        None => check(unbound(expected), Vec::new()),
        Some((Err(error), _)) => {
            check(Outcome::Failed(vec![Failure::NotAnApplication(error.clone())]), Vec::new())
        }
        Some((Ok(application), container)) => {
            check(binding(application, container, expected), binding_facts(application))
        }
    }
}

/// Where nothing binds a signature to a recipient, an expectation that was given cannot be met.
fn unbound(expected: &Expectations) -> Outcome {
    let given = [
        (Expectation::Origin, expected.origin.is_some()),
        (Expectation::RecipientId, expected.recipient_id.is_some()),
        (Expectation::Procedure, expected.procedure.is_some()),
        (Expectation::Challenge, expected.challenge.is_some()),
    ];
    let given = given.into_iter().filter(|(_, given)| *given);
    let failures: Vec<Failure> = given.map(|(name, _)| Failure::Expectation(name)).collect();
    if failures.is_empty() { Outcome::NotChecked(Gap::NotBound) } else { Outcome::Failed(failures) }
}

fn binding(application: &Application, container: Container, expected: &Expectations) -> Outcome {
    let comparisons = [
        (Expectation::Origin, same(&expected.origin, application.recipient.origin.as_str())),
        (Expectation::RecipientId, same(&expected.recipient_id, &application.recipient.id)),
        (Expectation::Procedure, same_procedure(expected, &application.procedure)),
        (Expectation::Challenge, same(&expected.challenge, &application.challenge.value)),
    ];
    let mut failures: Vec<Failure> = Vec::new();
    if application.container != container {
        failures.push(Failure::Container);
    }
    let unmet = comparisons.iter().filter(|(_, met)| *met == Some(false));
    failures.extend(unmet.map(|(expectation, _)| Failure::Expectation(*expectation)));
    let not_given: Vec<_> =
        comparisons.iter().filter(|(_, met)| met.is_none()).map(|(name, _)| *name).collect();
    if failures.is_empty() && !not_given.is_empty() {
        Outcome::NotChecked(Gap::NotGiven(not_given))
    } else {
        passed_unless(failures)
    }
}

fn binding_facts(application: &Application) -> Vec<(&'static str, String)> {
    vec![
        ("origin", application.recipient.origin.as_str().to_owned()),
        ("recipientId", application.recipient.id.clone()),
        ("procedureId", application.procedure.id.clone()),
        ("procedureVersion", application.procedure.version.clone()),
        ("procedureSha256", application.procedure.sha256.clone()),
        ("challenge", application.challenge.value.clone()),
    ]
}

pub(super) fn check_identity(
    earlier: &[Check],
    signatures: &[SignatureReport],
    expectations: &Expectations,
) -> Check {
    let name = CheckName::Identity;
    let needed = [CheckName::Chain, CheckName::Signature];
    let broken =
        earlier.iter().find(|check| needed.contains(&check.name) && check.outcome != Outcome::Passed);
    if let Some(check) = broken {
        return after(name, None, check.name);
    }
    let outcome = match expectations.signers.map(usize::try_from) {
        Some(Ok(expected)) if expected == signatures.len() => Outcome::Passed,
        Some(_) => Outcome::Failed(vec![Failure::Expectation(Expectation::Signers)]),
        None => Outcome::NotChecked(Gap::NotGiven(vec![Expectation::Signers])),
    };
    let mut facts = vec![("signers", signatures.len().to_string())];
    if let [SignatureReport { signer: Some(signer), .. }] = signatures {
        facts.extend(holder_facts(signer));
    }
    Check { name, signature: None, outcome, facts }
}

fn holder_facts(signer: &Signer) -> [(&'static str, String); 4] {
    let holder = &signer.holder;
    [
        ("name", holder.name.clone()),
        ("address", holder.address.clone()),
        ("birth", holder.birth.to_string()),
        ("sex", holder.sex.code().to_owned()),
    ]
}

fn same(expected: &Option<String>, found: &str) -> Option<bool> {
    expected.as_deref().map(|expected| expected == found)
}

fn same_procedure(expected: &Expectations, found: &ProcedureRef) -> Option<bool> {
    let expected = expected.procedure.as_ref()?;
    Some(expected.id == found.id && expected.version == found.version && expected.sha256 == found.sha256)
}
