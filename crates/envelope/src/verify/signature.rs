//! The checks of one signature: chain, time, signature, revocation.

use super::{after, passed_unless};
use crate::report::{Check, CheckName, Failure, Gap, Outcome, SignatureReport, Signer, SigningTime};
use crate::signed::{Part, Signature};
use shomei_application::{Application, Timestamp};
use shomei_pki::{
    Anchors, Authority, Evidence, RevocationSource, RevocationStatus, SignatureVerifier, SigningCertificate,
    UnixTime,
};

/// How far the claimed signing time may lie outside the time between challenge and report, in seconds.
const SIGNING_TIME_TOLERANCE: i64 = 5 * 60;

/// What every signature is judged by.
pub(super) struct Judge<'a> {
    pub(super) anchors: &'a Anchors,
    pub(super) revocation: &'a dyn RevocationSource,
    pub(super) verifier: &'a dyn SignatureVerifier,
    pub(super) at: UnixTime,
    pub(super) now: Timestamp,
    /// The document that was signed, if it is one.
    pub(super) application: Option<&'a Application>,
}

impl Judge<'_> {
    pub(super) fn judge(&self, index: usize, signature: &Signature<'_>) -> ([Check; 4], SignatureReport) {
        let parsed = SigningCertificate::parse(signature.certificate);
        let certificate = parsed.as_ref().ok();
        let issuer = match &parsed {
            Ok(certificate) => {
                self.anchors.issuer_of_signing(certificate, self.verifier).map_err(Failure::Path)
            }
            Err(error) => Err(Failure::Profile(error.clone())),
        };
        let authority = issuer.as_ref().ok().copied();
        let (revocation, evidence) = self.check_revocation(certificate, authority);
        let checks = [
            check_chain(issuer, certificate),
            self.check_time(certificate, authority),
            self.check_signature(signature, certificate),
            revocation,
        ];
        let report = SignatureReport {
            signer: certificate.map(Signer::of),
            signing_time: signature.claimed.map(|claimed| self.signing_time(claimed)),
            stated: signature.stated.clone(),
            evidence,
            comparisons: Vec::new(),
        };
        (checks.map(|check| Check { signature: Some(index), ..check }), report)
    }

    fn check_time(&self, certificate: Option<&SigningCertificate>, authority: Option<&Authority>) -> Check {
        let name = CheckName::Time;
        let Some(certificate) = certificate.map(SigningCertificate::certificate) else {
            return after(name, None, CheckName::Chain);
        };
        let facts = vec![
            ("notBefore", certificate.not_before().to_string()),
            ("notAfter", certificate.not_after().to_string()),
            ("at", self.at.to_string()),
        ];
        let outcome = match certificate.check_validity(authority, self.at) {
            Ok(()) => Outcome::Passed,
            Err(error) => Outcome::Failed(vec![Failure::Validity(error)]),
        };
        Check { name, signature: None, outcome, facts }
    }

    fn check_signature(&self, signature: &Signature<'_>, certificate: Option<&SigningCertificate>) -> Check {
        let name = CheckName::Signature;
        let mut failures: Vec<Failure> = signature.changed.iter().map(changed).collect();
        let Some(certificate) = certificate.map(SigningCertificate::certificate) else {
            return match failures.is_empty() {
                true => after(name, None, CheckName::Chain),
                false => {
                    Check { name, signature: None, outcome: Outcome::Failed(failures), facts: Vec::new() }
                }
            };
        };
        if !signature.names(certificate) {
            failures.push(Failure::OtherCertificate);
        }
        if signature.check(certificate, self.verifier).is_err() {
            failures.push(Failure::Signature);
        }
        let facts = vec![("algorithm", "RSASSA-PKCS1-v1_5 SHA-256".to_owned())];
        Check { name, signature: None, outcome: passed_unless(failures), facts }
    }

    fn check_revocation(
        &self,
        certificate: Option<&SigningCertificate>,
        authority: Option<&Authority>,
    ) -> (Check, Option<Evidence>) {
        let name = CheckName::Revocation;
        let (Some(certificate), Some(authority)) = (certificate, authority) else {
            return (after(name, None, CheckName::Chain), None);
        };
        let answer = self.revocation.answer(certificate.certificate(), authority, self.at);
        let (outcome, facts) = match answer.status {
            RevocationStatus::Good { as_of } => (Outcome::Passed, vec![("asOf", as_of.to_string())]),
            RevocationStatus::Revoked { at, reason } => (
                Outcome::Failed(vec![Failure::Revoked { at, reason }]),
                vec![("revokedAt", at.to_string()), ("reason", reason.code().to_owned())],
            ),
            RevocationStatus::Unknown { why } => {
                (Outcome::NotChecked(Gap::RevocationUnknown(why)), Vec::new())
            }
        };
        (Check { name, signature: None, outcome, facts }, answer.evidence)
    }

    fn signing_time(&self, claimed: Timestamp) -> SigningTime {
        let plausible = self.application.map(|application| {
            let earliest = application.challenge.created_at.moved_by(-SIGNING_TIME_TOLERANCE);
            (earliest..=self.now.moved_by(SIGNING_TIME_TOLERANCE)).contains(&claimed)
        });
        SigningTime { claimed, plausible }
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
    Check { name: CheckName::Chain, signature: None, outcome, facts }
}

fn changed(part: &Part) -> Failure {
    match part {
        Part::Content => Failure::Content,
        Part::File(name) => Failure::File(name.clone()),
    }
}
