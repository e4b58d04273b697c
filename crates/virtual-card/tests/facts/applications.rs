//! Facts 39 to 41: the other applications, and the answer to reset.

use sha2::{Digest, Sha256};
use shomei_virtual_card::{ATR, BasicFourItems, Contents, InputSupport, Profile, VirtualCard};

use crate::conversation::{card, contents, converse, data, play};

/// EF 0002 and EF 0003 as read off a test card of the public service; see NOTICE.
const ATTRIBUTES: &[u8] = include_bytes!("../data/text-0002.bin");
const INTEGRITY: &[u8] = include_bytes!("../data/text-0003.bin");

fn open(input_support: InputSupport) -> VirtualCard {
    let mut card = VirtualCard::new(Contents { input_support: Some(input_support), ..contents() });
    converse(&mut card, "input-support 9000, 002000910431323334 9000");
    card
}

#[test]
fn fact_39_the_files_of_the_input_support_application_ask_for_its_pin() {
    let cases = [
        ("none", "number 9000, read 6982, attributes 9000, read 6982, integrity 9000, read 6982"),
        ("three tries", "forms-pin 9000, 9999 63C2, 9999 63C1, 9999 63C0, 1234 6984"),
        ("its PIN", "forms-pin 9000, 1234 9000, number 9000, read 17+9000"),
        ("by short identifiers", "002000910431323334 9000, 00B0820000 80+9000, 00B0830000 256+9000"),
        ("the PIN is not for reading", "forms-pin 9000, 1234 9000, read 6981"),
        ("there is no key", "forms-pin 9000, 1234 9000, sign 6981, key 6A82"),
    ];
    play("input-support 9000", &cases);
}

#[test]
fn fact_39_the_number_is_nobodys() {
    let mut card = open(InputSupport::new(&crate::conversation::ITEMS, "1234"));
    converse(&mut card, "number 9000");
    let file = data(&mut card, "read");
    let digits: Vec<u32> = file[3..15].iter().map(|digit| u32::from(digit - b'0')).collect();
    assert_eq!((&file[..3], &file[15..]), ([0xFF, 0x10, 0x0C].as_slice(), [0xFF, 0xFF].as_slice()));
    // The check digit as the ordinance on individual numbers (総務省令第85号 第5条, 2014) has it.
    let weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
    let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
    let check = if sum % 11 <= 1 { 0 } else { 11 - sum % 11 };
    assert_ne!(digits[11], check);
}

#[test]
fn fact_39_the_layout_is_that_of_a_test_card_of_the_public_service() {
    let text = |from: usize, to: usize| str::from_utf8(&ATTRIBUTES[from..to]).unwrap();
    let items = BasicFourItems {
        name: text(17, 32),
        address: text(35, 89),
        birth: text(92, 100),
        sex: text(103, 104),
    };
    let mut card = open(InputSupport::new(&items, "1234"));
    converse(&mut card, "attributes 9000");
    assert_eq!(data(&mut card, "read"), ATTRIBUTES);

    converse(&mut card, "number 9000");
    let number = Sha256::digest(data(&mut card, "read"));
    converse(&mut card, "integrity 9000");
    let integrity = data(&mut card, "00B00000000000");
    let is_part_of_the_others = |range: std::ops::Range<usize>| integrity[range.clone()] == INTEGRITY[range];
    assert_eq!(integrity.len(), INTEGRITY.len());
    assert!(is_part_of_the_others(0..8), "FF30, and the header of DF31");
    assert_eq!(integrity[8..40], *number, "the digest of EF 0001");
    assert!(is_part_of_the_others(40..80), "DF32, the digest of EF 0002, and the header of DF33");
}

#[test]
fn fact_39_longer_items_have_longer_headers_and_offsets_that_lead_to_them() {
    for characters in [20, 30, 80, 200] {
        let address = "町".repeat(characters);
        let items = BasicFourItems { address: &address, ..crate::conversation::ITEMS };
        let mut card = open(InputSupport::new(&items, "1234"));
        converse(&mut card, "attributes 9000");
        let file = data(&mut card, "00B00000000000");
        let table = file.windows(3).position(|bytes| bytes == [0xDF, 0x21, 0x08]).unwrap();
        let offsets = file[table + 3..table + 11]
            .chunks(2)
            .map(|pair| usize::from(pair[0]) << 8 | usize::from(pair[1]));
        for (offset, tag) in offsets.zip([0x22, 0x23, 0x24, 0x25]) {
            assert_eq!(file[offset..offset + 2], [0xDF, tag], "{characters}");
        }
    }
}

#[test]
fn fact_39_a_file_of_attributes_may_be_anything() {
    let cases: [&[u8]; 4] = [b"", b"\xFF", b"\xFF\x20\x7F\xDF\x21\x00", &[0x00; 3000]];
    for file in cases {
        let mut card = open(InputSupport::with_attributes_file(file, "1234"));
        converse(&mut card, "attributes 9000");
        let answer = card.respond(&crate::conversation::word("00B00000000000"));
        assert_eq!(answer.strip_suffix(&[0x90, 0x00]).unwrap_or_default(), file);
    }
}

#[test]
fn fact_39_without_contents_the_application_is_there_and_empty() {
    let mut card = VirtualCard::new(Contents { input_support: None, ..contents() });
    converse(&mut card, "input-support 9000, number 6A82, attributes 6A82, integrity 6A82, forms-pin 6A82");
}

#[test]
fn fact_40_the_common_application_has_one_record_and_no_pin() {
    let record = "=011C30303030303030303030303030303131323939393230333531323331+9000";
    let cases = [
        ("by short identifier", format!("00B2010C00 {record}")),
        ("the current file", format!("00A4020C020001 9000, 00B2010400 {record}")),
        ("no current file", "00B2010400 6986".to_owned()),
        ("no second record", "00B2020C00 6A83, 00B2000C00 6A83".to_owned()),
        ("no other way of reading", "00B2010D00 6A86, 00B0810000 6981".to_owned()),
        ("no PIN", "pin 6A82, forms-pin 6A82".to_owned()),
        ("not without Le", "00B2010C 6700".to_owned()),
    ];
    play("common 9000", &cases.each_ref().map(|(what, conversation)| (*what, conversation.as_str())));
}

#[test]
fn fact_40_the_others_can_be_selected_and_are_empty() {
    for name in ["D3921000310001010402", "D3921000310001010401", "A0000001510000"] {
        let select = format!("00A4040C{:02X}{name} 9000", name.len() / 2);
        converse(&mut card(), &format!("{select}, pin 6A82, 00A4020C020001 6A82, 00B2010400 6986"));
    }
}

#[test]
fn fact_41_an_answer_to_reset_carries_its_check_byte() {
    let cases = [
        (Profile::Plastic, 9, true),
        // Eight historical bytes between four bytes and the check byte.
        (Profile::Contactless, 13, true),
        // T=0 alone has no check byte.
        (Profile::T0, 4, false),
    ];
    for (profile, size, checked) in cases {
        let mut card = VirtualCard::with_behaviour(contents(), profile.behaviour());
        let atr = card.atr();
        assert_eq!((atr[0], atr.len()), (0x3B, size));
        assert_eq!(atr[1..].iter().fold(0, |check, byte| check ^ byte) == 0, checked);
        assert_eq!((card.power_on(), card.reset()), (atr, atr));
    }
    assert_eq!(card().atr(), ATR);
}
