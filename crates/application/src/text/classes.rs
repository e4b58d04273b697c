//! Classes of characters, as small tables instead of a Unicode library: the page module pays for every kilobyte.
//!
//! The tests hold the tables against the tables of two other crates.

/// The controls of the bidirectional algorithm (`Bidi_Control`, UAX #9 §2).
pub(crate) fn is_bidi_control(character: char) -> bool {
    matches!(character, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Everything in the areas that Unicode keeps for right-to-left scripts, so all of the bidi classes R and AL.
///
/// Wider than the classes (digits and marks of these scripts are in it), so that scripts of later versions are too:
/// the areas are those whose unassigned code points default to R or AL (`DerivedBidiClass.txt`, `@missing`).
pub(crate) fn is_right_to_left(character: char) -> bool {
    matches!(character,
        '\u{590}'..='\u{8FF}' | '\u{200F}' | '\u{FB1D}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFE}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// `Noncharacter_Code_Point` (Unicode §23.7).
pub(crate) fn is_noncharacter(character: char) -> bool {
    matches!(character, '\u{FDD0}'..='\u{FDEF}') || u32::from(character) & 0xFFFE == 0xFFFE
}

/// General category Co.
pub(crate) fn is_private_use(character: char) -> bool {
    matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

/// The variation selectors VS1–VS16 and VS17–VS256.
pub(crate) fn is_variation_selector(character: char) -> bool {
    matches!(character, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// `Default_Ignorable_Code_Point` (UAX #44 §5.1), and the annotation controls, which are as invisible.
pub(crate) fn is_default_ignorable(character: char) -> bool {
    matches!(character,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// Characters of the Han script that stand for a word: ideographs, with the iteration mark and the ideographic zero.
pub(crate) fn is_han(character: char) -> bool {
    matches!(character,
        '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAD9}' | '\u{20000}'..='\u{323AF}' | '\u{323B0}'..='\u{33479}')
}
