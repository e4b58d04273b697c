//! Every fault as a PC/SC client sees it.

use std::time::{Duration, Instant};

use pcsc::{Disposition, Error, State};

use crate::pcsc_client::{Client, beside_a_reader, transmit};

const SELECT: &[u8] = b"\x00\xA4\x04\x0C\x0A\xD3\x92\xF0\x00\x26\x01\x00\x00\x00\x01";
const TOKEN: &[u8] = b"\x00\xA4\x02\x0C\x02\x00\x06";
const PIN: &[u8] = b"\x00\x20\x00\x98\x041234";
const QUERY: &[u8] = b"\x00\x20\x00\x98";
const DONE: &[u8] = &[0x90, 0x00];
const NOT_FOUND: &[u8] = &[0x6A, 0x82];
const REMOVED: [Error; 2] = [Error::NotTransacted, Error::RemovedCard];

#[test]
fn a_wrong_answer_is_one_answer_long() {
    beside_a_reader("faults::a_wrong_answer_is_one_answer_long", &[], |client| {
        let cases = [
            ("byte", 1),
            ("garbage", 64),
            ("long", 65_000),
            ("status:6F00", 2),
            ("delay:10ms", 2),
            ("reset", 2),
        ];
        for (fault, size) in cases {
            let card = client.connect();
            assert_eq!(transmit(&card, SELECT).unwrap(), DONE);
            assert_eq!(client.order(&format!("fault {fault}"))["event"], "fault");
            let answer = transmit(&card, TOKEN).unwrap();
            assert_eq!(answer.len(), size, "{fault}");
            assert_eq!(fault == "status:6F00", answer == [0x6F, 0x00], "{fault}");
            assert_eq!(transmit(&card, SELECT).unwrap(), DONE, "{fault} is over");
        }
    });
}

#[test]
fn a_fault_waits_for_its_exchange_and_may_be_given_beforehand() {
    let options = ["--fault", "status:6F01@3", "--fault", "byte@2"];
    beside_a_reader(
        "faults::a_fault_waits_for_its_exchange_and_may_be_given_beforehand",
        &options,
        |client| {
            let card = client.connect();
            let answers = [(); 4].map(|()| transmit(&card, SELECT).unwrap());
            assert_eq!(answers.each_ref().map(Vec::as_slice), [DONE, &[0x90], &[0x6F, 0x01], DONE]);
        },
    );
}

#[test]
fn a_reset_deselects_and_leaves_open() {
    beside_a_reader("faults::a_reset_deselects_and_leaves_open", &[], |client| reset(client, DONE));
}

#[test]
fn a_reset_closes_where_the_profile_says_so() {
    let options = ["--profile", "reset-clears"];
    beside_a_reader("faults::a_reset_closes_where_the_profile_says_so", &options, |client| {
        reset(client, &[0x63, 0xC3]);
    });
}

/// Resets a card whose PIN stands verified, and asks how it stands then.
fn reset(client: &Client, status: &[u8]) {
    let card = client.connect();
    transmit(&card, SELECT).unwrap();
    transmit(&card, PIN).unwrap();
    client.order("fault reset");
    assert_eq!(transmit(&card, TOKEN).unwrap(), NOT_FOUND);
    transmit(&card, SELECT).unwrap();
    assert_eq!(transmit(&card, QUERY).unwrap(), status);
}

#[test]
fn an_empty_answer_leaves_the_card_as_it_was() {
    beside_a_reader("faults::an_empty_answer_leaves_the_card_as_it_was", &[], |client| {
        let card = client.connect();
        assert_eq!(transmit(&card, SELECT).unwrap(), DONE);
        client.order("fault empty");
        assert_eq!(transmit(&card, PIN).unwrap(), [0_u8; 0]);
        assert_eq!(after_the_break(|| transmit(&card, QUERY)), DONE, "the PIN was verified all the same");
        assert_eq!(client.order("standing")["authenticationPin"]["right"], 1);
    });
}

#[test]
fn a_swap_is_no_removal_and_another_beginning() {
    beside_a_reader("faults::a_swap_is_no_removal_and_another_beginning", &[], |client| {
        let card = client.connect();
        transmit(&card, SELECT).unwrap();
        transmit(&card, PIN).unwrap();
        client.order("fault swap");
        assert_eq!(transmit(&card, TOKEN).unwrap(), [0_u8; 0]);
        assert_eq!(after_the_break(|| transmit(&card, TOKEN)), NOT_FOUND, "nothing is selected");
        assert_eq!(transmit(&card, SELECT).unwrap(), DONE);
        assert_eq!(transmit(&card, QUERY).unwrap(), [0x63, 0xC3], "nothing is verified");
    });
}

/// The first answer behind a broken connection. Until pcscd looks again, there is none.
fn after_the_break(ask: impl Fn() -> Result<Vec<u8>, Error>) -> Vec<u8> {
    let deadline = Instant::now() + Duration::from_secs(5);
    loop {
        match ask() {
            Ok(answer) => return answer,
            Err(error) => assert!(error == Error::NotTransacted && Instant::now() < deadline, "{error}"),
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_card_that_leaves_in_the_middle_gives_no_bytes_and_then_is_gone() {
    beside_a_reader(
        "faults::a_card_that_leaves_in_the_middle_gives_no_bytes_and_then_is_gone",
        &[],
        |client| {
            for disposition in [Disposition::UnpowerCard, Disposition::LeaveCard] {
                let card = client.connect();
                transmit(&card, SELECT).unwrap();
                client.order("fault remove@2");
                assert_eq!(transmit(&card, TOKEN).unwrap(), DONE);
                assert_eq!(transmit(&card, TOKEN).unwrap(), [0_u8; 0]);
                assert!(REMOVED.contains(&transmit(&card, TOKEN).unwrap_err()));
                // Fails where pcscd has noticed already.
                let _ = card.disconnect(disposition);
                assert_eq!(client.order("insert")["event"], "inserted");
            }
            client.wait_for(State::PRESENT);
        },
    );
}

#[test]
fn a_silent_or_late_card_answers_orders_and_can_be_removed() {
    beside_a_reader("faults::a_silent_or_late_card_answers_orders_and_can_be_removed", &[], |client| {
        for fault in ["silent", "delay:3600s"] {
            client.order(&format!("fault {fault}"));
            let card = client.connect();
            let answer = std::thread::scope(|scope| {
                scope.spawn(|| remove_in_the_middle(client));
                transmit(&card, SELECT)
            });
            assert_eq!(answer.unwrap(), [0_u8; 0], "{fault}");
            let _ = card.disconnect(Disposition::UnpowerCard);
            assert_eq!(client.order("insert")["event"], "inserted");
        }
    });
}

fn remove_in_the_middle(client: &Client) {
    let exchanges = || client.order("count")["exchanges"].as_u64();
    while exchanges() == Some(0) {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(client.order("remove")["event"], "removed");
}
