//! Substitute characters (代替文字) for those that a certificate cannot hold.

use super::{Outside, Refusal};
use crate::register::Items;
use crate::repertoire;

/// What a resident chose: the second character stands in for the first.
pub type Substitute = (char, char);

/// A text with substitutes in place of the characters that have one, and a digit for each of its characters: 1 where a
/// substitute stands. A digit of 1 in `flags` stays. Characters outside the repertoire without a substitute inside it are
/// returned in place of that.
fn substitute(
    item: &'static str,
    text: &str,
    flags: &str,
    chosen: &[Substitute],
) -> Result<(String, String), Vec<Outside>> {
    let (mut written, mut digits, mut outside) = (String::new(), String::new(), Vec::new());
    let flags = flags.chars().chain(std::iter::repeat('0'));
    for ((index, character), flag) in text.chars().enumerate().zip(flags) {
        let stands_in = chosen.iter().find(|(from, _)| *from == character).map(|(_, to)| *to);
        match stands_in.filter(|_| !repertoire::holds(character)) {
            _ if repertoire::holds(character) => {
                written.push(character);
                digits.push(flag);
            }
            Some(to) if repertoire::holds(to) => {
                written.push(to);
                digits.push('1');
            }
            _ => outside.push(Outside { item, position: index.saturating_add(1), character }),
        }
    }
    if outside.is_empty() { Ok((written, digits)) } else { Err(outside) }
}

/// The items with substitutes in name and address.
///
/// # Errors
/// [`Refusal::OutsideRepertoire`] with every character that has none.
pub(super) fn with_substitutes(items: &Items, chosen: &[Substitute]) -> Result<Items, Refusal> {
    let name = substitute("name", &items.name, &items.name_substitutes, chosen);
    let address = substitute("address", &items.address, &items.address_substitutes, chosen);
    match (name, address) {
        (Ok((name, name_substitutes)), Ok((address, address_substitutes))) => {
            Ok(Items { name, name_substitutes, address, address_substitutes, ..items.clone() })
        }
        (name, address) => {
            let outside = [name.err(), address.err()].into_iter().flatten().flatten().collect();
            Err(Refusal::OutsideRepertoire(outside))
        }
    }
}
