//! Facts 5 to 14: what can be read, and how.

use proptest::prelude::*;
use shomei_virtual_card::{Profile, VirtualCard};

use crate::conversation::{card, contents, contents_with, converse, data, play, play_as};

#[test]
fn fact_05_the_authentication_certificate_of_a_plastic_card_is_free() {
    play("jpki 9000", &[("no PIN", "certificate 9000, read 256+9000")]);
}

#[test]
fn fact_06_that_of_a_telephone_asks_for_its_pin() {
    let cases = [
        ("none", "certificate 9000, read 6982"),
        ("the other password", "password 9000, ABC123 9000, certificate 9000, read 6982"),
        ("its own", "pin 9000, 1234 9000, certificate 9000, read 256+9000"),
    ];
    play_as(Profile::Android.behaviour(), "jpki 9000", &cases);
}

#[test]
fn fact_07_the_signature_certificate_asks_for_the_signature_password() {
    let cases = [
        ("nothing", "signature-certificate 9000, read 6982"),
        ("the PIN", "pin 9000, 1234 9000, signature-certificate 9000, read 6982"),
        ("its password", "password 9000, ABC123 9000, signature-certificate 9000, read 256+9000"),
    ];
    play("jpki 9000", &cases);
}

#[test]
fn fact_08_the_authorities_certificates_are_free() {
    let cases = [
        ("for signatures", "signature-ca 9000, read 256+9000"),
        ("for authentication", "ca 9000, read 256+9000"),
    ];
    play("jpki 9000", &cases);
}

#[test]
fn fact_09_the_last_chunk_is_shorter_without_an_error() {
    let cases = [
        ("as much as fits", "read 256+9000"),
        ("four bytes", "00B0000004 4+9000"),
        ("the last byte, 256 asked for", "00B009FF00 1+9000"),
        ("all there is, by an extended Le", "00B00000000000 2560+9000"),
        ("more than a short Le could ask for", "00B00000000200 512+9000"),
        ("nothing asked for", "00B00000 6700"),
    ];
    play("jpki 9000, certificate 9000", &cases);
}

#[test]
fn fact_10_behind_the_end_there_is_no_offset() {
    let cases = [("right behind", "00B00A0000 6B00"), ("far behind", "00B07FFF00 6B00")];
    play("jpki 9000, certificate 9000", &cases);
}

#[test]
fn fact_11_offsets_have_15_bits_and_the_16th_names_a_file() {
    const LARGER_THAN_ANY_OFFSET: usize = 0x8100;
    let mut card = VirtualCard::new(contents_with(LARGER_THAN_ANY_OFFSET));
    converse(&mut card, "jpki 9000, certificate 9000, 00B07FFF00 256+9000");
    let cases = [
        ("another file", "00B0860000 160+9000"),
        ("it is current then", "00B0860000 160+9000, 00B0009F00 1+9000, 00B000A000 6B00"),
        ("with an offset of eight bits", "00B08A8010 16+9000"),
        ("nobody's", "00B0830000 6A82"),
        ("none", "00B0800000 6A86"),
    ];
    play("jpki 9000, certificate 9000", &cases);
}

#[test]
fn fact_12_what_the_certificate_leaves_of_its_file_is_filler() {
    for size in [1, 255, 256, 257, 512, 600, 2560] {
        let mut card = VirtualCard::new(contents_with(size));
        converse(&mut card, "jpki 9000, certificate 9000");
        let file = data(&mut card, "00B00000000000");
        let (certificate, filler) = file.split_at(size);
        assert_eq!((file.len(), certificate), (2560, vec![0xB0; size].as_slice()), "{size}");
        assert!(filler.iter().all(|byte| *byte == 0xFF), "{size}");
    }
}

#[test]
fn fact_13_the_token_says_in_160_bytes_what_it_is() {
    let cases = [(Profile::Plastic, "JPKIAPICCTOKEN2"), (Profile::Android, "JPKIAPGPSETOKEN")];
    for (profile, label) in cases {
        let mut card = VirtualCard::with_behaviour(contents(), profile.behaviour());
        converse(&mut card, "jpki 9000, token 9000");
        let information = data(&mut card, "read");
        assert_eq!(information.len(), 160);
        assert_eq!(information[..32], *format!("{label:32}").as_bytes());
        assert_eq!(information[144..], [b'9'; 16]);
    }
}

#[test]
fn fact_14_the_card_says_which_certificates_it_has() {
    play("jpki 9000, availability 9000", &[("both", "read =8F8F00+9000")]);
    let cases = [
        ("it says so", "availability 9000, read =008F00+9000"),
        ("no password", "password 6A82, 0020009B 6A82"),
        ("no certificate", "signature-certificate 6A82, signature-ca 6A82"),
        ("no key", "signature-key 6A82, 802A009A016100 6A82"),
        ("the other half works", "pin 9000, 1234 9000, key 9000, sign 256+9000"),
    ];
    play_as(Profile::NoSignatureCertificate.behaviour(), "jpki 9000", &cases);
    let mut childs = VirtualCard::new(shomei_virtual_card::Contents { signature: None, ..contents() });
    converse(&mut childs, "jpki 9000, availability 9000, read =008F00+9000, password 6A82");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn a_file_read_in_any_chunks_is_the_file(size in 1_u8..=255) {
        let mut card = card();
        converse(&mut card, "jpki 9000, certificate 9000");
        let whole = data(&mut card, "00B00000000000");
        let mut read = Vec::new();
        loop {
            let [high, low] = u16::try_from(read.len()).unwrap().to_be_bytes();
            let answer = card.respond(&[0x00, 0xB0, high, low, size]);
            let (data, status) = answer.split_at(answer.len() - 2);
            read.extend_from_slice(data);
            if status != [0x90, 0x00] {
                prop_assert_eq!(status, [0x6B, 0x00]);
                break;
            }
        }
        prop_assert_eq!(read, whole);
    }
}
