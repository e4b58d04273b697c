//! Facts 22 to 30: COMPUTE DIGITAL SIGNATURE: who may, over what, and whether anyone else believes the result.

use rsa::{Pkcs1v15Sign, Pss, RsaPublicKey};
use sha2::{Digest, Sha256};
use shomei_virtual_card::VirtualCard;

use crate::conversation::{KEYS, bytes, card, converse, play};

const MESSAGE: &[u8] = b"a message";

/// A card with both keys open.
fn open() -> VirtualCard {
    let mut card = card();
    converse(&mut card, "jpki 9000, 0020009B06414243313233 9000, 002000980431323334 9000");
    card
}

fn sign(card: &mut VirtualCard, p1: u8, p2: u8, input: &[u8]) -> Vec<u8> {
    let size = u8::try_from(input.len()).unwrap();
    let answer = card.respond(&[&[0x80, 0x2A, p1, p2, size], input, &[0x00]].concat());
    answer.strip_suffix(&[0x90, 0x00]).unwrap().to_vec()
}

fn digest() -> Vec<u8> {
    Sha256::digest(MESSAGE).to_vec()
}

fn digest_info() -> Vec<u8> {
    [bytes("3031300D060960864801650304020105000420"), digest()].concat()
}

/// The public keys: signature, authentication.
fn public() -> [RsaPublicKey; 2] {
    KEYS.each_ref().map(RsaPublicKey::from)
}

/// Inputs of these sizes get these answers.
fn take(p1: &str, sizes: &[(usize, &str)]) {
    let mut card = open();
    for (size, answer) in sizes {
        converse(&mut card, &format!("802A{p1}9A{size:02X}{}00 {answer}", "61".repeat(*size)));
    }
}

#[test]
fn fact_22_a_key_signs_only_behind_its_own_password() {
    let cases = [
        ("nothing", "key 9000, sign 6982"),
        ("the PIN", "pin 9000, 1234 9000, key 9000, sign 256+9000"),
        ("the other one", "password 9000, ABC123 9000, key 9000, sign 6982"),
        ("not without Le", "pin 9000, 1234 9000, key 9000, 802A00800161 6700"),
        ("not with too small an Le", "pin 9000, 1234 9000, key 9000, 802A0080016140 6700"),
        ("with an extended Le", "pin 9000, 1234 9000, key 9000, 802A0080000001610100 256+9000"),
    ];
    play("jpki 9000", &cases);
}

#[test]
fn fact_23_the_pin_does_not_open_the_signature_key() {
    let cases = [
        ("the PIN", "pin 9000, 1234 9000, signature-key 9000, sign 6982"),
        ("its password", "password 9000, ABC123 9000, signature-key 9000, sign 256+9000"),
    ];
    play("jpki 9000", &cases);
}

#[test]
fn fact_24_a_digest_info_makes_sha256_with_rsa_twice_the_same() {
    let mut card = open();
    let made = sign(&mut card, 0x00, 0x9A, &digest_info());
    assert_eq!(sign(&mut card, 0x00, 0x9A, &digest_info()), made);
    public()[0].verify(Pkcs1v15Sign::new::<Sha256>(), &digest(), &made).unwrap();
}

#[test]
fn fact_25_padding_takes_1_to_245_bytes() {
    take("00", &[(1, "256+9000"), (245, "256+9000"), (246, "6985")]);
    converse(&mut open(), "802A009A00 6985");
}

#[test]
fn fact_26_the_card_makes_the_digest_info_of_32_bytes() {
    take("02", &[(31, "6985"), (32, "256+9000"), (33, "6985")]);
    let mut card = open();
    assert_eq!(sign(&mut card, 0x02, 0x9A, &digest()), sign(&mut card, 0x00, 0x9A, &digest_info()));
}

#[test]
fn fact_27_the_card_hashes_a_message_of_255_bytes_at_most() {
    take("03", &[(1, "256+9000"), (255, "256+9000")]);
    take("01", &[(1, "256+9000"), (255, "256+9000")]);
    let mut card = open();
    assert_eq!(sign(&mut card, 0x03, 0x9A, MESSAGE), sign(&mut card, 0x02, 0x9A, &digest()));
    assert_eq!(sign(&mut card, 0x01, 0x9A, MESSAGE), sign(&mut card, 0x00, 0x9A, &digest()), "a bare hash");
}

#[test]
fn fact_28_pss_has_a_salt_each() {
    take("04", &[(31, "6985"), (32, "256+9000"), (33, "6985")]);
    take("05", &[(1, "256+9000"), (255, "256+9000")]);
    let mut card = open();
    let made = [
        sign(&mut card, 0x04, 0x9A, &digest()),
        sign(&mut card, 0x04, 0x9A, &digest()),
        sign(&mut card, 0x05, 0x9A, MESSAGE),
    ];
    assert!(made[0] != made[1] && made[1] != made[2]);
    for signature in made {
        public()[0].verify(Pss::new::<Sha256>(), &digest(), &signature).unwrap();
    }
}

#[test]
fn fact_29_there_is_no_other_way_of_signing() {
    for p1 in 0x06..=0xFF_u8 {
        take(&format!("{p1:02X}"), &[(32, "6A86")]);
    }
}

#[test]
fn fact_30_p2_names_a_key_without_select() {
    let mut card = open();
    for (p2, public) in [0x9A, 0x97].into_iter().zip(public()) {
        let made = sign(&mut card, 0x00, p2, &digest_info());
        public.verify(Pkcs1v15Sign::new::<Sha256>(), &digest(), &made).unwrap();
    }
    converse(&mut card, "802A009B016100 6981, 802A0094016100 6A82, 802A009F016100 6A86");
}
