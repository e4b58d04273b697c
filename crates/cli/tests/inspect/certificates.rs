//! Certificates that keep the profile: what is shown is what OpenSSL reads.

use crate::shown::{AUTHENTICATION, SIGNING, WITHIN, file, line, openssl, report, shown, utc, world};
use shomei_lab::Purpose;

/// File, kind, world, built in, and the warnings on that day.
const CERTIFICATES: [(&str, &str, &str, bool, &[&str]); 12] = [
    (SIGNING, "signature", "jlis-test", false, &[]),
    (AUTHENTICATION, "authentication", "jlis-test", false, &[]),
    ("tests/data/signca-test-2019.cer", "authority", "jlis-test", false, &[]),
    ("tests/data/signca-test-2024.cer", "authority", "jlis-test", false, &[]),
    ("tests/data/authca-test-2019.cer", "authority", "jlis-test", false, &[]),
    ("tests/data/authca-test-2023.cer", "authority", "jlis-test", false, &[]),
    ("anchors/signca01.cer", "authority", "production", true, &["expired"]),
    ("anchors/signca02.cer", "authority", "production", true, &[]),
    ("anchors/signca03.cer", "authority", "production", true, &[]),
    ("anchors/authca01.cer", "authority", "production", true, &["expired"]),
    ("anchors/authca02.cer", "authority", "production", true, &[]),
    ("anchors/authca03.cer", "authority", "production", true, &[]),
];

#[test]
fn every_certificate_at_hand_is_shown_as_openssl_reads_it() {
    for (name, kind, world, built_in, warnings) in CERTIFICATES {
        let der = file(name);
        let (report, codes) = report(&der, WITHIN);
        assert_eq!((&report["kind"], &report["world"]), (&kind.into(), &world.into()), "{name}");
        assert_eq!(report["builtInAnchor"], built_in, "{name}");
        assert_eq!(codes, warnings, "{name}");
        check_with_openssl(&der, &report, name);
    }
}

fn check_with_openssl(der: &[u8], report: &serde_json::Value, name: &str) {
    let options = "-noout -serial -dates -fingerprint -sha256 -dateopt iso_8601";
    let arguments: Vec<&str> = "x509 -inform der".split(' ').chain(options.split(' ')).collect();
    let judge = openssl(der, &arguments);
    let serial = report["serial"].as_str().unwrap().trim_start_matches('0').to_uppercase();
    assert_eq!(serial, line(&judge, "serial").trim_start_matches('0'), "{name}");
    assert_eq!(report["notBefore"], utc(line(&judge, "notBefore")), "{name}");
    assert_eq!(report["notAfter"], utc(line(&judge, "notAfter")), "{name}");
    let fingerprint = line(&judge, "sha256 Fingerprint").replace(':', "").to_lowercase();
    assert_eq!(report["fingerprint"], fingerprint, "{name}");
    for (member, option) in [("subject", "-subject"), ("issuer", "-issuer")] {
        let judge = openssl(der, &["x509", "-inform", "der", "-noout", option]);
        let expected = line(&judge, member).replace(" = ", "=");
        assert_eq!(report[member], expected, "{name}");
    }
}

#[test]
fn the_certificates_of_the_lab_have_no_warning_on_their_first_day() {
    let holder = &world().holders[0];
    let now = format!("{}", world().made);
    let signature = world().authority(Purpose::Signature).own().unwrap().certificate;
    for (der, kind) in [
        (&holder.signature.certificate, "signature"),
        (&holder.authentication.certificate, "authentication"),
        (&signature, "authority"),
    ] {
        let (report, codes) = report(der, &now);
        assert_eq!((&report["kind"], &report["world"]), (&kind.into(), &"lab".into()));
        assert_eq!(codes, Vec::<String>::new(), "{kind}");
        check_with_openssl(der, &report, kind);
    }
    let (report, _) = report(&holder.authentication.certificate, &now);
    assert_eq!(report["ocspAddress"], "http://ocsp.lab.shomei.invalid");
    assert_eq!(report["policies"][0]["meaning"], "lab-authentication");
}

#[test]
fn people_read_every_item_in_their_language() {
    let holder = &world().holders[0].signature.certificate;
    let table: [(&str, &[u8], &[&str]); 4] = [
        (
            "ja",
            &file(SIGNING),
            &[
                "種類：署名用電子証明書",
                "氏名：黒桐　幹也",
                "生年月日：昭和55年2月17日（西暦1980年2月17日）",
                "性別：男",
                "令和7年10月27日10時35分57秒（日本時間 2025-10-27T10:35:57+09:00、協定世界時 2025-10-27T01:35:57Z）",
                "失効リストの配布点：C=JP, O=JPKI-TEST, OU=JPKI for digital signature, OU=CRL Distribution Points, \
                 OU=Tokyo-to, CN=Kiyose-shi CRLDP",
                "鍵の用途（keyUsage）：電子署名（digitalSignature）、否認防止（nonRepudiation）",
                "注意：なし",
                "検証はしていません。確かめていないもの：発行元（署名の鎖）、失効",
            ],
        ),
        (
            "en",
            &file(SIGNING),
            &[
                "kind: signature certificate",
                "  date of birth: 1980-02-17 (Showa 55)",
                "valid from: 2025-10-27T10:35:57+09:00 (Japan, Reiwa 7; UTC 2025-10-27T01:35:57Z)",
                "Shown, not verified. Not checked: the chain of signatures, revocation",
            ],
        ),
        (
            "ja",
            holder,
            &[
                "氏名：高崎　吉子",
                "1文字目「高（代替文字）」、2文字目「崎（代替文字）」、4文字目「吉（代替文字）」",
            ],
        ),
        ("ja", &file(AUTHENTICATION), &["表示だけで、接続はしません）：http://test-ocspauthnorm.jpki.go.jp"]),
    ];
    for (language, der, parts) in table {
        let text = shown(der, &["--at", WITHIN, "--language", language]).out;
        for part in parts {
            assert!(text.contains(part), "{part} in:\n{text}");
        }
        // Nothing that is only shown is called valid.
        assert!(!text.replace("有効期間", "").contains("有効"), "{text}");
    }
    assert_eq!(shown(&file(SIGNING), &[]).out, shown(&file(SIGNING), &["--language", "ja"]).out);
}

#[test]
fn both_forms_and_both_ways_in_show_the_same() {
    for name in [SIGNING, "anchors/signca03.cer"] {
        let der = file(name);
        let expected = shown(&der, &["--at", WITHIN]).out;
        let pem = openssl(&der, &["x509", "-inform", "der", "-outform", "pem"]);
        assert_eq!(shown(pem.as_bytes(), &["--at", WITHIN]).out, expected, "{name}");
        let explained = openssl(&der, &["x509", "-inform", "der", "-text"]);
        assert_eq!(shown(explained.as_bytes(), &["--at", WITHIN]).out, expected, "{name}");
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_shomei"));
        let output =
            command.arg("inspect").arg(crate::shown::pki(name)).args(["--at", WITHIN]).output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), expected, "{name}");
    }
}

#[test]
fn the_period_warns_on_its_days() {
    let authority = "tests/data/signca-test-2024.cer";
    for (name, at, expected) in [
        (SIGNING, "2025-10-27T01:35:56Z", &["notYetValid"][..]),
        (SIGNING, "2025-10-27T01:35:57Z", &[]),
        (SIGNING, "2029-11-17T14:59:58Z", &[]),
        (SIGNING, "2029-11-17T14:59:59Z", &["renewable"]),
        (SIGNING, "2030-02-17T14:59:59Z", &["renewable"]),
        (SIGNING, "2030-02-17T15:00:00Z", &["expired"]),
        (authority, "2034-05-28T14:59:58Z", &[]),
        (authority, "2034-05-28T14:59:59Z", &["endsSoon"]),
    ] {
        assert_eq!(report(&file(name), at).1, expected, "{name} at {at}");
    }
}
