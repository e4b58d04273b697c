//! Facts 1 to 4 and 33 to 36: what is current, what closes, which commands there are.

use shomei_virtual_card::{Behaviour, VirtualCard};

use crate::conversation::{bytes, card, contents, converse, play};

#[test]
fn fact_01_the_jpki_application_is_selected_by_name_without_data() {
    play("jpki 9000", &[("again", "jpki 9000"), ("and a file of it", "certificate 9000")]);
}

#[test]
fn fact_02_an_unknown_name_leaves_everything_as_it_is() {
    let cases = [
        ("the application", "unknown 6A82, certificate 9000"),
        ("the file", "certificate 9000, unknown 6A82, read 256+9000"),
        ("what is open", "password 9000, ABC123 9000, unknown 6A82, 00A4040C0100 6A82, query 9000"),
    ];
    play("jpki 9000", &cases);
}

#[test]
fn fact_03_a_file_is_selected_by_its_identifier() {
    let cases = [
        ("one that is there", "jpki 9000, certificate 9000"),
        (
            "one that is not keeps the current one",
            "jpki 9000, certificate 9000, 00A4020C020FFF 6A82, read 256+9000",
        ),
        ("one of an application that is not selected", "jpki 9000, forms-pin 6A82"),
    ];
    play("certificate 6A82", &cases);
}

#[test]
fn fact_04_without_a_current_file_there_is_nothing_to_work_on() {
    let cases = [
        ("reading", "read 6986"),
        ("asking", "query 6986"),
        ("a try", "1234 6986"),
        ("signing", "sign 6986"),
        ("reading, after another selection of the application", "certificate 9000, jpki 9000, read 6986"),
    ];
    play("jpki 9000", &cases);
}

#[test]
fn fact_33_only_another_application_or_loss_of_power_closes() {
    let default = Behaviour::default();
    let closing = Behaviour { reset_closes: true, ..default };
    let reselecting = Behaviour { reselect_closes: true, ..default };
    type Act = fn(&mut VirtualCard);
    let cases: [(&str, Behaviour, Act, &str); 10] = [
        ("nothing", default, |_| {}, "9000"),
        ("the same application again", default, |card| converse(card, "jpki 9000"), "9000"),
        ("the same on a card that closes then", reselecting, |card| converse(card, "jpki 9000"), "63C5"),
        ("an unknown application", default, |card| converse(card, "unknown 6A82"), "9000"),
        ("a reset", default, |card| _ = card.reset(), "9000"),
        ("a reset of a card that closes then", closing, |card| _ = card.reset(), "63C5"),
        ("another application", default, |card| converse(card, "input-support 9000"), "63C5"),
        (
            "another application after a reset",
            default,
            |card| {
                card.reset();
                converse(card, "common 9000");
            },
            "63C5",
        ),
        ("the issuer's", default, |card| converse(card, "00A4040C07A0000001510000 9000"), "63C5"),
        ("power off and on", default, |card| _ = card.power_on(), "63C5"),
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
fn fact_33_what_the_input_support_application_opened_closes_likewise() {
    let cases = [
        ("the same again", "input-support 9000, attributes 9000, read 80+9000"),
        ("another", "jpki 9000, input-support 9000, attributes 9000, read 6982"),
        ("both PINs are apart", "jpki 9000, pin 9000, query 63C3"),
    ];
    play("input-support 9000, forms-pin 9000, 1234 9000", &cases);
}

#[test]
fn fact_33_a_reset_deselects_and_counters_survive_the_power() {
    let mut card = card();
    converse(&mut card, "jpki 9000, pin 9000, 9999 63C2");
    card.reset();
    converse(&mut card, "query 6986, pin 6A82");
    card.power_off();
    card.power_on();
    converse(&mut card, "jpki 9000, pin 9000, query 63C2");
}

#[test]
fn fact_34_there_are_no_channels_and_no_secure_messaging() {
    let cases = [
        ("channel 1", "01A4040C0AD392F000260100000001 6881"),
        ("channel 2", "02B0000000 6881"),
        ("channel 3", "03200080 6881"),
        ("a channel of the further coding", "41200080 6881"),
        ("a secured SELECT", "08A4040C0AD392F000260100000001 6882"),
        ("a secured READ BINARY", "0CB0000000 69FC"),
        ("a secured VERIFY", "0C200080 69FC"),
    ];
    play("jpki 9000", &cases);
}

#[test]
fn fact_35_what_the_card_does_not_know_it_says_so() {
    let cases = [
        ("a chained command", "10200080 6E00"),
        ("a proprietary class that is not 80", "90200080 6E00"),
        ("class FF", "FFCA000000 6E00"),
        ("GET DATA", "00CA5F5100 6D00"),
        ("MANAGE SECURITY ENVIRONMENT", "00220000 6D00"),
        ("GET RESPONSE", "00C0000000 6D00"),
        ("a signature without the proprietary class", "002A0080010000 6D00"),
        ("SET SESSION KEY", "80AE0000 6D00"),
    ];
    play("jpki 9000", &cases);
}

#[test]
fn fact_36_challenges_have_the_length_asked_for_and_differ() {
    let mut card = card();
    for size in 1..=255 {
        converse(&mut card, &format!("00840000{size:02X} {size}+9000"));
    }
    converse(&mut card, "0084000000 256+9000, 00840000000010 6985, 00840000 6700, 0084010008 6A86");
    let [one, other] = [(); 2].map(|()| card.respond(&bytes("0084000010")));
    assert_ne!(one, other);
}

#[test]
fn commands_that_do_not_fit_get_the_word_that_says_why() {
    let cases = [
        ("one byte", "00 6700"),
        ("less data than Lc says", "00A4040C0AD392 6700"),
        ("SELECT by path", "00A4090C020001 6A86"),
        ("a file identifier of one byte", "00A4020C0100 6700"),
        ("VERIFY with P1 = 01", "00200180 6A86"),
        ("VERIFY with P2 = 00", "00200000 6A86"),
        ("VERIFY of a certificate", "certificate 9000, query 6981"),
        ("READ BINARY with P1 = C0", "00B0C00000 6A86"),
        ("READ BINARY of a key", "key 9000, read 6981"),
        ("READ BINARY of a PIN", "pin 9000, 1234 9000, read 6981"),
        ("READ RECORD of a certificate", "certificate 9000, 00B2010400 6981"),
        ("CHANGE REFERENCE DATA with both values", "002400800431323334 6A86"),
        ("a signature with a PIN", "pin 9000, sign 6981"),
    ];
    play("jpki 9000", &cases);
}

#[test]
fn the_master_file_cannot_be_selected_and_control_information_comes_with_p2_00() {
    let cases = [
        ("after a reset", "00A40000 6A86, 00A4000C023F00 6A82"),
        ("a 9000 that means nothing", "jpki 9000, 00A40000 9000, 00A4000C023F00 6A82"),
        (
            "the name of what was selected",
            "00A404000AD392F00026010000000100 =6F0C840AD392F000260100000001+9000",
        ),
    ];
    play("unknown 6A82", &cases);
}
