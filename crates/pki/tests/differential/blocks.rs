//! Signatures whose PKCS #1 block is almost right, made by OpenSSL's raw RSA from the authority's key: nothing but the
//! one exact block of RFC 8017 §9.2 may verify.

use crate::cases::base;
use crate::judges::{self, Setting};
use crate::signer::lab;
use sha2::{Digest, Sha256};
use shomei_lab::Purpose as Kind;
use shomei_pki::{Algorithm, Purpose, RsaVerifier, SignatureVerifier};
use std::fs;
use std::process::Command;

/// DigestInfo of SHA-256 up to the digest, with NULL parameters (RFC 8017 §9.2, note 1).
const SHA256: &[u8] = b"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20";
const SHA256_WITHOUT_NULL: &[u8] = b"\x30\x2f\x30\x0b\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x04\x20";
const SHA256_LONG_LENGTH: &[u8] =
    b"\x30\x81\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20";
const SHA512_NAMED: &[u8] = b"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03\x05\x00\x04\x20";
const OCTETS: usize = 256;

/// `00 type FF… 00 info digest tail`, filled up to the length of the modulus.
fn block(kind: u8, filling: u8, parts: &[&[u8]]) -> Vec<u8> {
    let end = parts.concat();
    let padding = vec![filling; OCTETS - 3 - end.len()];
    [&[0, kind], padding.as_slice(), &[0], &end].concat()
}

/// The block raised to the private exponent of the authority's key, which OpenSSL calls decryption without padding.
fn raise(block: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let [key, input] = ["key.der", "block"].map(|name| folder.path().join(name));
    fs::write(&key, &*lab().world.authority(Kind::Signature).own().unwrap().key).unwrap();
    fs::write(&input, block).unwrap();
    let mut command = Command::new("openssl");
    command.args(["pkeyutl", "-decrypt", "-keyform", "DER", "-pkeyopt", "rsa_padding_mode:none", "-inkey"]);
    let output = command.arg(&key).arg("-in").arg(&input).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn shortened_padding(parts: &[&[u8]], garbage: usize) -> Vec<u8> {
    let end = parts.concat();
    [&[0, 1], [0xff; 8].as_slice(), &[0], &end, &vec![0x5a; garbage]].concat()
}

#[test]
fn fact_52_only_the_exact_block_of_pkcs1_verifies() {
    let mut certificate = base(Purpose::Signature);
    let signed = certificate.at(&[0]).encode();
    let digest = Sha256::digest(&signed);
    let fits = OCTETS - 11 - SHA256.len() - digest.len();
    let table: Vec<(&str, Vec<u8>, bool)> = vec![
        ("the exact block", block(1, 0xff, &[SHA256, &digest]), true),
        ("garbage after the digest", block(1, 0xff, &[SHA256, &digest, b"\x00"]), false),
        ("short padding and garbage", shortened_padding(&[SHA256, &digest], fits), false),
        ("DigestInfo without NULL", block(1, 0xff, &[SHA256_WITHOUT_NULL, &digest]), false),
        ("DigestInfo with a long length", block(1, 0xff, &[SHA256_LONG_LENGTH, &digest]), false),
        ("DigestInfo of SHA-512", block(1, 0xff, &[SHA512_NAMED, &digest]), false),
        ("the bare digest", block(1, 0xff, &[&digest]), false),
        ("block type 2", block(2, 0xff, &[SHA256, &digest]), false),
        ("block type 0", block(0, 0xff, &[SHA256, &digest]), false),
        ("padding of other octets", block(1, 0xfe, &[SHA256, &digest]), false),
        ("another digest", block(1, 0xff, &[SHA256, &[7; 32]]), false),
    ];
    for (name, block, accepted) in table {
        let signature = raise(&block);
        let key = certificate_key();
        let verified = RsaVerifier.verify(Algorithm::RsaPkcs1Sha256, &key, &signed, &signature);
        assert_eq!(verified.is_ok(), accepted, "{name}");
        certificate.at(&[2]).content = [vec![0], signature].concat();
        let setting = crate::cases::usual(Purpose::Signature);
        assert_eq!(verdicts(&setting, &certificate.encode()), [accepted; 2], "{name}");
    }
}

fn verdicts(setting: &Setting, certificate: &[u8]) -> [bool; 2] {
    [judges::shomei(setting, certificate).is_ok(), judges::openssl(setting, &[certificate])[0].is_ok()]
}

fn certificate_key() -> Vec<u8> {
    let authority = lab().authority(Kind::Signature);
    shomei_pki::Authority::parse(&authority).unwrap().certificate().public_key().to_vec()
}

#[test]
fn fact_52_signatures_of_other_lengths_do_not_verify() {
    let certificate = base(Purpose::Signature);
    let signed = certificate.children[0].encode();
    let signature = &certificate.children[2].content[1..];
    let longer = [&[0], signature].concat();
    let key = certificate_key();
    let verify = |signature: &[u8]| RsaVerifier.verify(Algorithm::RsaPkcs1Sha256, &key, &signed, signature);
    assert!(verify(signature).is_ok());
    for wrong in [&signature[1..], &signature[..255], &longer, b"", &[0; 256], &[0xff; 256]] {
        assert!(verify(wrong).is_err(), "{} octets", wrong.len());
    }
}
