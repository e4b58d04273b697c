//! Whatever happens to the reader, nothing of it stays; whatever the card keeps does.

use std::io::Write;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, pidfd_open};
use tempfile::TempDir;

use crate::program::Reader;

#[test]
fn nothing_stays_behind_however_the_reader_ends() {
    type End = fn(Reader);
    let cases: [(&str, End); 3] = [
        ("the end of its input", |Reader { mut process, orders, .. }| {
            drop(orders);
            assert!(process.wait().unwrap().success());
        }),
        ("quit", |mut reader| {
            writeln!(reader.orders, "quit").unwrap();
            assert!(reader.process.wait().unwrap().success());
        }),
        ("being killed", |mut reader| {
            reader.process.kill().unwrap();
            reader.process.wait().unwrap();
        }),
    ];
    for (what, end) in cases {
        let reader = Reader::start(&[]);
        let children = reader.children();
        assert_eq!(children.len(), 1, "{what}");
        let child = pidfd_open(Pid::from_raw(children[0]).unwrap(), PidfdFlags::empty()).unwrap();
        end(reader);
        let patience = Timespec { tv_sec: 5, tv_nsec: 0 };
        let ended = poll(&mut [PollFd::new(&child, PollFlags::IN)], Some(&patience)).unwrap();
        assert_eq!(ended, 1, "{what}: pcscd is still there");
    }
}

/// The password changes, the PIN gets locked, and the reader is started again: with passwords other than the lab's, which
/// no file may hold.
#[test]
fn a_locked_card_stays_locked_and_a_changed_password_changed() {
    const ENVIRONMENT: [(&str, &str); 2] =
        [("SHOMEI_LAB_SIGNATURE_PASSWORD", "QUARTZ77"), ("SHOMEI_LAB_AUTHENTICATION_PIN", "8642")];
    let folder = TempDir::new().unwrap();
    let [state, trace] = ["state.json", "trace"].map(|name| folder.path().join(name));
    let options = ["--state", state.to_str().unwrap(), "--trace", trace.to_str().unwrap()];
    let send = |reader: &Reader, commands: &[&str]| {
        let commands = commands.iter().flat_map(|command| ["--send-apdu", command]);
        let arguments: Vec<&str> = ["--card-driver", "default"].into_iter().chain(commands).collect();
        let said = reader.output("opensc-tool", &arguments);
        let statuses =
            said.lines().filter_map(|line| line.split_once("(SW1=0x")).map(|(_, rest)| rest.to_owned());
        statuses.map(|rest| rest.replace(", SW2=0x", "").chars().take(4).collect()).collect::<Vec<String>>()
    };
    let select = "00A4040C0AD392F000260100000001";
    let (old, new) = ("0020009B0851554152545A3737", "0020009B0751554152545A38");
    let first = Reader::start_with(&options, &ENVIRONMENT);
    let wrong = "002000980439393939";
    let statuses = send(&first, &[select, old, "0024019B0751554152545A38", wrong, wrong, wrong]);
    assert_eq!(statuses, ["9000", "9000", "9000", "63C2", "63C1", "63C0"]);
    first.quit();
    let written = [&state, &trace].map(|path| std::fs::read_to_string(path).unwrap()).concat();

    let mut second = Reader::start_with(&options, &ENVIRONMENT);
    assert_eq!(second.order("standing")["authenticationPin"]["left"], 0);
    let right = "002000980438363432";
    assert_eq!(send(&second, &[select, right, old, new]), ["9000", "6984", "63C4", "9000"]);
    second.quit();
    let written = written + &[&state, &trace].map(|path| std::fs::read_to_string(path).unwrap()).concat();
    for hidden in
        ["QUARTZ77", "51554152545A3737", "QUARTZ8", "51554152545A38", "8642", "38363432", "39393939"]
    {
        assert!(!written.contains(hidden), "{hidden} in {written}");
    }
}
