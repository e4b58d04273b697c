//! `shomei verify`: one signed application against what its recipient expects.

mod inputs;
mod japanese;

use crate::Printed;
use crate::arguments::Verify;
use crate::verifier::AwsLcVerifier;
use inputs::{InputError, Inputs};
use shomei_application::json;
use shomei_envelope::Verdict;
use std::io::Write;
use std::sync::Arc;

pub(crate) fn run(arguments: &Verify) -> Result<Printed, InputError> {
    let inputs = Inputs::read(arguments, Arc::new(AwsLcVerifier))?;
    for problem in inputs.revocation.problems() {
        // Where stderr is closed there is nobody to tell; the report says what is unknown.
        let _ = writeln!(std::io::stderr(), "shomei: {problem}");
    }
    let report = shomei_envelope::verify(
        &inputs.envelope,
        &inputs.anchors,
        &inputs.revocation,
        inputs.at,
        &inputs.expectations,
        &AwsLcVerifier,
    );
    let text =
        if arguments.json { json::to_canonical_string(&report.to_json()) } else { japanese::render(&report) };
    Ok(Printed { text, code: code_of(report.verdict()) })
}

/// 0 only when every check passed and every expectation was given and met.
const fn code_of(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Valid => 0,
        Verdict::Invalid => 1,
        Verdict::RevocationUnknown => 3,
        Verdict::BindingNotChecked => 4,
    }
}
