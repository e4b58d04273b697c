//! The process's memory stays inside: no core file, whatever ends it.

use std::os::unix::process::ExitStatusExt;
use std::process::Command;

use crate::running::{CALLER, Host, Place, hello};
use rustix::process::{Pid, Signal, kill_process};

#[test]
fn from_the_first_frame_on_the_host_leaves_no_core_file() {
    let place = Place::installed(&[]);
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("sh");
    command
        .args(["-c", "ulimit -c unlimited 2>/dev/null; exec \"$0\" \"$@\""])
        .arg(place.launcher())
        .arg(CALLER);
    let mut host = Host::start(place.alone(command.current_dir(folder.path())));
    host.send(&hello("a"));
    assert_eq!(host.reply()["reply"], "hello");

    let limits = std::fs::read_to_string(format!("/proc/{}/limits", host.child.id())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{core}");

    kill_process(Pid::from_child(&host.child), Signal::ABORT).unwrap();
    let ended = host.child.wait().unwrap();
    assert_eq!((ended.signal(), ended.core_dumped()), (Some(Signal::ABORT.as_raw()), false));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
