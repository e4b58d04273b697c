//! The reader as a program of its own.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::LazyLock;
use std::time::SystemTime;

use serde_json::Value;
use shomei_lab::{RESIDENTS, World, folder};
use tempfile::TempDir;

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = TempDir::new().unwrap();
    let world = World::with_residents(SystemTime::now(), &RESIDENTS[..1]).unwrap();
    folder::write(&world, folder.path()).unwrap();
    folder
});

/// The folder of a card.
pub(crate) fn card() -> PathBuf {
    FOLDER.path().join("cards/yamada-taro")
}

/// `shomei-lab` with its orders and events.
pub(crate) struct Reader {
    pub(crate) process: Child,
    pub(crate) orders: ChildStdin,
    events: BufReader<ChildStdout>,
    pub(crate) ready: Value,
    pub(crate) socket: String,
}

impl Reader {
    pub(crate) fn start(more: &[&str]) -> Self {
        Self::start_with(more, &[])
    }

    /// A reader with something in its environment.
    pub(crate) fn start_with(more: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_shomei-lab"))
            .args(["reader", "--card"])
            .arg(card())
            .args(more)
            .envs(environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let orders = process.stdin.take().unwrap();
        let events = BufReader::new(process.stdout.take().unwrap());
        let mut reader = Self { process, orders, events, ready: Value::Null, socket: String::new() };
        reader.ready = reader.event();
        assert_eq!(reader.ready["event"], "ready");
        assert_eq!(reader.ready["reader"], "Virtual PCD 00 00");
        reader.ready["socket"].as_str().unwrap().clone_into(&mut reader.socket);
        reader
    }

    fn event(&mut self) -> Value {
        let mut line = String::new();
        self.events.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }

    pub(crate) fn order(&mut self, order: &str) -> Value {
        writeln!(self.orders, "{order}").unwrap();
        self.event()
    }

    /// Tells the reader to end, and waits for it.
    pub(crate) fn quit(mut self) {
        writeln!(self.orders, "quit").unwrap();
        assert!(self.process.wait().unwrap().success());
    }

    /// What a PC/SC program prints with this reader.
    pub(crate) fn output(&self, program: &str, arguments: &[&str]) -> String {
        let output =
            Command::new(program).args(arguments).env("PCSCLITE_CSOCK_NAME", &self.socket).output().unwrap();
        [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat()
    }

    /// The process ids of pcscd and whatever else the reader started.
    pub(crate) fn children(&self) -> Vec<i32> {
        let id = self.process.id();
        let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap();
        children.split_whitespace().map(|id| id.parse().unwrap()).collect()
    }
}

/// A certificate's public key, in PEM, in a file.
pub(crate) fn public_key(certificate: &Path, folder: &TempDir) -> PathBuf {
    let key = folder.path().join("key.pem");
    let openssl = Command::new("openssl")
        .args(["x509", "-inform", "DER", "-noout", "-pubkey", "-in"])
        .arg(certificate)
        .output()
        .unwrap();
    fs::write(&key, openssl.stdout).unwrap();
    key
}
