//! Reports: those that verification makes, and one for each variant that a report can have.

use crate::report::*;
use crate::signed::{FormField, Format, NotCovered, Statement};
use crate::testing::{Key, Lab, lab, sign_with};
use crate::{Expectation, Expectations, FileDigest, Signed, cades, jades, verify};
use shomei_application::identity::Outcome as Compared;
use shomei_application::procedure::{CertificateItem, Comparison};
use shomei_application::{Application, Attachment, Container, Field, Notice, Timestamp};
use shomei_pki::ocsp::OcspProblem;
use shomei_pki::{
    CrlProblem, NotConsulted, PathError, ProfileError, RevocationReason, RevocationSource, RsaVerifier, Sex,
    UnixTime, UnknownReason, ValidityError, World,
};

/// Every variant of an enum. The match holds that none is missing: a new one does not compile until it stands here.
macro_rules! every {
    ($name:ident: $type:ident { $($variant:ident)* }) => {
        pub(super) const $name: &[$type] = &[$($type::$variant),*];
        const _: fn(&$type) = |one| match one { $($type::$variant => {})* };
    };
}

every!(FORMATS: Format { Cades Jades CadesDetached JadesDetached Egov Pdf });
every!(WORLDS: World { Production JlisTest Lab });
every!(VERDICTS: Verdict { Valid Invalid RevocationUnknown BindingNotChecked });
every!(CHECKS: CheckName { Chain Time Signature Revocation Binding Identity });
every!(EXPECTATIONS: Expectation { Origin RecipientId Procedure Challenge Signers });
every!(SEXES: Sex { Male Female Other });
every!(ITEMS: CertificateItem { Name Address Birth Sex });
every!(COMPARED: Compared { Match MatchWithSubstitution Mismatch });

pub(super) const REASONS: [RevocationReason; 8] = [
    RevocationReason::Unspecified,
    RevocationReason::KeyCompromise,
    RevocationReason::AuthorityCompromise,
    RevocationReason::AffiliationChanged,
    RevocationReason::Superseded,
    RevocationReason::CessationOfOperation,
    RevocationReason::Hold,
    RevocationReason::Withdrawn(9),
];

/// Nothing that stands in a page may come to life there, or end the line that it stands in.
pub(super) const HOSTILE: &str = "</td><script>alert(1)</script>\"'&\u{202e}\u{1b}[2J";
const HOSTILE_LINES: &str = "first\n結果：有効";

pub(super) fn failures() -> Vec<Failure> {
    let mut all = vec![
        Failure::Profile(ProfileError::Version),
        Failure::Path(PathError::OtherWorld { organization: HOSTILE.into(), world: World::Lab }),
        Failure::Validity(ValidityError::Expired(UnixTime::from_seconds(0))),
        Failure::Content,
        Failure::File(HOSTILE.into()),
        Failure::OtherCertificate,
        Failure::Signature,
        Failure::NotAnApplication(Application::parse(b"").unwrap_err()),
        Failure::Container,
    ];
    let at = UnixTime::from_seconds(1_700_000_000);
    all.extend(REASONS.map(|reason| Failure::Revoked { at, reason }));
    all.extend(EXPECTATIONS.iter().copied().map(Failure::Expectation));
    all
}

pub(super) fn gaps() -> Vec<Gap> {
    let time = UnixTime::from_seconds(1_700_000_000);
    let unknown = [
        UnknownReason::NotConsulted,
        UnknownReason::NoList,
        UnknownReason::List(CrlProblem::Older),
        UnknownReason::Outdated { next_update: time },
        UnknownReason::FromLater { this_update: time },
        UnknownReason::AfterExpiry { not_after: time },
        UnknownReason::NoAnswer,
        UnknownReason::Responder(OcspProblem::OtherAuthority),
    ];
    let mut all: Vec<Gap> = CHECKS.iter().copied().map(Gap::After).collect();
    all.extend([Gap::NotBound, Gap::NotGiven(EXPECTATIONS.to_vec())]);
    all.extend(unknown.map(Gap::RevocationUnknown));
    all
}

const STATEMENTS: [Statement; 4] =
    [Statement::Name, Statement::Reason, Statement::Location, Statement::Contact];

pub(super) fn not_covered() -> Vec<NotCovered> {
    vec![
        NotCovered::Attachment(HOSTILE.into()),
        NotCovered::FileName(HOSTILE.into()),
        NotCovered::FileOfSome(HOSTILE.into()),
        NotCovered::LaterSignatures("1".into()),
        NotCovered::Element(HOSTILE.into()),
    ]
}

/// A document with everything that a document can have, and with what no document may have.
fn application(lab: &Lab) -> Application {
    let field = |text: Option<&str>, group: Option<&str>, value: &str| Field {
        name: "name".into(),
        label: HOSTILE.into(),
        value: value.into(),
        text: text.map(Into::into),
        group: group.map(Into::into),
    };
    let mut application = lab.application();
    application.fields.extend([
        field(Some(HOSTILE), Some(HOSTILE), "code"),
        field(None, None, HOSTILE_LINES),
        field(None, None, ""),
    ]);
    application.attachments = vec![Attachment {
        name: "課税証明書.pdf".into(),
        media_type: "application/pdf".into(),
        size: 1234,
        sha256: "0f".repeat(32),
    }];
    application.notices.push(Notice { id: "hostile".into(), text: HOSTILE.into() });
    application
}

fn judged(signed: &dyn Signed, source: &dyn RevocationSource, expectations: &Expectations) -> Report {
    verify(signed, &lab().anchors(), source, lab().now, expectations, &RsaVerifier)
}

fn household(lab: &Lab, content: &[u8]) -> Vec<u8> {
    let each = [lab.holder(), lab.other_holder()].map(|holder| {
        let prepared = cades::prepare(content, &holder.signature.certificate, lab.now).unwrap();
        let signature = sign_with(holder, Key::Signature, &prepared.digest());
        prepared.complete(&signature).unwrap()
    });
    cades::merge(&[&each[0], &each[1]]).unwrap()
}

fn in_jades(lab: &Lab) -> Vec<u8> {
    let content = Application { container: Container::Jades, ..lab.application() }.to_canonical();
    let prepared = jades::prepare(&content, &lab.holder().signature.certificate, lab.now).unwrap();
    prepared.clone().complete(&lab.sign(Key::Signature, &prepared.digest())).unwrap()
}

fn beside_file(lab: &Lab) -> cades::SignedFile {
    let file = FileDigest::of("申請書.pdf", b"%PDF-");
    let prepared = cades::prepare_detached(&file, &lab.holder().signature.certificate, lab.now).unwrap();
    let signature = lab.sign(Key::Signature, &prepared.digest());
    cades::parse_detached(&prepared.complete(&signature).unwrap()).unwrap().beside(file)
}

fn beside_files(lab: &Lab) -> jades::SignedFiles {
    let files = [jades::ReadFile::of("a.txt", b"a"), jades::ReadFile::of("b.txt", b"b")];
    let prepared = jades::prepare_detached(&files, &lab.holder().signature.certificate, lab.now).unwrap();
    let signature = lab.sign(Key::Signature, &prepared.digest());
    let changed = [files[0].clone(), jades::ReadFile::of("b.txt", b"c")];
    jades::parse_detached(&prepared.complete(&signature).unwrap()).unwrap().beside(&changed).unwrap()
}

/// Reports as verification makes them, with their verdicts.
pub(super) fn made() -> Vec<(Verdict, Report)> {
    let lab = lab();
    let (expected, none) = (lab.expectations(), Expectations::none_given());
    let list = lab.revocation(None);
    let revoked = lab.revocation(Some(shomei_lab::Reason::AffiliationChanged));
    let cades = cades::parse(&lab.signed()).unwrap();
    let jades = jades::parse(&in_jades(lab)).unwrap();
    let both = cades::parse(&household(lab, &lab.application().to_canonical())).unwrap();
    let two = Expectations { signers: Some(2), ..expected.clone() };
    let nothing = cades::parse(&lab.envelope(b"{}")).unwrap();
    vec![
        (Verdict::Valid, judged(&cades, &list, &expected)),
        (Verdict::Valid, judged(&jades, &list, &expected)),
        (Verdict::Valid, judged(&both, &list, &two)),
        (Verdict::Invalid, judged(&cades, &revoked, &expected)),
        (Verdict::Invalid, judged(&both, &revoked, &two)),
        (Verdict::Invalid, judged(&nothing, &list, &expected)),
        (Verdict::Invalid, judged(&beside_files(lab), &list, &none)),
        (Verdict::RevocationUnknown, judged(&cades, &NotConsulted, &expected)),
        (Verdict::RevocationUnknown, judged(&beside_file(lab), &NotConsulted, &none)),
        (Verdict::BindingNotChecked, judged(&jades, &list, &none)),
        (Verdict::BindingNotChecked, judged(&beside_file(lab), &list, &none)),
    ]
}

/// One report with every variant in it: what it says fits together in no way, and all of it must be said.
pub(super) fn everything() -> Report {
    let mut report = made().swap_remove(2).1;
    let template = report.checks[0].clone();
    let check = |outcome| Check { outcome, ..template.clone() };
    report.checks.extend(gaps().into_iter().map(|gap| check(Outcome::NotChecked(gap))));
    report.checks.push(check(Outcome::Failed(failures())));
    report.application = Some(application(lab()));
    report.fields = vec![FormField { path: HOSTILE.into(), text: HOSTILE_LINES.into() }];
    report.files = vec![FileDigest::of(HOSTILE, b"a")];
    report.not_covered = not_covered();
    let compared = ITEMS.iter().flat_map(|item| COMPARED.iter().map(|outcome| (*item, *outcome)));
    let compared = compared.map(|(item, outcome)| Comparison { field: "name".into(), item, outcome });
    report.signatures[0].comparisons = compared.collect();
    let doubtful = SigningTime { claimed: Timestamp::from_unix_seconds(0).unwrap(), plausible: Some(false) };
    report.signatures[0].signing_time = Some(doubtful);
    report.signatures.push(SignatureReport {
        signer: None,
        signing_time: None,
        stated: STATEMENTS.map(|what| (what, HOSTILE.into())).to_vec(),
        evidence: None,
        comparisons: Vec::new(),
    });
    report
}

/// Everything, for each format, world and sex, and the reports of verification.
pub(super) fn all() -> Vec<Report> {
    let everything = everything();
    let mut reports: Vec<Report> = made().into_iter().map(|(_, report)| report).collect();
    reports.extend(FORMATS.iter().map(|format| Report { format: *format, ..everything.clone() }));
    reports.extend(WORLDS.iter().map(|world| Report { world: *world, ..everything.clone() }));
    for sex in SEXES.iter().copied() {
        let mut report = everything.clone();
        report.signatures[0].signer.as_mut().unwrap().holder.sex = sex;
        reports.push(report);
    }
    reports
}

// A new variant does not compile until it stands here, and whoever adds it sees the list above that it belongs in.
const _: fn(&Failure) = |one| match one {
    Failure::Profile(_) | Failure::Path(_) | Failure::Validity(_) | Failure::Content | Failure::File(_) => {}
    Failure::OtherCertificate | Failure::Signature | Failure::Revoked { .. } => {}
    Failure::NotAnApplication(_) | Failure::Container | Failure::Expectation(_) => {}
};
const _: fn(&Gap) = |one| match one {
    Gap::After(_) | Gap::NotBound | Gap::NotGiven(_) => {}
    Gap::RevocationUnknown(UnknownReason::NotConsulted | UnknownReason::NoList | UnknownReason::NoAnswer) => {
    }
    Gap::RevocationUnknown(UnknownReason::List(_) | UnknownReason::Responder(_)) => {}
    Gap::RevocationUnknown(UnknownReason::Outdated { .. } | UnknownReason::FromLater { .. }) => {}
    Gap::RevocationUnknown(UnknownReason::AfterExpiry { .. }) => {}
};
const _: fn(&Statement) = |one| match one {
    Statement::Name | Statement::Reason | Statement::Location | Statement::Contact => {}
};
const _: fn(&NotCovered) = |one| match one {
    NotCovered::Attachment(_) | NotCovered::FileName(_) => {}
    NotCovered::FileOfSome(_) | NotCovered::LaterSignatures(_) | NotCovered::Element(_) => {}
};
const _: fn(&RevocationReason) = |one| match one {
    RevocationReason::Unspecified | RevocationReason::KeyCompromise => {}
    RevocationReason::AuthorityCompromise | RevocationReason::AffiliationChanged => {}
    RevocationReason::Superseded | RevocationReason::CessationOfOperation => {}
    RevocationReason::Hold | RevocationReason::Withdrawn(_) => {}
};
