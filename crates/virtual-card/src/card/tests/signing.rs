//! COMPUTE DIGITAL SIGNATURE: who may, over what, and whether anyone else believes the result.

use rsa::{Pkcs1v15Sign, Pss, RsaPublicKey};
use sha2::{Digest, Sha256};

use super::{KEYS, bytes, card, converse};

#[test]
fn keys_sign_only_behind_their_own_password_and_only_what_they_take() {
    let mut card = card();
    converse(
        &mut card,
        "jpki 9000, key 9000, 802A0080016100 6982, pin 9000, 1234 9000, signature-key 9000, \
         802A0080016100 6982, key 9000, 802A0080016100 256+9000, 802A00800161 6700, 802A0080016140 6700, \
         802A0080000001610100 256+9000",
    );
    // P1, bytes of input, answer
    let cases = [
        ("00", 1, "256+9000"),
        ("00", 245, "256+9000"),
        ("00", 246, "6985"),
        ("01", 255, "256+9000"),
        ("02", 31, "6985"),
        ("02", 32, "256+9000"),
        ("02", 33, "6985"),
        ("03", 255, "256+9000"),
        ("04", 31, "6985"),
        ("04", 32, "256+9000"),
        ("05", 1, "256+9000"),
        ("06", 32, "6A86"),
        ("FF", 32, "6A86"),
    ];
    for (p1, size, answer) in cases {
        converse(&mut card, &format!("802A{p1}80{size:02X}{}00 {answer}", "61".repeat(size)));
    }
}

#[test]
fn every_way_of_signing_is_one_that_rsa_knows() {
    let mut card = card();
    converse(&mut card, "jpki 9000, 0020009B06414243313233 9000, 002000980431323334 9000");
    let message = b"a message";
    let digest = Sha256::digest(message);
    let info = [bytes("3031300D060960864801650304020105000420").as_slice(), &digest].concat();
    let mut sign = |p1: u8, p2: u8, input: &[u8]| {
        let size = u8::try_from(input.len()).unwrap();
        let answer = card.respond(&[&[0x80, 0x2A, p1, p2, size], input, &[0x00]].concat());
        answer.strip_suffix(&[0x90, 0x00]).unwrap().to_vec()
    };
    let made = sign(0x00, 0x9A, &info);
    assert_eq!(sign(0x00, 0x9A, &info), made, "deterministic");
    assert_eq!(sign(0x02, 0x9A, &digest), made, "the card makes the DigestInfo");
    assert_eq!(sign(0x03, 0x9A, message), made, "the card hashes");
    assert_eq!(sign(0x01, 0x9A, message), sign(0x00, 0x9A, &digest), "a bare hash");
    let pss = [sign(0x04, 0x9A, &digest), sign(0x05, 0x9A, message)];
    assert_ne!(pss[0], pss[1], "a salt each");
    let other = sign(0x02, 0x97, &digest);

    let [signature, authentication] = KEYS.each_ref().map(RsaPublicKey::from);
    signature.verify(Pkcs1v15Sign::new::<Sha256>(), &digest, &made).unwrap();
    authentication.verify(Pkcs1v15Sign::new::<Sha256>(), &digest, &other).unwrap();
    for one in pss {
        signature.verify(Pss::new::<Sha256>(), &digest, &one).unwrap();
    }
}
