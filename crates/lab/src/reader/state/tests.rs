//! A card that is stopped and started again.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use tempfile::TempDir;

use super::*;

const LOCKED: &str = "{\n  \"signaturePassword\": {\n    \"left\": 5\n  },\n  \"authenticationPin\": {\n    \"left\": 0\n  }\n}\n";

fn state(references: &[(Reference, u8, Option<u8>)]) -> State {
    let digest = |byte| SaltedDigest { salt: [byte; 16], digest: [byte; 32] };
    let kept = |(reference, left, changed): &(Reference, u8, Option<u8>)| ReferenceState {
        reference: *reference,
        left: *left,
        changed: changed.map(digest),
    };
    State { references: references.iter().map(kept).collect() }
}

#[test]
fn what_is_kept_is_found_again_by_nobody_else() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("state.json");
    let mut file = StateFile::open(&path).unwrap();
    assert_eq!(*file.kept(), State::default());
    for kept in [
        state(&[(Reference::SignaturePassword, 5, None), (Reference::AuthenticationPin, 0, None)]),
        state(&[(Reference::SignaturePassword, 4, Some(7)), (Reference::AuthenticationPin, 3, None)]),
    ] {
        file.keep(kept.clone()).unwrap();
        assert_eq!(*StateFile::open(&path).unwrap().kept(), kept);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing beside it");
}

#[test]
fn a_locked_card_is_written_so() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("state.json");
    let locked = state(&[(Reference::SignaturePassword, 5, None), (Reference::AuthenticationPin, 0, None)]);
    StateFile::open(&path).unwrap().keep(locked).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), LOCKED);
}

#[test]
fn what_this_card_lacks_stays_as_it_was() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("state.json");
    StateFile::open(&path).unwrap().keep(state(&[(Reference::SignaturePassword, 2, Some(1))])).unwrap();
    StateFile::open(&path).unwrap().keep(state(&[(Reference::AuthenticationPin, 1, None)])).unwrap();
    let both = state(&[(Reference::SignaturePassword, 2, Some(1)), (Reference::AuthenticationPin, 1, None)]);
    assert_eq!(*StateFile::open(&path).unwrap().kept(), both);
}

#[test]
fn a_file_that_holds_something_else_is_refused_and_left_alone() {
    let salt = "00".repeat(15);
    let short =
        format!(r#"{{"authenticationPin":{{"left":1,"changed":{{"salt":"{salt}","digest":"00"}}}}}}"#);
    let cases = ["", "[1]", r#"{"pin":{"left":1}}"#, r#"{"authenticationPin":{"left":256}}"#, short.as_str()];
    for text in cases {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("state.json");
        fs::write(&path, text).unwrap();
        let error = StateFile::open(&path).unwrap_err();
        assert!(matches!(error, StateError::Content { .. }), "{text}: {error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    assert!(matches!(StateFile::open(Path::new("/")), Err(StateError::File { .. })));
}
