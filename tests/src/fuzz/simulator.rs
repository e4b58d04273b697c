//! Commands to the virtual card: whatever they are, they get an answer, and no counter falls by itself.

use shomei_virtual_card::{Reference, VirtualCard};

use super::operations::new_card;

/// Longest answer: 65,536 bytes and a status word.
const MAX_ANSWER: usize = 65_538;

/// A conversation: each command is preceded by its length in one byte. The first byte chooses the card's profile.
pub fn commands(data: &[u8]) {
    let Some((profile, mut rest)) = data.split_first() else { return };
    let mut card = new_card(*profile);
    while let Some((length, after)) = rest.split_first() {
        let (command, after) = after.split_at(usize::from(*length).min(after.len()));
        rest = after;
        let before = left(&card);
        let answer = card.respond(command);
        assert!((2..=MAX_ANSWER).contains(&answer.len()));
        let is_verify = command.get(1) == Some(&0x20);
        let fell = left(&card).into_iter().zip(before).any(|(now, before)| now < before);
        assert!(!fell || is_verify, "a counter fell by {:02X?}", command.get(..2));
        let signed = command.get(..2) == Some(&[0x80, 0x2A]) && answer.len() == 258;
        assert!(!signed || is_open(&card), "a signature without a password");
    }
}

fn left(card: &VirtualCard) -> [u8; 3] {
    Reference::ALL.map(|reference| card.standing(reference).map_or(0, |standing| standing.left))
}

fn is_open(card: &VirtualCard) -> bool {
    Reference::ALL.iter().any(|reference| card.standing(*reference).is_some_and(|standing| standing.open))
}
