//! What a card can be asked besides a filing, through the real PC/SC service.

#[cfg(test)]
mod tests {
    use shomei_card::{Card, ChangeError, LastTry, LoginStatement, Status, Token, Tries, UnlockError};
    use shomei_lab::{AUTHENTICATION_PIN, INPUT_SUPPORT_PIN, RESIDENTS, SIGNATURE_PASSWORD};
    use shomei_tests::{Desk, Relayed, new_signature_password, openssl_accepts, pin, signature_password};

    const CHALLENGE: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
    const NOW: i64 = 1_790_000_000;

    fn card(desk: &Desk) -> Card<Relayed> {
        Card::resume(Relayed::connect(desk).unwrap())
    }

    #[test]
    fn a_card_says_what_it_is_and_gives_every_certificate_byte_for_byte() {
        let desk = Desk::set().unwrap();
        let mut card = card(&desk);
        let expected = Status {
            token: Token::MyNumberCard,
            signature_certificate: true,
            authentication_certificate: true,
            signature_password: Some(Tries::Left(5)),
            authentication_pin: Some(Tries::Left(3)),
            found_open: false,
        };
        assert_eq!(card.status().unwrap(), expected);
        let password = signature_password(SIGNATURE_PASSWORD).unwrap();
        let mut session = card.unlock_signature(&password, LastTry::NotConfirmed).unwrap();
        let signature = session.certificate().unwrap();
        session.close().unwrap();
        let read = [
            ("signature-certificate.der", signature),
            ("signature-ca-certificate.der", card.signature_authority_certificate().unwrap()),
            ("authentication-certificate.der", card.authentication_certificate().unwrap()),
            ("authentication-ca-certificate.der", card.authentication_authority_certificate().unwrap()),
        ];
        for (file, certificate) in read {
            assert_eq!(certificate, desk.on_card(file).unwrap(), "{file}");
        }
    }

    #[test]
    fn a_login_and_a_form_are_what_the_card_and_its_holder_say() {
        let desk = Desk::set().unwrap();
        let mut card = card(&desk);
        let origin = "https://shinsei.city.mihon.lg.jp";
        let statement = LoginStatement::new(origin, CHALLENGE, NOW).unwrap();
        let own = pin(AUTHENTICATION_PIN).unwrap();
        let mut session = card.unlock_authentication(&own, LastTry::NotConfirmed).unwrap();
        let signature = session.sign(&statement).unwrap();
        session.close().unwrap();
        let cases = [
            ("authentication-certificate.der", statement.as_bytes(), true),
            ("authentication-certificate.der", b"shomei-login/1\n".as_slice(), false),
            ("signature-certificate.der", statement.as_bytes(), false),
        ];
        for (certificate, message, accepted) in cases {
            let judged = openssl_accepts(&desk, certificate, message, &signature).unwrap();
            assert_eq!(judged, accepted, "{certificate}");
        }
        let own = pin(INPUT_SUPPORT_PIN).unwrap();
        let mut session = card.unlock_input_support(&own, LastTry::NotConfirmed).unwrap();
        let items = session.basic_four_items().unwrap();
        session.close().unwrap();
        let resident = &RESIDENTS[0];
        assert_eq!(
            (items.name.as_str(), items.address.as_str()),
            (resident.name.as_str(), resident.address.as_str())
        );
        assert_eq!(items.birth, resident.birth.to_string().replace('-', ""));
        assert_eq!(items.sex, resident.sex.code());
    }

    #[test]
    fn a_changed_password_is_the_only_one_until_it_is_changed_back() {
        let desk = Desk::set().unwrap();
        let mut card = card(&desk);
        let mut change = |from: &str, to: &str| {
            let (old, new) = (signature_password(from).unwrap(), new_signature_password(to).unwrap());
            card.change_signature_password(&old, &new, LastTry::NotConfirmed)
        };
        let wrong = ChangeError::Old(UnlockError::Wrong { left: 4 });
        assert_eq!(change(SIGNATURE_PASSWORD, "TSUGI2027"), Ok(Tries::Left(5)));
        assert_eq!(change(SIGNATURE_PASSWORD, "BETSU2028"), Err(wrong), "the old one");
        assert_eq!(change("TSUGI2027", SIGNATURE_PASSWORD), Ok(Tries::Left(5)));
        assert_eq!(change("TSUGI2027", "BETSU2028"), Err(wrong), "the one between");
    }

    #[test]
    fn a_changed_pin_is_the_only_one_until_it_is_changed_back() {
        let desk = Desk::set().unwrap();
        let mut card = card(&desk);
        let mut change = |from: &str, to: &str| {
            let (old, new) = (pin(from).unwrap(), pin(to).unwrap());
            card.change_authentication_pin(&old, &new, LastTry::NotConfirmed)
        };
        let wrong = ChangeError::Old(UnlockError::Wrong { left: 2 });
        assert_eq!(change(AUTHENTICATION_PIN, "8520"), Ok(Tries::Left(3)));
        assert_eq!(change(AUTHENTICATION_PIN, "9630"), Err(wrong), "the old one");
        assert_eq!(change("8520", AUTHENTICATION_PIN), Ok(Tries::Left(3)));
        assert_eq!(change("8520", "9630"), Err(wrong), "the one between");
    }
}
