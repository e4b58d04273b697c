//! What each operation gives, and what it costs.

use shomei_virtual_card::{Contents, InputSupport, Profile, Reference as Kept, VirtualCard};

use super::desk::*;
use super::{certificate, password};
use crate::{
    AttributeFault, BasicFourItems, Card, CardError, ChangeError, Counted, Dialect, Extended, LastTry,
    LoginError, LoginStatement, Part, PasswordEntry, Pin, PinError, Reference, Token, Tries, UnlockError,
};

const SIGN_CERTIFICATE: &[u8] = include_bytes!("fixtures/jpki-sign-cert.der");
const AUTH_CERTIFICATE: &[u8] = include_bytes!("fixtures/jpki-auth-cert.der");
const SIGN_AUTHORITY: &[u8] = include_bytes!("fixtures/jpki-sign-ca-cert.der");
const AUTH_AUTHORITY: &[u8] = include_bytes!("fixtures/jpki-auth-ca-cert.der");

/// A card with everything that was read off a test card of the public service.
fn test_card() -> VirtualCard {
    let key = include_bytes!("fixtures/key.pkcs8.der");
    let credential = |certificate, authority, secret| {
        shomei_virtual_card::Credential::new(certificate, authority, key, secret).unwrap()
    };
    VirtualCard::new(Contents {
        signature: Some(credential(SIGN_CERTIFICATE, SIGN_AUTHORITY, SIGNATURE_PASSWORD)),
        authentication: credential(AUTH_CERTIFICATE, AUTH_AUTHORITY, AUTHENTICATION_PIN),
        input_support: Some(InputSupport::with_attributes_file(ATTRIBUTES, INPUT_SUPPORT_PIN)),
    })
}

#[test]
fn the_status_tells_token_certificates_and_both_counters_without_a_try() {
    use Profile::{Android, NoSignatureCertificate, Plastic};
    let five = Some(Tries::Left(5));
    let cases = [(Plastic, Token::MyNumberCard, five), (Android, Token::AndroidTelephone, five)];
    for (profile, token, signature_password) in
        cases.into_iter().chain([(NoSignatureCertificate, Token::MyNumberCard, None)])
    {
        let mut card = card_that(profile.behaviour());
        let status = Card::resume(&mut card).status().unwrap();
        assert_eq!((status.token, status.signature_password), (token, signature_password), "{profile:?}");
        assert_eq!(status.signature_certificate, signature_password.is_some(), "{profile:?}");
        assert_eq!(status.authentication_pin, Some(Tries::Left(3)), "{profile:?}");
        assert!(status.authentication_certificate && !status.found_open, "{profile:?}");
        assert_eq!(card.standing(Kept::AuthenticationPin).unwrap().wrong, 0, "{profile:?}");
    }
}

#[test]
fn either_key_found_open_is_told_and_closed() {
    let verifies: [(&[u8], Kept); 2] = [
        (b"\x00\xA4\x02\x0C\x02\x00\x1B|\x00\x20\x00\x80\x06ABC123", Kept::SignaturePassword),
        (b"\x00\xA4\x02\x0C\x02\x00\x18|\x00\x20\x00\x80\x041234", Kept::AuthenticationPin),
    ];
    for (commands, opened) in verifies {
        let mut card = new_card();
        card.respond(b"\x00\xA4\x04\x0C\x0A\xD3\x92\xF0\x00\x26\x01\x00\x00\x00\x01");
        for command in commands.split(|byte| *byte == b'|') {
            assert_eq!(card.respond(command), [0x90, 0x00]);
        }
        assert!(card.standing(opened).unwrap().open);
        assert!(Card::resume(&mut card).status().unwrap().found_open, "{opened:?}");
        assert!(!card.standing(opened).unwrap().open, "{opened:?}");
    }
}

#[test]
fn all_four_certificates_of_the_test_card_are_read_exactly() {
    for (name, dialect) in DIALECTS {
        let mut card = Card::open_in(test_card(), dialect).unwrap();
        assert_eq!(card.signature_authority_certificate().unwrap(), SIGN_AUTHORITY, "{name}");
        assert_eq!(card.authentication_authority_certificate().unwrap(), AUTH_AUTHORITY, "{name}");
        assert_eq!(card.authentication_certificate().unwrap(), AUTH_CERTIFICATE, "{name}");
        let mut session = card.unlock_signature(&right(), LastTry::NotConfirmed).unwrap();
        assert_eq!(session.certificate().unwrap(), SIGN_CERTIFICATE, "{name}");
    }
}

#[test]
fn the_basic_four_items_of_the_test_card_are_read_exactly() {
    for (name, dialect) in DIALECTS {
        let mut card = test_card();
        let mut client = Card::resume_in(&mut card, dialect);
        let mut session =
            client.unlock_input_support(&pin(INPUT_SUPPORT_PIN), LastTry::NotConfirmed).unwrap();
        let items = session.basic_four_items().unwrap();
        session.close().unwrap();
        drop(client);
        let expected = BasicFourItems {
            name: "黒桐　幹也".to_owned(),
            address: "東京都清瀬市観布子南１２－７－２０２".to_owned(),
            birth: "19800217".to_owned(),
            sex: "1".to_owned(),
        };
        assert_eq!(items, expected, "{name}");
        assert!(!card.standing(Kept::InputSupportPin).unwrap().open, "{name}");
        assert_eq!(card.individual_number_selected(), 0, "{name}");
        assert_eq!(format!("{items:?}"), "BasicFourItems(REDACTED)");
    }
}

#[test]
fn items_that_are_none_are_refused_with_their_place() {
    use AttributeFault::{Header, Missing, Structure, Twice, Unreadable};
    use shomei_apdu::Malformed::{TagTruncated, ValueTruncated};
    let with = |at: usize, byte: u8| {
        let mut file = ATTRIBUTES.to_vec();
        file[at] = byte;
        file
    };
    let cases: [(&str, Vec<u8>, (AttributeFault, usize)); 8] = [
        ("nothing", vec![], (Structure(TagTruncated), 0)),
        ("another file", with(1, 0x30), (Header, 0)),
        ("cut off", ATTRIBUTES[..90].to_vec(), (Structure(ValueTruncated), 90)),
        ("a name without its tag", with(15, 0x26), (Missing(0xDF22), 104)),
        ("two names", with(33, 0x22), (Twice(0xDF22), 35)),
        ("a name that is no text", with(20, 0xFF), (Unreadable(0xDF22), 20)),
        ("a date with a letter", with(99, b'X'), (Unreadable(0xDF24), 92)),
        ("an item longer than the file", with(34, 0x7F), (Structure(ValueTruncated), 104)),
    ];
    for (name, file, refused) in cases {
        assert_eq!(BasicFourItems::parse(&file).unwrap_err(), refused, "{name}");
    }
}

#[test]
fn a_login_signs_its_statement_and_nothing_else() {
    let statement = statement();
    let text = str::from_utf8(statement.as_bytes()).unwrap();
    let challenge = "A".repeat(43);
    assert_eq!(
        text,
        format!(
            "shomei-login/1\n{{\"challenge\":\"{challenge}\",\"issuedAt\":\"2026-09-21T14:13:20Z\",\
             \"origin\":\"https://shinsei.city.mihon.lg.jp\"}}"
        )
    );
    let mut card = Card::resume(new_card());
    let mut session = card.unlock_authentication(&pin(AUTHENTICATION_PIN), LastTry::NotConfirmed).unwrap();
    let first = session.sign(&statement).unwrap();
    let other = LoginStatement::new("https://shinsei.city.mihon.lg.jp", &challenge, 1).unwrap();
    assert_ne!(session.sign(&other).unwrap(), first);
    assert_eq!(session.sign(&statement).unwrap(), first);
}

#[test]
fn a_statement_is_made_of_well_formed_parts_only() {
    let good = "A".repeat(43);
    let origin = |position| LoginError::Origin { position };
    let cases: [(&str, &str, i64, LoginError); 12] = [
        ("http://shinsei.city.mihon.lg.jp", &good, 0, origin(0)),
        ("https://", &good, 0, origin(8)),
        ("https://city.mihon.lg.jp/", &good, 0, origin(24)),
        ("https://city\".lg.jp", &good, 0, origin(12)),
        ("https://city\\.lg.jp", &good, 0, origin(12)),
        ("https://City.lg.jp", &good, 0, origin(8)),
        ("https://みほん.lg.jp", &good, 0, origin(8)),
        ("http://localhost.evil.example", &good, 0, origin(0)),
        ("https://city.mihon.lg.jp", &good[1..], 0, LoginError::Challenge { length: 42 }),
        ("https://city.mihon.lg.jp", &good.replacen('A', "=", 1), 0, LoginError::Challenge { length: 43 }),
        ("https://city.mihon.lg.jp", &good, -1, LoginError::IssuedAt { seconds: -1 }),
        ("https://city.mihon.lg.jp", &good, i64::MAX, LoginError::IssuedAt { seconds: i64::MAX }),
    ];
    for (origin, challenge, at, error) in cases {
        assert_eq!(LoginStatement::new(origin, challenge, at), Err(error), "{origin} {challenge} {at}");
    }
    assert!(LoginStatement::new("http://localhost:8080", &good, 0).is_ok());
}

#[test]
fn a_changed_password_is_the_one_that_holds() {
    let mut card = new_card();
    let mut client = Card::resume(&mut card);
    let changed =
        client.change_signature_password(&right(), &new_password("ｎｅｗ４５６"), LastTry::NotConfirmed);
    assert_eq!(changed, Ok(Tries::Left(5)));
    let old = client.unlock_signature(&right(), LastTry::NotConfirmed).unwrap_err();
    assert_eq!(old, UnlockError::Wrong { left: 4 });
    client.unlock_signature(&password("NEW456"), LastTry::NotConfirmed).unwrap().close().unwrap();
    let changed =
        client.change_authentication_pin(&pin(AUTHENTICATION_PIN), &pin("9876"), LastTry::NotConfirmed);
    assert_eq!(changed, Ok(Tries::Left(3)));
    let old = client.unlock_authentication(&pin(AUTHENTICATION_PIN), LastTry::NotConfirmed).unwrap_err();
    assert_eq!(old, UnlockError::Wrong { left: 2 });
    client.unlock_authentication(&pin("9876"), LastTry::NotConfirmed).unwrap().close().unwrap();
}

#[test]
fn a_wrong_old_password_changes_nothing_and_costs_one_try() {
    let mut card = new_card();
    let mut client = Card::resume(&mut card);
    let refused = client
        .change_signature_password(&password("WRONG1"), &new_password("NEW456"), LastTry::NotConfirmed)
        .unwrap_err();
    assert_eq!(refused, ChangeError::Old(UnlockError::Wrong { left: 4 }));
    client.unlock_signature(&right(), LastTry::NotConfirmed).unwrap().close().unwrap();
}

#[test]
fn a_pin_blocks_after_three_and_its_last_try_waits_for_a_yes() {
    let mut client = Card::resume(new_card());
    let wrong = pin("9999");
    for left in [2, 1] {
        let refused = client.unlock_authentication(&wrong, LastTry::NotConfirmed).unwrap_err();
        assert_eq!(refused, UnlockError::Wrong { left });
    }
    let unasked = client.unlock_authentication(&wrong, LastTry::NotConfirmed).unwrap_err();
    assert_eq!(unasked, UnlockError::LastTryNotConfirmed);
    assert_eq!(client.unlock_authentication(&wrong, LastTry::Confirmed).unwrap_err(), UnlockError::Blocked);
    assert_eq!(client.tries(Reference::AuthenticationPin), Ok(Tries::Blocked));
    assert_eq!(client.tries(Reference::SignaturePassword), Ok(Tries::Left(5)));
}

#[test]
fn a_pin_is_four_digits_of_any_width() {
    let parse = |text: &str| {
        let mut entry = PasswordEntry::new();
        entry.paste(text).unwrap();
        Pin::parse(&entry).map(drop)
    };
    for text in ["1234", "１２３４", "①２3４"] {
        assert_eq!(parse(text), Ok(()), "{text}");
    }
    for (text, error) in [
        ("123", PinError::Length { length: 3 }),
        ("ABC123", PinError::Length { length: 6 }),
        ("12a4", PinError::Character { position: 3 }),
        ("12³é", PinError::Character { position: 4 }),
        ("１２ ４", PinError::Character { position: 3 }),
    ] {
        assert_eq!(parse(text), Err(error), "{text}");
    }
}

#[test]
fn a_card_without_the_input_support_application_says_so() {
    let script = super::script::Script::new([(super::script::SELECT_INPUT_SUPPORT, "6A82")]);
    let refused = Card::resume(script).unlock_input_support(&pin("4321"), LastTry::NotConfirmed).unwrap_err();
    assert_eq!(refused, UnlockError::Card(CardError::NoInputSupport));
}

#[test]
fn a_telephone_gives_its_certificate_after_the_pin() {
    let mut card = Card::resume(card_that(Profile::Android.behaviour()));
    assert_eq!(card.authentication_certificate(), Err(CardError::PinNeeded));
    let mut session = card.unlock_authentication(&pin(AUTHENTICATION_PIN), LastTry::NotConfirmed).unwrap();
    assert_eq!(session.certificate(), Ok(certificate(1_800)));
}

#[test]
fn each_operation_costs_this_many_exchanges_closing_included() {
    // operation; with SELECT, with short identifiers, with extended answers once they are known to work
    let cases = [
        (Operation::Status, [8, 5, 8]),
        (Operation::FreeCertificates, [14, 11, 8]),
        (Operation::Filing, [17, 15, 11]),
        (Operation::FilingOfTwo, [18, 16, 12]),
        (Operation::Login, [7, 6, 7]),
        (Operation::ChangeOfPassword, [9, 8, 9]),
        (Operation::ChangeOfPin, [9, 8, 9]),
        (Operation::BasicFourItems, [7, 6, 7]),
    ];
    assert_eq!(cases.map(|(operation, _)| operation), Operation::ALL);
    for (operation, exchanges) in cases {
        let found_out = |(_, dialect): (&str, Dialect)| match dialect.extended {
            Extended::Untried => Dialect { extended: Extended::Works, ..dialect },
            Extended::Never | Extended::Works => dialect,
        };
        let cost = DIALECTS.map(found_out).map(|dialect| {
            let mut transport = Counted::new(new_card());
            operation.run(&mut transport, dialect).unwrap();
            transport.exchanges()
        });
        assert_eq!(cost, exchanges, "{operation:?}");
    }
}

#[test]
fn extended_answers_are_found_out_once_and_only_without_an_open_key() {
    let cases = [
        (Profile::Plastic, Extended::Works),
        (Profile::NoExtended, Extended::Never),
        (Profile::T0, Extended::Never),
    ];
    for (profile, found) in cases {
        let untried = Dialect { extended: Extended::Untried, ..Dialect::default() };
        let mut card = Card::open_in(card_that(profile.behaviour()), untried).unwrap();
        let mut session = card.unlock_signature(&right(), LastTry::NotConfirmed).unwrap();
        assert_eq!(session.certificate(), Ok(certificate(1_800)), "{profile:?}");
        session.close().unwrap();
        assert_eq!(card.dialect(), untried, "{profile:?}: nothing is tried while the key is open");
        assert_eq!(card.signature_authority_certificate(), Ok(AUTHORITY.to_vec()), "{profile:?}");
        assert_eq!(card.dialect(), untried, "{profile:?}: nothing is tried on what is short");
        assert_eq!(card.authentication_certificate(), Ok(certificate(1_800)), "{profile:?}");
        assert_eq!(card.dialect().extended, found, "{profile:?}");
    }
}

#[test]
fn a_part_that_is_malformed_ends_the_session() {
    let contents = Contents {
        input_support: Some(InputSupport::with_attributes_file(&ATTRIBUTES[..60], INPUT_SUPPORT_PIN)),
        ..contents(&certificate(300))
    };
    let mut card = Card::resume(VirtualCard::new(contents));
    let mut session = card.unlock_input_support(&pin(INPUT_SUPPORT_PIN), LastTry::NotConfirmed).unwrap();
    let cut = CardError::Malformed { what: Part::CutOff, offset: 60 };
    assert_eq!(session.basic_four_items(), Err(cut));
    assert_eq!(session.basic_four_items(), Err(CardError::SessionEnded));
}
