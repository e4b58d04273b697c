//! What several readers come to: how each stands, and which of them the resident is told about.

use std::cmp::Reverse;

use super::{Standing, Trouble};

/// How one reader stands, or why nothing can be signed with the card in it.
pub(super) type Found = Result<Standing, Trouble>;

/// What the readers with a card come to. One My Number Card wins over whatever is beside it; of two, neither: the
/// other one may be another person's, also when it is locked.
pub(super) fn overall(readers: impl Iterator<Item = Found> + Clone) -> Found {
    if readers.clone().filter(|found| is_my_number_card(*found)).count() > 1 {
        return Ok(Standing::SeveralCards);
    }
    // Of equals the first, so that the order of the readers decides and not the number of looks.
    readers.min_by_key(|found| Reverse(rank(*found))).unwrap_or(Ok(Standing::NoCard))
}

/// Whether the card itself said that it is a My Number Card.
pub(super) fn is_my_number_card(found: Found) -> bool {
    matches!(found, Ok(Standing::Ready { .. }) | Err(Trouble::Blocked | Trouble::NoCertificate))
}

/// The more, the closer to a signature; where none is possible, the more it helps to be told.
fn rank(found: Found) -> u8 {
    match found {
        // Nothing that was seen before the service stopped holds any more.
        Ok(Standing::NoService) => 6,
        _ if is_my_number_card(found) => 5,
        Ok(Standing::InUse) => 4,
        Ok(Standing::Mute) => 3,
        // Nothing says that this is a My Number Card, and it would end the operation.
        Err(_) => 2,
        Ok(Standing::OtherCard) => 1,
        Ok(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, overall};
    use crate::card::{Standing, Trouble};

    const READY: Found = Ok(Standing::Ready { tries: 5 });
    const LOCKED: Found = Err(Trouble::Blocked);
    const CHILDS: Found = Err(Trouble::NoCertificate);
    const IN_USE: Found = Ok(Standing::InUse);
    const MUTE: Found = Ok(Standing::Mute);
    const STRANGE: Found = Err(Trouble::CardError);
    const OTHER: Found = Ok(Standing::OtherCard);
    const NONE: Found = Ok(Standing::NoCard);
    const STOPPED: Found = Ok(Standing::NoService);

    #[test]
    fn the_best_standing_wins_in_this_order_wherever_it_is_found() {
        for real in [READY, LOCKED, CHILDS] {
            let order = [STOPPED, real, IN_USE, MUTE, STRANGE, OTHER, NONE];
            for (place, better) in order.iter().enumerate() {
                for worse in &order[place + 1..] {
                    assert_eq!(
                        overall([*better, *worse].into_iter()),
                        *better,
                        "{better:?} before {worse:?}"
                    );
                    assert_eq!(overall([*worse, *better].into_iter()), *better, "{better:?} after {worse:?}");
                }
            }
        }
    }

    #[test]
    fn no_readers_with_cards_are_no_card_and_two_my_number_cards_are_one_too_many() {
        let cases: [(&str, &[Found], Found); 6] = [
            ("nothing", &[], NONE),
            ("one", &[READY], READY),
            ("two", &[READY, Ok(Standing::Ready { tries: 3 })], Ok(Standing::SeveralCards)),
            ("another one that is locked", &[READY, LOCKED], Ok(Standing::SeveralCards)),
            ("a child's", &[CHILDS, READY], Ok(Standing::SeveralCards)),
            ("one among others", &[OTHER, MUTE, READY, IN_USE], READY),
        ];
        for (name, readers, expected) in cases {
            assert_eq!(overall(readers.iter().copied()), expected, "{name}");
        }
    }
}
