use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use super::{Outputs, WriteError};
use crate::sign::error::InputError;

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn outputs(folder: &Path) -> Outputs {
    Outputs::new(vec![folder.join("a.p7s"), folder.join("b.p7s")]).unwrap()
}

#[test]
fn all_are_written_for_their_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    outputs(folder.path()).write(&[b"a".to_vec(), b"b".to_vec()]).unwrap();
    assert_eq!(names(folder.path()), ["a.p7s", "b.p7s"]);
    for (name, content) in [("a.p7s", "a"), ("b.p7s", "b")] {
        let path = folder.path().join(name);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), content);
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{name}");
    }
}

#[test]
fn one_that_came_into_being_meanwhile_is_left_alone_and_nothing_else_remains() {
    for late in ["a.p7s", "b.p7s"] {
        let folder = tempfile::tempdir().unwrap();
        let outputs = outputs(folder.path());
        std::fs::write(folder.path().join(late), "somebody else's").unwrap();
        let refused = outputs.write(&[b"a".to_vec(), b"b".to_vec()]);
        assert!(matches!(refused, Err(WriteError::Exists { .. })), "{late}: {refused:?}");
        assert_eq!(names(folder.path()), [late]);
        assert_eq!(std::fs::read_to_string(folder.path().join(late)).unwrap(), "somebody else's");
    }
}

#[test]
fn a_folder_that_is_gone_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("inside");
    std::fs::create_dir(&inside).unwrap();
    let outputs = outputs(&inside);
    std::fs::remove_dir(&inside).unwrap();
    assert!(matches!(outputs.write(&[vec![1], vec![2]]), Err(WriteError::Io { .. })));
}

#[test]
fn what_could_not_be_written_afterwards_is_refused_before() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("a.p7s");
    std::os::unix::fs::symlink("nowhere", &there).unwrap();
    let other = folder.path().join("b.p7s");
    type Expected = fn(&InputError) -> bool;
    let cases: [(&str, Vec<_>, Expected); 3] = [
        ("a link to nothing", vec![there], |error| matches!(error, InputError::Exists { .. })),
        ("twice", vec![other.clone(), other.clone()], |error| matches!(error, InputError::Twice { .. })),
        ("no folder", vec![other.join("c.p7s")], |error| matches!(error, InputError::NoFolder { .. })),
    ];
    for (name, paths, expected) in cases {
        let refused = Outputs::new(paths).unwrap_err();
        assert!(expected(&refused), "{name}: {refused:?}");
    }
}
