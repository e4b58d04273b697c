use std::path::PathBuf;

use super::of;
use crate::card::Trouble;
use crate::lock::LockError;
use crate::sign::error::{InputError, NotSigned, Problem};
use crate::sign::output::WriteError;

const TROUBLES: [Trouble; 10] = [
    Trouble::Blocked,
    Trouble::TooManyWrong,
    Trouble::NoCertificate,
    Trouble::Expired,
    Trouble::NotYetValid,
    Trouble::UnknownCertificate,
    Trouble::SelfCheck,
    Trouble::CardError,
    Trouble::UnfitFile,
    Trouble::NotDelivered,
];

fn path() -> PathBuf {
    "書類/申請書.txt".into()
}

#[test]
fn every_problem_has_its_code_names_its_file_and_speaks_of_the_tries_in_both_languages() {
    let input = |error| Problem::Input(error);
    let not_signed = |reason| Problem::NotSigned(reason);
    let source = || std::io::ErrorKind::PermissionDenied.into();
    let cases: [(Problem, u8, &str); 13] = [
        (input(InputError::Unreadable { path: path(), source: source() }), 2, "申請書.txt"),
        (input(InputError::NotAFile { path: path() }), 2, "申請書.txt"),
        (input(InputError::TooLong { path: path(), limit: 9 }), 2, "申請書.txt"),
        (input(InputError::Exists { path: path() }), 2, "申請書.txt"),
        (input(InputError::NameNotText { path: path() }), 2, "申請書.txt"),
        (input(InputError::SeveralFolders), 2, "--output"),
        (Problem::Lock(LockError::Busy), 1, ""),
        (Problem::Memory, 1, ""),
        (not_signed(NotSigned::Written(WriteError::Changed { path: path() })), 1, "申請書.txt"),
        (not_signed(NotSigned::NoWindow), 1, ""),
        (not_signed(NotSigned::Declined { tries_after_wrong: None }), 3, ""),
        (not_signed(NotSigned::Interrupted { tries_after_wrong: Some(4) }), 3, "4"),
        (not_signed(NotSigned::TimedOut { tries_after_wrong: None }), 3, ""),
    ];
    for (problem, code, named) in cases {
        let told = of(&problem).to_string();
        let [japanese, english] = told.lines().collect::<Vec<_>>()[..] else { panic!("{told}") };
        assert_eq!(problem.exit_code(), code, "{told}");
        assert!(japanese.contains(named) && english.contains(named), "{told}");
        assert!(
            japanese.contains("残り") && (english.contains("try") || english.contains("tries")),
            "{told}"
        );
    }
}

#[test]
fn every_trouble_says_what_happened_and_that_no_file_was_made() {
    for trouble in TROUBLES {
        let told = of(&Problem::NotSigned(NotSigned::Trouble(trouble))).to_string();
        assert!(told.contains("ファイルは作っていません。") && told.contains("No file was made."), "{told}");
        assert!(!told.contains("サイト"), "nothing of a site: {told}");
    }
}
