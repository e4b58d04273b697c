//! An index put together from others answers as if every list had been put into it.

use super::*;

/// Everything that a list can be to an index, and both orders of older and newer.
#[test]
fn merging_is_the_same_as_inserting() {
    let spoilt = numbered(9).with(|draft| draft.spoil_signature = true);
    let no_number = Draft::good().with(|draft| drop(draft.extensions.remove(1)));
    let full = numbered(4).with(|draft| drop(draft.extensions.remove(2)));
    let table = [
        vec![],
        vec![numbered(5)],
        vec![numbered(5), numbered(6)],
        vec![numbered(6), numbered(5)],
        vec![numbered(5), numbered(5)],
        vec![spoilt.clone()],
        vec![spoilt.clone(), numbered(5)],
        vec![numbered(5), spoilt.clone()],
        vec![no_number.clone(), spoilt],
        vec![full.clone()],
        vec![numbered(5), full, no_number],
        vec![Draft::revoking(1), Draft::good()],
        vec![Draft::good(), Draft::revoking(1)],
    ];
    for (row, drafts) in table.iter().enumerate() {
        let whole = index(drafts);
        let mut merged = CrlIndex::default();
        for draft in drafts {
            let _ = merged.merge(&index(std::slice::from_ref(draft)));
        }
        assert_eq!(merged.seen(), whole.seen(), "row {row}");
        assert_eq!((merged.lists(), merged.entries()), (whole.lists(), whole.entries()), "row {row}");
        for offset in [-2 * DAY, 0, 2 * DAY] {
            assert_eq!(ask(&merged, offset), ask(&whole, offset), "row {row} at {offset}");
        }
    }
}

#[test]
fn a_list_older_than_one_seen_is_not_taken_over() {
    let mut seen = SeenNumbers::default();
    seen.merge(index(&[numbered(6)]).seen());
    let mut merged = CrlIndex::new(seen);
    assert_eq!(merged.merge(&index(&[numbered(5)])), Err(CrlProblem::Older));
    let why = UnknownReason::List(CrlProblem::Older);
    assert_eq!(ask(&merged, 0).status, RevocationStatus::Unknown { why });
    assert_eq!(merged.merge(&index(&[numbered(7)])), Ok(()));
    assert_eq!(ask(&merged, 0), ask(&index(&[numbered(7)]), 0));
}
