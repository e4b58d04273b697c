//! Nothing secret is told by anybody: a full trace of every operation, errors included, searched for the passwords and
//! for the individual number.

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use shomei_card::{Card, LastTry, LoginStatement};
    use shomei_tests::{Desk, Relayed, new_signature_password, pin, signature_password, to_hexadecimal};

    /// Not the demonstration's, and found nowhere else.
    const SIGNATURE_PASSWORD: &str = "QZX7KWV3";
    const NEW_PASSWORD: &str = "JVQ9XKZ5";
    const WRONG_PASSWORD: &str = "WXQ4ZVK8";
    const AUTHENTICATION_PIN: &str = "7391";
    const NEW_PIN: &str = "9173";
    const INPUT_SUPPORT_PIN: &str = "3917";
    /// What the lab's cards hold in place of an individual number.
    const INDIVIDUAL_NUMBER: &str = "123456789012";

    /// Does everything with a card; what it prints of it.
    fn everything(mut card: Card<Relayed>) -> String {
        let mut printed = String::new();
        let mut note = |value: &dyn Debug| printed.push_str(&format!("{value:?}\n"));
        let (right, new) =
            (signature_password(SIGNATURE_PASSWORD).unwrap(), signature_password(NEW_PASSWORD).unwrap());
        let (own, other) = (pin(AUTHENTICATION_PIN).unwrap(), pin(NEW_PIN).unwrap());
        note(&(&right, &own));
        note(&card.status().unwrap());
        note(
            &card
                .unlock_signature(&signature_password(WRONG_PASSWORD).unwrap(), LastTry::NotConfirmed)
                .unwrap_err(),
        );
        let mut session = card.unlock_signature(&right, LastTry::NotConfirmed).unwrap();
        session.certificate().unwrap();
        session.sign(&[7; 32]).unwrap();
        note(&session);
        session.close().unwrap();
        let mut session = card.unlock_authentication(&own, LastTry::NotConfirmed).unwrap();
        let statement = LoginStatement::new("https://city.mihon.lg.jp", &"A".repeat(43), 0).unwrap();
        session.sign(&statement).unwrap();
        session.close().unwrap();
        let support = pin(INPUT_SUPPORT_PIN).unwrap();
        let mut session = card.unlock_input_support(&support, LastTry::NotConfirmed).unwrap();
        note(&session.basic_four_items().unwrap());
        session.close().unwrap();
        let changed = new_signature_password(NEW_PASSWORD).unwrap();
        note(&card.change_signature_password(&right, &changed, LastTry::NotConfirmed));
        note(&card.change_authentication_pin(&own, &other, LastTry::NotConfirmed));
        note(&card.unlock_signature(&new, LastTry::NotConfirmed).map(drop));
        note(&card.unlock_authentication(&other, LastTry::NotConfirmed).map(drop));
        note(&card);
        printed
    }

    fn assert_silent(text: &str, what: &str) {
        let secrets = [SIGNATURE_PASSWORD, NEW_PASSWORD, WRONG_PASSWORD, INDIVIDUAL_NUMBER];
        for secret in secrets {
            let hexadecimal = to_hexadecimal(secret.as_bytes());
            for form in [secret.to_owned(), hexadecimal.to_lowercase(), hexadecimal.to_uppercase()] {
                assert!(!text.contains(&form), "{what} tells {form}");
            }
        }
        // Four digits occur by chance; four of them as a command's data do not.
        for pin in [AUTHENTICATION_PIN, NEW_PIN, INPUT_SUPPORT_PIN] {
            let hexadecimal = to_hexadecimal(pin.as_bytes());
            for form in [format!("8004{hexadecimal}"), format!("\"{pin}\"")] {
                assert!(!text.to_uppercase().contains(&form.to_uppercase()), "{what} tells a PIN");
            }
        }
    }

    #[test]
    fn a_full_trace_of_every_operation_tells_no_secret() {
        let folder = tempfile::tempdir().unwrap();
        let (trace, state) = (folder.path().join("trace.jsonl"), folder.path().join("state.json"));
        let desk = Desk::set_as(|reader| {
            reader.arg("--trace").arg(&trace).arg("--state").arg(&state);
            reader.env("SHOMEI_LAB_SIGNATURE_PASSWORD", SIGNATURE_PASSWORD);
            reader.env("SHOMEI_LAB_AUTHENTICATION_PIN", AUTHENTICATION_PIN);
            reader.env("SHOMEI_LAB_INPUT_SUPPORT_PIN", INPUT_SUPPORT_PIN);
        });
        let desk = desk.unwrap();
        let printed = everything(Card::resume(Relayed::connect(&desk).unwrap()));
        drop(desk);
        let traced = std::fs::read_to_string(trace).unwrap();
        let kept = std::fs::read_to_string(state).unwrap();
        assert!(traced.lines().count() > 60 && traced.contains("REDACTED") && printed.contains("REDACTED"));
        assert!(kept.contains("digest") || kept.contains("salt"), "{kept}");
        assert_silent(&traced, "the trace");
        assert_silent(&kept, "the state");
        assert_silent(&printed, "what is printed of values and errors");
    }
}
