//! Report → page: what is said, in which order.

use super::page::{Block, CheckRow, Page, Row, Section, Tone};
use super::words::{self, Words, fill};
use super::{document, moment, signatures};
use crate::expectations::Expectation;
use crate::report::{Check, Failure, Gap, Outcome, Report, Verdict};
use shomei_pki::UnknownReason;

pub(super) fn page(report: &Report, words: &'static Words) -> Page {
    let verdict = report.verdict();
    let mut sections = signatures::sections(report, words);
    sections.push(overall(report, words));
    sections.extend(document::sections(report, words));
    Page {
        banner: words::banner(words, report.world),
        tone: tone(verdict),
        verdict: words::verdict(words, verdict),
        meaning: words::meaning(words, verdict),
        rows: summary(report, words),
        sections,
    }
}

const fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Valid => Tone::Good,
        Verdict::Invalid => Tone::Bad,
        Verdict::RevocationUnknown | Verdict::BindingNotChecked => Tone::Open,
    }
}

fn summary(report: &Report, words: &'static Words) -> Vec<Row> {
    let mut rows = vec![
        Row::line(words.world, words::world(words, report.world)),
        Row::line(words.format, words::format(words, report.format)),
        Row::line(words.at, moment::at(words, report.at)),
    ];
    if report.signatures.iter().any(|signature| !signature.comparisons.is_empty()) {
        let signature = report.applicant().and_then(|index| report.signatures.get(index));
        let name =
            signature.and_then(|signature| signature.signer.as_ref()).map(|one| one.holder.name.as_str());
        rows.push(Row::line(words.applicant, name.unwrap_or(words.applicant_not_one)));
    }
    rows
}

/// What is checked once, however many have signed.
fn overall(report: &Report, words: &'static Words) -> Section {
    let checks = report.checks.iter().filter(|check| check.signature.is_none());
    let checks = checks.map(|check| check_row(check, words)).collect();
    Section { heading: words.overall.to_owned(), blocks: vec![Block::Checks(checks)] }
}

pub(super) fn check_row(check: &Check, words: &'static Words) -> CheckRow {
    let reasons = match &check.outcome {
        Outcome::Passed => Vec::new(),
        Outcome::Failed(failures) => failures.iter().map(|one| failure(one, words)).collect(),
        Outcome::NotChecked(why) => vec![gap(why, words)],
    };
    let facts = check.facts.iter().filter_map(|(name, value)| {
        words::fact(words, name).map(|label| (label, moment::written(words, value)))
    });
    CheckRow {
        title: words::check(words, check.name),
        tone: Tone::of(&check.outcome),
        outcome: words::outcome(words, &check.outcome),
        reasons,
        facts: facts.collect(),
    }
}

fn failure(failure: &Failure, words: &Words) -> String {
    let template = words::failure(words, failure);
    let with = |name, part: &str| fill(template, &[(name, part)]);
    match failure {
        Failure::Profile(error) => with("detail", &error.to_string()),
        Failure::Path(error) => with("detail", &error.to_string()),
        Failure::Validity(error) => with("detail", &error.to_string()),
        Failure::NotAnApplication(error) => with("detail", &error.to_string()),
        Failure::File(name) => with("name", name),
        Failure::Expectation(expectation) => with("expectation", words::expectation(words, *expectation)),
        Failure::Revoked { at, reason } => {
            let reason = words::revocation_reason(words, *reason);
            fill(template, &[("time", &moment::of(words, *at)), ("reason", reason)])
        }
        Failure::Content | Failure::OtherCertificate | Failure::Signature | Failure::Container => {
            template.to_owned()
        }
    }
}

fn gap(gap: &Gap, words: &Words) -> String {
    let template = words::gap(words, gap);
    match gap {
        Gap::NotBound => template.to_owned(),
        Gap::After(check) => fill(template, &[("check", words::check(words, *check))]),
        Gap::NotGiven(missing) => {
            let name = |one: &Expectation| words::expectation(words, *one);
            let missing: Vec<&str> = missing.iter().map(name).collect();
            fill(template, &[("expectations", &missing.join(words.comma))])
        }
        Gap::RevocationUnknown(why) => unknown(why, template, words),
    }
}

fn unknown(why: &UnknownReason, template: &str, words: &Words) -> String {
    match why {
        UnknownReason::NotConsulted | UnknownReason::NoList | UnknownReason::NoAnswer => template.to_owned(),
        UnknownReason::List(problem) => fill(template, &[("detail", &problem.to_string())]),
        UnknownReason::Responder(problem) => fill(template, &[("detail", &problem.to_string())]),
        UnknownReason::Outdated { next_update: time }
        | UnknownReason::FromLater { this_update: time }
        | UnknownReason::AfterExpiry { not_after: time } => {
            fill(template, &[("time", &moment::of(words, *time))])
        }
    }
}
