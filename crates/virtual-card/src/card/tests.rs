//! Conversations with the card: what is sent, what comes back.

mod signing;

use std::sync::LazyLock;

use proptest::prelude::*;
use rsa::RsaPrivateKey;
use rsa::pkcs8::EncodePrivateKey;
use rsa::rand_core::OsRng;

use super::*;
use crate::{ATR, Exhausted, OpenQuery, Token};

/// The words of a conversation. Anything else in one is hexadecimal.
const WORDS: [(&str, &str); 19] = [
    ("jpki", "00A4040C0AD392F000260100000001"),
    ("text", "00A4040C0AD3921000310001010408"),
    ("signature-certificate", "00A4020C020001"),
    ("signature-ca", "00A4020C020002"),
    ("token", "00A4020C020006"),
    ("availability", "00A4020C020008"),
    ("certificate", "00A4020C02000A"),
    ("ca", "00A4020C02000B"),
    ("key", "00A4020C020017"),
    ("pin", "00A4020C020018"),
    ("signature-key", "00A4020C02001A"),
    ("password", "00A4020C02001B"),
    ("read", "00B0000000"),
    ("query", "00200080"),
    ("ABC123", "0020008006414243313233"),
    ("abc123", "0020008006616263313233"),
    ("XXXXXX", "0020008006585858585858"),
    ("1234", "002000800431323334"),
    ("9999", "002000800439393939"),
];

static KEYS: LazyLock<[RsaPrivateKey; 2]> =
    LazyLock::new(|| [(); 2].map(|()| RsaPrivateKey::new(&mut OsRng, 2048).unwrap()));

/// Certificates are filled with one byte each: nothing on the card looks inside.
fn contents() -> Contents {
    let [signature, authentication] = &*KEYS;
    let credential = |key: &RsaPrivateKey, byte, secret| {
        let pkcs8 = key.to_pkcs8_der().unwrap();
        Credential::new(&[byte; 600], &[byte + 1; 512], pkcs8.as_bytes(), secret).unwrap()
    };
    Contents {
        signature: Some(credential(signature, 0xA0, "ABC123")),
        authentication: credential(authentication, 0xB0, "1234"),
        input_support: None,
    }
}

fn card() -> VirtualCard {
    VirtualCard::new(contents())
}

fn bytes(hex: &str) -> Vec<u8> {
    let pairs = hex.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

fn word(word: &str) -> Vec<u8> {
    bytes(WORDS.iter().find(|(name, _)| *name == word).map_or(word, |(_, hex)| hex))
}

/// Plays a conversation `COMMAND STATUS, COMMAND SIZE+STATUS, …`: the size is that of the data, 0 if not said.
fn converse(card: &mut VirtualCard, conversation: &str) {
    for step in conversation.split(", ") {
        let (command, expected) = step.trim().split_once(' ').unwrap();
        let (size, status) = expected.split_once('+').unwrap_or(("0", expected));
        let answer = card.respond(&word(command));
        let (data, answered) = answer.split_at(answer.len() - 2);
        assert_eq!(
            (answered, data.len()),
            (bytes(status).as_slice(), size.parse().unwrap()),
            "{step:?} of {conversation:?}"
        );
    }
}

#[test]
fn files_and_applications_are_selected_as_the_standard_says() {
    let cases = [
        ("a known application, then a file of it", "jpki 9000, certificate 9000"),
        (
            "an unknown file keeps the current one",
            "jpki 9000, certificate 9000, 00A4020C020FFF 6A82, read 256+9000",
        ),
        (
            "an unknown application keeps the current one",
            "jpki 9000, 00A4040C06A00000006203 6A82, certificate 9000",
        ),
        ("no file is there before an application is", "certificate 6A82"),
        (
            "no file is current right after the application",
            "jpki 9000, read 6986, query 6986, 802A0080010000 6986",
        ),
        ("the input-support application is there and empty", "text 9000, 00A4020C020002 6A82"),
        ("so is the one for looking at the face", "00A4040C0AD3921000310001010402 9000, pin 6A82"),
        ("so is the one of the register", "00A4040C0AD3921000310001010401 9000, pin 6A82"),
        ("the common one has no PIN", "00A4040C0AD3921000310001010100 9000, pin 6A82"),
        ("so is the issuer's", "00A4040C07A0000001510000 9000, pin 6A82"),
        ("control information comes with P2 = 00", "00A404000AD392F00026010000000100 14+9000"),
        (
            "the master file cannot be selected",
            "00A40000 6A86, 00A4000C023F00 6A82, jpki 9000, 00A40000 9000",
        ),
    ];
    for (what, conversation) in cases {
        println!("{what}");
        converse(&mut card(), conversation);
    }
}

#[test]
fn commands_that_do_not_fit_get_the_word_that_says_why() {
    let cases = [
        ("one byte", "00 6700"),
        ("less data than Lc says", "00A4040C0AD392 6700"),
        ("channel 1", "01A4040C0AD392F000260100000001 6881"),
        ("channel 3", "03200080 6881"),
        ("a secured SELECT", "08A4040C0AD392F000260100000001 6882"),
        ("a secured READ BINARY", "0CB0000000 69FC"),
        ("a secured VERIFY", "0C200080 69FC"),
        ("a chained command", "10200080 6E00"),
        ("a proprietary class that is not 80", "90200080 6E00"),
        ("class FF", "FFCA000000 6E00"),
        ("GET DATA", "00CA5F5100 6D00"),
        ("MANAGE SECURITY ENVIRONMENT", "00220000 6D00"),
        ("GET RESPONSE", "00C0000000 6D00"),
        ("a signature without the proprietary class", "002A0080010000 6D00"),
        ("RESET RETRY", "80540080 6982"),
        ("SELECT by path", "00A4090C020001 6A86"),
        ("a file identifier of one byte", "00A4020C0100 6700"),
        ("VERIFY with P1 = 01", "00200180 6A86"),
        ("VERIFY with P2 = 00", "00200000 6A86"),
        ("READ BINARY with P1 = C0", "00B0C00000 6A86"),
        ("CHANGE REFERENCE DATA with both values", "002400800431323334 6A86"),
        ("GET CHALLENGE with P1 = 01", "0084010008 6A86"),
        ("GET CHALLENGE without Le", "00840000 6700"),
        ("GET CHALLENGE with an extended Le", "00840000000010 6985"),
    ];
    for (what, conversation) in cases {
        println!("{what}");
        let mut card = card();
        converse(&mut card, "jpki 9000");
        converse(&mut card, conversation);
    }
}

#[test]
fn each_file_asks_for_what_its_rule_says() {
    let cases = [
        ("the authority for signatures is free", "signature-ca 9000, read 256+9000"),
        ("so is the token's information", "token 9000, read 160+9000"),
        ("so is what certificates there are", "availability 9000, read 3+9000"),
        ("so is the authentication certificate", "certificate 9000, read 256+9000"),
        ("so is its authority", "ca 9000, read 256+9000"),
        ("the signature certificate is closed", "signature-certificate 9000, read 6982"),
        ("the PIN does not open it", "pin 9000, 1234 9000, signature-certificate 9000, read 6982"),
        ("its password does", "password 9000, ABC123 9000, signature-certificate 9000, read 256+9000"),
        ("keys are not for reading", "key 9000, read 6981"),
        ("passwords are not for reading", "pin 9000, 1234 9000, read 6981"),
        ("certificates are not for verifying", "certificate 9000, query 6981"),
        ("passwords are not for signing", "pin 9000, 802A0080010000 6981"),
    ];
    for (what, conversation) in cases {
        println!("{what}");
        let mut card = card();
        converse(&mut card, "jpki 9000");
        converse(&mut card, conversation);
    }
}

#[test]
fn reading_goes_by_offset_length_and_short_identifier() {
    let cases = [
        ("four bytes", "00B0000004 4+9000"),
        ("without Le", "00B00000 6700"),
        ("the last byte, 256 asked for", "00B009FF00 1+9000"),
        ("right behind the end", "00B00A0000 6B00"),
        ("at the largest offset", "00B07FFF00 6B00"),
        ("all there is, by an extended Le", "00B00000000000 2560+9000"),
        ("more than a short Le could ask for", "00B00000000200 512+9000"),
        ("another file by its short identifier", "00B0860000 160+9000"),
        ("and it is current then", "00B0860000 160+9000, 00B0009F00 1+9000, 00B000A000 6B00"),
        ("with an offset of eight bits", "00B08A8010 16+9000"),
        ("a short identifier that is nobody's", "00B0830000 6A82"),
    ];
    for (what, conversation) in cases {
        println!("{what}");
        let mut card = card();
        converse(&mut card, "jpki 9000, certificate 9000");
        converse(&mut card, conversation);
    }
}

#[test]
fn what_the_certificate_leaves_of_its_file_is_filler() {
    let mut card = card();
    converse(&mut card, "jpki 9000, ca 9000");
    let answer = card.respond(&bytes("00B00000000000"));
    let (certificate, filler) = answer[..answer.len() - 2].split_at(512);
    assert_eq!(certificate, [0xB1; 512]);
    assert!(filler.len() > 256 && filler.iter().all(|byte| *byte == 0xFF));
}

#[test]
fn counters_fall_with_wrong_tries_and_rise_with_a_right_one() {
    let cases = [
        ("asking costs nothing", "pin 9000, query 63C3, query 63C3, password 9000, query 63C5, query 63C5"),
        (
            "the PIN has three tries, then not even the right one counts",
            "pin 9000, 9999 63C2, 9999 63C1, 9999 63C0, 9999 6984, 1234 6984, query 63C0",
        ),
        (
            "the signature password has five, and the PIN its own",
            "password 9000, XXXXXX 63C4, XXXXXX 63C3, XXXXXX 63C2, XXXXXX 63C1, XXXXXX 63C0, ABC123 6984, \
             pin 9000, query 63C3",
        ),
        ("a right one fills the counter", "password 9000, XXXXXX 63C4, ABC123 9000, XXXXXX 63C4"),
        ("letters are not folded, and a fold is a try", "password 9000, abc123 63C4, query 63C4"),
        (
            "seventeen bytes are no try",
            "pin 9000, 00200080113131313131313131313131313131313131 6700, query 63C3",
        ),
        ("sixteen bytes are one", "pin 9000, 002000801031313131313131313131313131313131 63C2"),
        ("one byte is one", "pin 9000, 002000800131 63C2"),
        (
            "a wrong one closes what a right one opened",
            "password 9000, ABC123 9000, query 9000, XXXXXX 63C4, signature-certificate 9000, read 6982",
        ),
    ];
    for (what, conversation) in cases {
        println!("{what}");
        let mut card = card();
        converse(&mut card, "jpki 9000");
        converse(&mut card, conversation);
    }
}

#[test]
fn only_another_application_or_loss_of_power_closes_the_key() {
    let default = Behaviour::default();
    let closing = Behaviour { reset_closes: true, ..default };
    type Act = fn(&mut VirtualCard);
    let cases: [(&str, Behaviour, Act, &str); 7] = [
        ("nothing", default, |_| {}, "9000"),
        ("the same application again", default, |card| converse(card, "jpki 9000"), "9000"),
        ("an unknown application", default, |card| converse(card, "00A4040C0100 6A82"), "9000"),
        ("a reset", default, |card| assert_eq!(card.reset(), ATR), "9000"),
        ("a reset of a card that closes then", closing, |card| assert_eq!(card.reset(), ATR), "63C5"),
        ("another application", default, |card| converse(card, "text 9000"), "63C5"),
        ("power off and on", default, |card| assert_eq!(card.power_on(), ATR), "63C5"),
    ];
    for (what, behaviour, act, status) in cases {
        println!("{what}");
        let mut card = VirtualCard::with_behaviour(contents(), behaviour);
        converse(&mut card, "jpki 9000, password 9000, ABC123 9000");
        act(&mut card);
        converse(&mut card, &format!("jpki 9000, password 9000, query {status}"));
    }
}

#[test]
fn a_reset_deselects_and_counters_survive_the_power() {
    let mut card = card();
    converse(&mut card, "jpki 9000, pin 9000, 9999 63C2");
    card.reset();
    converse(&mut card, "query 6986, pin 6A82");
    card.power_off();
    card.power_on();
    converse(&mut card, "jpki 9000, pin 9000, query 63C2");
}

#[test]
fn the_atr_carries_its_check_byte() {
    assert_eq!(ATR[1..].iter().fold(0, |check, byte| check ^ byte), 0);
}

#[test]
fn a_password_changes_only_while_it_stands_verified() {
    let cases = [
        ("not before", "pin 9000, 002401800435363738 6982, 1234 9000"),
        ("not to nothing", "pin 9000, 1234 9000, 00240180 6700, 1234 9000"),
        (
            "not to 17 bytes",
            "pin 9000, 1234 9000, 00240180113131313131313131313131313131313131 6700, 1234 9000",
        ),
        (
            "then only the new one is right",
            "pin 9000, 1234 9000, 002401800435363738 9000, 1234 63C2, 002000800435363738 9000",
        ),
        ("by short identifier", "0020009B06414243313233 9000, 0024019B065A5A5A393939 9000, ABC123 63C4"),
    ];
    for (what, conversation) in cases {
        println!("{what}");
        let mut card = card();
        converse(&mut card, "jpki 9000");
        converse(&mut card, conversation);
    }
}

#[test]
fn challenges_have_the_length_asked_for_and_differ() {
    let mut card = card();
    converse(&mut card, "0084000001 1+9000, 0084000000 256+9000");
    let [one, other] = [(); 2].map(|()| card.respond(&bytes("0084000010")));
    assert_ne!(one, other);
}

#[test]
fn a_childs_card_has_no_signature_half() {
    let mut card = VirtualCard::new(Contents { signature: None, ..contents() });
    converse(&mut card, "jpki 9000, password 6A82, signature-certificate 6A82, 802A009A016100 6A82");
    converse(&mut card, "pin 9000, 1234 9000, availability 9000");
    assert_eq!(card.respond(&word("read")), bytes("008F009000"));
}

#[test]
fn a_card_may_differ_where_reports_do() {
    let behaviour = Behaviour {
        token: Token::Telephone,
        open_query: OpenQuery::Counter,
        exhausted: Exhausted::Blocked,
        ..Behaviour::default()
    };
    converse(
        &mut VirtualCard::with_behaviour(contents(), behaviour),
        "jpki 9000, certificate 9000, read 6982, pin 9000, 1234 9000, query 63C3, certificate 9000, \
         read 256+9000, pin 9000, 9999 63C2, 9999 63C1, 9999 63C0, 1234 6983",
    );
}

#[test]
fn nothing_secret_is_printed() {
    let printed = format!("{:?} {:?}", card(), contents());
    assert!(printed.contains("REDACTED"));
    for secret in ["ABC123", "1234", "65, 66, 67, 49", "49, 50, 51, 52"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}

proptest! {
    #[test]
    fn any_bytes_get_an_answer_with_a_status_word(command in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut card = card();
        card.respond(&word("jpki"));
        prop_assert!(card.respond(&command).len() >= 2);
    }

    #[test]
    fn a_file_read_in_any_chunks_is_the_file(size in 1_u8..=255) {
        let mut card = card();
        converse(&mut card, "jpki 9000, certificate 9000");
        let mut whole = card.respond(&bytes("00B00000000000"));
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
        whole.truncate(whole.len() - 2);
        prop_assert_eq!(read, whole);
    }
}
