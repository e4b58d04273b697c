//! What the window shows of files of this computer.

use shomei_envelope::FileDigest;
use shomei_envelope::egov::Field;
use shomei_envelope::pdf::Profile;

/// Files that a person named, and what becomes of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// The kind of signature.
    pub format: FileFormat,
    /// The kind inside a PDF.
    pub profile: PdfProfile,
    /// The files, in the order in which they are signed.
    pub files: Vec<ShownFile>,
    /// What the form among them says, where it is one that a person can be shown.
    pub form: Option<ShownForm>,
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

/// A form in XML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownForm {
    /// Its fields, read back from the octets that are digested.
    pub fields: Vec<Field>,
    /// How many have signed it already.
    pub signatures: usize,
}

/// Kinds of signatures of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum FileFormat {
    /// CAdES beside each file
    Cades,
    /// JAdES beside all files
    Jades,
    /// An XML signature in a form of e-Gov (kousei.xml), which is named first, and over its files
    Egov,
    /// A signature inside each PDF
    Pdf,
}

/// Kinds of signatures inside a PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum PdfProfile {
    /// PAdES baseline B
    Pades,
    /// For 登記・供託オンライン of the Ministry of Justice
    Moj,
}

impl PdfProfile {
    /// The same for the envelope.
    #[must_use]
    pub const fn profile(self) -> Profile {
        match self {
            Self::Pades => Profile::PadesB,
            Self::Moj => Profile::Moj,
        }
    }
}
