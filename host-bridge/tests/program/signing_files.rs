//! `shomei-host sign` as far as it comes without a display: what is refused before any window, and its exit codes.

use std::path::Path;
use std::process::{Command, Output};

use crate::running::{Place, program};

fn sign(place: &Place, folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(program());
    command.arg("sign").args(arguments).current_dir(folder);
    place.alone(&mut command).output().unwrap()
}

#[test]
fn what_cannot_be_signed_ends_with_2_and_what_has_no_window_with_1_and_neither_leaves_a_file() {
    let place = Place::installed(&[]);
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in [("a.txt", "abc"), ("b.txt", "b"), ("b.txt.p7s", "old")] {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let cases: [(&str, &[&str], i32, &str); 7] = [
        ("no format", &["a.txt"], 2, "--format"),
        ("an unknown format", &["a.txt", "--format", "xades"], 2, "xades"),
        ("no file", &["--format", "cades"], 2, "FILE"),
        ("a file that is not there", &["c.txt", "--format", "cades"], 2, "c.txt を読めません"),
        ("signed before", &["b.txt", "--format", "cades"], 2, "b.txt.p7s がすでにあります"),
        ("one of several signed before", &["a.txt", "b.txt", "--format", "cades"], 2, "b.txt.p7s"),
        ("no display", &["a.txt", "--format", "jades"], 1, "署名の画面を開けませんでした"),
    ];
    for (name, arguments, code, told) in cases {
        let output = sign(&place, folder.path(), arguments);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{name}: {error}");
        assert!(error.contains(told), "{name}: {error}");
        assert!(output.stdout.is_empty(), "{name}");
        assert_eq!(folder.path().read_dir().unwrap().count(), 3, "{name}");
    }
}
