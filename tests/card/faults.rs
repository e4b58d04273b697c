//! The faults that a real PC/SC service can be made to show, at the exchanges of a filing that matter most. The whole
//! table, of every operation at every exchange, is the card crate's.

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use shomei_card::{Card, CardError, LastTry, Part, Transport, TransportError, UnlockError};
    use shomei_lab::SIGNATURE_PASSWORD;
    use shomei_tests::{Desk, Relayed, signature_password};

    /// No fault may keep a program longer; the longest that is injected is half a second.
    const BOUND: Duration = Duration::from_secs(5);
    /// SELECT of the application, VERIFY, the signature: counted from 1.
    const EXCHANGES: [u32; 3] = [1, 5, 15];

    /// Opens, unlocks, reads the certificate, signs, closes.
    fn file(transport: impl Transport) -> Result<(), UnlockError> {
        let mut card = Card::open(transport)?;
        let password = signature_password(SIGNATURE_PASSWORD).unwrap();
        let mut session = card.unlock_signature(&password, LastTry::NotConfirmed)?;
        session.certificate()?;
        session.sign(&[7; 32])?;
        Ok(session.close()?)
    }

    type Judge = fn(Result<(), CardError>) -> bool;

    /// A fault, what it has to be called, and whether the service may have lost the card over it.
    const FAULTS: [(&str, Judge, bool); 8] = [
        ("remove", is_gone, true),
        ("empty", is_gone, true),
        ("byte", is_cut_short, false),
        ("garbage", |done| matches!(done, Err(CardError::Refused { .. })), false),
        ("long", |done| matches!(done, Err(CardError::Transport(_))), false),
        ("status:6F00", |done| matches!(done, Err(CardError::Refused { .. })), false),
        ("delay:500ms", |done| done.is_ok(), false),
        ("swap", is_away_for_a_moment, true),
    ];

    /// A card that is pulled answers with success and no bytes, or is said to be removed.
    fn is_gone(done: Result<(), CardError>) -> bool {
        matches!(
            done,
            Err(CardError::Removed) | Err(CardError::Malformed { what: Part::Answer(_), offset: 0 })
        )
    }

    /// Depending on when the service looks, it is a removal or a failed exchange.
    fn is_away_for_a_moment(done: Result<(), CardError>) -> bool {
        is_gone(done) || matches!(done, Err(CardError::Transport(_)))
    }

    /// Drivers differ in what they make of one byte.
    fn is_cut_short(done: Result<(), CardError>) -> bool {
        matches!(done, Err(CardError::Malformed { what: Part::Answer(_), .. } | CardError::Transport(_)))
    }

    fn card_error(done: Result<(), UnlockError>) -> Result<(), CardError> {
        done.map_err(|error| match error {
            UnlockError::Card(error) => error,
            about_the_password => panic!("the right password was called {about_the_password:?}"),
        })
    }

    fn check(desk: &mut Desk, fault: &str, at: u32, told: Judge, lost: bool) {
        let planned = format!("fault {fault}@{at}");
        let mut relayed = Relayed::connect(desk).unwrap();
        desk.reader().order(&planned, "fault").unwrap();
        let begun = Instant::now();
        let done = card_error(file(&mut relayed));
        // A card that is gone has no power to be taken.
        let _ = relayed.power_off();
        assert!(told(done), "{planned}: {done:?}");
        assert!(begun.elapsed() < BOUND, "{planned}: {:?}", begun.elapsed());
        let standing = desk.reader().order("standing", "standing").unwrap();
        let password = &standing["signaturePassword"];
        assert_eq!((&password["left"], &password["wrong"]), (&5.into(), &0.into()), "{planned}");
        if lost {
            // A card that is away has lost its power and with it the open key; one that only seems to be away to the
            // service may keep it until the next program looks. So nothing is said of the key here.
            desk.reader().order("remove", "removed").unwrap();
            desk.reader().order("insert", "inserted").unwrap();
        } else {
            assert_eq!(password["open"], false, "{planned}");
        }
    }

    #[test]
    fn each_fault_is_told_as_what_it_is_and_harms_nothing() {
        let mut desk = Desk::set().unwrap();
        for (fault, told, lost) in FAULTS {
            for at in EXCHANGES {
                check(&mut desk, fault, at, told, lost);
            }
        }
        // And all is well again.
        file(Relayed::connect(&desk).unwrap()).unwrap();
        assert_eq!(desk.unasked_signature().unwrap(), "6982");
    }

    #[test]
    fn a_service_that_is_killed_is_told_as_stopped_and_the_next_one_serves() {
        let mut desk = Desk::set().unwrap();
        let mut relayed = Relayed::connect(&desk).unwrap();
        desk.reader().order("service stop", "stopped").unwrap();
        let done = card_error(file(&mut relayed));
        assert_eq!(done, Err(CardError::Transport(TransportError::ServiceStopped)));
        desk.reader().order("service start", "started").unwrap();
        file(Relayed::connect(&desk).unwrap()).unwrap();
    }

    #[test]
    fn a_card_that_another_program_holds_is_not_reached() {
        let desk = Desk::set().unwrap();
        let _holder = Relayed::connect(&desk).unwrap();
        assert!(Relayed::connect(&desk).is_err());
    }
}
