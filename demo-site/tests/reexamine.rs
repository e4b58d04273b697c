//! `shomei-demo-site reexamine` as a scheduler runs it.

#[cfg(test)]
mod program {
    use shomei_lab::{World, folder};
    use std::fs;
    use std::process::{Command, Output};
    use std::time::SystemTime;

    fn reexamine(world: &tempfile::TempDir, more: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shomei-demo-site"));
        command.current_dir(world.path()).args(["reexamine", "--world", "lab", "--anchors", "anchors"]);
        command.args(["--database", "filings.sqlite"]).args(more).output().unwrap()
    }

    #[test]
    fn one_line_says_what_became_of_the_round_and_what_is_wrong_with_lists() {
        let world = tempfile::tempdir().unwrap();
        folder::write(&World::with_residents(SystemTime::now(), &[]).unwrap(), world.path()).unwrap();
        let none = r#""filings":{"asked":0,"final":0,"provisional":0,"reopened":0}"#;
        let line = |problems| format!("{{\"event\":\"reexamined\",{none},\"problems\":[{problems}]}}\n");
        let lists = ["--crl", "crl", "--seen", "seen"];
        let done = reexamine(&world, &lists);
        assert!(done.status.success() && done.stderr.is_empty(), "{done:?}");
        assert_eq!(String::from_utf8(done.stdout).unwrap(), line(""));
        let seen = fs::read_to_string(world.path().join("seen")).unwrap();
        assert_eq!(seen.lines().count(), 4, "two authorities, two cities: {seen}");
        fs::write(world.path().join("crl/signature-mihon-shi.crl"), b"broken").unwrap();
        let done = reexamine(&world, &lists);
        let problem = "\"crl/signature-mihon-shi.crl: not a revocation list: octet 0: ";
        let said = String::from_utf8(done.stdout).unwrap();
        assert!(said.starts_with(line(problem).trim_end_matches("]}\n")), "{said}");
        fs::write(world.path().join("seen"), b"broken").unwrap();
        let done = reexamine(&world, &lists);
        assert!(!done.status.success() && done.stdout.is_empty(), "never silently anew: {done:?}");
    }

    #[test]
    fn addresses_that_cannot_be_asked_are_refused_at_once() {
        let nowhere = tempfile::tempdir().unwrap();
        for more in [
            ["--crl-url", "https://crl.example.jp/"],
            ["--crl-url", "ldap://crl.example.jp/"],
            ["--ocsp", "http://name:word@ocsp.example.jp/"],
            ["--ocsp", "xy=http://ocsp.example.jp/"],
        ] {
            assert_eq!(reexamine(&nowhere, &more).status.code(), Some(2), "{more:?}");
        }
    }
}
