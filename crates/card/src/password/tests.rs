use proptest::prelude::*;

use super::*;

fn parse(text: &str) -> Result<SignaturePassword, EntryError> {
    let mut entry = PasswordEntry::new();
    entry.paste(text).unwrap();
    SignaturePassword::parse(&entry)
}

#[test]
fn what_a_person_may_type_becomes_what_the_card_knows() {
    let cases: [(&str, &[u8]); 6] = [
        ("ABC123", b"ABC123"),
        ("abc123", b"ABC123"),
        ("ＡＢｃ１２３", b"ABC123"),
        ("aＢ1２cD", b"AB12CD"),
        ("ABCDEFGHIJ123456", b"ABCDEFGHIJ123456"),
        ("ABCDEF", b"ABCDEF"),
    ];
    for (typed, known) in cases {
        assert_eq!(parse(typed).unwrap().bytes(), known, "{typed}");
    }
}

#[test]
fn a_mistake_is_named_before_it_costs_a_try() {
    let cases = [
        ("", EntryError::TooShort { length: 0 }),
        ("1234", EntryError::ProbablyOtherPin),
        ("１２３４", EntryError::ProbablyOtherPin),
        ("ABC1", EntryError::TooShort { length: 4 }),
        ("12345", EntryError::TooShort { length: 5 }),
        ("ABCDEFGHIJ1234567", EntryError::TooLong { length: 17 }),
        ("ABC 123", EntryError::Character { position: 4 }),
        ("ABC123\n", EntryError::Character { position: 7 }),
        ("ABC123　", EntryError::Character { position: 7 }),
        ("ABC-123", EntryError::Character { position: 4 }),
        ("ABC－123", EntryError::Character { position: 4 }),
        ("あいうえおか", EntryError::Character { position: 1 }),
        ("ｱBC123", EntryError::Character { position: 1 }),
        ("ÀBC123", EntryError::Character { position: 1 }),
        ("ıBC123", EntryError::Character { position: 1 }),
    ];
    for (typed, error) in cases {
        assert_eq!(parse(typed).unwrap_err(), error, "{typed:?}");
    }
}

#[test]
fn neither_entry_nor_password_nor_error_prints_what_was_typed() {
    let mut entry = PasswordEntry::new();
    entry.paste("SECRET1").unwrap();
    let password = SignaturePassword::parse(&entry).unwrap();
    assert_eq!(format!("{entry:?}"), "PasswordEntry(REDACTED)");
    assert_eq!(format!("{password:?}"), "SignaturePassword(REDACTED)");
    entry.push('Ж').unwrap();
    let error = SignaturePassword::parse(&entry).unwrap_err();
    assert!(!format!("{error:?} {error}").contains('Ж'));
}

#[test]
fn an_entry_is_typed_erased_and_cleared() {
    let mut entry = PasswordEntry::new();
    assert!(entry.is_empty());
    entry.backspace();
    entry.push('a').unwrap();
    entry.push('B').unwrap();
    entry.push('３').unwrap();
    assert_eq!(entry.characters(), ['a', 'B', '３']);
    entry.backspace();
    assert_eq!((entry.characters(), entry.len()), (&['a', 'B'][..], 2));
    entry.clear();
    assert!(entry.is_empty());
}

#[test]
fn a_full_entry_takes_nothing_more_and_a_long_paste_nothing_at_all() {
    let mut entry = PasswordEntry::new();
    entry.push('A').unwrap();
    assert_eq!(entry.paste(&"B".repeat(64)), Err(EntryFull));
    assert_eq!(entry.characters(), ['A']);
    entry.paste(&"B".repeat(63)).unwrap();
    assert_eq!(entry.push('C'), Err(EntryFull));
    assert_eq!(entry.len(), 64);
}

proptest! {
    #[test]
    fn any_entry_is_a_password_of_the_cards_alphabet_or_an_error(text in "\\PC{0,20}") {
        if let Ok(password) = parse(&text) {
            prop_assert_eq!(password.bytes().len(), text.chars().count());
            prop_assert!((MIN_LENGTH..=MAX_LENGTH).contains(&password.bytes().len()));
            prop_assert!(password.bytes().iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()));
        }
    }

    #[test]
    fn every_well_formed_password_is_taken_as_it_is(text in "[A-Z0-9]{6,16}") {
        let password = parse(&text).unwrap();
        prop_assert_eq!(password.bytes(), text.as_bytes());
    }
}
