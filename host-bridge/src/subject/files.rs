//! What the window shows of files of this computer.

use shomei_envelope::FileDigest;

/// Files that a person named, and what becomes of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// The kind of signature.
    pub format: FileFormat,
    /// The files, in the order in which they are signed.
    pub files: Vec<ShownFile>,
    /// The files that are made, with their folders, as text that can be shown.
    pub made: Vec<String>,
}

/// One file as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownFile {
    /// Its name, size and digest.
    pub file: FileDigest,
    /// The folder that it was read from, as text that can be shown.
    pub folder: String,
}

/// Kinds of signatures of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum FileFormat {
    /// CAdES beside each file
    Cades,
    /// JAdES beside all files
    Jades,
}
