//! Certificates that depart from their profile: OpenSSL finds the departure.

use std::fs;
use std::process::Command;
use std::sync::LazyLock;

use der::DateTime;
use der::pem::{LineEnding, encode_string};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use tempfile::TempDir;

use crate::{
    Attribute, Authority, Deviations, Digest, KeySize, NextGeneration, OtherNames, Purpose, RESIDENTS,
};

const FOUNDED: &str = "2019-04-01T00:00:00Z";
/// When OpenSSL looks: 2026-04-01T00:00:00Z.
const NOW: &str = "1775001600";

static AUTHORITY: LazyLock<Authority> = LazyLock::new(|| {
    Authority::found_by(&mut chance(1), Purpose::Signature, FOUNDED.parse().unwrap()).unwrap()
});

fn chance(seed: u8) -> ChaCha20Rng {
    ChaCha20Rng::from_seed([seed; 32])
}

fn until(instant: &str) -> Deviations {
    Deviations { until: Some(instant.parse().unwrap()), ..Deviations::PROPER }
}

/// What OpenSSL prints of a certificate, and what it says when it verifies it under an anchor.
fn judged(certificate: &[u8], anchor: &[u8]) -> (String, String) {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("certificate.der"), certificate).unwrap();
    fs::write(
        folder.path().join("anchor.pem"),
        encode_string("CERTIFICATE", LineEnding::LF, anchor).unwrap(),
    )
    .unwrap();
    let openssl = |arguments: &str| {
        let mut openssl = Command::new("openssl");
        let output = openssl.args(arguments.split_whitespace()).current_dir(folder.path()).output().unwrap();
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    };
    let printed = openssl("x509 -inform DER -noout -text -in certificate.der")
        + &openssl("asn1parse -inform DER -in certificate.der");
    (printed, openssl(&format!("verify -attime {NOW} -CAfile anchor.pem certificate.der")))
}

/// Keys are made only where something hangs on them: that is slow.
fn issue(issued: &str, deviations: &Deviations) -> Vec<u8> {
    let (issued, chance): (DateTime, _) = (issued.parse().unwrap(), &mut chance(2));
    if deviations.key_size == KeySize::Bits2048 {
        let key = AUTHORITY.public_key_info().clone();
        AUTHORITY.certify(chance, &RESIDENTS[0], key, issued, deviations).unwrap()
    } else {
        AUTHORITY.issue_by(chance, &RESIDENTS[0], issued, deviations).unwrap().certificate
    }
}

const YESTERDAY: &str = "2026-03-31T00:00:00Z";

#[test]
fn openssl_finds_each_deviation() {
    let plain = Deviations::PROPER;
    let authority = Deviations { authority: true, ..plain };
    let sha_1 = Deviations { digest: Digest::Sha1, ..plain };
    let short = Deviations { key_size: KeySize::Bits1024, ..plain };
    let names = |other_names| Deviations { other_names, ..plain };
    let cases: [(&str, &str, Deviations, &str, &str); 12] = [
        // what, issued, deviations, what is printed, what is said of the chain
        ("none", YESTERDAY, plain, "Public-Key: (2048 bit)", ": OK"),
        ("past", "2020-04-02T00:00:00Z", plain, "Not After : Apr  1 14:59:59 2025 GMT", "has expired"),
        ("future", "2026-04-02T00:00:00Z", plain, "Not Before: Apr  2 00:00:00 2026 GMT", "not yet valid"),
        ("89 days", YESTERDAY, until("2026-06-29T00:00:00Z"), "Not After : Jun 29 00:00:00 2026 GMT", ": OK"),
        ("2 hours ago", "2026-03-31T22:00:00Z", plain, "Not Before: Mar 31 22:00:00 2026 GMT", ": OK"),
        ("an authority", YESTERDAY, authority, "CA:TRUE", ": OK"),
        ("SHA-1", YESTERDAY, sha_1, "sha1WithRSAEncryption", ": OK"),
        ("RSA-1024", YESTERDAY, short, "Public-Key: (1024 bit)", ": OK"),
        ("name twice", YESTERDAY, names(OtherNames::Twice(Attribute::Name)), "5.5.1", ": OK"),
        ("address twice", YESTERDAY, names(OtherNames::Twice(Attribute::Address)), "5.5.5", ": OK"),
        ("full", YESTERDAY, names(OtherNames::Filled(4096)), "5.5.99", ": OK"),
        (
            "ended long ago",
            YESTERDAY,
            until("2026-03-31T12:00:00Z"),
            "Mar 31 12:00:00 2026 GMT",
            "has expired",
        ),
    ];
    let anchor = AUTHORITY.own().unwrap().certificate;
    for (what, issued, deviations, printed, said) in cases {
        let (found, verified) = judged(&issue(issued, &deviations), &anchor);
        assert!(found.contains(printed), "{what}: {printed} in {found}");
        assert!(verified.contains(said), "{what}: {said} in {verified}");
    }
}

/// The octets of the subjectAltName, and how often its text has each type.
fn other_names(deviation: OtherNames) -> (usize, usize) {
    let deviations = Deviations { other_names: deviation, ..Deviations::PROPER };
    let (printed, _) = judged(&issue(YESTERDAY, &deviations), &AUTHORITY.own().unwrap().certificate);
    let mut lines = printed.lines().skip_while(|line| !line.contains(":X509v3 Subject Alternative Name"));
    let octets = lines.nth(1).unwrap().split(" l=").nth(1).unwrap().split_whitespace().next().unwrap();
    (octets.parse().unwrap(), printed.matches("1.2.392.200149.8.5.5.1:").count())
}

#[test]
fn a_deviating_subject_alternative_name_is_larger_or_says_something_twice() {
    let (size, names) = other_names(OtherNames::AsStated);
    assert!(size < 300 && names == 1, "{size} {names}");
    assert_eq!(other_names(OtherNames::Twice(Attribute::Name)).1, 2);
    assert!(other_names(OtherNames::Filled(4096)).0 > 4096);
}

#[test]
fn another_authority_of_the_same_name_is_another_authority() {
    let other = Authority::found_by(&mut chance(3), Purpose::Signature, FOUNDED.parse().unwrap()).unwrap();
    let issued = other
        .issue_by(&mut chance(4), &RESIDENTS[0], YESTERDAY.parse().unwrap(), &Deviations::PROPER)
        .unwrap();
    let known = AUTHORITY.own().unwrap().certificate;
    let own = other.own().unwrap().certificate;
    let subject = |certificate: &[u8]| {
        let (printed, _) = judged(certificate, certificate);
        printed.lines().find(|line| line.contains("Subject:")).unwrap().to_owned()
    };
    assert_eq!(subject(&known), subject(&own));
    assert!(judged(&issued.certificate, &own).1.contains(": OK"));
    let (_, said) = judged(&issued.certificate, &known);
    assert!(said.contains("unable to get local issuer certificate"), "{said}");
}

#[test]
fn the_next_generation_signs_with_p_384_and_sha_384() {
    let founded = FOUNDED.parse().unwrap();
    let next = NextGeneration::found_by(&mut chance(5), &AUTHORITY, founded).unwrap();
    let issued =
        next.issue_by(&mut chance(6), &AUTHORITY, &RESIDENTS[0], YESTERDAY.parse().unwrap()).unwrap();
    let (printed, said) = judged(&issued.certificate, &next.certificate().unwrap());
    for expected in ["ecdsa-with-SHA384", "NIST CURVE: P-384", "1.2.392.200149.8.5.5.1", "Non Repudiation"] {
        assert!(printed.contains(expected), "{expected} in {printed}");
    }
    assert!(said.contains(": OK"), "{said}");
    let (_, said) = judged(&issued.certificate, &AUTHORITY.own().unwrap().certificate);
    assert!(said.contains("unable to get local issuer certificate"), "{said}");
}

#[test]
fn the_same_chance_gives_the_same_certificate() {
    let issue = || {
        let issued = YESTERDAY.parse().unwrap();
        AUTHORITY.issue_by(&mut chance(7), &RESIDENTS[0], issued, &Deviations::PROPER).unwrap()
    };
    let (one, other) = (issue(), issue());
    assert_eq!((one.certificate, one.key), (other.certificate, other.key));
    let again = Authority::found_by(&mut chance(1), Purpose::Signature, FOUNDED.parse().unwrap()).unwrap();
    assert_eq!(again.own().unwrap().certificate, AUTHORITY.own().unwrap().certificate);
}
