//! A file beside its signature.

use super::*;
use crate::{FileDigest, Format, Gap, NotCovered};

const FILE: &[u8] = b"any file at all\n";

fn signed(lab: &Lab) -> Vec<u8> {
    let file = FileDigest::of("a.txt", FILE);
    let prepared = prepare_detached(&file, &lab.holder().signature.certificate, lab.now).unwrap();
    let signature = lab.sign(Key::Signature, &prepared.digest());
    prepared.complete(&signature).unwrap()
}

fn report(lab: &Lab, signature: &[u8], file: &[u8], expectations: &crate::Expectations) -> crate::Report {
    let signed = parse_detached(signature).unwrap().beside(FileDigest::of("a.txt", file));
    verify(&signed, &lab.anchors(), &lab.revocation(None), lab.now, expectations, &RsaVerifier)
}

#[test]
fn a_signed_file_is_intact_and_bound_to_nobody() {
    let lab = lab();
    let signers = crate::Expectations { signers: Some(1), ..crate::Expectations::none_given() };
    let report = report(lab, &signed(lab), FILE, &signers);
    assert_eq!(report.verdict(), Verdict::BindingNotChecked);
    assert_eq!(report.format, Format::CadesDetached);
    assert_eq!(report.check(CheckName::Binding).unwrap().outcome, Outcome::NotChecked(Gap::NotBound));
    assert_eq!(report.files, [FileDigest::of("a.txt", FILE)]);
    assert_eq!(report.not_covered, [NotCovered::FileName("a.txt".into())]);
}

#[test]
fn another_file_is_refused_and_named() {
    let lab = lab();
    for place in 0..FILE.len() {
        let mut changed = FILE.to_vec();
        changed[place] ^= 1;
        let report = report(lab, &signed(lab), &changed, &crate::Expectations::none_given());
        let failure = Outcome::Failed(vec![Failure::File("a.txt".into())]);
        assert_eq!(report.check(CheckName::Signature).unwrap().outcome, failure);
    }
}

#[test]
fn an_expectation_about_a_recipient_cannot_be_met_by_a_file() {
    let lab = lab();
    let report = report(lab, &signed(lab), FILE, &lab.expectations());
    assert_eq!(report.verdict(), Verdict::Invalid);
}

#[test]
fn every_changed_octet_of_the_signature_is_refused() {
    let lab = lab();
    let good = signed(lab);
    let (anchors, lists, none) = (lab.anchors(), lab.revocation(None), crate::Expectations::none_given());
    for place in 0..good.len() {
        let mut changed = good.clone();
        changed[place] ^= 1;
        let verdict = parse_detached(&changed).map(|signature| {
            let signed = signature.beside(FileDigest::of("a.txt", FILE));
            verify(&signed, &anchors, &lists, lab.now, &none, &RsaVerifier).verdict()
        });
        assert!(verdict.is_err() || verdict == Ok(Verdict::Invalid), "octet {place}");
    }
}

#[test]
fn attached_and_detached_are_not_taken_for_each_other() {
    let lab = lab();
    assert_eq!(parse(&signed(lab)), Err(EnvelopeError::NoContent));
    assert_eq!(parse_detached(&lab.signed()), Err(EnvelopeError::NotOfAFile));
    let detached = crate::cms::read(&signed(lab), &envelope::KINDS).unwrap();
    let attached = crate::cms::read(&lab.signed(), &envelope::KINDS).unwrap();
    // The content put into the signature of a file, and taken out of an application.
    let stuffed = Parts { content: Some(FILE.to_vec()), ..detached.clone() };
    let emptied = Parts { content: None, ..attached.clone() };
    for parts in [stuffed, emptied] {
        let bytes = parts.encode();
        assert!(matches!(parse(&bytes), Err(EnvelopeError::Attachment { .. })));
        assert!(matches!(parse_detached(&bytes), Err(EnvelopeError::Attachment { .. })));
    }
    // The content type outside changed to fit: the signed attribute still says what was signed.
    let renamed = Parts { content_type: ContentType::File, content: None, ..attached };
    assert!(parse_detached(&renamed.encode()).is_err());
    let renamed = Parts { content_type: ContentType::Application, content: Some(FILE.to_vec()), ..detached };
    assert!(parse(&renamed.encode()).is_err());
}

#[test]
fn openssl_accepts_the_file_and_refuses_another() {
    let lab = lab();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt.p7s"), signed(lab)).unwrap();
    for (content, accepted) in [(FILE, true), (b"another file\n".as_slice(), false)] {
        std::fs::write(folder.path().join("a.txt"), content).unwrap();
        let arguments =
            "cms -verify -cades -x509_strict -inform DER -binary -in a.txt.p7s -content a.txt -out out";
        let output = Command::new("openssl")
            .args(arguments.split(' '))
            .arg("-CAfile")
            .arg(lab.path().join("lab-ca.pem"))
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert_eq!(output.status.success(), accepted, "{}", String::from_utf8_lossy(&output.stderr));
    }
}
