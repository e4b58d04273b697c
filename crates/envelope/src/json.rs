//! The report as JSON, for logs and for other programs.

use crate::FileDigest;
use crate::report::{Check, Failure, Gap, Outcome, Report, SignatureReport, Signer, SigningTime};
use crate::signed::{FormField, NotCovered};
use shomei_application::json::{Integer, Object, Value};
use shomei_application::procedure::Comparison;

impl Report {
    /// `shomei-report/1`, as `docs/report.schema.json` has it: format, world, time, verdict, the checks with outcome,
    /// reasons and facts, the signatures, what they cover and what they do not. Members that have no value are absent.
    pub fn to_json(&self) -> Value {
        let signatures: Vec<Value> = self.signatures.iter().map(SignatureReport::to_json).collect();
        let mut report = Object::new()
            .with("schema", "shomei-report/1")
            .with("format", self.format.name())
            .with("world", self.world.name())
            .with("at", self.at.to_string())
            .with("verdict", self.verdict().name())
            .with("checks", self.checks.iter().map(Check::to_json).collect::<Vec<_>>())
            .with("signatures", signatures)
            .with("notCovered", self.not_covered.iter().map(not_covered).collect::<Vec<_>>());
        if let Some(applicant) = self.applicant().and_then(|index| i64::try_from(index).ok()) {
            report = report.with("applicant", number(applicant));
        }
        if let Some(application) = &self.application {
            report = report.with("application", application.to_value());
        }
        if !self.fields.is_empty() {
            report = report.with("fields", self.fields.iter().map(field).collect::<Vec<_>>());
        }
        if !self.files.is_empty() {
            report = report.with("files", self.files.iter().map(file).collect::<Vec<_>>());
        }
        report.into()
    }
}

impl SignatureReport {
    fn to_json(&self) -> Value {
        let mut signature = Object::new();
        if let Some(signer) = &self.signer {
            signature = signature.with("signer", signer.to_json());
        }
        if let Some(time) = &self.signing_time {
            signature = signature.with("signingTime", signing_time(time));
        }
        if !self.stated.is_empty() {
            let stated = self.stated.iter();
            let stated = stated.fold(Object::new(), |all, (what, text)| all.with(what.name(), text.as_str()));
            signature = signature.with("stated", stated);
        }
        if !self.comparisons.is_empty() {
            signature =
                signature.with("comparisons", self.comparisons.iter().map(comparison).collect::<Vec<_>>());
        }
        signature.into()
    }
}

impl Check {
    fn to_json(&self) -> Value {
        let facts =
            self.facts.iter().fold(Object::new(), |facts, (name, value)| facts.with(name, value.as_str()));
        let mut check = Object::new().with("name", self.name.name()).with("facts", facts);
        if let Some(index) = self.signature.and_then(|index| i64::try_from(index).ok()) {
            check = check.with("signature", number(index));
        }
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
        Failure::File(name) => reason.with("file", name.as_str()),
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
        Gap::RevocationUnknown(_) | Gap::NotBound => reason,
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

fn signing_time(time: &SigningTime) -> Value {
    let claimed = Object::new().with("claimed", time.claimed.to_string());
    match time.plausible {
        Some(plausible) => claimed.with("plausible", plausible).into(),
        None => claimed.into(),
    }
}

fn comparison(comparison: &Comparison) -> Value {
    Object::new()
        .with("field", comparison.field.as_str())
        .with("item", comparison.item.name())
        .with("outcome", comparison.outcome.name())
        .into()
}

fn field(field: &FormField) -> Value {
    Object::new().with("path", field.path.as_str()).with("text", field.text.as_str()).into()
}

fn file(file: &FileDigest) -> Value {
    // A file of 2^53 octets does not exist.
    let octets = i64::try_from(file.octets).unwrap_or(i64::MAX);
    Object::new()
        .with("name", file.name.as_str())
        .with("octets", number(octets))
        .with("sha256", hex(&file.sha256))
        .into()
}

fn not_covered(part: &NotCovered) -> Value {
    Object::new().with("code", part.code()).with("name", part.name()).into()
}

fn number(value: i64) -> Value {
    Value::Integer(Integer::new(value).unwrap_or(Integer::MAX))
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}
