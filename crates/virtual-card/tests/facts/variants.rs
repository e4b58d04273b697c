//! Where cards, readers or reports differ: every switch and every profile, turned.

use shomei_virtual_card::{
    Behaviour, Exhausted, ForeignClass, Interface, MasterFile, OpenQuery, PastTheEnd, Profile, Token,
    VirtualCard,
};

use crate::conversation::{contents, converse, play_as};

/// A reading of the authentication certificate's 2,560 bytes in T=0.
const T0_READING: &str =
    "certificate 9000, read 256+9000, 00B00A0000 6B00, 00B009F000 6C10, 00B009F010 16+9000";

#[test]
fn every_switch_turns_its_answer() {
    let plastic = Behaviour::default();
    let cases: [(&str, Behaviour, &str); 16] = [
        (
            "a telephone",
            Behaviour { token: Token::Telephone, ..plastic },
            "certificate 9000, read 6982, pin 9000, 1234 9000, certificate 9000, read 256+9000",
        ),
        ("no signature half", Behaviour { no_signature: true, ..plastic }, "password 6A82"),
        ("T=0", Behaviour { interface: Interface::T0, ..plastic }, T0_READING),
        (
            "short lengths only",
            Behaviour { no_extended: true, ..plastic },
            "certificate 9000, 00B00000000000 6700, read 256+9000",
        ),
        (
            "the counter of an open password",
            Behaviour { open_query: OpenQuery::Counter, ..plastic },
            "pin 9000, 1234 9000, query 63C3",
        ),
        (
            "the word of the standard for blocked",
            Behaviour { exhausted: Exhausted::Blocked, ..plastic },
            "pin 9000, 9999 63C2, 9999 63C1, 9999 63C0, 1234 6983, query 63C0",
        ),
        (
            "no short identifiers",
            Behaviour { no_short_identifiers: true, ..plastic },
            "00B08A0000 6A86, 00200098 6A86, 802A0097016100 6A86, common 9000, 00B2010C00 6A86",
        ),
        (
            "padding alone",
            Behaviour { padding_only: true, ..plastic },
            "pin 9000, 1234 9000, key 9000, sign 256+9000, 802A0180016100 6A86, 802A0380016100 6A86",
        ),
        (
            "no control information",
            Behaviour { no_control_information: true, ..plastic },
            "00A404000AD392F00026010000000100 6A86",
        ),
        ("no EF 0008", Behaviour { no_availability: true, ..plastic }, "availability 6A82"),
        ("no challenges", Behaviour { no_challenge: true, ..plastic }, "0084000008 6D00"),
        (
            "the standard's words for classes",
            Behaviour { foreign_class: ForeignClass::Iso, ..plastic },
            "01B0000000 6881, 08B0000000 6882, 08A40000 6882",
        ),
        (
            "an unknown class",
            Behaviour { foreign_class: ForeignClass::Unknown, ..plastic },
            "01B0000000 6E00, 08B0000000 6E00, 08A40000 6E00",
        ),
        (
            "no master file",
            Behaviour { master_file: MasterFile::NotFound, ..plastic },
            "00A40000 6A82, 00A4000C023F00 6A82",
        ),
        (
            "nothing behind the end",
            Behaviour { past_the_end: PastTheEnd::Nothing, ..plastic },
            "certificate 9000, 00B00A0000 9000",
        ),
        (
            "a selection that closes",
            Behaviour { reselect_closes: true, ..plastic },
            "pin 9000, 1234 9000, jpki 9000, pin 9000, query 63C3",
        ),
    ];
    for (what, behaviour, conversation) in cases {
        assert_ne!(behaviour, plastic, "{what}");
        play_as(behaviour, "jpki 9000", &[(what, conversation)]);
    }
}

#[test]
fn fact_37_t0_answers_in_steps() {
    let cases = [
        ("nothing but a status word goes at once", "pin 9000, query 63C3, 1234 9000"),
        ("reading asks for what is there", T0_READING),
        ("less than there is goes at once", "token 9000, 00B0000004 4+9000, read 6CA0, 00B00000A0 160+9000"),
        (
            "a signature waits",
            "pin 9000, 1234 9000, key 9000, sign 6100, 00C0000000 256+9000, 00C0000000 6985",
        ),
        (
            "it can be fetched in parts",
            "pin 9000, 1234 9000, key 9000, sign 6100, 00C0000080 128+6180, 00C00000FF 6C80, \
             00C0000080 128+9000",
        ),
        ("another command drops it", "pin 9000, 1234 9000, key 9000, sign 6100, query 6981, 00C0000000 6985"),
        ("so does control information", "00A404000AD392F00026010000000100 610E, 00C000000E 14+9000"),
        ("lengths of three bytes do not exist", "certificate 9000, 00B00000000000 6700"),
        ("GET RESPONSE has no parameters", "00C0010000 6A86"),
    ];
    play_as(Profile::T0.behaviour(), "jpki 9000", &cases);
}

#[test]
fn a_reset_drops_what_waits() {
    let mut card = VirtualCard::with_behaviour(contents(), Profile::T0.behaviour());
    converse(&mut card, "jpki 9000, pin 9000, 1234 9000, key 9000, sign 6100");
    card.reset();
    converse(&mut card, "00C0000000 6985");
}

#[test]
fn every_profile_has_a_name_and_differs_from_the_others() {
    for (index, (name, profile)) in Profile::NAMED.into_iter().enumerate() {
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'));
        for (other, another) in &Profile::NAMED[index + 1..] {
            assert_ne!(profile.behaviour(), another.behaviour(), "{name} and {other}");
        }
    }
    assert_eq!(Profile::default().behaviour(), Behaviour::default());
}
