//! Everybody's certificates, read back by OpenSSL.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use der::DateTime;
use der::pem::{LineEnding, encode_string};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use tempfile::TempDir;

use super::*;
use crate::{Authority, Deviations, Purpose};

const TODAY: Date = Date::new(2026, 4, 1);

fn issued() -> DateTime {
    "2026-04-01T00:00:00Z".parse().unwrap()
}

fn openssl(arguments: &str, folder: &Path) -> String {
    let mut openssl = Command::new("openssl");
    let output = openssl.args(arguments.split_whitespace()).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The texts in the subjectAltName, in their order, as OpenSSL's parser finds them.
fn other_names(folder: &Path) -> Vec<String> {
    let parsed = openssl("asn1parse -inform DER -in certificate.der", folder);
    let mut after = parsed.lines().skip_while(|line| !line.contains("X509v3 Subject Alternative Name"));
    let octets = after.nth(1).unwrap();
    let offset = octets.split(':').next().unwrap().trim();
    let inside = openssl(&format!("asn1parse -inform DER -in certificate.der -strparse {offset}"), folder);
    let texts = inside.lines().filter_map(|line| line.split_once("UTF8STRING"));
    texts.map(|(_, text)| text.trim_start().strip_prefix(':').unwrap().to_owned()).collect()
}

#[test]
fn everybody_has_a_name_of_their_own() {
    let ids: BTreeSet<_> = people().map(|person| person.id).collect();
    assert_eq!(ids.len(), people().count());
    for id in ids {
        assert!(id.bytes().all(|letter| matches!(letter, b'a'..=b'z' | b'0'..=b'9' | b'-')), "{id}");
    }
}

#[test]
fn openssl_reads_everybodys_certificates_field_by_field() {
    let folder = TempDir::new().unwrap();
    let chance = &mut ChaCha20Rng::from_seed([0; 32]);
    let authorities = Purpose::ALL.map(|purpose| Authority::found_by(chance, purpose, issued()).unwrap());
    for authority in &authorities {
        let certificate = authority.own().unwrap().certificate;
        let pem = encode_string("CERTIFICATE", LineEnding::LF, &certificate).unwrap();
        fs::write(folder.path().join(authority.purpose().word()), pem).unwrap();
    }
    for person in people() {
        let resident = person.resident_on(TODAY);
        let [signature, authentication] = authorities.each_ref().map(|authority| {
            // One key for all: making keys is slow, and nothing here is about them.
            let key = authority.public_key_info().clone();
            let proper = Deviations::PROPER;
            let certificate = authority.certify(chance, &resident, key, issued(), &proper).unwrap();
            fs::write(folder.path().join("certificate.der"), &certificate).unwrap();
            let anchor = authority.purpose().word();
            openssl(
                &format!("verify -x509_strict -attime 1775001700 -CAfile {anchor} certificate.der"),
                folder.path(),
            );
            let names = if anchor == "signature" { other_names(folder.path()) } else { Vec::new() };
            (openssl("x509 -inform DER -noout -subject -enddate -in certificate.der", folder.path()), names)
        });
        let Resident { name, name_substitutes, address, address_substitutes, birth, sex, .. } = resident;
        let expected =
            [name, birth.with_era(), sex.code().to_owned(), address, name_substitutes, address_substitutes];
        assert_eq!(signature.1, expected, "{}", person.id);
        let city = person.municipality.romaji();
        assert!(
            signature.0.contains(&format!("L = Chiba-ken, L = {city}, CN = 20260401")),
            "{}",
            signature.0
        );
        assert!(signature.0.contains(&end(birth)), "{} {}", person.id, signature.0);
        assert!(authentication.0.starts_with("subject=C = JP, CN = "), "{}", authentication.0);
        assert!(authentication.0.contains(&end(birth)), "{} {}", person.id, authentication.0);
    }
}

/// What OpenSSL prints of the fifth birthday after 1 April 2026.
fn end(birth: Date) -> String {
    let month = ["Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        [usize::from(birth.month)];
    let (day, year) = match (birth.month, birth.day) {
        (0, 0) => (31, 2030),
        (2, 29) => (28, 2031),
        (month, day) if (month, day) <= (4, 1) => (day, 2031),
        (_, day) => (day, 2030),
    };
    format!("notAfter={month} {day:>2} 14:59:59 {year} GMT")
}

#[test]
fn a_flag_marks_each_character_that_the_register_has_otherwise() {
    let cases = [
        ("髙﨑　𠮷子", "高崎　吉子", "11010"),
        ("葛\u{E0100}城　一郎", "葛城　一郎", "10000"),
        ("葛\u{E0100}\u{E0101}城", "葛城", "10"),
        ("鷗外　濵子", "鷗外　濵子", "00000"),
        ("𣘺本", "ハシ", "11"),
        ("𣘺", "ハシ", "11"),
    ];
    for (register, certificate, flags) in cases {
        assert_eq!(substitutes(register, certificate), flags, "{register} {certificate}");
    }
}

#[test]
fn who_turns_fifteen_is_fifteen_on_the_day_itself() {
    let leap_day = Date::new(2028, 2, 29);
    let cases = [
        (Birth::FifteenToday, TODAY, Date::new(2011, 4, 1), true),
        (Birth::FifteenTomorrow, TODAY, Date::new(2011, 4, 2), false),
        (Birth::FifteenToday, leap_day, Date::new(2013, 2, 28), true),
        (Birth::FifteenTomorrow, Date::new(2027, 12, 31), Date::new(2013, 1, 1), false),
        (Birth::On(Date::new(2011, 4, 1)), TODAY, Date::new(2011, 4, 1), true),
        (Birth::On(Date::new(1950, 0, 0)), TODAY, Date::new(1950, 0, 0), true),
    ];
    for (birth, day, born, may_sign) in cases {
        let person = Person { birth, ..YAMADA };
        assert_eq!(person.resident_on(day).birth, born);
        assert_eq!(person.may_sign_on(day), may_sign, "{born}");
    }
}

#[test]
fn long_texts_are_long() {
    let of = |id: &str| people().find(|person| person.id == id).unwrap().certificate;
    assert!(of("da-silva-maria").name.len() > 40);
    assert!(of("teshigawara").name.chars().count() > 20);
    assert!(of("long-address").address.chars().count() >= 60);
}
