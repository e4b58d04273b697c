//! The basic four items as facts.

use crate::inspect::report::{Fact, Shown, number};
use crate::inspect::words;
use shomei_pki::BasicFourItems;

pub(super) fn facts(holder: &BasicFourItems) -> Vec<Fact> {
    vec![
        Fact::text(words::NAME, holder.name.as_str()),
        substitutes(words::NAME_SUBSTITUTES, &holder.name, &holder.name_substitutes),
        Fact::text(words::ADDRESS, holder.address.as_str()),
        substitutes(words::ADDRESS_SUBSTITUTES, &holder.address, &holder.address_substitutes),
        Fact::new(words::BIRTH, Shown::Birth(holder.birth)),
        Fact::new(words::BIRTH_ERA, Shown::Word(words::era(holder.birth.era))),
        Fact::new(words::SEX, Shown::Word(words::sex(holder.sex))),
    ]
}

/// The characters that the flags mark; the profile has one flag for each character.
fn substitutes(label: words::Word, text: &str, flags: &str) -> Fact {
    let marked = text.chars().zip(flags.chars()).enumerate().filter(|(_, (_, flag))| *flag == '1');
    let places = marked.map(|(index, (character, _))| (number(index + 1), character));
    Fact::new(label, Shown::Substitutes(places.collect()))
}
