//! A card for somebody else's vpcd, which the test plays.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdin, Command, Stdio};

use serde_json::{Value, json};

use crate::program;

const POWER_OFF: &[u8] = &[0x00];
const ANSWER_TO_RESET: &[u8] = &[0x04];
const SELECT: &[u8] = b"\x00\xA4\x04\x0C\x0A\xD3\x92\xF0\x00\x26\x01\x00\x00\x00\x01";
const QUERY: &[u8] = b"\x00\x20\x00\x98";

struct Card {
    process: Child,
    orders: Option<ChildStdin>,
    events: BufReader<std::process::ChildStdout>,
}

impl Card {
    fn start(address: &str, more: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_shomei-lab"))
            .args(["card", "--vpcd", address, "--card"])
            .arg(program::card())
            .args(more)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let events = BufReader::new(process.stdout.take().unwrap());
        let mut card = Self { orders: process.stdin.take(), process, events };
        assert_eq!(card.event(), json!({"event": "ready", "vpcd": address}));
        card
    }

    fn event(&mut self) -> Value {
        let mut line = String::new();
        self.events.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }

    fn order(&mut self, order: &str) -> Value {
        writeln!(self.orders.as_ref().unwrap(), "{order}").unwrap();
        self.event()
    }
}

impl Drop for Card {
    fn drop(&mut self) {
        // Gone already where the test went well.
        let _ = self.process.kill();
    }
}

fn send(vpcd: &mut TcpStream, body: &[u8]) {
    let length = u16::try_from(body.len()).unwrap().to_be_bytes();
    vpcd.write_all(&[&length, body].concat()).unwrap();
}

fn ask(vpcd: &mut TcpStream, body: &[u8]) -> Vec<u8> {
    send(vpcd, body);
    let mut length = [0; 2];
    vpcd.read_exact(&mut length).unwrap();
    let mut answer = vec![0; u16::from_be_bytes(length).into()];
    vpcd.read_exact(&mut answer).unwrap();
    answer
}

#[test]
fn a_card_answers_obeys_and_ends_with_its_reader() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let mut card = Card::start(&address, &[]);
    let mut vpcd = listener.accept().unwrap().0;
    assert_eq!(ask(&mut vpcd, ANSWER_TO_RESET)[..2], [0x3B, 0xE0]);
    assert_eq!(ask(&mut vpcd, SELECT), [0x90, 0x00]);
    assert_eq!(ask(&mut vpcd, QUERY), [0x63, 0xC3]);
    assert_eq!(card.order("standing")["authenticationPin"]["left"], 3);
    assert_eq!(card.order("service stop")["reason"], "PC/SC is not this program's");
    send(&mut vpcd, POWER_OFF);
    assert_eq!(ask(&mut vpcd, QUERY), [0x6A, 0x82], "nothing is selected any more");

    assert_eq!(card.order("remove"), json!({"event": "removed"}));
    assert_eq!(vpcd.read(&mut [0]).unwrap(), 0);
    assert_eq!(card.order("insert"), json!({"event": "inserted"}));
    vpcd = listener.accept().unwrap().0;
    // The end of its input is no order to a card.
    card.orders = None;
    assert_eq!(ask(&mut vpcd, SELECT), [0x90, 0x00]);
    drop(vpcd);
    assert!(card.process.wait().unwrap().success());
}

#[test]
fn a_card_that_left_by_itself_comes_back_when_told() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let mut card = Card::start(&address, &["--fault", "remove@2"]);
    let mut vpcd = listener.accept().unwrap().0;
    assert_eq!(ask(&mut vpcd, SELECT), [0x90, 0x00]);
    send(&mut vpcd, SELECT);
    assert_eq!(vpcd.read(&mut [0]).unwrap(), 0);
    // The connection ends a moment before the card takes note.
    while card.order("standing")["inserted"] != false {}
    assert_eq!(card.order("insert"), json!({"event": "inserted"}));
    let mut vpcd = listener.accept().unwrap().0;
    assert_eq!(ask(&mut vpcd, SELECT), [0x90, 0x00]);
    writeln!(card.orders.as_ref().unwrap(), "quit").unwrap();
    assert!(card.process.wait().unwrap().success());
}
