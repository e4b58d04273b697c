//! The judgement of anything signed, check by check. Pure: everything that it depends on is an argument.

mod document;
mod signature;

use crate::FileDigest;
use crate::expectations::Expectations;
use crate::report::{Check, CheckName, Failure, Gap, Outcome, Report};
use crate::signed::{Content, FormField, NotCovered, Signed};
use shomei_application::{Application, Timestamp};
use shomei_pki::{Anchors, RevocationSource, SignatureVerifier, UnixTime};
use signature::Judge;

/// Judges what was signed in the world of `anchors` as of `now`: chain, time, signature, revocation of each signature,
/// then binding and identity, in this order. A later check is made even where an earlier one failed, as long as it still
/// means something.
///
/// `now` is the relying party's own time of receipt. The signing time that a signer gives is a claim: it is reported,
/// and no check rests on it.
pub fn verify(
    signed: &dyn Signed,
    anchors: &Anchors,
    revocation: &dyn RevocationSource,
    now: Timestamp,
    expectations: &Expectations,
    verifier: &dyn SignatureVerifier,
) -> Report {
    let covered = Covered::read(signed, anchors);
    let at = UnixTime::from_seconds(now.unix_seconds());
    let judge = Judge { anchors, revocation, verifier, at, now, application: covered.application() };
    let mut checks = Vec::new();
    let mut signatures = Vec::new();
    for (index, signature) in signed.signatures().iter().enumerate() {
        let (of_signature, report) = judge.judge(index, signature);
        checks.extend(of_signature);
        signatures.push(report);
    }
    checks.push(document::check_binding(&covered.document, expectations));
    checks.push(document::check_identity(&checks, &signatures, expectations));
    Report {
        format: signed.format(),
        world: anchors.world(),
        at: now,
        checks,
        signatures,
        not_covered: covered.not_covered(signed),
        application: covered.document.and_then(|document| document.application.ok()),
        fields: covered.fields,
        files: covered.files,
    }
}

/// What the signatures are over, read once.
struct Covered {
    document: Option<document::Document>,
    fields: Vec<FormField>,
    files: Vec<FileDigest>,
}

impl Covered {
    fn read(signed: &dyn Signed, anchors: &Anchors) -> Self {
        match signed.covered() {
            Content::Application { octets, container } => {
                let document = document::Document::read(octets, container, anchors.world());
                Self { document: Some(document), fields: Vec::new(), files: Vec::new() }
            }
            Content::Files(files) => Self { document: None, fields: Vec::new(), files },
            Content::Form { fields, files } => Self { document: None, fields, files },
        }
    }

    fn application(&self) -> Option<&Application> {
        self.document.as_ref()?.application.as_ref().ok()
    }

    fn not_covered(&self, signed: &dyn Signed) -> Vec<NotCovered> {
        let attachments = self.application().into_iter().flat_map(|application| &application.attachments);
        let attachments = attachments.map(|attachment| NotCovered::Attachment(attachment.name.clone()));
        attachments.chain(signed.not_covered()).collect()
    }
}

fn passed_unless(failures: Vec<Failure>) -> Outcome {
    if failures.is_empty() { Outcome::Passed } else { Outcome::Failed(failures) }
}

fn after(name: CheckName, signature: Option<usize>, failed: CheckName) -> Check {
    Check { name, signature, outcome: Outcome::NotChecked(Gap::After(failed)), facts: Vec::new() }
}

#[cfg(test)]
mod receipt;
#[cfg(test)]
mod tests;
