mod attacks;
mod hostile;
mod judges;
mod making;
mod producers;
mod samples;

use super::*;
use crate::report::Verdict;
use crate::testing::{Key, Lab, lab, sign_with};
use crate::{Report, verify};
use shomei_lab::Holder;
use shomei_pki::{Anchors, CrlIndex, RsaVerifier};
use std::sync::OnceLock;

/// Adds a holder's signature to a file.
fn sign_by(holder: &Holder, octets: &[u8], profile: Profile) -> Vec<u8> {
    let prepared = prepare(octets, profile, &holder.signature.certificate, lab().now).unwrap();
    let signature = sign_with(holder, Key::Signature, &prepared.digest());
    prepared.complete(&signature).unwrap()
}

fn sign(octets: &[u8], profile: Profile) -> Vec<u8> {
    sign_by(lab().holder(), octets, profile)
}

/// What somebody finds who expects nothing.
fn report(lab: &Lab, octets: &[u8]) -> Result<Report, EnvelopeError> {
    let signed = parse(octets)?;
    static INPUTS: OnceLock<(Anchors, CrlIndex)> = OnceLock::new();
    let (anchors, revocation) = INPUTS.get_or_init(|| (lab.anchors(), lab.revocation(None)));
    let expectations = crate::Expectations::none_given();
    Ok(verify(&signed, anchors, revocation, lab.now, &expectations, &RsaVerifier))
}

/// Whether every signature holds.
fn holds(octets: &[u8]) -> bool {
    report(lab(), octets).is_ok_and(|report| report.verdict() == Verdict::BindingNotChecked)
}
