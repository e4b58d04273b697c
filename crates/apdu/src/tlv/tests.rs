use alloc::vec::Vec;

use proptest::prelude::*;

use super::*;

#[test]
fn a_header_is_read_without_its_value() {
    // name, bytes, tag, header length, value length
    let cases: [(&str, &[u8], u32, usize, usize); 7] = [
        ("a short length", &[0x30, 0x05], 0x30, 2, 5),
        ("a length of one more byte", &[0x04, 0x81, 0x80], 0x04, 3, 128),
        ("a certificate", &[0x30, 0x82, 0x06, 0xC8], 0x30, 4, 1736),
        ("a length of four more bytes", &[0x04, 0x84, 0, 0, 1, 0], 0x04, 6, 256),
        ("a tag of two bytes", &[0xDF, 0x21, 0x08], 0xDF21, 3, 8),
        ("a tag of three bytes", &[0x5F, 0x81, 0x01, 0x00], 0x5F_8101, 4, 0),
        ("more behind it", &[0x30, 0x00, 0xFF, 0xFF], 0x30, 2, 0),
    ];
    for (name, bytes, tag, header_length, value_length) in cases {
        assert_eq!(Header::parse(bytes), Ok(Header { tag, header_length, value_length }), "{name}");
    }
}

#[test]
fn a_malformed_object_is_refused_at_the_place() {
    let cases: [(&str, &[u8], Malformed, usize); 9] = [
        ("half a tag", &[0xDF], Malformed::TagTruncated, 1),
        ("two thirds of a tag", &[0xDF, 0x81], Malformed::TagTruncated, 2),
        ("a tag of four bytes", &[0xDF, 0x81, 0x81, 0x01], Malformed::TagTooLong, 3),
        ("a tag alone", &[0x30], Malformed::LengthTruncated, 1),
        ("half a length", &[0x30, 0x82, 0x01], Malformed::LengthTruncated, 3),
        ("an indefinite length", &[0x30, 0x80, 0, 0], Malformed::LengthForm, 1),
        ("a length of five more bytes", &[0x30, 0x85, 0, 0, 0, 0, 0], Malformed::LengthForm, 1),
        ("a short value", &[0x30, 0x02, 0xAA], Malformed::ValueTruncated, 3),
        (
            "a short value after a good one",
            &[0x04, 0x01, 0x00, 0x30, 0x02, 0xAA],
            Malformed::ValueTruncated,
            6,
        ),
    ];
    for (name, bytes, what, offset) in cases {
        let last = Reader::new(bytes).last();
        assert_eq!(last, Some(Err(DecodeError::new(what, offset))), "{name}");
    }
}

#[test]
fn nothing_holds_no_objects() {
    assert_eq!(Reader::new(&[]).next(), None);
}

fn written(objects: &[(u8, Vec<u8>)]) -> Vec<u8> {
    objects.iter().fold(Vec::new(), |mut bytes, (tag, value)| {
        let length = u16::try_from(value.len()).unwrap().to_be_bytes();
        bytes.extend([&[*tag, 0x82], &length[..], value].concat());
        bytes
    })
}

proptest! {
    #[test]
    fn what_was_written_is_read(
        objects in prop::collection::vec((0_u8..0x1F, prop::collection::vec(any::<u8>(), 0..300)), 0..6),
    ) {
        let bytes = written(&objects);
        let read: Vec<_> = Reader::new(&bytes).map(Result::unwrap).collect();
        let read: Vec<_> = read.iter().map(|object| (object.tag, object.value, &bytes[object.offset..])).collect();
        prop_assert_eq!(read.len(), objects.len());
        for ((tag, value, from_offset), (written_tag, written)) in read.into_iter().zip(&objects) {
            prop_assert_eq!((tag, value), (u32::from(*written_tag), written.as_slice()));
            prop_assert!(from_offset.starts_with(value));
        }
    }

    #[test]
    fn any_bytes_end_in_objects_or_in_an_error_inside_them(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        for object in Reader::new(&bytes) {
            if let Err(error) = object {
                prop_assert!(error.offset <= bytes.len());
            }
        }
    }

    #[test]
    fn cutting_the_last_byte_is_always_noticed(value in prop::collection::vec(any::<u8>(), 1..300)) {
        let bytes = written(&[(0x04, value)]);
        let cut = &bytes[..bytes.len() - 1];
        prop_assert_eq!(Reader::new(cut).next(), Some(Err(DecodeError::new(Malformed::ValueTruncated, cut.len()))));
    }
}
