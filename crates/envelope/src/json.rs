//! The report as JSON, for logs and for other programs.

use crate::report::{Check, Failure, Gap, Outcome, Report, Signer};
use shomei_application::json::{Object, Value};

impl Report {
    /// `shomei-report/1`: world, time, verdict, the six checks with outcome, reasons and facts, the signer, the claimed
    /// signing time, and the document. Members that have no value are absent.
    pub fn to_json(&self) -> Value {
        let mut report = Object::new()
            .with("schema", "shomei-report/1")
            .with("world", self.world.name())
            .with("at", self.at.to_string())
            .with("verdict", self.verdict().name())
            .with("checks", self.checks.iter().map(Check::to_json).collect::<Vec<_>>())
            .with("signingTime", signing_time(self));
        if let Some(signer) = &self.signer {
            report = report.with("signer", signer.to_json());
        }
        if let Some(application) = &self.application {
            report = report.with("application", application.to_value());
        }
        report.into()
    }
}

impl Check {
    fn to_json(&self) -> Value {
        let facts =
            self.facts.iter().fold(Object::new(), |facts, (name, value)| facts.with(name, value.as_str()));
        let check = Object::new().with("name", self.name.name()).with("facts", facts);
        match &self.outcome {
            Outcome::Passed => check.with("outcome", "passed"),
            Outcome::Failed(failures) => {
                let reasons: Vec<Value> = failures.iter().map(failure).collect();
                check.with("outcome", "failed").with("reasons", reasons)
            }
            Outcome::NotChecked(gap) => {
                check.with("outcome", "not-checked").with("reasons", vec![reason_of(gap)])
            }
        }
        .into()
    }
}

fn failure(failure: &Failure) -> Value {
    let reason = Object::new().with("code", failure.code()).with("text", failure.to_string());
    match failure {
        Failure::Expectation(expectation) => reason.with("expectation", expectation.to_string()),
        Failure::Revoked { reason: why, .. } => reason.with("reason", why.code()),
        _ => reason,
    }
    .into()
}

fn reason_of(gap: &Gap) -> Value {
    let reason = Object::new().with("code", gap.code()).with("text", gap.to_string());
    match gap {
        Gap::After(check) => reason.with("check", check.name()),
        Gap::NotGiven(missing) => {
            let missing: Vec<Value> = missing.iter().map(|one| Value::from(one.to_string())).collect();
            reason.with("expectations", missing)
        }
        Gap::RevocationUnknown(_) => reason,
    }
    .into()
}

impl Signer {
    fn to_json(&self) -> Value {
        Object::new()
            .with("name", self.holder.name.as_str())
            .with("nameSubstitutes", self.holder.name_substitutes.as_str())
            .with("address", self.holder.address.as_str())
            .with("addressSubstitutes", self.holder.address_substitutes.as_str())
            .with("birth", self.birth.as_str())
            .with("sex", self.holder.sex.code())
            .with("serial", self.serial.as_str())
            .with("fingerprint", hex(&self.fingerprint))
            .with("notBefore", self.not_before.to_string())
            .with("notAfter", self.not_after.to_string())
            .into()
    }
}

fn signing_time(report: &Report) -> Value {
    let claimed = Object::new().with("claimed", report.signing_time.claimed.to_string());
    match report.signing_time.plausible {
        Some(plausible) => claimed.with("plausible", plausible).into(),
        None => claimed.into(),
    }
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}
