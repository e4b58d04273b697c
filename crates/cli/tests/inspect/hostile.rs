//! Input that is cut off, lies about its length or is something else: a typed error, never a panic.

use crate::shown::{SIGNING, WITHIN, file, openssl, shown, world};
use der::DateTime;
use shomei_lab::ocsp::{Answer, Period, Saying};
use shomei_lab::{Municipality, Purpose, Reason};

/// One file of each kind.
fn kinds() -> [(&'static str, Vec<u8>); 3] {
    let authority = world().authority(Purpose::Signature);
    let at: DateTime = world().made;
    let empty = authority.empty_list(Municipality::Mihon, at).unwrap();
    let list = authority.revoke(Municipality::Mihon, &empty, &file(SIGNING), Reason::Superseded, at).unwrap();
    let period = Period { from: at, until: Some(at) };
    let answer = Answer::at(at).about(authority, &file(SIGNING), Saying::Good, period).unwrap();
    let answer = answer.signed_by_authority(authority).unwrap();
    [("certificate", file(SIGNING)), ("list", list), ("answer", answer)]
}

fn refused(name: &str, octets: &[u8], words: &str) {
    for more in [&[][..], &["--json"]] {
        let shown = shown(octets, more);
        assert_eq!((shown.code, shown.out.as_str()), (Some(2), ""), "{name}: {}", shown.error);
        let one_line = shown.error.starts_with("shomei: -: ") && shown.error.lines().count() == 1;
        assert!(one_line && shown.error.contains(words), "{name}: {}", shown.error);
    }
}

#[test]
fn what_is_cut_off_is_refused_with_the_place() {
    for (name, der) in kinds() {
        for length in (1..der.len()).step_by(50) {
            let name = format!("{name} of {length} octets");
            refused(&name, &der[..length], "octet 0: the element is cut off");
        }
        let more = [der.as_slice(), b"\x05\x00"].concat();
        refused(
            &format!("{name} and more"),
            &more,
            &format!("octet {}: unexpected octets follow", der.len()),
        );
    }
}

#[test]
fn what_is_something_else_is_refused_in_words() {
    let der = file(SIGNING);
    let pem = openssl(&der, &["x509", "-inform", "der"]);
    let key = pem.replace("CERTIFICATE", "PUBLIC KEY");
    let list = pem.replace("CERTIFICATE", "X509 CRL");
    let cut = &pem[..pem.len() / 2];
    let long = [der.as_slice(), &[0; 70_000]].concat();
    let table: [(&str, &[u8], &str); 12] = [
        ("nothing", b"", "empty"),
        ("text", "これは証明書ではありません。\n".as_bytes(), "octet 0: neither DER nor PEM"),
        ("zeros", &[0; 100], "octet 0: neither DER nor PEM"),
        ("a claim of one GiB", b"\x30\x84\x40\x00\x00\x00\x30", "octet 0: the element is cut off"),
        ("a claim of one GiB inside", b"\x30\x82\x00\x80\x30\x84\x40\x00\x00\x00", "octet 0: "),
        ("an indefinite length", b"\x30\x80\x30\x80\x00\x00\x00\x00", "octet 0: "),
        ("an empty SEQUENCE", b"\x30\x00", "neither a certificate nor"),
        ("another structure", b"\x30\x03\x02\x01\x05", "neither a certificate nor"),
        ("PEM of another label", key.as_bytes(), "`PUBLIC KEY`"),
        ("a certificate under the label of a list", list.as_bytes(), "`X509 CRL`"),
        ("PEM that is cut off", cut.as_bytes(), "PEM"),
        ("more than any certificate", &long, "more than 65536 octets"),
    ];
    for (name, octets, words) in table {
        refused(name, octets, words);
    }
}

#[test]
fn no_changed_octet_makes_it_panic() {
    for (name, der) in kinds() {
        for place in (0..der.len()).step_by(23) {
            let mut changed = der.clone();
            changed[place] ^= 0x55;
            let shown = shown(&changed, &["--at", WITHIN]);
            assert!(matches!(shown.code, Some(0..=2)), "{name} at {place}: {:?} {}", shown.code, shown.error);
        }
    }
}

#[test]
fn a_file_that_is_not_there_is_refused_with_its_name() {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_shomei"));
    let output = command.args(["inspect", "missing.cer"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("shomei: missing.cer: "));
}
