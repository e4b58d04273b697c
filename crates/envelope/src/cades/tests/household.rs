//! Several signers of one form.

use super::*;
use crate::testing::sign_with;
use crate::{Expectation, Report, SignedApplication};
use shomei_application::procedure::ProcedureDefinition;
use shomei_lab::{Holder, Reason};

/// The document of the household, signed by one of them.
fn signed_by(holder: &Holder, content: &[u8], time: Timestamp) -> Vec<u8> {
    let prepared = prepare(content, &holder.signature.certificate, time).unwrap();
    let signature = sign_with(holder, Key::Signature, &prepared.digest());
    prepared.complete(&signature).unwrap()
}

fn both(lab: &Lab) -> [Vec<u8>; 2] {
    let content = lab.application().to_canonical();
    [lab.holder(), lab.other_holder()].map(|holder| signed_by(holder, &content, lab.now))
}

fn merged(lab: &Lab) -> Vec<u8> {
    let [first, second] = both(lab);
    merge(&[&first, &second]).unwrap()
}

fn report(lab: &Lab, envelope: &SignedApplication, signers: Option<u32>, reason: Option<Reason>) -> Report {
    let expectations = crate::Expectations { signers, ..lab.expectations() };
    verify(envelope, &lab.anchors(), &lab.revocation(reason), lab.now, &expectations, &RsaVerifier)
}

#[test]
fn a_household_is_valid_where_its_number_was_expected() {
    let lab = lab();
    let envelope = parse(&merged(lab)).unwrap();
    for (expected, outcome, verdict) in [
        (Some(2), Outcome::Passed, Verdict::Valid),
        (Some(1), Outcome::Failed(vec![Failure::Expectation(Expectation::Signers)]), Verdict::Invalid),
        (Some(3), Outcome::Failed(vec![Failure::Expectation(Expectation::Signers)]), Verdict::Invalid),
    ] {
        let report = report(lab, &envelope, expected, None);
        assert_eq!(report.check(CheckName::Identity).unwrap().outcome, outcome, "{expected:?}");
        assert_eq!(report.verdict(), verdict, "{expected:?}");
        assert_eq!(report.checks.len(), 10, "four for each, and two");
    }
    assert_eq!(report(lab, &envelope, None, None).verdict(), Verdict::BindingNotChecked);
}

#[test]
fn the_order_of_merging_does_not_matter_and_nothing_merges_twice() {
    let lab = lab();
    let [first, second] = both(lab);
    let merged = merge(&[&first, &second]).unwrap();
    assert_eq!(merge(&[&second, &first]).unwrap(), merged);
    assert_eq!(merge(&[&first]).unwrap(), first);
    assert_eq!(merge(&[]), Err(MergeError::Signers { count: 0 }));
    assert_eq!(merge(&[&first, &first]), Err(MergeError::SameSigner { index: 1 }));
    assert_eq!(merge(&[&merged, &second]), Err(MergeError::SameSigner { index: 1 }));
    let other = signed_by(lab.other_holder(), b"{}", lab.now);
    assert_eq!(merge(&[&first, &other]), Err(MergeError::OtherContent { index: 1 }));
    let file =
        prepare_detached(&crate::FileDigest::of("a", b"a"), &lab.holder().signature.certificate, lab.now);
    let file = file.unwrap().complete(&[0; SIGNATURE_LENGTH]).unwrap();
    let error = EnvelopeError::NoContent;
    assert_eq!(merge(&[&first, &file]), Err(MergeError::Envelope { index: 1, error }));
}

#[test]
fn one_of_a_household_who_is_revoked_makes_all_invalid_and_is_named() {
    let lab = lab();
    let envelope = parse(&merged(lab)).unwrap();
    let report = report(lab, &envelope, Some(2), Some(Reason::AffiliationChanged));
    assert_eq!(report.verdict(), Verdict::Invalid);
    let failed: Vec<_> =
        report.checks.iter().filter(|check| matches!(check.outcome, Outcome::Failed(_))).collect();
    let [failed] = failed.as_slice() else { panic!("{failed:?}") };
    let signer = report.signatures[failed.signature.unwrap()].signer.as_ref().unwrap();
    assert_eq!((failed.name, &signer.holder.name), (CheckName::Revocation, &lab.holder().resident.name));
}

#[test]
fn the_applicant_is_the_one_whose_certificate_says_what_the_form_says() {
    let lab = lab();
    let definition = r#"{"schema":"shomei-procedure/1","id":"juminhyo-utsushi","version":"1",
        "title":"住民票の写しの交付申請","fields":[{"name":"name","label":"氏名","kind":"text","maxLength":50,
        "required":true,"fromCertificate":"name"}],"notices":[]}"#;
    let definition = ProcedureDefinition::parse(definition.as_bytes()).unwrap();
    let envelope = parse(&merged(lab)).unwrap();
    let mut report = report(lab, &envelope, Some(2), None);
    assert_eq!(report.applicant(), None, "nothing was compared");
    report.compare(&definition);
    let applicant = &report.signatures[report.applicant().unwrap()];
    assert_eq!(applicant.signer.as_ref().unwrap().holder.name, lab.application().fields[0].value);
}

#[test]
fn a_signature_taken_out_put_in_or_exchanged_is_seen() {
    let lab = lab();
    let content = lab.application().to_canonical();
    let mut parts = crate::cms::read(&merged(lab), &envelope::KINDS).unwrap();
    let [first, second] = [0, 1].map(|index| parts.signers[index].clone());
    // Another's value under a signer's own attributes.
    parts.signers[0].signature.clone_from(&second.signature);
    let exchanged = parse(&parts.encode()).unwrap();
    assert_eq!(report(lab, &exchanged, Some(2), None).verdict(), Verdict::Invalid);
    // A signer with the certificate of nobody who signed.
    parts.signers[0] =
        Signer { certificate: lab.holder().authentication.certificate.clone(), ..first.clone() };
    assert!(matches!(parse(&parts.encode()), Err(EnvelopeError::CertificateOf { .. })));
    // A signature of the same person over another document.
    let other = crate::cms::read(&signed_by(lab.other_holder(), b"{}", lab.now), &envelope::KINDS).unwrap();
    let foreign = Parts { content: Some(content), signers: vec![first, other.signers[0].clone()], ..other };
    let foreign = parse(&foreign.encode());
    let verdict = foreign.map(|envelope| report(lab, &envelope, Some(2), None).verdict());
    assert!(verdict.is_err() || verdict == Ok(Verdict::Invalid));
}

#[test]
fn openssl_accepts_a_household() {
    assert!(openssl_accepts(lab(), &merged(lab()), "lab-ca.pem"));
}
