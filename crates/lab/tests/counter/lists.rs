//! Revocation lists that follow from the register.

use std::fs;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use der::DateTime;
use shomei_lab::folder::renew_lists;

use crate::desk::{Desk, lab};

const LISTS: [&str; 4] =
    ["signature-mihon-shi", "signature-tonari-shi", "authentication-mihon-shi", "authentication-tonari-shi"];

fn number(list: &str) -> &str {
    let mut lines = list.lines().skip_while(|line| !line.contains("CRL Number"));
    lines.nth(1).unwrap().trim()
}

#[test]
fn each_revocation_appears_at_once_or_with_the_next_renewal() {
    let desk = Desk::open();
    desk.done("revoke-on-request --holder suzuki-hanako --certificate authentication");
    let list = desk.list("authentication-tonari-shi");
    assert!(number(&list) == "2" && list.contains("Cessation Of Operation"), "{list}");

    let list_later = desk.ask("--list-later key-compromised --holder yamada-taro");
    assert!(list_later.status.success());
    assert!(desk.list("signature-mihon-shi").contains("No Revoked Certificates"));
    let renewed = lab().args(["renew", "--world"]).arg(desk.world()).status().unwrap();
    assert!(renewed.success());
    for (name, expected) in LISTS.into_iter().zip(["2", "2", "2", "3"]) {
        assert_eq!(number(&desk.list(name)), expected, "{name}");
    }
    assert!(desk.list("signature-mihon-shi").contains("Key Compromise"));
}

#[test]
fn a_compromised_authority_has_every_certificate_on_its_lists() {
    let desk = Desk::open();
    let done = desk.done("authority-compromised --certificate signature");
    assert_eq!(done["revoked"].as_array().unwrap().len(), 4, "{done}");
    for name in &LISTS[..2] {
        assert!(desk.list(name).contains("CA Compromise"), "{name}");
    }
    assert!(desk.list(LISTS[2]).contains("No Revoked Certificates"));
    let again = desk.refused("authority-compromised --certificate signature");
    assert_eq!(again["refused"]["rule"], "only-what-is-in-force");
}

#[test]
fn a_certificate_that_expired_is_named_once_more_and_then_no_longer() {
    let desk = Desk::open();
    let serial = desk.done("revoke-on-request --holder yamada-taro")["revoked"][0]["serial"].clone();
    let serial = serial.as_str().unwrap().to_uppercase();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let in_hours =
        |hours: u64| DateTime::from_unix_duration(now + Duration::from_secs(3600 * hours)).unwrap();
    let mut register = desk.json("register/yamada-taro.json");
    register["certificates"][0]["notAfter"] = in_hours(1).to_string().into();
    fs::write(desk.path("register/yamada-taro.json"), register.to_string()).unwrap();
    // The first list after its end still has to name it (RFC 5280 §3.3).
    for (hours, named) in [(2, true), (3, false)] {
        renew_lists(desk.world(), in_hours(hours)).unwrap();
        assert_eq!(desk.list("signature-mihon-shi").contains(&serial), named, "in {hours} hours");
    }
}
