//! The report: each check by name with what came of it. It states; what follows from it is the relying party's.

use crate::FileDigest;
use crate::expectations::Expectation;
use crate::signed::{FormField, Format, NotCovered, Statement};
use shomei_application::identity::{self, CertificateText};
use shomei_application::procedure::{CertificateItems, Comparison, ProcedureDefinition};
use shomei_application::{Application, ParseError, Timestamp};
use shomei_pki::{
    BasicFourItems, Evidence, PathError, ProfileError, RevocationReason, SigningCertificate, UnixTime,
    UnknownReason, ValidityError, World,
};

/// What [`crate::verify()`] found.
#[derive(Clone, Debug)]
pub struct Report {
    /// The format that was read.
    pub format: Format,
    /// The one world that was verified in.
    pub world: World,
    /// The time that validity and revocation were judged at.
    pub at: Timestamp,
    /// Chain, time, signature and revocation of each signature, in the order of [`Report::signatures`], then binding and
    /// identity: six checks where one person signed.
    pub checks: Vec<Check>,
    /// The signatures, at least one.
    pub signatures: Vec<SignatureReport>,
    /// The document, if the content is one. To be believed only when chain and signature passed.
    pub application: Option<Application>,
    /// The fields of a form in XML. To be believed likewise.
    pub fields: Vec<FormField>,
    /// The files outside that are signed, as they were found.
    pub files: Vec<FileDigest>,
    /// What is not signed, though a reader might think so.
    pub not_covered: Vec<NotCovered>,
}

/// What is known of one signature.
#[derive(Clone, Debug)]
pub struct SignatureReport {
    /// Who signed, if the certificate could be read. To be believed only when chain and signature passed.
    pub signer: Option<Signer>,
    /// When the signer claims to have signed, if the format has a place for it.
    pub signing_time: Option<SigningTime>,
    /// What else the signer stated, if the format has a place for it. It proves nothing.
    pub stated: Vec<(Statement, String)>,
    /// What the answer about revocation rests on, to be kept by who verified. It is no part of the report's JSON.
    pub evidence: Option<Evidence>,
    /// What the applicant wrote beside what this certificate says; empty until [`Report::compare`].
    pub comparisons: Vec<Comparison>,
}

/// One check.
#[derive(Clone, Debug)]
pub struct Check {
    /// Which.
    pub name: CheckName,
    /// Which signature it is about, from 0; none for what is checked once.
    pub signature: Option<usize>,
    /// What came of it.
    pub outcome: Outcome,
    /// What it rests on, as (name, value) for people and logs.
    pub facts: Vec<(&'static str, String)>,
}

/// The checks, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CheckName {
    /// The certificate keeps to the profile and leads to an anchor of this world.
    Chain,
    /// Certificate and authority are valid at the time of the report.
    Time,
    /// The signature is the certificate holder's, over exactly this content.
    Signature,
    /// The certificate is not revoked.
    Revocation,
    /// The content is an application document, for this recipient, procedure and challenge.
    Binding,
    /// As many holders signed as were expected, named by their certificates.
    Identity,
}

/// What came of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    Passed,
    /// It does not hold, for every one of these reasons.
    Failed(Vec<Failure>),
    /// It could not be made.
    NotChecked(Gap),
}

/// Why a check failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The certificate leaves the profile of signature certificates.
    #[error("the certificate: {0}")]
    Profile(ProfileError),
    /// The certificate leads to no anchor.
    #[error(transparent)]
    Path(PathError),
    /// Certificate or authority is not valid at the time.
    #[error(transparent)]
    Validity(ValidityError),
    /// The signed digest is not that of the content.
    #[error("the content is not what was signed")]
    Content,
    /// The signed digest is not that of this file.
    #[error("the file {0:?} is not what was signed")]
    File(String),
    /// The signer signed with another certificate in mind, or names another one.
    #[error("the certificate is not the one that the signer named")]
    OtherCertificate,
    /// The signature does not match.
    #[error("the signature does not match")]
    Signature,
    /// The certificate is revoked.
    #[error("revoked at {at}")]
    Revoked {
        /// Since when.
        at: UnixTime,
        /// Why.
        reason: RevocationReason,
    },
    /// The content is not an application document.
    #[error("not an application document: {0}")]
    NotAnApplication(ParseError),
    /// The document was made for another kind of envelope.
    #[error("the document was made for another kind of envelope")]
    Container,
    /// The document says something else than was expected.
    #[error("the document's {0} is not the one expected")]
    Expectation(Expectation),
}

/// Why a check was not made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Gap {
    /// It has no meaning because this earlier check failed.
    #[error("without meaning where another check has failed")]
    After(CheckName),
    /// Whether the certificate is revoked is unknown.
    #[error(transparent)]
    RevocationUnknown(UnknownReason),
    /// This format binds a signature to no site, procedure or challenge.
    #[error("a signature of this format is bound to no recipient")]
    NotBound,
    /// These expectations were not given; those that were given are met.
    #[error("not every expectation was given")]
    NotGiven(Vec<Expectation>),
}

/// The holder of the certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// Name, address, date of birth and sex as the certificate states them.
    pub holder: BasicFourItems,
    /// The date of birth as `YYYY-MM-DD`, zeros for unknown parts.
    pub birth: String,
    /// The certificate's serial number in hexadecimal. It changes at every re-issue: no identity of a person.
    pub serial: String,
    /// SHA-256 of the certificate.
    pub fingerprint: [u8; 32],
    /// The first second of the certificate's validity.
    pub not_before: UnixTime,
    /// The last second of the certificate's validity.
    pub not_after: UnixTime,
}

/// The claimed time of signing. It never improves a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SigningTime {
    /// The signer's claim.
    pub claimed: Timestamp,
    /// Whether it lies between the challenge and the report, give or take five minutes; unknown without a document.
    pub plausible: Option<bool>,
}

/// What all checks together come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every check passed, every expectation was given and met.
    Valid,
    /// A check failed.
    Invalid,
    /// No check failed, but whether the certificate is revoked is unknown. Never to be called valid.
    RevocationUnknown,
    /// No check failed and the certificate is not revoked, but not every expectation was given.
    BindingNotChecked,
}

impl Report {
    /// What the checks come to: a failure first, then unknown revocation, then missing expectations.
    pub fn verdict(&self) -> Verdict {
        let failed = |check: &Check| matches!(check.outcome, Outcome::Failed(_));
        let unknown = |check: &Check| matches!(check.outcome, Outcome::NotChecked(Gap::RevocationUnknown(_)));
        let passed = |check: &Check| check.outcome == Outcome::Passed;
        if self.checks.iter().any(failed) {
            Verdict::Invalid
        } else if self.checks.iter().any(unknown) {
            Verdict::RevocationUnknown
        } else if self.checks.iter().all(passed) {
            Verdict::Valid
        } else {
            Verdict::BindingNotChecked
        }
    }

    /// The check of this name; the first signature's, where each has one.
    pub fn check(&self, name: CheckName) -> Option<&Check> {
        self.checks.iter().find(|check| check.name == name)
    }

    /// Compares what the document says about the applicant with each signer's certificate, as `definition` maps one to
    /// the other. Whether the document is of that definition is for [`crate::Expectations`] to say.
    pub fn compare(&mut self, definition: &ProcedureDefinition) {
        let Some(application) = &self.application else { return };
        for signature in &mut self.signatures {
            let items = signature.signer.as_ref().map(Signer::items);
            signature.comparisons =
                items.map(|items| definition.compare(application, items)).unwrap_or_default();
        }
    }

    /// The signature of the applicant: the only one whose certificate contradicts nothing of what was compared. None
    /// before [`Report::compare`], and where nobody or more than one person fits.
    pub fn applicant(&self) -> Option<usize> {
        let fits = |signature: &SignatureReport| {
            let mismatch = |one: &Comparison| one.outcome == identity::Outcome::Mismatch;
            !signature.comparisons.is_empty() && !signature.comparisons.iter().any(mismatch)
        };
        let mut fitting = self.signatures.iter().enumerate().filter(|(_, signature)| fits(signature));
        match (fitting.next(), fitting.next()) {
            (Some((index, _)), None) => Some(index),
            _ => None,
        }
    }
}

impl Signer {
    pub(crate) fn of(certificate: &SigningCertificate) -> Self {
        let common = certificate.certificate();
        Self {
            holder: certificate.holder().clone(),
            birth: certificate.holder().birth.to_string(),
            serial: common.serial_hex(),
            fingerprint: common.fingerprint(),
            not_before: common.not_before(),
            not_after: common.not_after(),
        }
    }

    /// The basic four items as a procedure definition compares them with an application's fields.
    pub fn items(&self) -> CertificateItems<'_> {
        let BasicFourItems { name, name_substitutes, address, address_substitutes, sex, .. } = &self.holder;
        CertificateItems {
            name: CertificateText { text: name, substitutes: name_substitutes },
            address: CertificateText { text: address, substitutes: address_substitutes },
            birth: &self.birth,
            sex: sex.digit(),
        }
    }
}

impl CheckName {
    /// `chain`, `time`, `signature`, `revocation`, `binding` or `identity`.
    pub const fn name(self) -> &'static str {
        match self {
            CheckName::Chain => "chain",
            CheckName::Time => "time",
            CheckName::Signature => "signature",
            CheckName::Revocation => "revocation",
            CheckName::Binding => "binding",
            CheckName::Identity => "identity",
        }
    }
}

impl Verdict {
    /// `valid`, `invalid`, `revocation-unknown` or `binding-not-checked`.
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Valid => "valid",
            Verdict::Invalid => "invalid",
            Verdict::RevocationUnknown => "revocation-unknown",
            Verdict::BindingNotChecked => "binding-not-checked",
        }
    }
}

impl Failure {
    /// A word for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Failure::Profile(_) => "profile",
            Failure::Path(_) => "path",
            Failure::Validity(_) => "validity",
            Failure::Content => "content",
            Failure::File(_) => "file",
            Failure::OtherCertificate => "other-certificate",
            Failure::Signature => "signature",
            Failure::Revoked { .. } => "revoked",
            Failure::NotAnApplication(_) => "not-an-application",
            Failure::Container => "container",
            Failure::Expectation(_) => "expectation",
        }
    }
}

impl Gap {
    /// A word for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Gap::After(_) => "after-failure",
            Gap::NotBound => "not-bound",
            Gap::RevocationUnknown(_) => "revocation-unknown",
            Gap::NotGiven(_) => "expectations-not-given",
        }
    }
}
