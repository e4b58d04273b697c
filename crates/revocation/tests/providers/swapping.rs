//! Lists that are exchanged while others ask.

use crate::world::*;
use shomei_revocation::CrlFolder;
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// Both cities' lists go from good to revoked and back with ever higher numbers; every answer about a set of certificates
/// is from one whole generation.
#[test]
fn who_asks_sees_one_whole_generation_and_never_a_half_one() {
    let folder = tempfile::tempdir().unwrap();
    let lists = lists(None);
    let files = CrlFolder::new(folder.path(), lists.clone());
    let write = |generation: &[Vec<u8>; 2]| {
        for (number, list) in generation.iter().enumerate() {
            fs::write(folder.path().join(format!("{number}.crl")), list).unwrap();
        }
        files.refresh();
    };
    let mut empty = [0, 1].map(|number| first_list(number, -400));
    write(&empty);
    let over = AtomicBool::new(false);
    let asked = || {
        let mut seen = [0_usize; 2];
        // Once more after the end, so that every thread has seen the last generation.
        let mut last = false;
        while !last {
            last = over.load(Ordering::Acquire);
            let index = lists.current();
            let revoked = [0, 1].map(|number| is_revoked(status(index.as_ref(), number, 0)));
            assert_eq!(revoked[0], revoked[1], "half a generation");
            seen[usize::from(revoked[0])] += 1;
        }
        seen
    };
    thread::scope(|scope| {
        let askers: Vec<_> = (0..3).map(|_| scope.spawn(asked)).collect();
        for swap in 0..200 {
            let made = -390 + swap;
            let listed = [0, 1].map(|number| revoking_list(number, &empty[number], made));
            // The list after the one before, with nobody on it, has the number of the one with the resident on it.
            empty = [0, 1].map(|number| next_list(number, &empty[number], made));
            write(if swap % 2 == 0 { &listed } else { &empty });
            assert_eq!(is_revoked(status(lists.as_ref(), 0, 0)), swap % 2 == 0, "swap {swap}");
        }
        over.store(true, Ordering::Release);
        let seen: Vec<_> = askers.into_iter().map(|asker| asker.join().unwrap()).collect();
        assert!(seen.iter().all(|[good, _]| *good > 0), "{seen:?}");
    });
    assert_eq!(lists.problems(), []);
}
