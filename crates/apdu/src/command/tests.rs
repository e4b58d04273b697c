use alloc::{format, vec, vec::Vec};

use proptest::prelude::*;

use super::*;
use crate::Malformed;

fn encoded(command: &Command<'_>) -> Vec<u8> {
    let mut buffer = vec![0; 70_000];
    let length = command.encode(&mut buffer).unwrap();
    buffer.truncate(length);
    buffer
}

const fn select() -> Command<'static> {
    Command::new(Class::INTERINDUSTRY, 0xA4, 0x02, 0x0C)
}

#[test]
fn each_case_has_its_bytes() {
    let cases: [(&str, Command<'_>, &[u8]); 8] = [
        ("case 1", select(), &[0, 0xA4, 2, 0x0C]),
        ("case 2, short", select().expecting(4), &[0, 0xA4, 2, 0x0C, 4]),
        ("case 2, short, as much as there is", select().expecting(256), &[0, 0xA4, 2, 0x0C, 0]),
        ("case 2, extended", select().expecting(257), &[0, 0xA4, 2, 0x0C, 0, 1, 1]),
        ("case 2, extended, all", select().expecting(65_536), &[0, 0xA4, 2, 0x0C, 0, 0, 0]),
        ("case 3, short", select().with_data(Data::Plain(&[0, 1])), &[0, 0xA4, 2, 0x0C, 2, 0, 1]),
        (
            "case 4, short",
            select().with_data(Data::Plain(&[0, 1])).expecting(256),
            &[0, 0xA4, 2, 0x0C, 2, 0, 1, 0],
        ),
        (
            "case 4, extended",
            select().with_data(Data::Plain(&[9])).expecting(256).extended(),
            &[0, 0xA4, 2, 0x0C, 0, 0, 1, 9, 1, 0],
        ),
    ];
    for (name, command, bytes) in cases {
        assert_eq!(encoded(&command), bytes, "{name}");
        assert_eq!(encoded(&Command::parse(bytes).unwrap()), bytes, "{name}, read back");
    }
}

#[test]
fn long_data_and_long_answers_take_the_extended_form() {
    let data = [7; 256];
    assert_eq!(select().with_data(Data::Plain(&data[..255])).form(), Form::Short);
    assert_eq!(select().with_data(Data::Plain(&data)).form(), Form::Extended);
    assert_eq!(select().expecting(256).form(), Form::Short);
    assert_eq!(select().expecting(257).form(), Form::Extended);
    assert_eq!(encoded(&select().with_data(Data::Plain(&data)))[4..7], [0, 1, 0]);
}

#[test]
fn bytes_that_are_no_command_are_refused_at_the_place() {
    let cases: [(&str, &[u8], Malformed, usize); 8] = [
        ("nothing", &[], Malformed::HeaderTooShort, 0),
        ("three bytes", &[0, 0xA4, 2], Malformed::HeaderTooShort, 3),
        ("less data than Lc", &[0, 0xA4, 2, 0x0C, 3, 1], Malformed::BodyLength, 4),
        ("two bytes after the data", &[0, 0xA4, 2, 0x0C, 1, 1, 0, 0], Malformed::BodyLength, 4),
        ("a zero Lc and one byte", &[0, 0xA4, 2, 0x0C, 0, 1], Malformed::BodyLength, 4),
        ("an extended Lc of zero", &[0, 0xA4, 2, 0x0C, 0, 0, 0, 1], Malformed::ZeroLc, 5),
        ("less data than an extended Lc", &[0, 0xA4, 2, 0x0C, 0, 0, 2, 1], Malformed::BodyLength, 5),
        ("half an extended Le", &[0, 0xA4, 2, 0x0C, 0, 0, 1, 1, 0], Malformed::BodyLength, 5),
    ];
    for (name, bytes, what, offset) in cases {
        assert_eq!(Command::parse(bytes), Err(DecodeError::new(what, offset)), "{name}");
    }
}

#[test]
fn a_command_without_an_encoding_says_why_and_writes_nothing() {
    let data = vec![1; 65_536];
    let cases = [
        (select().with_data(Data::Plain(&data)), 8, EncodeError::DataTooLong { length: 65_536 }),
        (select().expecting(65_537), 8, EncodeError::ExpectedTooLong { expected: 65_537 }),
        (select().expecting(1), 4, EncodeError::BufferTooSmall { needed: 5, available: 4 }),
    ];
    for (command, room, error) in cases {
        let mut buffer = vec![0xEE; room];
        assert_eq!(command.encode(&mut buffer), Err(error));
        assert!(buffer.iter().all(|byte| *byte == 0xEE));
    }
}

#[test]
fn a_secret_is_not_printed_neither_built_nor_parsed() {
    let built = Command::new(Class::INTERINDUSTRY, 0x20, 0, 0x80).with_data(Data::Sensitive(b"SECRET1"));
    let wire = encoded(&built);
    let parsed = Command::parse(&wire).unwrap();
    for command in [built, parsed] {
        let printed = format!("{command:?}");
        assert!(printed.contains("data: REDACTED"), "{printed}");
        assert!(!printed.contains("53, 45"), "{printed}");
    }
    assert!(format!("{:?}", select().with_data(Data::Plain(&[0xAB]))).contains("[AB]"));
}

proptest! {
    #[test]
    fn every_command_survives_the_way_there_and_back(
        header in any::<[u8; 4]>(),
        data in prop::collection::vec(any::<u8>(), 0..400),
        expected in prop_oneof![Just(0_u32), 1..=256_u32, 257..=65_536_u32],
        extended in any::<bool>(),
    ) {
        let [class, instruction, p1, p2] = header;
        let plain = Command::new(Class::new(class), instruction, p1, p2)
            .with_data(Data::Sensitive(&data))
            .expecting(expected);
        let command = if extended { plain.extended() } else { plain };
        let wire = encoded(&command);
        let back = Command::parse(&wire).unwrap();
        prop_assert_eq!(back.data(), &data[..]);
        prop_assert_eq!(back.expected(), expected);
        prop_assert_eq!((back.class(), back.instruction(), back.p1(), back.p2()),
            (Class::new(class), instruction, p1, p2));
        prop_assert_eq!(encoded(&back), wire);
    }

    #[test]
    fn whatever_parses_is_written_back_as_it_came(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        if let Ok(command) = Command::parse(&bytes) {
            prop_assert_eq!(encoded(&command), bytes);
        }
    }
}
