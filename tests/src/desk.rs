//! A world and a reader with the resident's card in it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::{CARD, Reader, issue, printed};

/// The card of a world in a reader of its own, and room for files. Both vanish with the value.
pub struct Desk {
    reader: Reader,
    world: Arc<TempDir>,
    drawer: TempDir,
}

impl Desk {
    /// Issues a world and puts its card into a reader.
    ///
    /// # Errors
    /// As [`issue`] and [`Reader::start`].
    pub fn set() -> Result<Self> {
        Self::set_as(|_| {})
    }

    /// The same with options or variables for the reader.
    ///
    /// # Errors
    /// As [`Self::set`].
    pub fn set_as(furnish: impl FnOnce(&mut Command)) -> Result<Self> {
        let world = issue()?;
        let reader = Reader::start_as(&world.path().join(CARD), furnish)?;
        Self::new(world, reader)
    }

    /// The same with another card in the reader, from a folder of its own.
    ///
    /// # Errors
    /// As [`issue`] and [`Reader::start`].
    pub fn with_card(card: &Path) -> Result<Self> {
        Self::new(issue()?, Reader::start(card)?)
    }

    fn new(world: Arc<TempDir>, reader: Reader) -> Result<Self> {
        Ok(Self { reader, world, drawer: tempfile::tempdir()? })
    }

    /// The reader, to give it orders.
    pub const fn reader(&mut self) -> &mut Reader {
        &mut self.reader
    }

    /// A program that is to use the reader.
    pub fn client(&self, program: impl AsRef<OsStr>) -> Command {
        self.reader.client(program)
    }

    /// A place in the world's folder.
    #[must_use]
    pub fn in_world(&self, name: &str) -> PathBuf {
        self.world.path().join(name)
    }

    /// A file of the card, like `signature-certificate.der`.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn on_card(&self, name: &str) -> Result<Vec<u8>> {
        Ok(std::fs::read(self.in_world(CARD).join(name))?)
    }

    /// Writes a file for another program to read.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn file(&self, name: &str, bytes: &[u8]) -> Result<PathBuf> {
        let path = self.drawer.path().join(name);
        std::fs::write(&path, bytes)?;
        Ok(path)
    }

    /// What the card answers a program that asks it for a signature without any password: a status word in four
    /// digits. The program is OpenSC's, which knows nothing of ours, and it selects the signature key first.
    ///
    /// # Errors
    /// When OpenSC fails, or when the key cannot be selected.
    pub fn unasked_signature(&self) -> Result<String> {
        let sign = format!("802A0080333031300D060960864801650304020105000420{}00", "00".repeat(32));
        let mut opensc = self.client("opensc-tool");
        opensc.env("OPENSC_DRIVER", "default");
        for command in ["00A4040C0AD392F000260100000001", "00A4020C02001A", &sign] {
            opensc.args(["--send-apdu", command]);
        }
        let answers = status_words(&String::from_utf8(printed(&mut opensc)?)?);
        let [selected, key, signed] = answers.try_into().ok().context("not three answers")?;
        anyhow::ensure!([selected.as_str(), key.as_str()] == ["9000"; 2], "the key cannot be selected");
        Ok(signed)
    }
}

/// The status words that opensc-tool prints, as `Received (SW1=0x69, SW2=0x82)`.
fn status_words(printed: &str) -> Vec<String> {
    let answers = printed.lines().filter_map(|line| line.strip_prefix("Received (SW1=0x"));
    answers.filter_map(|rest| Some(format!("{}{}", rest.get(..2)?, rest.get(10..12)?))).collect()
}
