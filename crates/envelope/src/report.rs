//! The report: each check by name with what came of it. It states; what follows from it is the relying party's.

use crate::expectations::Expectation;
use shomei_application::identity::CertificateText;
use shomei_application::procedure::CertificateItems;
use shomei_application::{Application, ParseError, Timestamp};
use shomei_pki::{
    BasicFourItems, Evidence, PathError, ProfileError, RevocationReason, SigningCertificate, UnixTime,
    UnknownReason, ValidityError, World,
};

/// What [`crate::verify()`] found.
#[derive(Clone, Debug)]
pub struct Report {
    /// The one world that was verified in.
    pub world: World,
    /// The time that validity and revocation were judged at.
    pub at: Timestamp,
    /// The six checks in their order: chain, time, signature, revocation, binding, identity.
    pub checks: Vec<Check>,
    /// Who signed, if the certificate could be read. To be believed only when chain and signature passed.
    pub signer: Option<Signer>,
    /// What the answer about revocation rests on, to be kept by who verified. It is no part of the report's JSON.
    pub evidence: Option<Evidence>,
    /// The document, if the content is one. To be believed likewise.
    pub application: Option<Application>,
    /// When the signer claims to have signed.
    pub signing_time: SigningTime,
}

/// One check.
#[derive(Clone, Debug)]
pub struct Check {
    /// Which.
    pub name: CheckName,
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

    /// The check of this name.
    pub fn check(&self, name: CheckName) -> Option<&Check> {
        self.checks.iter().find(|check| check.name == name)
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
            Gap::RevocationUnknown(_) => "revocation-unknown",
            Gap::NotGiven(_) => "expectations-not-given",
        }
    }
}
