//! Whatever is sent, the card answers, and its rules hold.

use std::sync::LazyLock;

use proptest::prelude::*;
use shomei_virtual_card::{Behaviour, Contents, Profile, Reference, Standing, VirtualCard};

use crate::conversation::{contents, word};

static CONTENTS: LazyLock<Contents> = LazyLock::new(contents);

/// What a client, or somebody trying things, might send.
const PLAUSIBLE: [&str; 30] = [
    "jpki",
    "input-support",
    "common",
    "unknown",
    "certificate",
    "signature-certificate",
    "attributes",
    "key",
    "pin",
    "signature-key",
    "password",
    "forms-pin",
    "read",
    "query",
    "ABC123",
    "XXXXXX",
    "1234",
    "9999",
    "sign",
    "0020009B06414243313233",
    "0020009B06585858585858",
    "002000980431323334",
    "002000980439393939",
    "00240180043132333400",
    "802A0097016100",
    "802A009A016100",
    "00C0000000",
    "0C200080",
    "80540080",
    "00A40000",
];

fn behaviour() -> impl Strategy<Value = Behaviour> {
    prop::sample::select(Profile::NAMED.map(|(_, profile)| profile.behaviour()).to_vec())
}

fn standings(card: &VirtualCard) -> Vec<Standing> {
    Reference::ALL.into_iter().filter_map(|reference| card.standing(reference)).collect()
}

/// A step may lower a counter only by a wrong try, and by one.
fn counted(before: &Standing, after: &Standing) -> bool {
    let wrong = after.wrong - before.wrong;
    let right = after.right - before.right;
    match (wrong, right) {
        (0, 0) => after.left == before.left && (before.open || !after.open),
        (1, 0) => after.left + 1 == before.left && !after.open,
        (0, 1) => before.left > 0 && after.left >= before.left && after.open,
        _ => false,
    }
}

proptest! {
    #[test]
    fn any_bytes_get_an_answer_with_a_status_word(
        behaviour in behaviour(),
        command in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        let mut card = VirtualCard::with_behaviour(CONTENTS.clone(), behaviour);
        card.respond(&word("jpki"));
        let size = card.respond(&command).len();
        prop_assert!((2..=65_538).contains(&size), "{size}");
    }

    #[test]
    fn any_header_that_the_card_might_know_gets_an_answer(
        behaviour in behaviour(),
        application in prop::sample::select(vec!["jpki", "input-support", "common"]),
        class in prop::sample::select(vec![0x00_u8, 0x80]),
        instruction in prop::sample::select(vec![0xA4_u8, 0xB0, 0xB2, 0x20, 0x24, 0x84, 0x2A, 0xC0, 0x54]),
        parameters in any::<[u8; 2]>(),
        rest in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let mut card = VirtualCard::with_behaviour(CONTENTS.clone(), behaviour);
        card.respond(&word(application));
        let command = [&[class, instruction], parameters.as_slice(), &rest].concat();
        prop_assert!((2..=65_538).contains(&card.respond(&command).len()));
    }

    #[test]
    fn counters_fall_only_with_wrong_tries_and_keys_work_only_behind_them(
        behaviour in behaviour(),
        commands in prop::collection::vec(prop::sample::select(PLAUSIBLE.to_vec()), 1..60),
    ) {
        let mut card = VirtualCard::with_behaviour(CONTENTS.clone(), behaviour);
        for command in commands {
            let before = standings(&card);
            let answer = card.respond(&word(command));
            let after = standings(&card);
            prop_assert!(before.iter().zip(&after).all(|(before, after)| counted(before, after)), "{command}");
            let signed = answer.len() == 258 && command.starts_with("802A");
            let reference =
                if command.contains("97") { Reference::AuthenticationPin } else { Reference::SignaturePassword };
            prop_assert!(!signed || card.standing(reference).is_some_and(|standing| standing.open));
        }
    }
}
