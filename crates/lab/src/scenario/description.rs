//! `scenario.json`: what a scenario is, and what a verifier is expected to say.

use der::DateTime;
use serde::Serialize;

use super::story::{About, Scenario, Verdict};
use crate::birthday::day_in_japan;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Description {
    scenario: &'static str,
    japanese: &'static str,
    english: &'static str,
    /// The instant that it was made for, and at which what is expected is so.
    at: String,
    holder: &'static str,
    expected: Expected,
}

/// What a verifier says of a certificate under an anchor, with a revocation list. All three are files of the folder.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Expected {
    world: &'static str,
    verdict: &'static str,
    certificate: String,
    anchor: &'static str,
    list: String,
    /// The error of `openssl verify -crl_check`, 0 where it is satisfied. It knows chains and dates, no profile.
    openssl: u8,
}

impl Description {
    pub(super) fn of(scenario: &Scenario, at: DateTime) -> der::Result<Self> {
        let verdict = scenario.verdict_on(day_in_japan(at)?);
        Ok(Self {
            scenario: scenario.name,
            japanese: scenario.remark.japanese,
            english: scenario.remark.english,
            at: at.to_string(),
            holder: scenario.person.id,
            expected: Expected::of(scenario, verdict),
        })
    }

    pub(super) fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self).map(|json| json + "\n")
    }
}

impl Expected {
    fn of(scenario: &Scenario, verdict: Verdict) -> Self {
        let Scenario { person, story, .. } = scenario;
        let only_authentication = verdict == Verdict::NoSignatureCertificate;
        let purpose = if only_authentication || story.about == About::Authentication {
            "authentication"
        } else {
            "signature"
        };
        let folder = match story.about {
            About::Signature | About::Authentication => format!("cards/{}", person.id),
            About::Odd | About::NextGeneration | About::Previous => "odd".to_owned(),
        };
        let (anchor, list) = if only_authentication {
            ("lab-authentication-ca.pem", "authentication")
        } else {
            ("lab-ca.pem", "signature")
        };
        Self {
            world: "lab",
            verdict: verdict.word(),
            certificate: format!("{folder}/{purpose}-certificate.der"),
            anchor,
            list: format!("crl/{list}-{}.crl", person.municipality.romaji().to_lowercase()),
            openssl: error_of_openssl(verdict, story.about),
        }
    }
}

/// `X509_V_ERR_*` as OpenSSL 3 numbers them.
const fn error_of_openssl(verdict: Verdict, about: About) -> u8 {
    const UNABLE_TO_GET_ISSUER_CERT_LOCALLY: u8 = 20;
    match verdict {
        Verdict::NotYetValid => 9,
        Verdict::Expired => 10,
        Verdict::Revoked => 23,
        Verdict::UnknownAuthority | Verdict::WrongPurpose => UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
        Verdict::OutsideProfile if matches!(about, About::NextGeneration) => {
            UNABLE_TO_GET_ISSUER_CERT_LOCALLY
        }
        Verdict::Good | Verdict::Unknown | Verdict::NoSignatureCertificate | Verdict::OutsideProfile => 0,
    }
}
