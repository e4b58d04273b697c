//! A world on disk, judged by OpenSSL.

use std::process::Command;
use std::sync::LazyLock;
use std::time::SystemTime;

use shomei_virtual_card::VirtualCard;
use tempfile::TempDir;

use super::*;
use crate::{AUTHENTICATION_PIN, RESIDENTS, Reason, SIGNATURE_PASSWORD};

static WORLD: LazyLock<World> = LazyLock::new(|| {
    // One of each municipality.
    World::with_residents(SystemTime::now(), &[RESIDENTS[0].clone(), RESIDENTS[3].clone()]).unwrap()
});

fn written() -> TempDir {
    let folder = TempDir::new().unwrap();
    write(&WORLD, folder.path()).unwrap();
    folder
}

/// What OpenSSL says, run in the folder of the world, and whether it was satisfied.
fn openssl(folder: &TempDir, arguments: &str) -> (bool, String) {
    let output = Command::new("openssl")
        .args(arguments.split_whitespace())
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn openssl_follows_every_certificate_to_its_authority_strictly() {
    let folder = written();
    for holder in ["yamada-taro", "suzuki-hanako"] {
        for (purpose, authority) in
            [("signature", "lab-ca.pem"), ("authentication", "lab-authentication-ca.pem")]
        {
            let certificate = format!("cards/{holder}/{purpose}-certificate.der");
            let (good, said) =
                openssl(&folder, &format!("verify -x509_strict -CAfile {authority} {certificate}"));
            assert!(good, "{certificate}: {said}");
        }
        let (good, _) = openssl(
            &folder,
            &format!(
                "verify -x509_strict -CAfile lab-authentication-ca.pem cards/{holder}/signature-certificate.der"
            ),
        );
        assert!(!good, "the other authority must not do");
    }
}

#[test]
fn openssl_reads_policy_and_holder_out_of_a_signature_certificate() {
    let folder = written();
    let certificate = "cards/yamada-taro/signature-certificate.der";
    let (_, said) = openssl(&folder, &format!("x509 -inform DER -noout -text -in {certificate}"));
    for expected in [
        "Policy: 2.25.107415331360325251311376632813692006939.2",
        "Digital Signature, Non Repudiation",
        "1.2.392.200149.8.5.5.4::319850401",
        "CN = Mihon-shi CRLDP",
    ] {
        assert!(said.contains(expected), "{expected} in {said}");
    }
}

#[test]
fn a_revocation_reaches_the_list_of_its_municipality_and_openssl() {
    let folder = written();
    let check = |holder: &str, list: &str| {
        let (good, said) = openssl(&folder, &format!("crl -inform DER -in crl/{list}.crl -out list.pem"));
        assert!(good, "{said}");
        openssl(
            &folder,
            &format!(
                "verify -x509_strict -crl_check -CAfile lab-ca.pem -CRLfile list.pem \
                 cards/{holder}/signature-certificate.der"
            ),
        )
    };
    assert!(check("yamada-taro", "signature-mihon-shi").0);
    assert!(check("suzuki-hanako", "signature-tonari-shi").0);
    let (good, said) = check("suzuki-hanako", "signature-mihon-shi");
    assert!(!good && said.contains("different CRL scope"), "{said}");

    let now = DateTime::from_system_time(SystemTime::now()).unwrap();
    let reason = Reason::AffiliationChanged;
    let path = revoke(folder.path(), "yamada-taro", Purpose::Signature, reason, now).unwrap();
    assert_eq!(path, folder.path().join("crl/signature-mihon-shi.crl"));
    let (good, said) = check("yamada-taro", "signature-mihon-shi");
    assert!(!good && said.contains("certificate revoked"), "{said}");
    assert!(check("suzuki-hanako", "signature-tonari-shi").0);

    renew_lists(folder.path(), now).unwrap();
    let (_, said) = openssl(&folder, "crl -inform DER -noout -text -in crl/signature-mihon-shi.crl");
    for expected in
        ["Affiliation Changed", "Issuing Distribution Point: critical", "CRL Number: \n                3"]
    {
        assert!(said.contains(expected), "{expected} in {said}");
    }
}

#[test]
fn every_list_is_signed_by_its_authority() {
    let folder = written();
    for (purpose, authority) in [("signature", "lab-ca.pem"), ("authentication", "lab-authentication-ca.pem")]
    {
        for municipality in ["mihon-shi", "tonari-shi"] {
            let list = format!("crl/{purpose}-{municipality}.crl");
            let arguments = format!("crl -inform DER -noout -verify -CAfile {authority} -in {list}");
            let (good, said) = openssl(&folder, &arguments);
            assert!(good && said.contains("verify OK"), "{list}: {said}");
        }
    }
}

#[test]
fn a_card_read_from_its_folder_holds_what_was_issued() {
    let folder = written();
    let mut card = VirtualCard::new(read_card(&folder.path().join("cards/yamada-taro")).unwrap());
    card.respond(b"\x00\xA4\x04\x0C\x0A\xD3\x92\xF0\x00\x26\x01\x00\x00\x00\x01");
    let certificate = card.respond(b"\x00\xB0\x8A\x00\x00\xFF\xFF");
    assert!(certificate.starts_with(&WORLD.holders[0].authentication.certificate));
    let verify = |secret: &str, file: u8| {
        let length = u8::try_from(secret.len()).unwrap();
        [&[0x00, 0x20, 0x00, file, length], secret.as_bytes()].concat()
    };
    assert_eq!(card.respond(&verify(SIGNATURE_PASSWORD, 0x9B)), [0x90, 0x00]);
    assert_eq!(card.respond(&verify(AUTHENTICATION_PIN, 0x98)), [0x90, 0x00]);
}

#[test]
fn what_is_missing_is_named() {
    let folder = written();
    let now = DateTime::from_system_time(SystemTime::now()).unwrap();
    let refused = revoke(folder.path(), "nobody", Purpose::Signature, Reason::Unspecified, now).unwrap_err();
    assert!(refused.to_string().contains("register/nobody.json"), "{refused}");
}
