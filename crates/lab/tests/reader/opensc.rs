//! OpenSC at the reader: it knows the card from elsewhere.

use std::fs;
use std::path::Path;
use std::process::Command;

use shomei_lab::{AUTHENTICATION_PIN, SIGNATURE_PASSWORD};
use tempfile::TempDir;

use crate::program::{Reader, card, public_key};

const MODULE: &str = "/usr/lib/x86_64-linux-gnu/pkcs11/opensc-pkcs11.so";

fn pem_of(certificate: &Path) -> String {
    let output =
        Command::new("openssl").args(["x509", "-inform", "DER", "-in"]).arg(certificate).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn opensc_knows_the_card_and_reads_its_certificates() {
    let reader = Reader::start(&[]);
    assert!(reader.output("opensc-tool", &["--name"]).starts_with("jpki\n"));
    assert!(reader.output("opensc-tool", &["--atr"]).starts_with("3b:e0:00:ff:81:31:fe:45:14\n"));
    let free = reader.output("pkcs15-tool", &["--read-certificate", "1"]);
    assert!(free.contains(&pem_of(&card().join("authentication-certificate.der"))), "{free}");
    let arguments =
        ["--read-certificate", "2", "--verify-pin", "--auth-id", "2", "--pin", SIGNATURE_PASSWORD];
    let guarded = reader.output("pkcs15-tool", &arguments);
    assert!(guarded.contains(&pem_of(&card().join("signature-certificate.der"))), "{guarded}");
}

#[test]
fn opensc_knows_the_card_by_its_application_and_reads_it_in_every_way() {
    // profile, beginning of its answer to reset
    let cases = [
        ("contactless", "3b:88:80:01"),
        ("t0", "3b:60:00:ff\n"),
        ("no-extended", "3b:e0"),
        ("android", "3b:e0"),
    ];
    for (profile, atr) in cases {
        let reader = Reader::start(&["--profile", profile]);
        assert!(reader.output("opensc-tool", &["--atr"]).starts_with(atr), "{profile}");
        assert!(reader.output("opensc-tool", &["--name"]).starts_with("jpki\n"), "{profile}");
        let pin = ["--read-certificate", "1", "--verify-pin", "--auth-id", "1", "--pin", AUTHENTICATION_PIN];
        let said = reader.output("pkcs15-tool", &pin);
        assert!(said.contains(&pem_of(&card().join("authentication-certificate.der"))), "{profile}: {said}");
    }
}

#[test]
fn opensc_signs_with_both_keys_and_openssl_believes_it() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).into_os_string().into_string().unwrap();
    let (message, signature) = (path("message"), path("signature"));
    fs::write(&message, "申請書").unwrap();
    let cases = [
        ("authentication", AUTHENTICATION_PIN, "01", "JPKI (User Authentication PIN)"),
        ("signature", SIGNATURE_PASSWORD, "02", "JPKI (Digital Signature PIN)"),
    ];
    for (purpose, secret, id, token) in cases {
        // A new one each: what OpenSC verified stays so, and to such a card's 9000 for an empty VERIFY it says
        // that there is no token.
        let reader = Reader::start(&[]);
        let login = ["--module", MODULE, "--login", "--pin", secret, "--token-label", token];
        let sign = ["--sign", "--mechanism", "SHA256-RSA-PKCS", "--id", id];
        let files = ["--input-file", &message, "--output-file", &signature];
        let said = reader.output("pkcs11-tool", &[&login[..], &sign, &files].concat());
        let key = public_key(&card().join(format!("{purpose}-certificate.der")), &folder);
        let openssl = Command::new("openssl")
            .args(["dgst", "-sha256", "-signature", &signature, "-verify"])
            .args([key.as_path(), Path::new(&message)])
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&openssl.stdout), "Verified OK\n", "{purpose}: {said}");
        fs::remove_file(&signature).unwrap();
    }
}

#[test]
fn a_wrong_pin_through_opensc_costs_a_try() {
    let mut reader = Reader::start(&[]);
    let said =
        reader.output("pkcs15-tool", &["--verify-pin", "--auth-id", "1", "--pin", "9999", "--list-pins"]);
    let standing = reader.order("standing");
    assert_eq!(standing["authenticationPin"]["left"], 2, "{said}");
    assert_eq!(standing["authenticationPin"]["wrong"], 1);
    assert_eq!(standing["signaturePassword"]["left"], 5);
    assert_eq!(standing["administrative"], 0);
    assert_eq!(standing["individualNumberSelected"], 0);
}
