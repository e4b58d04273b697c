//! A document beside its files, judged by the checks of every format.

use super::*;
use crate::report::{CheckName, Failure, Gap, Outcome, Report};
use crate::testing::sign_with;
use crate::{Expectations, FileDigest, Format, NotCovered, Verdict, verify};

fn digests() -> Vec<FileDigest> {
    FILES.iter().map(|(name, octets)| FileDigest::of(name, octets)).collect()
}

fn report(document: &str, files: &[FileDigest], expectations: &Expectations) -> Report {
    let lab = lab();
    let signed = parse(document.as_bytes()).unwrap().beside(files).unwrap();
    verify(&signed, &lab.anchors(), &lab.revocation(None), lab.now, expectations, &RsaVerifier)
}

/// [`good`], signed a second time by another holder over the first file alone.
fn signed_by_two() -> String {
    let lab = lab();
    let certificate = &lab.other_holder().signature.certificate;
    let prepared = prepare(good().as_bytes(), &FILES[..1], certificate, later()).unwrap();
    let signature = sign_with(lab.other_holder(), Key::Signature, &prepared.digest());
    String::from_utf8(prepared.complete(&signature).unwrap()).unwrap()
}

#[test]
fn a_form_beside_its_files_is_intact_and_bound_to_nobody() {
    let signers = Expectations { signers: Some(1), ..Expectations::none_given() };
    let report = report(good(), &digests(), &signers);
    assert_eq!((report.format, report.verdict()), (Format::Egov, Verdict::BindingNotChecked));
    assert_eq!(report.check(CheckName::Binding).unwrap().outcome, Outcome::NotChecked(Gap::NotBound));
    assert_eq!(report.files, digests());
    assert!(
        report
            .fields
            .iter()
            .any(|field| field.path == "構成情報/管理情報/氏名" && field.text == "山田　太郎")
    );
    assert!(report.signatures[0].signing_time.is_none(), "a time that is not signed is nobody's claim");
    assert!(report.not_covered.contains(&NotCovered::Element("Signature/@Id".into())));
    let wrong = Expectations { origin: Some("https://a.example".into()), ..Expectations::none_given() };
    assert_eq!(self::report(good(), &digests(), &wrong).verdict(), Verdict::Invalid);
}

#[test]
fn whatever_was_changed_is_named() {
    let mut files = digests();
    files[1] = FileDigest::of(FILES[1].0, b"another map");
    let changed = report(good(), &files, &Expectations::none_given());
    let failure = Outcome::Failed(vec![Failure::File(FILES[1].0.into())]);
    assert_eq!(changed.check(CheckName::Signature).unwrap().outcome, failure);
    let edited = good().replace("山田　太郎", "山田　次郎");
    let edited = report(&edited, &digests(), &Expectations::none_given());
    let failure = Outcome::Failed(vec![Failure::Content]);
    assert_eq!(edited.check(CheckName::Signature).unwrap().outcome, failure);
    let missing = parse(good().as_bytes()).unwrap().beside(&digests()[..2]);
    assert_eq!(missing, Err(BesideError::Missing(FILES[2].0.into())));
}

#[test]
fn each_of_several_signatures_is_judged_by_its_own_files() {
    let document = signed_by_two();
    let two = Expectations { signers: Some(2), ..Expectations::none_given() };
    let whole = report(&document, &digests(), &two);
    assert_eq!((whole.signatures.len(), whole.verdict()), (2, Verdict::BindingNotChecked));
    for (name, _) in &FILES[1..] {
        assert!(whole.not_covered.contains(&NotCovered::FileOfSome((*name).into())), "{name}");
    }
    assert!(!whole.not_covered.contains(&NotCovered::FileOfSome(FILES[0].0.into())));
    let mut files = digests();
    files[1] = FileDigest::of(FILES[1].0, b"another map");
    let changed = report(&document, &files, &two);
    let of = |index| {
        changed
            .checks
            .iter()
            .find(|check| check.name == CheckName::Signature && check.signature == Some(index))
    };
    assert_eq!(of(0).unwrap().outcome, Outcome::Failed(vec![Failure::File(FILES[1].0.into())]));
    assert_eq!(of(1).unwrap().outcome, Outcome::Passed, "it does not cover that file");
}
