//! Revocation lists: what they count, and when they cannot answer.

use crate::shown::{AUTHENTICATION, SIGNING, changed, file, line, openssl, report, shown, utc, world};
use der::DateTime;
use serde_json::json;
use shomei_lab::{Municipality, Purpose, Reason};
use shomei_pki::der::{Reader, Tag, element, sequence};
use std::time::Duration;

/// Certificates with serial numbers of their own, to be revoked for these reasons.
const REVOKED: [(&str, Reason); 7] = [
    (SIGNING, Reason::AffiliationChanged),
    (AUTHENTICATION, Reason::AffiliationChanged),
    ("tests/data/signca-test-2019.cer", Reason::Unspecified),
    ("tests/data/signca-test-2024.cer", Reason::KeyCompromise),
    ("tests/data/authca-test-2019.cer", Reason::Superseded),
    ("tests/data/authca-test-2023.cer", Reason::CessationOfOperation),
    ("anchors/signca03.cer", Reason::CertificateHold),
];

fn later(days: u64) -> DateTime {
    let made = world().made.unix_duration() + Duration::from_secs(days * 24 * 60 * 60);
    DateTime::from_unix_duration(made).unwrap()
}

fn list(revoked: &[(&str, Reason)]) -> Vec<u8> {
    let authority = world().authority(Purpose::Signature);
    let mut list = authority.empty_list(Municipality::Mihon, later(0)).unwrap();
    for ((name, reason), day) in revoked.iter().zip(1..) {
        list = authority.revoke(Municipality::Mihon, &list, &file(name), *reason, later(day)).unwrap();
    }
    list
}

#[test]
fn a_list_is_shown_as_openssl_reads_it() {
    for (revoked, reasons) in [
        (&REVOKED[..0], json!({})),
        (&REVOKED[..3], json!({"affiliationChanged": 2, "unspecified": 1})),
        (
            &REVOKED[..],
            json!({
                "affiliationChanged": 2, "unspecified": 1, "keyCompromise": 1, "superseded": 1,
                "cessationOfOperation": 1, "certificateHold": 1
            }),
        ),
    ] {
        let list = list(revoked);
        let (report, codes) = report(&list, &later(8).to_string());
        assert_eq!(codes.iter().filter(|code| *code != "outdated").count(), 0, "{codes:?}");
        assert_eq!((&report["kind"], &report["world"]), (&"revocationList".into(), &"lab".into()));
        assert_eq!(report["count"], revoked.len());
        assert_eq!(report["reasons"], reasons);
        let options = "crl -inform der -noout -crlnumber -lastupdate -nextupdate -dateopt iso_8601";
        let judge = openssl(&list, &options.split(' ').collect::<Vec<_>>());
        let number = line(&judge, "crlNumber").trim_start_matches("0x").to_lowercase();
        assert_eq!(report["number"], number);
        assert_eq!(report["thisUpdate"], utc(line(&judge, "lastUpdate")));
        assert_eq!(report["nextUpdate"], utc(line(&judge, "nextUpdate")));
        if !revoked.is_empty() {
            assert_eq!(report["firstRevocation"], later(1).to_string());
            assert_eq!(report["lastRevocation"], later(revoked.len().try_into().unwrap()).to_string());
        }
    }
}

#[test]
fn a_list_warns_before_and_after_its_time() {
    let list = list(&REVOKED[..1]);
    let second = Duration::from_secs(1);
    let moved = |day: u64, back: bool| {
        let at = later(day).unix_duration();
        DateTime::from_unix_duration(if back { at - second } else { at + second }).unwrap().to_string()
    };
    for (at, state, warnings) in [
        (moved(1, true), "fromLater", &["fromLater"][..]),
        (later(1).to_string(), "current", &[]),
        (later(8).to_string(), "current", &[]),
        (moved(8, false), "outdated", &["outdated"]),
    ] {
        let (report, codes) = report(&list, &at);
        assert_eq!(report["state"], state, "{at}");
        assert_eq!(codes, warnings, "{at}");
    }
}

#[test]
fn people_read_the_reasons_in_their_language() {
    let list = list(&REVOKED);
    let at = later(7).to_string();
    for (language, parts) in [
        (
            "ja",
            &[
                "種類：失効リスト（CRL）",
                "失効した証明書の数：7",
                "記載事項（氏名・住所など）の変更（affiliationChanged）：2",
                "一時停止（certificateHold）：1",
                "失効リストの配布点：C=JP, O=SHOMEI-LAB, OU=JPKI for digital signature, OU=CRL Distribution Points, \
                 OU=Chiba-ken, CN=Mihon-shi CRLDP",
                "確かめていないもの：署名",
            ][..],
        ),
        ("en", &["by reason: ", "suspended (certificateHold): 1", "revoked certificates: 7"]),
    ] {
        let shown = shown(&list, &["--at", &at, "--language", language]);
        assert_eq!(shown.code, Some(0));
        for part in parts {
            assert!(shown.out.contains(part), "{part} in:\n{}", shown.out);
        }
    }
}

/// The list with other extensions and with more entries. Nobody checks its signature.
fn rebuilt(list: &[u8], entries: &[u8], edit: impl Fn(&mut Vec<Vec<u8>>)) -> Vec<u8> {
    let mut parts = Reader::new(list).expect(Tag::SEQUENCE).unwrap().children();
    let mut fields = parts.read().unwrap().children();
    let mut signed: Vec<Vec<u8>> = (0..5).map(|_| fields.read().unwrap().raw().to_vec()).collect();
    let old = fields.expect(Tag::SEQUENCE).unwrap();
    signed.push(element(Tag::SEQUENCE, &[old.content(), entries].concat()));
    let mut known = fields.expect(Tag::context(0)).unwrap().children().read().unwrap().children();
    let mut extensions = Vec::new();
    while !known.is_empty() {
        extensions.push(known.read().unwrap().raw().to_vec());
    }
    edit(&mut extensions);
    signed.push(element(Tag::context(0), &element(Tag::SEQUENCE, &extensions.concat())));
    let signed = element(Tag::SEQUENCE, &signed.concat());
    let (algorithm, signature) = (parts.read().unwrap(), parts.read().unwrap());
    sequence(Tag::SEQUENCE, &[&signed, algorithm.raw(), signature.raw()])
}

/// The list with these flags at the end of its issuingDistributionPoint.
fn limited(list: &[u8], flags: &[u8]) -> Vec<u8> {
    const IDENTIFIER: &[u8] = b"\x55\x1d\x1c";
    rebuilt(list, &[], |extensions| {
        let point = extensions.last_mut().unwrap();
        let mut parts = Reader::new(point).read().unwrap().children();
        assert_eq!(parts.read().unwrap().content(), IDENTIFIER);
        let critical = parts.expect(Tag::BOOLEAN).unwrap();
        let scope = parts.read().unwrap().children().read().unwrap();
        let scope = element(Tag::SEQUENCE, &[scope.content(), flags].concat());
        let value = element(Tag::OCTET_STRING, &scope);
        *point = sequence(Tag::SEQUENCE, &[&element(Tag::OID, IDENTIFIER), critical.raw(), &value]);
    })
}

/// Entries without a reason, each under a number of its own.
fn many_entries(count: u32) -> Vec<u8> {
    let entry = |number: u32| {
        let serial = element(Tag::INTEGER, &[&[0x01], &number.to_be_bytes()[..]].concat());
        sequence(Tag::SEQUENCE, &[&serial, &element(Tag::UTC_TIME, b"260101000000Z")])
    };
    (0..count).flat_map(entry).collect()
}

#[test]
fn a_list_longer_than_other_files_is_read_to_its_end() {
    let long = rebuilt(&list(&REVOKED[..1]), &many_entries(5000), |_| {});
    assert!(long.len() > 100_000);
    let (shown, codes) = report(&long, &later(2).to_string());
    assert_eq!((&shown["count"], codes.len()), (&5001.into(), 0));
    assert_eq!(shown["firstRevocation"], "2026-01-01T00:00:00Z");
    let pem = openssl(&long, &["crl", "-inform", "der", "-outform", "pem"]);
    assert_eq!(report(pem.as_bytes(), &later(2).to_string()).0, shown);
}

#[test]
fn a_list_that_answers_nothing_says_so() {
    let list = list(&REVOKED[..1]);
    let delta = b"\x30\x0d\x06\x03\x55\x1d\x1b\x01\x01\xff\x04\x03\x02\x01\x01";
    let delta = rebuilt(&list, &[], |extensions| extensions.push(delta.to_vec()));
    for (name, list, expected) in [
        ("a delta list", delta, &["delta"][..]),
        ("a list of certificates of others", limited(&list, b"\x84\x01\xff"), &["indirect"]),
        ("a list of authorities", limited(&list, b"\x82\x01\xff"), &["partial"]),
        ("a list of holders", limited(&list, b"\x81\x01\xff"), &[]),
        ("an issuer of no world", changed(&list, b"SHOMEI-LAB", b"SHOMEI-LAP"), &["unknownWorld"]),
    ] {
        assert_eq!(report(&list, &later(2).to_string()).1, expected, "{name}");
    }
}
