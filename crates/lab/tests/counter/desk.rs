//! A world of a test's own, and the program at work in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use serde_json::Value;
use tempfile::TempDir;

static WORLD: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = TempDir::new().unwrap();
    let made = lab().args(["issue", "--out"]).arg(folder.path()).status().unwrap();
    assert!(made.success());
    folder
});

pub(crate) fn lab() -> Command {
    Command::new(env!("CARGO_BIN_EXE_shomei-lab"))
}

/// A world as it was made, with all of its residents.
pub(crate) struct Desk(TempDir);

impl Desk {
    pub(crate) fn open() -> Self {
        let own = TempDir::new().unwrap();
        copy(WORLD.path(), own.path());
        Self(own)
    }

    pub(crate) fn world(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    pub(crate) fn json(&self, below: &str) -> Value {
        serde_json::from_slice(&fs::read(self.path(below)).unwrap()).unwrap()
    }

    /// The counter with one action, its words parted by spaces.
    pub(crate) fn ask(&self, action: &str) -> Output {
        lab().arg("counter").arg("--world").arg(self.world()).args(action.split(' ')).output().unwrap()
    }

    /// What the counter did.
    pub(crate) fn done(&self, action: &str) -> Value {
        let output = self.ask(action);
        assert!(output.status.success(), "{action}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// The rule that said no.
    pub(crate) fn refused(&self, action: &str) -> Value {
        let output = self.ask(action);
        assert_eq!(output.status.code(), Some(1), "{action}");
        assert!(output.stdout.is_empty(), "{action}");
        serde_json::from_slice(&output.stderr).unwrap()
    }

    /// What OpenSSL says, run in the folder of the world, and whether it was satisfied.
    pub(crate) fn openssl(&self, arguments: &str) -> (bool, String) {
        let mut openssl = Command::new("openssl");
        let output = openssl.args(arguments.split_whitespace()).current_dir(self.world()).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    }

    /// What a list says, once OpenSSL found it signed by its authority.
    pub(crate) fn list(&self, name: &str) -> String {
        let authority = if name.starts_with("signature") { "lab-ca" } else { "lab-authentication-ca" };
        let arguments = format!("crl -inform DER -noout -text -CAfile {authority}.pem -in crl/{name}.crl");
        let (good, said) = self.openssl(&arguments);
        assert!(good && said.contains("verify OK"), "{name}: {said}");
        said
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir_all(&to).unwrap();
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
