use super::Repertoire::{Jisx0213, Level1, Level2, NonKanji, Outside, Supplementary};
use super::*;

#[test]
fn each_standard_has_as_many_characters_as_it_defines() {
    let all = (0..=0xFFFF).chain(0x2_0000..=0x2_FFFF);
    let classes: Vec<u8> = all.map(class).collect();
    let count = |wanted: fn(u8) -> bool| classes.iter().filter(|class| wanted(**class)).count();
    assert_eq!(count(|class| class & 3 == 1), 524, "no kanji");
    assert_eq!(count(|class| class & 3 == 2), 2965, "level 1");
    assert_eq!(count(|class| class & 3 == 3), 3390, "level 2");
    assert_eq!(count(|class| class & IN_JIS_X_0212 != 0), 6067, "JIS X 0212");
    assert_eq!(count(|class| class & IN_JIS_X_0213 != 0) + pairs_of_jis_x_0213().count(), 11_233);
    assert_eq!(pairs_of_jis_x_0213().count(), 25);
}

#[test]
fn a_character_is_in_its_standard_and_certificates_hold_three_of_them() {
    let cases: &[(&str, Repertoire, bool)] = &[
        ("山田太郎高崎吉子", Level1, true),
        ("嵜凜邉邊濱", Level2, true),
        ("〒ゑゐヶー・々〆\u{3000}　－～１Ａ", NonKanji, true),
        ("濵桒槗鷗彅丂", Supplementary, true),
        ("ĞÜŠ", Supplementary, true),
        ("~", Jisx0213, true),
        ("\u{FA11}𠮟𡈽𣘺①Ⅲ㈱ヷ德", Jisx0213, false),
        ("\u{FA10}\u{FA19}\u{FA1B}", Jisx0213, false),
        ("𠮷髙閒", Outside, false),
        ("栁", Jisx0213, false),
        ("ｱ\u{3099}\u{E0100}\n", Outside, false),
        ("AZaz09'-. ", Outside, true),
    ];
    for (characters, standard, fits) in cases {
        for character in characters.chars() {
            let found = (repertoire(character), fits_certificate(character));
            assert_eq!(found, (*standard, *fits), "{character} U+{:04X}", u32::from(character));
        }
    }
}

#[test]
fn both_ways_of_writing_the_same_fit() {
    for pair in ["\u{FF0D}\u{2212}", "～〜", "∥‖", "￠¢", "￡£", "￢¬"] {
        assert!(pair.chars().all(fits_certificate), "{pair}");
    }
    // Six dashes look alike in addresses; these four have a cell of their own.
    assert!("‐―ー─".chars().all(fits_certificate));
}

#[test]
fn characters_of_two_code_points_are_in_jis_x_0213_as_such() {
    let pairs: Vec<String> = pairs_of_jis_x_0213().map(String::from_iter).collect();
    assert!(pairs.is_sorted());
    for known in ["か\u{309A}", "ト\u{309A}", "ㇷ\u{309A}", "æ\u{300}", "˥˩"] {
        assert!(pairs.contains(&known.to_owned()), "{known}");
    }
}

/// The flags of the lab's people were set by comparing texts; here by the standards.
#[test]
fn everybodys_substitutes_stand_for_what_certificates_cannot_hold() {
    for person in shomei_lab::people::people() {
        for (register, certificate) in [
            (person.register.name, person.certificate.name),
            (person.register.address, person.certificate.address),
        ] {
            assert!(certificate.chars().all(fits_certificate), "{certificate}");
            assert_eq!(register == certificate, register.chars().all(fits_certificate), "{register}");
        }
        let flagged = |register: &str, flags: &str| {
            let selector = super::super::is_variation_selector;
            let held: Vec<char> = register.chars().filter(|character| !selector(*character)).collect();
            held.iter()
                .zip(flags.chars())
                .all(|(character, flag)| fits_certificate(*character) || flag == '1')
        };
        let resident = person.resident_on(shomei_lab::Date { year: 2026, month: 4, day: 1 });
        assert!(flagged(person.register.name, &resident.name_substitutes), "{}", person.id);
        assert!(flagged(person.register.address, &resident.address_substitutes), "{}", person.id);
    }
}

/// The lab decodes each cell while it runs, and shares no code with the table.
#[test]
fn the_lab_puts_the_same_characters_into_certificates() {
    for character in ('\0'..='\u{FFFF}').chain('\u{20000}'..='\u{2FFFF}') {
        let code_point = u32::from(character);
        assert_eq!(
            shomei_lab::repertoire::holds(character),
            fits_certificate(character),
            "U+{code_point:04X}"
        );
    }
}
