//! Certificates that leave the profile: the rule, its place, and what X.509 shows all the same.

use crate::shown::{AUTHENTICATION, SIGNING, WITHIN, changed, file, openssl, report, shown};

/// Name, file, octets and what stands in their place, the warnings, and words of the first one.
type Case = (&'static str, &'static str, &'static [u8], &'static [u8], &'static [&'static str], &'static str);

const POLICY: &[u8] = b"\x2a\x83\x08\x8c\x9b\x55\x08\x05\x01\x00\x14";
const SHA256: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b\x05\x00";
const SHA1: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x05\x05\x00";

const CASES: [Case; 13] = [
    (
        "the policy of another kind",
        SIGNING,
        POLICY,
        b"\x2a\x83\x08\x8c\x9b\x55\x08\x05\x01\x00\x1e",
        &["policyOfOtherKind"],
        "1.2.392.200149.8.5.1.0.30",
    ),
    (
        "the policy of another world",
        SIGNING,
        POLICY,
        b"\x2a\x83\x08\x8c\x9b\x55\x08\x05\x01\x01\x14",
        &["worldsDiffer"],
        "1.2.392.200149.8.5.1.1.20",
    ),
    (
        "an unknown policy",
        SIGNING,
        POLICY,
        b"\x2a\x83\x08\x8c\x9b\x55\x08\x05\x01\x02\x14",
        &["unknownPolicy"],
        "1.2.392.200149.8.5.1.2.20",
    ),
    ("an issuer of no world", SIGNING, b"JPKI-TEST", b"JPKI-ELSE", &["unknownWorld"], ""),
    (
        "a negative serial number",
        SIGNING,
        b"\x02\x03\x1e\xe6\x07",
        b"\x02\x03\x9e\xe6\x07",
        &["profile"],
        "octet 13: ",
    ),
    ("signed with SHA-1", SIGNING, SHA256, SHA1, &["profile"], "sha1WithRSAEncryption is not accepted"),
    ("keyUsage of another kind", SIGNING, b"\x03\x02\x06\xc0", b"\x03\x02\x07\x80", &["profile"], "keyUsage"),
    (
        "an unknown critical extension",
        SIGNING,
        b"\x55\x1d\x0f\x01\x01\xff",
        b"\x55\x1d\x7f\x01\x01\xff",
        &["profile", "unknownCriticalExtension"],
        "2.5.29.127",
    ),
    (
        "an invisible character",
        SIGNING,
        "桐　幹".as_bytes(),
        "桐\u{200b}幹".as_bytes(),
        &["profile"],
        "attribute name",
    ),
    ("a private-use character", SIGNING, "黒桐".as_bytes(), "\u{e000}桐".as_bytes(), &["nameText"], "U+E000"),
    (
        "a private-use character in the address",
        SIGNING,
        "清瀬".as_bytes(),
        "清\u{e000}".as_bytes(),
        &["addressText"],
        "U+E000",
    ),
    ("an impossible date of birth", SIGNING, b"319800217", b"319801317", &["profile"], "date of birth"),
    ("another purpose", AUTHENTICATION, b"\x05\x07\x03\x02", b"\x05\x07\x03\x01", &["profile"], "octet "),
];

#[test]
fn what_leaves_the_profile_is_named_and_the_rest_is_shown() {
    for (name, source, old, new, warnings, words) in CASES {
        let der = changed(&file(source), old, new);
        let (report, codes) = report(&der, WITHIN);
        assert_eq!(codes, warnings, "{name}");
        let text = report["warnings"][0]["text"].as_str().unwrap();
        assert!(text.contains(words), "{name}: {text}");
        for member in ["subject", "issuer", "serial", "notBefore", "notAfter", "fingerprint"] {
            assert!(report[member].is_string(), "{name}: {member}");
        }
        assert_eq!(
            report.get("holder").is_none(),
            warnings.contains(&"profile") || source != SIGNING,
            "{name}"
        );
    }
}

#[test]
fn the_place_is_where_the_part_begins() {
    let der = file(SIGNING);
    let cases: [(&[u8], &[u8], &[u8]); 3] = [
        (b"\x02\x03\x1e\xe6\x07", b"\x02\x03\x9e\xe6\x07", b"\x02\x03\x9e"),
        (b"\x55\x1d\x0f\x01\x01\xff", b"\x55\x1d\x7f\x01\x01\xff", b"\x30\x0e\x06\x03\x55\x1d\x7f"),
        (b"\x03\x02\x06\xc0", b"\x03\x02\x07\x80", b"\x30\x0e\x06\x03\x55\x1d\x0f"),
    ];
    for (old, new, part) in cases {
        let der = changed(&der, old, new);
        let place = der.windows(part.len()).position(|window| window == part).unwrap();
        let text = shown(&der, &["--at", WITHIN, "--language", "en"]).out;
        assert!(text.contains(&format!("octet {place}: ")), "{part:02x?} at {place} in:\n{text}");
    }
}

#[test]
fn unknown_parts_of_a_date_of_birth_are_said() {
    for (digits, expected) in [
        (b"319800200", "昭和55年2月日不詳（西暦1980年2月日不詳）"),
        (b"319800000", "昭和55年月不詳日不詳（西暦1980年月不詳日不詳）"),
        (b"300000000", "昭和・年不詳月不詳日不詳（西暦年不詳月不詳日不詳）"),
        (b"019800217", "元号不詳・西暦1980年2月17日（西暦1980年2月17日）"),
        (b"520190501", "令和元年5月1日（西暦2019年5月1日）"),
    ] {
        let text = shown(&changed(&file(SIGNING), b"319800217", digits), &["--at", WITHIN]).out;
        assert!(text.contains(&format!("生年月日：{expected}\n")), "{expected} in:\n{text}");
    }
}

#[test]
fn a_certificate_of_another_kind_is_shown_as_x509_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("key.pem");
    let arguments =
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 12000 -outform der -utf8";
    let subject = "/O=Else\\, or what/CN=\u{1b}[31m\u{202e}red";
    let extensions =
        ["-addext", "basicConstraints=critical,CA:FALSE", "-addext", "1.2.3.4=critical,DER:0500"];
    let mut command: Vec<&str> = arguments.split(' ').collect();
    command.extend(["-subj", subject, "-keyout", key.to_str().unwrap()]);
    command.extend(extensions);
    let der = std::process::Command::new("openssl").args(command).output().unwrap().stdout;
    let (report, codes) = report(&der, "2040-01-01T00:00:00Z");
    assert_eq!(codes, ["otherKind", "unknownCriticalExtension", "unknownWorld"]);
    assert_eq!(report["kind"], "other");
    assert_eq!(report["key"]["curve"], "P-256");
    assert_eq!(report["signatureAlgorithm"], "ecdsa-with-SHA256");
    let judge = openssl(&der, &["x509", "-inform", "der", "-noout", "-enddate", "-dateopt", "iso_8601"]);
    assert_eq!(report["notAfter"], crate::shown::utc(crate::shown::line(judge.trim(), "notAfter")));
    // After 2049 the time has another form.
    assert!(report["notAfter"].as_str().unwrap() > "2050");
    let text = shown(&der, &["--language", "en"]).out;
    assert!(text.contains(r"subject: O=Else\, or what, CN=\u{001b}[31m\u{202e}red"), "{text}");
}
