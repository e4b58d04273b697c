//! Answers changed octet by octet, and octets that never were one.

use super::*;
use crate::der::{Element, Reader};
use proptest::prelude::*;

fn answers() -> [Vec<u8>; 3] {
    [
        Draft::good().encode(),
        Draft::delegated(appointed_by(SIGNATURE_2024, |_| {})).encode(),
        Draft::saying(says_revoked(NOW - DAY, Some(6))).encode(),
    ]
}

fn is_unknown(octets: &[u8]) -> bool {
    matches!(status_of(octets, 0), RevocationStatus::Unknown { .. })
}

#[test]
fn no_bit_of_an_answer_can_be_changed() {
    for answer in answers() {
        assert!(!is_unknown(&answer));
        for place in 0..answer.len() {
            for bit in 0..8 {
                let mut changed = answer.clone();
                changed[place] ^= 1 << bit;
                assert!(is_unknown(&changed), "octet {place}, bit {bit}");
            }
        }
    }
}

#[test]
fn no_octet_of_an_answer_can_be_missing_or_more() {
    for answer in answers() {
        for place in 0..answer.len() {
            assert!(OcspResponse::parse(&answer[..place]).is_err(), "{place}");
            let shorter = [&answer[..place], &answer[place + 1..]].concat();
            let longer = [&answer[..place], &[answer[place]], &answer[place..]].concat();
            assert!(is_unknown(&shorter) && is_unknown(&longer), "{place}");
        }
    }
}

/// Where every element begins, into the strings that hold more elements.
fn places(element: &Element<'_>, found: &mut Vec<usize>) {
    found.push(element.offset());
    let mut inside = element.children();
    let holds_more = element.tag().is_constructed() || element.content().first() == Some(&0x30);
    while holds_more && !inside.is_empty() {
        let Ok(child) = inside.read() else { return };
        places(&child, found);
    }
}

#[test]
fn a_length_of_a_gibibyte_is_not_believed_anywhere() {
    for answer in answers() {
        let mut found = Vec::new();
        places(&Reader::new(&answer).read().unwrap(), &mut found);
        assert!(found.len() > 40);
        for place in found {
            let claim = [&answer[..=place], b"\x84\x40\x00\x00\x00", &answer[place + 2..]].concat();
            assert!(OcspResponse::parse(&claim).is_err() && is_unknown(&claim), "{place}");
        }
    }
}

proptest! {
    #[test]
    fn any_octets_are_an_answer_or_an_error_with_a_place(input in proptest::collection::vec(any::<u8>(), 0..600)) {
        let error = OcspResponse::parse(&input).unwrap_err();
        prop_assert!(error.offset <= input.len());
        prop_assert_eq!(status_of(&input, 0), unknown(OcspProblem::Malformed { offset: error.offset }));
    }

    #[test]
    fn any_octets_inside_the_wrapping_likewise(input in proptest::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(is_unknown(&successful(&input)));
    }

    #[test]
    fn an_answer_overwritten_in_several_places_is_never_good(
        which in 0..3_usize,
        places in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let original = answers()[which].clone();
        let mut changed = original.clone();
        for (place, octet) in places {
            *place.get_mut(&mut changed) = octet;
        }
        prop_assert_eq!(is_unknown(&changed), changed != original);
    }
}
