//! Orders and events, and what PC/SC sees of them.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::pcsc_client::{beside_a_reader, transmit};
use crate::program::Reader;

const SELECT: &str = "00A4040C0AD392F000260100000001";

/// What opensc-tool prints when it sends a command as it is.
fn send(reader: &Reader, slot: &str, command: &str) -> String {
    reader.output("opensc-tool", &["--reader", slot, "--card-driver", "default", "--send-apdu", command])
}

#[test]
fn insertions_removals_and_exchanges_are_told_as_pcsc_sees_them() {
    let mut reader = Reader::start(&["--empty"]);
    assert!(reader.output("opensc-tool", &["--name"]).contains("Card not present"));
    assert_eq!(reader.order("insert"), json!({"event": "inserted"}));
    assert_eq!(reader.order("count")["exchanges"], json!(0));
    assert!(send(&reader, "0", SELECT).contains("SW1=0x90, SW2=0x00"));
    let count = reader.order("count");
    assert!(count["exchanges"].as_u64().unwrap() > 0);
    assert!(count["bytesToCard"].as_u64().unwrap() >= 15);
    assert_eq!(reader.order("count")["exchanges"], json!(0));
    assert_eq!(reader.order("remove"), json!({"event": "removed"}));
    assert!(reader.output("opensc-tool", &["--name"]).contains("Card not present"));
}

#[test]
fn what_is_no_order_is_told_so() {
    let mut reader = Reader::start(&["--empty"]);
    assert_eq!(reader.order("dance"), json!({"event": "unknown", "order": "dance"}));
    let cases = [
        ("fault dance", "no fault \"dance\""),
        ("fault remove@0", "from 1 on"),
        ("insert second", "no second card"),
        ("remove second", "no second card"),
    ];
    for (order, reason) in cases {
        let event = reader.order(order);
        assert_eq!((&event["event"], &event["order"]), (&json!("unknown"), &json!(order)));
        assert!(event["reason"].as_str().unwrap().contains(reason), "{event}");
    }
}

#[test]
fn a_second_card_lies_in_the_second_slot() {
    let mut reader = Reader::start(&["--second", "other"]);
    assert_eq!(reader.ready["second"], "Virtual PCD 00 01");
    assert!(send(&reader, "0", SELECT).contains("SW1=0x90, SW2=0x00"));
    assert!(send(&reader, "1", SELECT).contains("SW1=0x6A, SW2=0x82"));
    assert!(send(&reader, "1", "0084000008").contains("SW1=0x6D, SW2=0x00"));
    assert!(
        reader.output("opensc-tool", &["--reader", "1", "--atr"]).starts_with("3b:65:00:ff:4f:54:48:45:52")
    );
    assert_eq!(reader.order("remove second"), json!({"event": "removed", "slot": "second"}));
    assert!(send(&reader, "1", SELECT).contains("Card not present"));
    assert!(send(&reader, "0", SELECT).contains("SW1=0x90, SW2=0x00"));
    assert_eq!(reader.order("insert second"), json!({"event": "inserted", "slot": "second"}));
    assert!(send(&reader, "1", SELECT).contains("SW1=0x6A, SW2=0x82"));
}

#[test]
fn the_service_goes_and_comes_back_at_the_same_place() {
    let mut reader = Reader::start(&[]);
    let stopped = json!({"event": "stopped"});
    let started = json!({"event": "started"});
    assert_eq!([reader.order("service stop"), reader.order("service stop")], [stopped.clone(), stopped]);
    let none = reader.output("opensc-tool", &["--name"]);
    assert!(
        none.contains("No smart card readers found") || none.contains("Failed to establish context"),
        "{none}"
    );
    assert_eq!(reader.order("insert")["reason"], "PC/SC is stopped");
    assert_eq!(reader.order("standing")["inserted"], false);
    assert_eq!([reader.order("service start"), reader.order("service start")], [started.clone(), started]);
    assert!(reader.output("opensc-tool", &["--name"]).starts_with("jpki\n"), "the card lies where it lay");
    assert_eq!(reader.order("remove"), json!({"event": "removed"}));
}

#[test]
fn the_socket_takes_the_same_orders() {
    beside_a_reader("orders::the_socket_takes_the_same_orders", &["--empty"], |client| {
        assert_eq!(client.order("insert"), json!({"event": "inserted"}));
        let card = client.connect();
        assert_eq!(transmit(&card, b"\x00\x84\x00\x00\x01").unwrap().len(), 3);
        let count = client.order("count");
        assert_eq!((&count["bytesToCard"], &count["bytesFromCard"]), (&json!(5), &json!(3)));
        let pin = json!({"left": 3, "wrong": 0, "right": 0, "open": false});
        assert_eq!(client.order("standing")["inputSupportPin"], pin);
        assert_eq!(client.order("dance")["event"], "unknown");
        assert_eq!(client.order("remove"), json!({"event": "removed"}));
    });
}

#[test]
fn two_hundred_exchanges_wait_for_no_delayed_acknowledgement() {
    const EXCHANGES: usize = 200;
    let reader = Reader::start(&[]);
    let send = |times: usize| {
        let sends = ["--send-apdu", "0084000008"].repeat(times);
        let arguments = [["--card-driver", "default"].as_slice(), &sends].concat();
        let start = Instant::now();
        let said = reader.output("opensc-tool", &arguments);
        assert_eq!(said.matches("SW1=0x90, SW2=0x00").count(), times, "{said}");
        start.elapsed()
    };
    let start_up = send(1);
    // 40 ms each would be 8 s in all.
    assert!(send(EXCHANGES).saturating_sub(start_up) < Duration::from_secs(2));
}
