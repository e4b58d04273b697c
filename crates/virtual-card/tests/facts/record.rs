//! The card's own record, and what it keeps without power.

use shomei_virtual_card::{Contents, Profile, Reference, Standing, VirtualCard};

use crate::conversation::{card, contents, converse};

#[test]
fn the_card_counts_what_it_was_told() {
    let fresh = |left| Standing { left, wrong: 0, right: 0, open: false };
    let cases = [
        ("jpki 9000, pin 9000, query 63C3", Reference::AuthenticationPin, fresh(3)),
        ("jpki 9000", Reference::SignaturePassword, fresh(5)),
        (
            "jpki 9000, pin 9000, 9999 63C2, 1234 9000",
            Reference::AuthenticationPin,
            Standing { left: 3, wrong: 1, right: 1, open: true },
        ),
        (
            "jpki 9000, password 9000, ABC123 9000, common 9000",
            Reference::SignaturePassword,
            Standing { left: 5, wrong: 0, right: 1, open: false },
        ),
        (
            "input-support 9000, forms-pin 9000, 9999 63C2, 9999 63C1, 9999 63C0, 9999 6984, 1234 6984",
            Reference::InputSupportPin,
            Standing { left: 0, wrong: 3, right: 0, open: false },
        ),
    ];
    for (conversation, reference, standing) in cases {
        let mut card = card();
        converse(&mut card, conversation);
        assert_eq!(card.standing(reference), Some(standing), "{conversation}");
    }
}

#[test]
fn a_password_that_is_not_there_has_no_standing() {
    let behaviour = Profile::NoSignatureCertificate.behaviour();
    let without = VirtualCard::with_behaviour(Contents { input_support: None, ..contents() }, behaviour);
    let cases = [
        (Reference::SignaturePassword, false),
        (Reference::AuthenticationPin, true),
        (Reference::InputSupportPin, false),
    ];
    for (reference, there) in cases {
        assert_eq!(without.standing(reference).is_some(), there, "{reference:?}");
    }
    assert_eq!(without.state().references.len(), 1);
}

#[test]
fn fact_32_the_card_hears_every_management_command() {
    let heard =
        ["80540080", "8032008001FF", "808A0000", "80500000", "80520000", "80A20000", "84540080", "002C0080"];
    let mut card = card();
    converse(&mut card, "jpki 9000, pin 9000, query 63C3, 1234 9000, 002401800435363738 9000");
    assert_eq!(card.administrative(), 0);
    for (before, command) in (0..).zip(heard) {
        card.respond(&crate::conversation::word(command));
        assert_eq!(card.administrative(), before + 1, "{command}");
    }
    converse(&mut card, "80540080 6982, 80FC0000 6700");
}

#[test]
fn the_card_counts_who_looks_for_the_number() {
    let cases = [
        ("jpki 9000, signature-certificate 9000", 0),
        ("common 9000, number 9000", 0),
        ("input-support 9000, attributes 9000, integrity 9000", 0),
        ("input-support 9000, number 9000, read 6982", 1),
        ("input-support 9000, number 9000, 00B0810000 6982", 2),
    ];
    for (conversation, selections) in cases {
        let mut card = card();
        converse(&mut card, conversation);
        assert_eq!(card.individual_number_selected(), selections, "{conversation}");
    }
}

#[test]
fn what_the_card_keeps_is_taken_up_again() {
    let cases = [
        ("a fresh card", "jpki 9000", "pin 9000, query 63C3, 1234 9000, password 9000, ABC123 9000"),
        ("tries", "jpki 9000, pin 9000, 9999 63C2", "pin 9000, query 63C2, password 9000, query 63C5"),
        ("a locked PIN", "jpki 9000, pin 9000, 9999 63C2, 9999 63C1, 9999 63C0", "pin 9000, 1234 6984"),
        (
            "a changed password",
            "jpki 9000, pin 9000, 1234 9000, 002401800435363738 9000",
            "pin 9000, query 63C3, 1234 63C2, 002000800435363738 9000",
        ),
        ("nothing open", "jpki 9000, password 9000, ABC123 9000", "password 9000, query 63C5"),
    ];
    for (what, before, after) in cases {
        println!("{what}");
        let mut first = card();
        converse(&mut first, before);
        let mut second = card();
        second.restore(&first.state());
        assert_eq!(second.state(), first.state());
        converse(&mut second, &format!("jpki 9000, {after}"));
    }
}

#[test]
fn a_state_of_another_card_does_no_harm() {
    let mut first = card();
    converse(&mut first, "jpki 9000, password 9000, XXXXXX 63C4");
    let mut state = first.state();
    state.references[0].left = 200;
    let mut without = VirtualCard::with_behaviour(contents(), Profile::NoSignatureCertificate.behaviour());
    without.restore(&state);
    assert_eq!(without.standing(Reference::SignaturePassword), None);
    first.restore(&state);
    assert_eq!(first.standing(Reference::SignaturePassword).unwrap().left, 5);
}

#[test]
fn nothing_secret_is_printed() {
    let mut changed = card();
    converse(&mut changed, "jpki 9000, password 9000, ABC123 9000, 0024018006414243313233 9000");
    let printed = format!("{changed:?} {:?} {:?}", contents(), changed.state());
    assert!(printed.contains("REDACTED"));
    let digest = format!("{:?}", changed.state().references[0].changed.unwrap().digest);
    for secret in ["ABC123", "1234", "65, 66, 67, 49", "49, 50, 51, 52", digest.trim_matches(['[', ']'])] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
