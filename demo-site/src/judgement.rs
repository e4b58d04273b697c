//! Whether a signed application is taken: what it says is held against the challenge's row, the procedure's
//! definition and the certificate. Writes nothing.

use crate::refusal::Refusal;
use crate::site::Site;
use crate::store::{ChallengeRow, Revocation};
use shomei_application::identity;
use shomei_application::json::to_canonical;
use shomei_application::procedure::{CertificateItem, Rule};
use shomei_application::{Application, Freshness, Timestamp};
use shomei_envelope::{
    CheckName, Expectation, Expectations, Failure, Gap, Outcome, ProcedureExpectation, Report,
    SignedApplication, Verdict, verify,
};
use shomei_pki::{AwsLcVerifier, RevocationAnswer, RevocationStatus, Standing, UnixTime, UnknownReason};

/// Whether an application is taken while nobody can say if its certificate is revoked. It is then kept as
/// 「受付・失効確認待ち」 and asked about again until there is an answer.
const ACCEPTS_UNKNOWN_REVOCATION: bool = true;

/// Envelopes of one holder.
const SIGNERS: u32 = 1;

/// An application that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The report, canonical JSON.
    pub report: String,
    /// What was known of revocation.
    pub revocation: Revocation,
    /// The same with its evidence.
    pub answer: RevocationAnswer,
    /// Where the application stands after it.
    pub standing: Standing,
}

/// Judges `envelope`, which holds `application`, against what was issued.
pub fn judge(
    site: &Site,
    envelope: &SignedApplication,
    application: &Application,
    row: &ChallengeRow,
    now: Timestamp,
) -> Result<Judgement, Refusal> {
    if application.challenge != row.challenge || application.container != row.container {
        return Err(Refusal::UnknownChallenge);
    }
    if row.challenge.freshness(now, 0) != Freshness::Fresh {
        return Err(Refusal::ChallengeExpired);
    }
    let (anchors, revocation) = (site.trust().anchors(), site.trust().revocation());
    let report = verify(envelope, anchors, revocation, now, &expectations(row), &AwsLcVerifier);
    let revocation = revocation_of(&report)?;
    check_contents(site, application)?;
    check_applicant(site, application, &report)?;
    let answer = answer_of(&report);
    let standing = Standing::Waiting.after(UnixTime::from_seconds(now.unix_seconds()), &answer);
    let report =
        String::from_utf8(to_canonical(&report.to_json())).map_err(|_| Refusal::TemporarilyUnavailable)?;
    Ok(Judgement { report, revocation, answer, standing })
}

/// What was answered about the certificate of an application that is taken: good as of its evidence, or unknown.
fn answer_of(report: &Report) -> RevocationAnswer {
    let outcome = report.check(CheckName::Revocation).map(|check| &check.outcome);
    match (outcome, report.signatures.first().and_then(|signature| signature.evidence.as_ref())) {
        (Some(Outcome::Passed), Some(evidence)) => RevocationAnswer {
            status: RevocationStatus::Good { as_of: evidence.this_update() },
            evidence: Some(evidence.clone()),
        },
        (Some(Outcome::NotChecked(Gap::RevocationUnknown(why))), _) => RevocationAnswer::unknown(*why),
        _ => RevocationAnswer::unknown(UnknownReason::NotConsulted),
    }
}

fn expectations(row: &ChallengeRow) -> Expectations {
    Expectations {
        origin: Some(row.origin.clone()),
        recipient_id: Some(row.recipient_id.clone()),
        procedure: Some(ProcedureExpectation {
            id: row.procedure.id.clone(),
            version: row.procedure.version.clone(),
            sha256: row.procedure.sha256.clone(),
        }),
        challenge: Some(row.challenge.value.clone()),
        signers: Some(SIGNERS),
    }
}

fn revocation_of(report: &Report) -> Result<Revocation, Refusal> {
    match report.verdict() {
        Verdict::Valid => Ok(Revocation::Good),
        Verdict::RevocationUnknown if ACCEPTS_UNKNOWN_REVOCATION => Ok(Revocation::Unknown),
        Verdict::RevocationUnknown => Err(Refusal::RevocationUnknown),
        Verdict::Invalid | Verdict::BindingNotChecked => Err(first_failure(report)),
    }
}

/// The refusal for the first check that failed: the resident can mend one thing at a time.
fn first_failure(report: &Report) -> Refusal {
    let failed = report.checks.iter().find_map(|check| match &check.outcome {
        Outcome::Failed(failures) => Some((check.name, failures)),
        Outcome::Passed | Outcome::NotChecked(_) => None,
    });
    match failed {
        Some((CheckName::Chain, _)) => Refusal::CertificateNotTrusted,
        Some((CheckName::Time, _)) => Refusal::CertificateExpired,
        Some((CheckName::Revocation, _)) => Refusal::CertificateRevoked,
        Some((CheckName::Binding, failures)) => failures.first().map_or(Refusal::UnreadableDocument, unbound),
        Some((CheckName::Signature | CheckName::Identity, _)) | None => Refusal::SignatureInvalid,
    }
}

fn unbound(failure: &Failure) -> Refusal {
    match failure {
        Failure::Expectation(Expectation::Origin) => Refusal::WrongOrigin,
        Failure::Expectation(Expectation::RecipientId) => Refusal::WrongRecipient,
        Failure::Expectation(Expectation::Procedure) => Refusal::WrongProcedure,
        Failure::Expectation(Expectation::Challenge) => Refusal::UnknownChallenge,
        _ => Refusal::UnreadableDocument,
    }
}

/// Every title, label, order, set of fields, choice and notice is the definition's, byte for byte.
fn check_contents(site: &Site, application: &Application) -> Result<(), Refusal> {
    let violations = site.procedure().check(application);
    if violations.iter().any(|violation| violation.rule == Rule::IndividualNumber) {
        return Err(Refusal::IndividualNumber);
    }
    if violations.is_empty() { Ok(()) } else { Err(Refusal::ContentsRefused) }
}

/// Name and date of birth are the certificate's. Addresses are written in too many ways to refuse one by machine; the
/// report holds both for the staff.
fn check_applicant(site: &Site, application: &Application, report: &Report) -> Result<(), Refusal> {
    let signer = report.signatures.first().and_then(|signature| signature.signer.as_ref());
    let signer = signer.ok_or(Refusal::CertificateNotTrusted)?;
    let comparisons = site.procedure().compare(application, signer.items());
    let differs = comparisons.iter().any(|comparison| {
        matches!(comparison.item, CertificateItem::Name | CertificateItem::Birth)
            && comparison.outcome == identity::Outcome::Mismatch
    });
    if differs { Err(Refusal::ApplicantMismatch) } else { Ok(()) }
}
