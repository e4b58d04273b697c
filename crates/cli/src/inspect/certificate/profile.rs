//! Which kind of certificate it is, and whether it keeps the profile of that kind.

use super::extensions::{
    self, BASIC_CONSTRAINTS, CERTIFICATE_POLICIES, CLIENT_AUTH, EXTENDED_KEY_USAGE, KEY_USAGE,
};
use super::parts::Parts;
use crate::inspect::words::{self, Word};
use shomei_pki::{
    AuthenticationCertificate, Authority, BasicFourItems, ProfileError, Purpose, SigningCertificate, World,
};

/// The kinds that the profile knows, and everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Holder(Purpose),
    Authority,
    Other,
}

/// The policies of holders' certificates, with what they mean.
const POLICIES: [(&str, World, Purpose, Word); 6] = [
    ("1.2.392.200149.8.5.1.1.20", World::Production, Purpose::Signature, words::POLICY_SIGNATURE),
    ("1.2.392.200149.8.5.1.3.30", World::Production, Purpose::Authentication, words::POLICY_AUTHENTICATION),
    ("1.2.392.200149.8.5.1.0.20", World::JlisTest, Purpose::Signature, words::POLICY_TEST_SIGNATURE),
    (
        "1.2.392.200149.8.5.1.0.30",
        World::JlisTest,
        Purpose::Authentication,
        words::POLICY_TEST_AUTHENTICATION,
    ),
    (LAB_SIGNATURE, World::Lab, Purpose::Signature, words::POLICY_LAB_SIGNATURE),
    (LAB_AUTHENTICATION, World::Lab, Purpose::Authentication, words::POLICY_LAB_AUTHENTICATION),
];
const LAB_SIGNATURE: &str = "2.25.107415331360325251311376632813692006939.2";
const LAB_AUTHENTICATION: &str = "2.25.107415331360325251311376632813692006939.3";

/// A policy that is known: whose certificates carry it, and its meaning.
#[derive(Clone, Copy)]
pub(super) struct Policy {
    pub(super) world: World,
    pub(super) purpose: Purpose,
    pub(super) meaning: Word,
}

impl Policy {
    pub(super) fn of(oid: &str) -> Option<Self> {
        let (_, world, purpose, meaning) = POLICIES.into_iter().find(|(known, ..)| *known == oid)?;
        Some(Self { world, purpose, meaning })
    }
}

impl Kind {
    /// What it means to be, by constraints, purposes and usages, and by its policy where those say nothing.
    pub(super) fn of(parts: &Parts<'_>) -> Self {
        let purposes = parts.extension(EXTENDED_KEY_USAGE).and_then(extensions::purposes).unwrap_or_default();
        let usages = parts.extension(KEY_USAGE).and_then(extensions::key_usage).unwrap_or_default();
        let policies =
            parts.extension(CERTIFICATE_POLICIES).and_then(extensions::policies).unwrap_or_default();
        if parts.extension(BASIC_CONSTRAINTS).is_some_and(extensions::is_authority) {
            Kind::Authority
        } else if purposes.iter().any(|purpose| purpose == CLIENT_AUTH) {
            Kind::Holder(Purpose::Authentication)
        } else if usages.contains(&words::NON_REPUDIATION) {
            Kind::Holder(Purpose::Signature)
        } else {
            policies
                .iter()
                .find_map(|oid| Policy::of(oid))
                .map_or(Kind::Other, |one| Kind::Holder(one.purpose))
        }
    }

    pub(super) const fn word(self) -> Word {
        match self {
            Kind::Holder(Purpose::Signature) => words::SIGNATURE_CERTIFICATE,
            Kind::Holder(Purpose::Authentication) => words::AUTHENTICATION_CERTIFICATE,
            Kind::Authority => words::AUTHORITY_CERTIFICATE,
            Kind::Other => words::OTHER_CERTIFICATE,
        }
    }

    /// The holder's four items of a signature certificate, none of the others.
    ///
    /// # Errors
    /// The first rule of its profile that the certificate breaks; none for another kind, which has no profile.
    pub(super) fn check(self, der: &[u8]) -> Result<Option<BasicFourItems>, ProfileError> {
        match self {
            Kind::Holder(Purpose::Signature) => Ok(Some(SigningCertificate::parse(der)?.holder().clone())),
            Kind::Holder(Purpose::Authentication) => AuthenticationCertificate::parse(der).map(|_| None),
            Kind::Authority => Authority::parse(der).map(|_| None),
            Kind::Other => Ok(None),
        }
    }
}
