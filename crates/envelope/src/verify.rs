//! The judgement of one envelope of either kind, check by check. Pure: everything that it depends on is an argument.

use crate::SignedApplication;
use crate::expectations::{Expectation, Expectations};
use crate::report::{Check, CheckName, Failure, Gap, Outcome, Report, Signer, SigningTime};
use shomei_application::{Application, Container, ParseError, ProcedureRef, Timestamp};
use shomei_pki::{
    Anchors, Authority, Evidence, RevocationSource, RevocationStatus, SignatureVerifier, SigningCertificate,
    UnixTime, World,
};

/// How far the claimed signing time may lie outside the time between challenge and report, in seconds.
const SIGNING_TIME_TOLERANCE: i64 = 5 * 60;
/// Envelopes of this version have one signer.
const SIGNERS: u32 = 1;

/// Judges `envelope` in the world of `anchors` as of `now`: chain, time, signature, revocation, binding, identity, in
/// this order. A later check is made even where an earlier one failed, as long as it still means something.
///
/// `now` is the relying party's own time of receipt. The signing time in the envelope is a claim: it is reported,
/// and no check rests on it.
pub fn verify(
    envelope: &SignedApplication,
    anchors: &Anchors,
    revocation: &dyn RevocationSource,
    now: Timestamp,
    expectations: &Expectations,
    verifier: &dyn SignatureVerifier,
) -> Report {
    let at = UnixTime::from_seconds(now.unix_seconds());
    let parsed = SigningCertificate::parse(envelope.certificate());
    let certificate = parsed.as_ref().ok();
    let issuer = match &parsed {
        Ok(certificate) => anchors.issuer_of_signing(certificate, verifier).map_err(Failure::Path),
        Err(error) => Err(Failure::Profile(error.clone())),
    };
    let authority = issuer.as_ref().ok().copied();
    let application = read_application(envelope.content(), anchors.world());
    let (revocation, evidence) = check_revocation(certificate, authority, revocation, at);
    let mut checks = vec![
        check_chain(issuer, certificate),
        check_time(certificate, authority, at),
        check_signature(envelope, certificate, verifier),
        revocation,
        check_binding(&application, envelope.container(), expectations),
    ];
    checks.push(check_identity(&checks, certificate, expectations));
    Report {
        world: anchors.world(),
        at: now,
        checks,
        signer: certificate.map(Signer::of),
        evidence,
        signing_time: signing_time(envelope.signing_time(), application.as_ref().ok(), now),
        application: application.ok(),
    }
}

/// Documents of a developer's own machine exist, but not among those of residents.
fn read_application(content: &[u8], world: World) -> Result<Application, ParseError> {
    match world {
        World::Production => Application::parse(content),
        World::JlisTest | World::Lab => Application::parse_development(content),
    }
}

fn check_chain(issuer: Result<&Authority, Failure>, certificate: Option<&SigningCertificate>) -> Check {
    let mut facts = Vec::new();
    if let Some(certificate) = certificate {
        facts.push(("serial", certificate.certificate().serial_hex()));
        facts.push(("policy", certificate.certificate().policy().unwrap_or_default()));
    }
    if let Ok(authority) = issuer {
        facts.push(("authorityOrganization", authority.certificate().issuer_organization().to_owned()));
        facts.push(("authoritySerial", authority.certificate().serial_hex()));
    }
    let outcome = issuer.map_or_else(|failure| Outcome::Failed(vec![failure]), |_| Outcome::Passed);
    Check { name: CheckName::Chain, outcome, facts }
}

fn check_time(
    certificate: Option<&SigningCertificate>,
    authority: Option<&Authority>,
    at: UnixTime,
) -> Check {
    let name = CheckName::Time;
    let Some(certificate) = certificate.map(SigningCertificate::certificate) else {
        return after(name, CheckName::Chain);
    };
    let facts = vec![
        ("notBefore", certificate.not_before().to_string()),
        ("notAfter", certificate.not_after().to_string()),
        ("at", at.to_string()),
    ];
    let outcome = match certificate.check_validity(authority, at) {
        Ok(()) => Outcome::Passed,
        Err(error) => Outcome::Failed(vec![Failure::Validity(error)]),
    };
    Check { name, outcome, facts }
}

fn check_signature(
    envelope: &SignedApplication,
    certificate: Option<&SigningCertificate>,
    verifier: &dyn SignatureVerifier,
) -> Check {
    let name = CheckName::Signature;
    let mut failures = Vec::new();
    if !envelope.content_is_covered() {
        failures.push(Failure::Content);
    }
    let Some(certificate) = certificate.map(SigningCertificate::certificate) else {
        return match failures.is_empty() {
            true => after(name, CheckName::Chain),
            false => Check { name, outcome: Outcome::Failed(failures), facts: Vec::new() },
        };
    };
    if !envelope.names_certificate(certificate.issuer(), certificate.serial()) {
        failures.push(Failure::OtherCertificate);
    }
    if envelope.check_signature(certificate.public_key(), verifier).is_err() {
        failures.push(Failure::Signature);
    }
    let facts = vec![("algorithm", "RSASSA-PKCS1-v1_5 SHA-256".to_owned())];
    Check { name, outcome: passed_unless(failures), facts }
}

fn check_revocation(
    certificate: Option<&SigningCertificate>,
    authority: Option<&Authority>,
    revocation: &dyn RevocationSource,
    at: UnixTime,
) -> (Check, Option<Evidence>) {
    let name = CheckName::Revocation;
    let (Some(certificate), Some(authority)) = (certificate, authority) else {
        return (after(name, CheckName::Chain), None);
    };
    let answer = revocation.answer(certificate.certificate(), authority, at);
    let (outcome, facts) = match answer.status {
        RevocationStatus::Good { as_of } => (Outcome::Passed, vec![("asOf", as_of.to_string())]),
        RevocationStatus::Revoked { at, reason } => (
            Outcome::Failed(vec![Failure::Revoked { at, reason }]),
            vec![("revokedAt", at.to_string()), ("reason", reason.code().to_owned())],
        ),
        RevocationStatus::Unknown { why } => (Outcome::NotChecked(Gap::RevocationUnknown(why)), Vec::new()),
    };
    (Check { name, outcome, facts }, answer.evidence)
}

fn check_binding(
    application: &Result<Application, ParseError>,
    container: Container,
    expected: &Expectations,
) -> Check {
    let name = CheckName::Binding;
    let application = match application {
        Ok(application) => application,
        Err(error) => {
            let outcome = Outcome::Failed(vec![Failure::NotAnApplication(error.clone())]);
            return Check { name, outcome, facts: Vec::new() };
        }
    };
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
    let outcome = if failures.is_empty() && !not_given.is_empty() {
        Outcome::NotChecked(Gap::NotGiven(not_given))
    } else {
        passed_unless(failures)
    };
    Check { name, outcome, facts: binding_facts(application) }
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

fn check_identity(
    earlier: &[Check],
    certificate: Option<&SigningCertificate>,
    expectations: &Expectations,
) -> Check {
    let name = CheckName::Identity;
    let needed = [CheckName::Chain, CheckName::Signature];
    let broken =
        earlier.iter().find(|check| needed.contains(&check.name) && check.outcome != Outcome::Passed);
    let certificate = match (broken, certificate) {
        (Some(check), _) => return after(name, check.name),
        (None, None) => return after(name, CheckName::Chain),
        (None, Some(certificate)) => certificate,
    };
    let outcome = match expectations.signers {
        Some(SIGNERS) => Outcome::Passed,
        Some(_) => Outcome::Failed(vec![Failure::Expectation(Expectation::Signers)]),
        None => Outcome::NotChecked(Gap::NotGiven(vec![Expectation::Signers])),
    };
    let holder = certificate.holder();
    let facts = vec![
        ("signers", SIGNERS.to_string()),
        ("name", holder.name.clone()),
        ("address", holder.address.clone()),
        ("birth", holder.birth.to_string()),
        ("sex", holder.sex.code().to_owned()),
    ];
    Check { name, outcome, facts }
}

fn same(expected: &Option<String>, found: &str) -> Option<bool> {
    expected.as_deref().map(|expected| expected == found)
}

fn same_procedure(expected: &Expectations, found: &ProcedureRef) -> Option<bool> {
    let expected = expected.procedure.as_ref()?;
    Some(expected.id == found.id && expected.version == found.version && expected.sha256 == found.sha256)
}

fn signing_time(claimed: Timestamp, application: Option<&Application>, now: Timestamp) -> SigningTime {
    let plausible = application.map(|application| {
        let earliest = application.challenge.created_at.moved_by(-SIGNING_TIME_TOLERANCE);
        (earliest..=now.moved_by(SIGNING_TIME_TOLERANCE)).contains(&claimed)
    });
    SigningTime { claimed, plausible }
}

fn passed_unless(failures: Vec<Failure>) -> Outcome {
    if failures.is_empty() { Outcome::Passed } else { Outcome::Failed(failures) }
}

fn after(name: CheckName, failed: CheckName) -> Check {
    Check { name, outcome: Outcome::NotChecked(Gap::After(failed)), facts: Vec::new() }
}

#[cfg(test)]
mod receipt;
#[cfg(test)]
mod tests;
