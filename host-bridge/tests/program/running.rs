//! The real program behind pipes, as a browser starts it: installed in a folder of its own, spoken to in frames.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;
use shomei_application::{
    Application, Challenge, Container, Field, Origin, ProcedureRef, Recipient, Timestamp,
};
use tempfile::TempDir;

pub const EXTENSION: &str = "abcdefghijklmnopabcdefghijklmnop";
pub const CALLER: &str = "chrome-extension://abcdefghijklmnopabcdefghijklmnop/";
pub const SITE: &str = "https://shinsei.city.mihon.lg.jp";
/// Far above what an answer needs; reaching it means that none came.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A profile with the host installed in it.
pub struct Place {
    folder: TempDir,
}

impl Place {
    pub fn installed(options: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Self { folder };
        let output =
            place.command("install").args(["--extension-id", EXTENSION]).args(options).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        place
    }

    /// `shomei-host <command> --browser chromium --profile …`.
    pub fn command(&self, command: &str) -> Command {
        let mut program = Command::new(program());
        program.args([command, "--browser", "chromium", "--profile"]).arg(self.folder.path());
        program
    }

    pub fn files(&self) -> PathBuf {
        self.folder.path().join("NativeMessagingHosts")
    }

    pub fn launcher(&self) -> PathBuf {
        self.files().join("jp.shomei.host.launcher")
    }

    /// The launcher as the browser starts it, without a display.
    pub fn host(&self, launcher: &Path, caller: &str) -> Host {
        let mut command = Command::new(launcher);
        command.arg(caller);
        Host::start(self.alone(&mut command))
    }

    /// Keeps the operation lock of this test to itself, and takes the display away.
    pub fn alone<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env("XDG_RUNTIME_DIR", self.folder.path()).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY")
    }
}

pub fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_shomei-host"))
}

/// A running host.
pub struct Host {
    pub child: Child,
    input: Option<ChildStdin>,
    replies: Receiver<Value>,
}

impl Host {
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut output = child.stdout.take().unwrap();
        let (sender, replies) = channel();
        std::thread::spawn(move || {
            let mut length = [0; 4];
            while output.read_exact(&mut length).is_ok() {
                let mut body = vec![0; usize::try_from(u32::from_ne_bytes(length)).unwrap()];
                output.read_exact(&mut body).unwrap();
                sender.send(serde_json::from_slice(&body).unwrap()).unwrap();
            }
        });
        let input = child.stdin.take();
        Self { child, input, replies }
    }

    pub fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        // The host may already have answered and gone.
        let _gone = input.write_all(bytes).and_then(|()| input.flush());
    }

    pub fn send(&mut self, message: &Value) {
        self.raw(&frame(message.to_string().as_bytes()));
    }

    pub fn reply(&self) -> Value {
        self.replies.recv_timeout(PATIENCE).expect("a reply")
    }

    /// Closes the host's input, as a browser does that goes away.
    pub fn hang_up(&mut self) {
        self.input = None;
    }

    /// Whether the host's output ended without a further frame.
    pub fn is_silent_to_the_end(&self) -> bool {
        self.replies.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Disconnected)
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.input = None;
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

pub fn frame(body: &[u8]) -> Vec<u8> {
    [&u32::try_from(body.len()).unwrap().to_ne_bytes()[..], body].concat()
}

/// A sound document, made `ago` seconds before now.
pub fn document(ago: i64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let created = Timestamp::from_unix_seconds(i64::try_from(now).unwrap() - ago).unwrap();
    let (value, text) = ("family".to_owned(), Some("家族の手続き".to_owned()));
    let application = Application {
        container: Container::Cades,
        procedure: ProcedureRef {
            id: "juminhyo-utsushi".into(),
            version: "1".into(),
            title: "住民票の写しの交付申請".into(),
            sha256: "ab".repeat(32),
        },
        recipient: Recipient {
            id: "129992".into(),
            name: "みほん市".into(),
            origin: Origin::parse(SITE).unwrap(),
        },
        challenge: Challenge::issue(&[7; 32], created, 1800).unwrap(),
        fields: vec![Field { name: "purpose".into(), label: "理由".into(), value, text, group: None }],
        attachments: vec![],
        notices: vec![],
    };
    String::from_utf8(application.to_canonical()).unwrap()
}

/// A request to sign `document` for the page at `origin`.
pub fn sign(id: &str, origin: &str, document: &str) -> Value {
    serde_json::json!({"id": id, "command": "sign", "protocol": 1, "origin": origin, "document": document})
}

pub fn hello(id: &str) -> Value {
    serde_json::json!({"id": id, "command": "hello", "protocol": 1})
}
