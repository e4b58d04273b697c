use super::*;
use proptest::prelude::*;

#[test]
fn every_violation_is_refused_with_its_name() {
    use DerViolation::{Content, Depth, Length, LongTag, SetOrder, TrailingOctets, Truncated, UnknownType};
    let table: &[(&str, &[u8], DerViolation)] = &[
        ("nothing at all", b"", Truncated),
        ("no length", b"\x30", Truncated),
        ("content cut off", b"\x04\x02\x00", Truncated),
        ("octets after the end", b"\x05\x00\x00", TrailingOctets),
        ("a tag above 30", b"\x1f\x20\x00", LongTag),
        ("an indefinite length", b"\x30\x80\x00\x00", Length),
        ("a long form below 128", b"\x04\x81\x01\x00", Length),
        ("a length with a leading zero", b"\x04\x82\x00\x80", Length),
        ("a length of five octets", b"\x04\x85\x01\x00\x00\x00\x00", Length),
        ("TRUE as one", b"\x01\x01\x01", Content("BOOLEAN other than TRUE")),
        ("FALSE, which is every BOOLEAN's default", b"\x01\x01\x00", Content("BOOLEAN other than TRUE")),
        ("an INTEGER with a spare zero", b"\x02\x02\x00\x01", Content("INTEGER")),
        ("an INTEGER with spare ones", b"\x02\x02\xff\xff", Content("INTEGER")),
        ("an empty INTEGER", b"\x02\x00", Content("INTEGER")),
        ("unused bits that are set", b"\x03\x02\x01\x01", Content("BIT STRING")),
        ("eight unused bits", b"\x03\x02\x08\x00", Content("BIT STRING")),
        ("NULL with content", b"\x05\x01\x00", Content("NULL")),
        ("an arc with a leading zero", b"\x06\x03\x2a\x80\x01", Content("OBJECT IDENTIFIER")),
        ("an arc without end", b"\x06\x02\x2a\x83", Content("OBJECT IDENTIFIER")),
        ("half a character", b"\x0c\x01\xe5", Content("UTF8String")),
        ("an underscore in PrintableString", b"\x13\x01_", Content("PrintableString")),
        ("UTCTime with an offset", b"\x17\x11251027013557+0900", Content("UTCTime")),
        ("GeneralizedTime with a fraction", b"\x18\x1120251027013557.1Z", Content("GeneralizedTime")),
        ("a constructed OCTET STRING", b"\x24\x00", UnknownType(0x24)),
        ("a type of no use here", b"\x09\x01\x00", UnknownType(0x09)),
        ("a SET out of order", b"\x31\x06\x02\x01\x02\x02\x01\x01", SetOrder),
    ];
    for (name, input, why) in table {
        assert_eq!(check(input).map_err(|error| error.why), Err(*why), "{name}");
    }
    let deep = (0..30).fold(Vec::new(), |inner, _| element(Tag::SEQUENCE, &inner));
    assert_eq!(check(&deep).map_err(|error| error.why), Err(Depth));
}

#[test]
fn an_error_points_at_the_element() {
    let input = b"\x30\x08\x02\x01\x01\x30\x03\x01\x01\x01";
    assert_eq!(check(input).unwrap_err().offset, 7);
}

#[test]
fn object_identifiers_are_shown_with_dots() {
    let table: &[(&[u8], &str)] = &[
        (b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b", "1.2.840.113549.1.1.11"),
        (b"\x55\x1d\x0f", "2.5.29.15"),
        (
            b"\x69\x81\xa1\xcf\xb8\xae\x90\x91\xe2\xa3\xd7\xb3\xf8\xe5\x9d\x87\xa9\xe8\xe4\x1b\x01",
            "2.25.107415331360325251311376632813692006939.1",
        ),
        (b"\x2a\x83", "1.2.?"),
        (b"", ""),
    ];
    for (content, text) in table {
        assert_eq!(oid_to_string(content), *text);
    }
}

proptest! {
    #[test]
    fn what_is_written_passes_the_check(parts in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..300), 0..20)) {
        let parts = parts.iter().map(|part| element(Tag::OCTET_STRING, part)).collect();
        let written = set_of(Tag::SET, parts);
        prop_assert_eq!(check(&written), Ok(()));
    }

    #[test]
    fn no_input_makes_it_panic(input in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = check(&input);
        let _ = oid_to_string(&input);
    }
}
