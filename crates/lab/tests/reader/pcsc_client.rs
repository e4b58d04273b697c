//! A PC/SC client. A process has one PC/SC, chosen by its environment before it begins, so the client's part of a
//! test runs in a process of its own: the test starts itself again beside the reader that it started.

use std::env;
use std::ffi::{CStr, CString};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::process::Command;
use std::time::{Duration, Instant};

use pcsc::{Card, Context, Error, Protocols, ReaderState, Scope, ShareMode, State};
use serde_json::Value;
use tempfile::TempDir;

use crate::program::Reader;

/// Tells the test that it runs beside its reader: the path of the control socket.
const CONTROL: &str = "SHOMEI_LAB_TEST_CONTROL";
const READER: &CStr = c"Virtual PCD 00 00";
const PATIENCE: Duration = Duration::from_secs(10);

/// Runs `part` as a PC/SC client of a reader started with these options. `test` is the path of the test that calls this.
pub(crate) fn beside_a_reader(test: &str, options: &[&str], part: fn(&Client)) {
    if let Ok(control) = env::var(CONTROL) {
        return part(&Client::beside(&control));
    }
    let folder = TempDir::new().unwrap();
    let control = folder.path().join("control").into_os_string().into_string().unwrap();
    let reader = Reader::start(&[options, &["--control", &control]].concat());
    let output = Command::new(env::current_exe().unwrap())
        .args(["--exact", "--nocapture", test])
        .env("PCSCLITE_CSOCK_NAME", &reader.socket)
        .env(CONTROL, &control)
        .output()
        .unwrap();
    let said =
        [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
    // First, as only that ends a reader with a control socket.
    reader.quit();
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

/// A PC/SC context and a way to give the reader orders.
pub(crate) struct Client {
    pub(crate) context: Context,
    control: UnixStream,
}

impl Client {
    fn beside(control: &str) -> Self {
        let control = UnixStream::connect(control).unwrap();
        Self { context: Context::establish(Scope::System).unwrap(), control }
    }

    pub(crate) fn order(&self, order: &str) -> Value {
        writeln!(&self.control, "{order}").unwrap();
        let mut line = String::new();
        BufReader::new(&self.control).read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }

    pub(crate) fn connect(&self) -> Card {
        self.context.connect(READER, ShareMode::Exclusive, Protocols::ANY).unwrap()
    }

    /// Waits until the first slot is in a state.
    pub(crate) fn wait_for(&self, wanted: State) {
        let deadline = Instant::now() + PATIENCE;
        let mut states = [ReaderState::new(CString::from(READER), State::UNAWARE)];
        while !states[0].event_state().contains(wanted) {
            states[0].sync_current_state();
            self.context.get_status_change(deadline - Instant::now(), &mut states).unwrap();
        }
    }
}

/// What a command gets: the answer's bytes, or an error.
pub(crate) fn transmit(card: &Card, command: &[u8]) -> Result<Vec<u8>, Error> {
    let mut buffer = vec![0; 66_000];
    card.transmit(command, &mut buffer).map(<[u8]>::to_vec)
}
