use super::*;
use crate::cades;
use crate::expectations::Expectation;
use crate::report::Verdict;
use crate::testing::{Lab, lab};
use crate::{ProcedureExpectation, verify};
use shomei_application::{Container, json};
use shomei_lab::Reason;
use shomei_pki::{NotConsulted, PathError, RevocationReason, RsaVerifier, UnknownReason, ValidityError};

fn report(lab: &Lab, expectations: &Expectations) -> Report {
    let envelope = cades::parse(&lab.signed()).unwrap();
    verify(&envelope, &lab.anchors(), &lab.revocation(None), lab.now, expectations, &RsaVerifier)
}

fn outcome(report: &Report, name: CheckName) -> &Outcome {
    &report.check(name).unwrap().outcome
}

#[test]
fn a_good_application_passes_every_check_in_order() {
    let report = report(lab(), &lab().expectations());
    let names: Vec<_> = report.checks.iter().map(|check| check.name.name()).collect();
    assert_eq!(names, ["chain", "time", "signature", "revocation", "binding", "identity"]);
    assert!(report.checks.iter().all(|check| check.outcome == Outcome::Passed), "{report:#?}");
    assert_eq!(report.verdict(), Verdict::Valid);
    assert_eq!(report.signatures[0].signing_time.unwrap().plausible, Some(true));
    assert_eq!(report.signatures[0].signer.as_ref().unwrap().holder.name, "山田　太郎");
    assert_eq!(report.application.unwrap(), lab().application());
}

#[test]
fn each_expectation_is_held_to_and_each_missing_one_is_named() {
    type Edit = fn(&mut Expectations);
    let wrong: [(Expectation, Edit); 6] = [
        (Expectation::Origin, |e| e.origin = Some("https://shinsei.city.mihon.lg.jp:444".into())),
        (Expectation::RecipientId, |e| e.recipient_id = Some("129984".into())),
        (Expectation::Procedure, |e| {
            e.procedure = e.procedure.clone().map(|p| ProcedureExpectation { version: "2".into(), ..p })
        }),
        (Expectation::Procedure, |e| {
            e.procedure = e.procedure.clone().map(|p| ProcedureExpectation { sha256: "00".repeat(32), ..p })
        }),
        (Expectation::Challenge, |e| e.challenge = Some("A".repeat(43))),
        (Expectation::Signers, |e| e.signers = Some(2)),
    ];
    for (expectation, edit) in wrong {
        let mut expectations = lab().expectations();
        edit(&mut expectations);
        let report = report(lab(), &expectations);
        let failed = Outcome::Failed(vec![Failure::Expectation(expectation)]);
        assert_eq!(report.checks.iter().filter(|check| check.outcome == failed).count(), 1, "{expectation}");
        assert_eq!(report.verdict(), Verdict::Invalid, "{expectation}");
    }
    let missing: [(Expectation, Edit); 5] = [
        (Expectation::Origin, |e| e.origin = None),
        (Expectation::RecipientId, |e| e.recipient_id = None),
        (Expectation::Procedure, |e| e.procedure = None),
        (Expectation::Challenge, |e| e.challenge = None),
        (Expectation::Signers, |e| e.signers = None),
    ];
    for (expectation, edit) in missing {
        let mut expectations = lab().expectations();
        edit(&mut expectations);
        let report = report(lab(), &expectations);
        let gap = Outcome::NotChecked(Gap::NotGiven(vec![expectation]));
        assert_eq!(report.checks.iter().filter(|check| check.outcome == gap).count(), 1, "{expectation}");
        assert_eq!(report.verdict(), Verdict::BindingNotChecked, "{expectation}");
    }
}

#[test]
fn a_mismatch_weighs_more_than_a_missing_expectation() {
    let mut expectations = Expectations::none_given();
    expectations.challenge = Some("A".repeat(43));
    let report = report(lab(), &expectations);
    let failure = Failure::Expectation(Expectation::Challenge);
    assert_eq!(outcome(&report, CheckName::Binding), &Outcome::Failed(vec![failure]));
    assert_eq!(report.verdict(), Verdict::Invalid);
}

#[test]
fn revocation_has_three_answers() {
    let lab = lab();
    let envelope = cades::parse(&lab.signed()).unwrap();
    let anchors = lab.anchors();
    let with = |source: &dyn RevocationSource| {
        verify(&envelope, &anchors, source, lab.now, &lab.expectations(), &RsaVerifier)
    };
    assert_eq!(with(&lab.revocation(None)).verdict(), Verdict::Valid);
    let revoked = with(&lab.revocation(Some(Reason::AffiliationChanged)));
    let Outcome::Failed(failures) = outcome(&revoked, CheckName::Revocation) else { panic!("{revoked:?}") };
    let reason = RevocationReason::AffiliationChanged;
    assert!(matches!(failures.as_slice(), [Failure::Revoked { reason: found, .. }] if *found == reason));
    assert_eq!(revoked.verdict(), Verdict::Invalid);
    let unknown = with(&NotConsulted);
    let gap = Gap::RevocationUnknown(UnknownReason::NotConsulted);
    assert_eq!(outcome(&unknown, CheckName::Revocation), &Outcome::NotChecked(gap));
    assert_eq!(unknown.verdict(), Verdict::RevocationUnknown);
}

#[test]
fn the_time_of_the_report_decides_and_not_the_time_in_the_envelope() {
    let lab = lab();
    let certificate = &lab.holder().signature.certificate;
    let content = lab.application().to_canonical();
    let prepared = cades::prepare(&content, certificate, lab.now.moved_by(-10 * 365 * 86_400)).unwrap();
    let signature = lab.sign(crate::testing::Key::Signature, &prepared.digest());
    let backdated = cades::parse(&prepared.complete(&signature).unwrap()).unwrap();
    let at = |now| {
        verify(&backdated, &lab.anchors(), &lab.revocation(None), now, &lab.expectations(), &RsaVerifier)
    };
    let today = at(lab.now);
    assert_eq!(today.verdict(), Verdict::Valid, "an odd claim changes no verdict");
    assert_eq!(today.signatures[0].signing_time.unwrap().plausible, Some(false), "but it is said");
    let later = at(lab.now.moved_by(10 * 365 * 86_400));
    let Outcome::Failed(failures) = outcome(&later, CheckName::Time) else { panic!("{later:?}") };
    assert!(matches!(failures.as_slice(), [Failure::Validity(ValidityError::Expired(_))]));
    let earlier = at(lab.now.moved_by(-2 * 86_400));
    let Outcome::Failed(failures) = outcome(&earlier, CheckName::Time) else { panic!("{earlier:?}") };
    assert!(matches!(failures.as_slice(), [Failure::Validity(ValidityError::NotYet(_))]));
}

#[test]
fn a_lab_signature_is_nothing_in_production() {
    let lab = lab();
    let envelope = cades::parse(&lab.signed()).unwrap();
    let anchors = Anchors::production().unwrap();
    let report = verify(&envelope, &anchors, &NotConsulted, lab.now, &lab.expectations(), &RsaVerifier);
    let Outcome::Failed(failures) = outcome(&report, CheckName::Chain) else { panic!("{report:?}") };
    assert!(matches!(failures.as_slice(), [Failure::Path(PathError::OtherWorld { .. })]));
    assert_eq!(outcome(&report, CheckName::Revocation), &Outcome::NotChecked(Gap::After(CheckName::Chain)));
    assert_eq!(outcome(&report, CheckName::Identity), &Outcome::NotChecked(Gap::After(CheckName::Chain)));
    assert_eq!(outcome(&report, CheckName::Signature), &Outcome::Passed, "still worth knowing");
    assert_eq!(report.verdict(), Verdict::Invalid);
}

#[test]
fn content_that_is_no_application_binds_nothing() {
    let lab = lab();
    let mut other = lab.application();
    other.container = Container::Jades;
    for (content, code) in [(b"{}".to_vec(), "not-an-application"), (other.to_canonical(), "container")] {
        let envelope = cades::parse(&lab.envelope(&content)).unwrap();
        let report = verify(
            &envelope,
            &lab.anchors(),
            &lab.revocation(None),
            lab.now,
            &lab.expectations(),
            &RsaVerifier,
        );
        let Outcome::Failed(failures) = outcome(&report, CheckName::Binding) else { panic!("{report:?}") };
        assert_eq!(failures.iter().map(Failure::code).collect::<Vec<_>>(), [code]);
        assert_eq!(report.verdict(), Verdict::Invalid);
    }
}

#[test]
fn the_json_report_says_the_same() {
    let report = report(lab(), &Expectations::none_given());
    let value = report.to_json();
    let object = value.as_object().unwrap();
    let text = |key| object.get(key).and_then(json::Value::as_str);
    assert_eq!(text("schema"), Some("shomei-report/1"));
    assert_eq!(text("world"), Some("lab"));
    assert_eq!(text("verdict"), Some("binding-not-checked"));
    let checks = object.get("checks").and_then(json::Value::as_array).unwrap();
    let outcomes: Vec<_> = checks
        .iter()
        .map(|check| check.as_object().unwrap().get("outcome").unwrap().as_str().unwrap())
        .collect();
    assert_eq!(outcomes, ["passed", "passed", "passed", "passed", "not-checked", "not-checked"]);
    assert!(!json::to_canonical_string(&value).contains("\"valid\""));
}
