//! `shomei verify`: what was signed against what its recipient expects.
//!
//! Data flows one way: paths → [`walk`] → [`open`] → [`Inputs::judge`] → a report, or lines and a count of [`several`].

mod counts;
mod inputs;
mod open;
mod progress;
mod several;
mod unusable;
mod walk;

use crate::arguments::Verify;
use crate::{Printed, UNUSABLE};
use inputs::{InputError, Inputs};
use shomei_application::json;
use shomei_envelope::{Report, Verdict, render};
use shomei_pki::AwsLcVerifier;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use unusable::Unusable;

pub(crate) fn run(arguments: &Verify) -> Result<Printed, InputError> {
    let several = !matches!(arguments.files.as_slice(), [file] if !file.is_dir());
    if several && (arguments.content.is_some() || arguments.html) {
        return Err(InputError::OneFileOnly);
    }
    let inputs = Inputs::read(arguments, Arc::new(AwsLcVerifier))?;
    for problem in inputs.revocation.problems() {
        // Where stderr is closed there is nobody to tell; the report says what is unknown.
        let _ = writeln!(std::io::stderr(), "shomei: {problem}");
    }
    match arguments.files.as_slice() {
        [file] if !several => one(file, arguments, &inputs),
        files => Ok(several::run(files, arguments, &inputs)),
    }
}

fn one(file: &Path, arguments: &Verify, inputs: &Inputs) -> Result<Printed, InputError> {
    let opened = match open::open(file, arguments.content.as_deref()) {
        Ok(opened) => opened,
        Err(error) if arguments.json => {
            let line = Unusable::from(&error).line(file);
            return Ok(Printed { text: json::to_canonical_string(&line.into()), code: UNUSABLE });
        }
        Err(error) => return Err(error.into()),
    };
    let report = inputs.judge(opened.signed.as_ref());
    Ok(Printed { text: shown(&report, arguments), code: code_of(report.verdict()) })
}

fn shown(report: &Report, arguments: &Verify) -> String {
    let language = arguments.language.into();
    if arguments.json {
        json::to_canonical_string(&report.to_json())
    } else if arguments.html {
        render::html(report, language)
    } else {
        render::text(report, language)
    }
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
