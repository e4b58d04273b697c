//! The key after every end of a program, the worst among them, as a second program finds it.

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader};
    use std::process::{Child, Stdio};

    use shomei_card::{Card, LastTry, SignatureSession};
    use shomei_lab::SIGNATURE_PASSWORD;
    use shomei_tests::{Desk, Relayed, built, signature_password};

    const SIGNED: &str = "9000";
    const REFUSED: &str = "6982";

    /// A program that holds the card with its signature key open.
    fn holder(desk: &Desk) -> Child {
        let mut holder = desk.client(built("open-key").unwrap());
        holder.env("SHOMEI_TEST_PASSWORD", SIGNATURE_PASSWORD);
        let mut holder = holder.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(holder.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, "open\n");
        holder
    }

    #[test]
    fn the_key_of_a_killed_program_is_closed_by_the_next_of_ours() {
        let desk = Desk::set().unwrap();
        let mut killed = holder(&desk);
        killed.kill().unwrap();
        assert!(!killed.wait().unwrap().success());
        // The service takes a moment to notice, and a relay waits for that. It resets the card, which closes nothing.
        drop(Relayed::connect(&desk).unwrap());
        // Nothing else closes it: this is what the next program has to make good.
        assert_eq!(desk.unasked_signature().unwrap(), SIGNED, "after the kill");
        for found_open in [true, false] {
            let status = Card::resume(Relayed::connect(&desk).unwrap()).status().unwrap();
            assert_eq!(status.found_open, found_open);
            assert_eq!(desk.unasked_signature().unwrap(), REFUSED, "found open: {found_open}");
        }
    }

    type End = fn(SignatureSession<'_, Relayed>);

    #[test]
    fn every_end_of_a_session_leaves_the_key_closed_to_the_next_program() {
        let desk = Desk::set().unwrap();
        let password = signature_password(SIGNATURE_PASSWORD).unwrap();
        let ends: [(&str, End); 4] = [
            ("a filing", |mut session| {
                session.certificate().unwrap();
                session.sign(&[0x5A; 32]).unwrap();
                session.close().unwrap();
            }),
            ("a cancel before anything was read", |session| session.close().unwrap()),
            ("a drop between certificate and signature", |mut session| drop(session.certificate().unwrap())),
            ("a session that is forgotten", |session| std::mem::forget(session)),
        ];
        for (what, end) in ends {
            let mut card = Card::open(Relayed::connect(&desk).unwrap()).unwrap();
            end(card.unlock_signature(&password, LastTry::NotConfirmed).unwrap());
            // The connection ends here, and the card keeps its power.
            drop(card);
            assert_eq!(desk.unasked_signature().unwrap(), REFUSED, "{what}");
        }
    }
}
