//! Signatures of the right key over the right octets with another encoding than EMSA-PKCS1-v1_5 (RFC 8017 §9.2), and
//! numbers that are no signature. A verifier that parses the block, instead of making it and comparing, takes some of them.

use crate::attack::{Attack, Expected, Invalid, Unusable, rows};
use crate::cms::Cms;
use crate::scene::{DIGEST_INFO, block, scene, sha256, sign};
use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA384, SHA512, digest};
use shomei_application::Container;
use shomei_lab::Issued;
use shomei_lab::forging::sign_block;
use shomei_pki::{Algorithm, RsaVerifier, SignatureVerifier as _, SigningCertificate};

/// A name, the 256 octets out of the message, and what has to be said.
type Block = (&'static str, fn(&[u8]) -> Vec<u8>, Expected);
/// Likewise, of the signature itself.
type Value = (&'static str, fn(&[u8]) -> Vec<u8>, Expected);

const NO: Expected = Invalid("signature/signature");

const BLOCKS: &[Block] = rows! {
    "short padding and nothing behind the hash": |m| filled(8, &info(m), &[0; 194]) => NO;
    "short padding and garbage behind the hash": |m| filled(8, &info(m), &[0xa5; 194]) => NO;
    "one octet of padding": |m| filled(1, &info(m), &[0xa5; 201]) => NO;
    "no padding": |m| filled(0, &info(m), &[0xa5; 202]) => NO;
    "one octet behind the hash": |m| filled(201, &info(m), &[0]) => NO;
    "garbage in the parameters": |m| block(&with_parameters(m, &[&[4, 0x82, 0, 170][..], &[0xa5; 170]].concat())) => NO;
    "no parameters": |m| block(&with_parameters(m, b"")) => NO;
    "other parameters": |m| block(&with_parameters(m, b"\x30\x00")) => NO;
    "NULL twice": |m| block(&with_parameters(m, b"\x05\x00\x05\x00")) => NO;
    "NULL with a long length": |m| block(&with_parameters(m, b"\x05\x81\x00")) => NO;
    "the bare hash": |m| block(&sha256(m)) => NO;
    "the hash in an octet string": |m| block(&[b"\x04\x20", &sha256(m)[..]].concat()) => NO;
    "the message in place of its hash": |m| block(&m[..150]) => NO;
    "DigestInfo twice": |m| block(&info(m).repeat(2)) => NO;
    "DigestInfo in a series": |m| block(&[b"\x30\x33", &info(m)[..]].concat()) => NO;
    "DigestInfo with a long length": |m| block(&[b"\x30\x81\x31", &info(m)[2..]].concat()) => NO;
    "DigestInfo with a length without end": |m| block(&[b"\x30\x80", &info(m)[2..], &[0, 0]].concat()) => NO;
    "the algorithm with a long length": |m| block(&[b"\x30\x32\x30\x81\x0d", &info(m)[4..]].concat()) => NO;
    "the hash with a long length": |m| block(&[b"\x30\x32", &info(m)[2..18], b"\x81\x20", &sha256(m)].concat()) => NO;
    "a hash cut short": |m| block(&[b"\x30\x30", &DIGEST_INFO[2..18], b"\x1f", &sha256(m)[..31]].concat()) => NO;
    "a hash with an octet more": |m| block(&[b"\x30\x32", &DIGEST_INFO[2..18], b"\x21", &sha256(m), &[0]].concat()) => NO;
    "the hash twice": |m| block(&[b"\x30\x51", &DIGEST_INFO[2..18], b"\x40", &sha256(m), &sha256(m)].concat()) => NO;
    "the hash of the hash": |m| block(&info(&sha256(m))) => NO;
    "the hash backwards": |m| block(&[DIGEST_INFO, &sha256(m).into_iter().rev().collect::<Vec<_>>()].concat()) => NO;
    "SHA-1": |m| block(&[b"\x30\x21\x30\x09\x06\x05\x2b\x0e\x03\x02\x1a\x05\x00\x04\x14", digest(&SHA1_FOR_LEGACY_USE_ONLY, m).as_ref()].concat()) => NO;
    "SHA-384": |m| block(&[b"\x30\x41\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x02\x05\x00\x04\x30", digest(&SHA384, m).as_ref()].concat()) => NO;
    "SHA-512": |m| block(&[b"\x30\x51\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03\x05\x00\x04\x40", digest(&SHA512, m).as_ref()].concat()) => NO;
    "SHA-256 under the name of SHA-1": |m| block(&[b"\x30\x2d\x30\x09\x06\x05\x2b\x0e\x03\x02\x1a\x05\x00\x04\x20", &sha256(m)[..]].concat()) => NO;
    "SHA-256 under the name of SHA-3": |m| block(&renamed(m, 0x08)) => NO;
    "the name of SHA-256 with an arc too long": |m| block(&[b"\x30\x32\x30\x0e\x06\x0a\x60\x86\x48\x01\x65\x03\x04\x80\x02\x01\x05\x00\x04\x20", &sha256(m)[..]].concat()) => NO;
    "the block of encryption": |m| changed(m, 1, 2) => NO;
    "the block of zeros": |m| [&[0, 0], vec![0; 203].as_slice(), &info(m)].concat() => NO;
    "the first octet 1": |m| changed(m, 0, 1) => NO;
    "padding with another octet at its start": |m| changed(m, 2, 0xfe) => NO;
    "padding with another octet at its end": |m| changed(m, 203, 0xfe) => NO;
    "padding with a zero inside": |m| changed(m, 100, 0) => NO;
    "no zero behind the padding": |m| changed(m, 204, 0xff) => NO;
    "another octet for the zero": |m| changed(m, 204, 1) => NO;
    "two zeros behind the padding": |m| changed(m, 203, 0) => NO;
    "ANSI X9.31": |m| [&[0x6b], vec![0xbb; 220].as_slice(), &[0xba], &sha256(m), &[0x34, 0xcc]].concat() => NO;
    "ISO 9796-2": |m| [&[0x4b], vec![0xbb; 220].as_slice(), &[0xba], &sha256(m), &[0x34, 0xcc]].concat() => NO;
    "RSASSA-PSS": pss => NO;
    "a random-looking block": |m| (0..8).flat_map(|number| sha256(&[m, &[number]].concat())).enumerate().map(|(place, octet)| if place == 0 { 0 } else { octet }).collect() => NO;
};

const VALUES: &[Value] = rows! {
    "0": |_| vec![0; 256] => NO;
    "1": |_| [vec![0; 255].as_slice(), &[1]].concat() => NO;
    "the modulus less the signature": |m| difference(&modulus(), &good(m)) => NO;
    "the modulus less 1": |_| difference(&modulus(), &[vec![0; 255].as_slice(), &[1]].concat()) => NO;
    "the modulus": |_| modulus() => NO;
    "more than the modulus": |_| vec![0xff; 256] => NO;
    "the signature backwards": |m| good(m).into_iter().rev().collect() => NO;
    "the signature with its first bit changed": |m| flipped(m, 0) => NO;
    "the signature with its last bit changed": |m| flipped(m, 255) => NO;
    "the block itself": |m| block(&info(m)) => NO;
    "the signature without its last octet": |m| good(m)[..255].to_vec() => Unusable("signature-length");
    "the signature without its first octet": |m| good(m)[1..].to_vec() => Unusable("signature-length");
    "a zero before the signature": |m| [&[0], &good(m)[..]].concat() => Unusable("signature-length");
    "a zero behind the signature": |m| [&good(m)[..], &[0]].concat() => Unusable("signature-length");
    "the signature twice": |m| good(m).repeat(2) => Unusable("signature-length");
    "nothing": |_| Vec::new() => Unusable("signature-length");
};

pub(crate) fn attacks() -> Vec<Attack> {
    let document = scene().document(Container::Cades);
    let message = Cms::good().signer().message(&document);
    let attack = |name: &str, value: Vec<u8>, expected| {
        let octets = Cms::good().with(|cms| cms.signer().value = Some(value)).encode();
        Attack::new(format!("RSA in CMS: {name}"), "a.p7m", octets, expected)
    };
    let blocks = BLOCKS.iter().map(|(name, make, expected)| attack(name, signed(&make(&message)), *expected));
    let values = VALUES.iter().map(|(name, make, expected)| attack(name, make(&message), *expected));
    blocks.chain(values).collect()
}

/// The verifier of page and host takes none of them either.
#[test]
fn the_portable_verifier_takes_no_other_encoding() {
    let message = b"message of more than two hundred octets ".repeat(8);
    let certificate = SigningCertificate::parse(&scene().holder().certificate).unwrap();
    let takes = |signature: &[u8]| {
        let key = certificate.certificate().public_key();
        RsaVerifier.verify(Algorithm::RsaPkcs1Sha256, key, &message, signature).is_ok()
    };
    assert!(takes(&good(&message)) && takes(&signed(&block(&info(&message)))));
    for (name, make, _) in BLOCKS {
        assert!(!takes(&signed(&make(&message))), "{name}");
    }
    for (name, make, _) in VALUES {
        assert!(!takes(&make(&message)), "{name}");
    }
}

fn signed(block: &[u8]) -> Vec<u8> {
    assert_eq!(block.len(), 256);
    sign_block(scene().holder(), block).unwrap()
}

fn good(message: &[u8]) -> Vec<u8> {
    sign(scene().holder(), message)
}

fn info(message: &[u8]) -> Vec<u8> {
    [DIGEST_INFO, &sha256(message)].concat()
}

/// Padding of this length, DigestInfo, and what fills the block behind it.
fn filled(padding: usize, info: &[u8], behind: &[u8]) -> Vec<u8> {
    [&[0, 1], vec![0xff; padding].as_slice(), &[0], info, behind].concat()
}

/// DigestInfo with other parameters of the algorithm, all lengths right.
fn with_parameters(message: &[u8], parameters: &[u8]) -> Vec<u8> {
    use crate::cms::{SHA256, algorithm, octets, seq};
    seq(&[&algorithm(SHA256, parameters), &octets(&sha256(message))])
}

/// DigestInfo under the name of another hash function of the same arc.
fn renamed(message: &[u8], arc: u8) -> Vec<u8> {
    let mut info = info(message);
    info[14] = arc;
    info
}

/// The good block with one octet changed.
fn changed(message: &[u8], place: usize, octet: u8) -> Vec<u8> {
    let mut block = block(&info(message));
    assert_ne!(block[place], octet);
    block[place] = octet;
    block
}

fn flipped(message: &[u8], place: usize) -> Vec<u8> {
    let mut signature = good(message);
    signature[place] ^= 1;
    signature
}

/// EMSA-PSS (RFC 8017 §9.1.1) with SHA-256, MGF1 and a salt of 32 octets.
fn pss(message: &[u8]) -> Vec<u8> {
    let salt = [7; 32];
    let hash = sha256(&[&[0; 8], &sha256(message)[..], &salt].concat());
    let data = [vec![0; 190].as_slice(), &[1], &salt].concat();
    let mask = (0_u32..7).flat_map(|counter| sha256(&[&hash[..], &counter.to_be_bytes()].concat()));
    let mut masked: Vec<u8> = data.iter().zip(mask).map(|(octet, mask)| octet ^ mask).collect();
    masked[0] &= 0x7f;
    [&masked[..], &hash, &[0xbc]].concat()
}

/// The modulus of the holder's key, out of the certificate.
fn modulus() -> Vec<u8> {
    let certificate = SigningCertificate::parse(&scene().holder().certificate).unwrap();
    let info = certificate.certificate().public_key().to_vec();
    let start = info.windows(5).position(|window| window == b"\x02\x82\x01\x01\x00").unwrap() + 5;
    info[start..start + 256].to_vec()
}

/// One number of 256 octets less a smaller one.
fn difference(from: &[u8], less: &[u8]) -> Vec<u8> {
    let mut borrow = 0_i16;
    let mut digits: Vec<u8> = Vec::new();
    for (one, other) in from.iter().rev().zip(less.iter().rev()) {
        let digit = i16::from(*one) - i16::from(*other) - borrow;
        borrow = i16::from(digit < 0);
        digits.push(u8::try_from(digit + 256 * borrow).unwrap());
    }
    digits.into_iter().rev().collect()
}

/// RSASSA-PSS (RFC 8017 §8.1) by the holder.
pub(crate) fn pss_signature(message: &[u8]) -> Vec<u8> {
    pss_of(scene().holder(), message)
}

/// RSASSA-PSS by any key.
pub(crate) fn pss_of(key: &Issued, message: &[u8]) -> Vec<u8> {
    sign_block(key, &pss(message)).unwrap()
}
