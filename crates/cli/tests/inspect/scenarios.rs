//! Every scenario of the lab: what is shown of its certificate, and that this project's own judgement is the expected one.

use crate::shown::report;
use der::DateTime;
use serde_json::Value;
use shomei_lab::scenario::{Foundation, Scenario, scenarios};
use shomei_pki::{
    Anchors, AuthenticationCertificate, Authority, Certificate, Crl, CrlIndex, PathError, ProfileError,
    RevocationSource, RevocationStatus, RsaVerifier, SigningCertificate, UnixTime, ValidityError, World,
};
use std::fs;
use std::path::Path;
use std::sync::Mutex;

const AT: &str = "2026-11-20T03:00:00Z";

/// Warnings beside those that come with the verdict.
const MORE: [(&str, &[&str]); 4] = [
    ("claims-to-be-an-authority", &["policyOfOtherKind"]),
    ("expires-in-89-days", &["renewable"]),
    ("expires-in-90-days", &["renewable"]),
    ("expires-in-91-days", &["renewable"]),
];

#[test]
fn every_scenario_is_shown_for_what_it_is_and_judged_as_expected() {
    let foundation = Foundation::lay(AT.parse().unwrap()).unwrap();
    let rest = Mutex::new(scenarios().collect::<Vec<_>>());
    let count = rest.lock().unwrap().len();
    assert!(count > 60, "{count}");
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(scenario) = { rest.lock().unwrap().pop() } {
                    check(&scenario, &foundation);
                }
            });
        }
    });
}

fn check(scenario: &Scenario, foundation: &Foundation) {
    let folder = tempfile::tempdir().unwrap();
    scenario.write(foundation, folder.path()).unwrap();
    let description: Value =
        serde_json::from_slice(&fs::read(folder.path().join("scenario.json")).unwrap()).unwrap();
    let expected = description["expected"]["verdict"].as_str().unwrap();
    let certificate = description["expected"]["certificate"].as_str().unwrap();
    let certificate = fs::read(folder.path().join(certificate)).unwrap();
    let name = scenario.name;
    check_shown(name, expected, &certificate, &folder.path().join("cards").join(scenario.person.id));
    // Whether an online service knows the certificate yet is nothing that a list could say.
    let expected = if expected == "unknown" { "good" } else { expected };
    assert_eq!(judged(folder.path(), &certificate), expected, "{name}");
}

fn check_shown(name: &str, verdict: &str, certificate: &[u8], card: &Path) {
    let (report, codes) = report(certificate, AT);
    let of_verdict: &[&str] = match verdict {
        "expired" => &["expired"],
        "not-yet-valid" => &["notYetValid"],
        "outside-profile" => &["profile"],
        _ => &[],
    };
    let more = MORE.iter().find(|(known, _)| *known == name).map_or(&[][..], |(_, codes)| codes);
    assert_eq!(codes, [of_verdict, more].concat(), "{name}");
    assert_eq!(report["world"], "lab", "{name}");
    if report["kind"] == "signatureCertificate" && verdict != "revoked" {
        let card: Value = serde_json::from_slice(&fs::read(card.join("card.json")).unwrap()).unwrap();
        for item in ["name", "address"] {
            assert_eq!(report["holder"][item], card["basicFourItems"][item], "{name}");
        }
    }
}

/// The word of this project's own judgement.
fn judged(world: &Path, certificate: &[u8]) -> &'static str {
    let anchor = |purpose: &str| fs::read(world.join("anchors").join(purpose).join("lab-ca.der")).unwrap();
    let anchors = Anchors::load(World::Lab, &[anchor("signature")], &[anchor("authentication")]).unwrap();
    let signing = match SigningCertificate::parse(certificate) {
        Ok(signing) => signing,
        Err(ProfileError::KeyUsage(_)) => return of_authentication(&anchors, world, certificate),
        Err(_) => return "outside-profile",
    };
    match anchors.issuer_of_signing(&signing, &RsaVerifier) {
        Ok(issuer) => in_time(&anchors, world, signing.certificate(), issuer),
        Err(PathError::NoAnchor | PathError::Signature) => "unknown-authority",
        Err(error) => panic!("{error}"),
    }
}

/// A certificate for authentication signs nothing; whose card has no other one cannot sign at all.
fn of_authentication(anchors: &Anchors, world: &Path, certificate: &[u8]) -> &'static str {
    let authentication = AuthenticationCertificate::parse(certificate).unwrap();
    let issuer = anchors.issuer_of_authentication(&authentication, &RsaVerifier).unwrap();
    assert_eq!(in_time(anchors, world, authentication.certificate(), issuer), "good");
    let holders = fs::read_dir(world.join("cards")).unwrap().map(|holder| holder.unwrap().path());
    let can_sign = holders.into_iter().any(|holder| holder.join("signature-certificate.der").exists());
    if can_sign { "wrong-purpose" } else { "no-signature-certificate" }
}

fn in_time(anchors: &Anchors, world: &Path, certificate: &Certificate, issuer: &Authority) -> &'static str {
    let at: DateTime = AT.parse().unwrap();
    let at = UnixTime::from_seconds(i64::try_from(at.unix_duration().as_secs()).unwrap());
    match certificate.check_validity(Some(issuer), at) {
        Ok(()) => {}
        Err(ValidityError::Expired(_)) => return "expired",
        Err(ValidityError::NotYet(_)) => return "not-yet-valid",
        Err(error) => panic!("{error}"),
    }
    let mut index = CrlIndex::default();
    for list in fs::read_dir(world.join("crl")).unwrap() {
        let list = fs::read(list.unwrap().path()).unwrap();
        index.insert(Crl::parse(&list).unwrap(), anchors, &RsaVerifier).unwrap();
    }
    match index.answer(certificate, issuer, at).status {
        RevocationStatus::Good { .. } => "good",
        RevocationStatus::Revoked { .. } => "revoked",
        RevocationStatus::Unknown { why } => panic!("{why}"),
    }
}
