//! The virtual card as the `myna-card` crate finds it through the real PC/SC service. That crate was written by other
//! hands against real cards, and shares no code with our client or our card.

#[cfg(test)]
mod tests {
    use myna_card::ap::jpki::{JpkiAp, SignatureScheme};
    use myna_card::ap::text::TextAp;
    use myna_card::{Card, Error, Pin, Retries, Sex, TokenType};
    use shomei_lab::{AUTHENTICATION_PIN, INPUT_SUPPORT_PIN, RESIDENTS, SIGNATURE_PASSWORD};
    use shomei_tests::{Desk, Foreign, Relayed, openssl_accepts};

    type Foreigner = Card<Foreign<Relayed>>;

    fn card(desk: &Desk) -> Foreigner {
        Card::new(Foreign(Relayed::connect(desk).unwrap()))
    }

    fn typed(text: &str) -> Pin {
        Pin::new(text).unwrap()
    }

    #[test]
    fn it_finds_a_my_number_card_with_every_certificate_byte_for_byte() {
        let desk = Desk::set().unwrap();
        let mut card = card(&desk);
        let mut jpki = JpkiAp::select(&mut card).unwrap();
        assert_eq!(jpki.read_token_type().unwrap(), TokenType::Card);
        assert!(jpki.read_token_info().is_ok());
        let available = jpki.read_certificate_availability().unwrap();
        assert!(available.has_sign_certificate() && available.has_auth_certificate());
        assert!(matches!(jpki.read_sign_certificate_der(), Err(Error::Status(_))), "before the password");
        jpki.verify_sign_pin(&typed(SIGNATURE_PASSWORD)).unwrap();
        let read = [
            ("signature-certificate.der", jpki.read_sign_certificate_der()),
            ("signature-ca-certificate.der", jpki.read_sign_ca_certificate_der()),
            ("authentication-certificate.der", jpki.read_auth_certificate_der()),
            ("authentication-ca-certificate.der", jpki.read_auth_ca_certificate_der()),
        ];
        for (file, certificate) in read {
            assert_eq!(certificate.unwrap(), desk.on_card(file).unwrap(), "{file}");
        }
    }

    #[test]
    fn it_signs_with_both_keys_as_openssl_expects() {
        let desk = Desk::set().unwrap();
        let mut card = card(&desk);
        let mut jpki = JpkiAp::select(&mut card).unwrap();
        let (scheme, message) = (SignatureScheme::Sha256DigestInfo, "みほん市長　様".as_bytes());
        assert!(jpki.sign_with_sign_key(scheme, message).is_err(), "before the password");
        jpki.verify_sign_pin(&typed(SIGNATURE_PASSWORD)).unwrap();
        jpki.verify_auth_pin(&typed(AUTHENTICATION_PIN)).unwrap();
        let signature = jpki.sign_with_sign_key(scheme, message).unwrap();
        let authentication = jpki.sign_with_auth_key(scheme, message).unwrap();
        let cases = [
            ("signature-certificate.der", &signature, true),
            ("authentication-certificate.der", &authentication, true),
            ("signature-certificate.der", &authentication, false),
            ("authentication-certificate.der", &signature, false),
        ];
        for (certificate, signature, accepted) in cases {
            let judged = openssl_accepts(&desk, certificate, message, signature).unwrap();
            assert_eq!(judged, accepted, "{certificate}");
        }
    }

    /// One of the two passwords of the JPKI application, as that crate handles it.
    struct Kind {
        own: &'static str,
        new: &'static str,
        tries: u8,
        verify: fn(&mut JpkiAp<'_, Foreign<Relayed>>, &Pin) -> myna_card::Result<()>,
        change: fn(&mut JpkiAp<'_, Foreign<Relayed>>, &Pin, &Pin) -> myna_card::Result<()>,
        retries: fn(&mut JpkiAp<'_, Foreign<Relayed>>) -> myna_card::Result<Retries>,
    }

    const KINDS: [Kind; 2] = [
        Kind {
            own: SIGNATURE_PASSWORD,
            new: "TSUGI2027",
            tries: 5,
            verify: |jpki, own| jpki.verify_sign_pin(own),
            change: |jpki, old, new| jpki.change_sign_pin(old, new),
            retries: |jpki| jpki.sign_pin_retries(),
        },
        Kind {
            own: AUTHENTICATION_PIN,
            new: "8520",
            tries: 3,
            verify: |jpki, own| jpki.verify_auth_pin(own),
            change: |jpki, old, new| jpki.change_auth_pin(old, new),
            retries: |jpki| jpki.auth_pin_retries(),
        },
    ];

    #[test]
    fn it_sees_counters_fall_and_passwords_change_and_change_back() {
        let desk = Desk::set().unwrap();
        let mut card = card(&desk);
        let mut jpki = JpkiAp::select(&mut card).unwrap();
        for Kind { own, new, tries, verify, change, retries } in KINDS {
            let (own, new) = (typed(own), typed(new));
            assert_eq!(retries(&mut jpki).unwrap(), Retries::Remaining(tries));
            let wrong = |result| matches!(result, Err(Error::PinIncorrect { retries: Some(left) }) if left == tries - 1);
            assert!(wrong(verify(&mut jpki, &new)), "a wrong one of {tries} tries");
            assert_eq!(retries(&mut jpki).unwrap(), Retries::Remaining(tries - 1));
            change(&mut jpki, &own, &new).unwrap();
            assert!(wrong(verify(&mut jpki, &own)), "the old one of {tries} tries");
            change(&mut jpki, &new, &own).unwrap();
            verify(&mut jpki, &own).unwrap();
        }
    }

    #[test]
    fn it_reads_the_basic_four_items_after_their_pin() {
        let desk = Desk::set().unwrap();
        let mut card = card(&desk);
        let mut text = TextAp::select(&mut card).unwrap();
        assert!(text.read_attributes().is_err(), "before the PIN");
        text.verify_pin(&typed(INPUT_SUPPORT_PIN)).unwrap();
        let items = text.read_attributes().unwrap();
        let resident = &RESIDENTS[0];
        assert_eq!(
            (items.name.as_str(), items.address.as_str()),
            (resident.name.as_str(), resident.address.as_str())
        );
        assert_eq!(items.sex, Sex::Male);
        let birth =
            format!("{:04}-{:02}-{:02}", items.birth_date.year, items.birth_date.month, items.birth_date.day);
        assert_eq!(birth, resident.birth.to_string());
    }
}
