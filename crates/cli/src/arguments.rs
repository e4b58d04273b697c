//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use shomei_application::Timestamp;
use shomei_pki::{Fingerprint, World};
use shomei_revocation::{HttpUrl, ResponderUrl};
use std::path::PathBuf;

/// Verify applications signed with a My Number Card, and see what certificates say.
#[derive(Debug, Parser)]
#[command(name = "shomei", version)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Verify what was signed and print a report.
    ///
    /// Exit codes: 0 everything passed; 1 invalid; 2 unusable input; 3 the signature matches but revocation is
    /// unknown; 4 the signature matches but not every expectation was given. Of several files it is the first of
    /// 1, 2, 3, 4 that any of them comes to.
    Verify(Box<Verify>),
    /// Show a certificate, revocation list or OCSP answer.
    ///
    /// Nothing is verified: no chain, no signature, no revocation. Exit codes: 0 shown without warnings; 1 shown with
    /// warnings; 2 unusable input.
    Inspect(Inspect),
}

#[derive(Args, Debug)]
pub(crate) struct Verify {
    /// Signed files, and folders with such files, which are looked through whole; links in them are not followed. Which
    /// format a file has, its content says: CAdES or JAdES, around an application or beside files, e-Gov, PDF.
    #[arg(required = true, value_name = "FILE|DIR")]
    pub(crate) files: Vec<PathBuf>,
    /// The file that a CAdES signature beside it is over. Without this it is `X` for a signature `X.p7s`.
    #[arg(long, value_name = "FILE")]
    pub(crate) content: Option<PathBuf>,
    /// The one world to verify in: production, jlis-test or lab.
    #[arg(long)]
    pub(crate) world: World,
    /// Folder with `signature/` and `authentication/`, certificates in DER (.der, .cer). In the world production they
    /// come to those that are built in.
    #[arg(long, value_name = "DIR")]
    pub(crate) anchors: Option<PathBuf>,
    /// SHA-256 fingerprint of an authority that is to be trusted no more; may be repeated.
    #[arg(long, value_name = "SHA256")]
    pub(crate) drop_anchor: Vec<Fingerprint>,
    /// Revocation list in DER, or folder with such files (.crl). Without any source revocation stays unknown.
    #[arg(long, value_name = "PATH")]
    pub(crate) crl: Vec<PathBuf>,
    /// Address of a revocation list, http only; may be repeated. URLs are never taken from certificates.
    #[arg(long, value_name = "URL")]
    pub(crate) crl_url: Vec<HttpUrl>,
    /// Address of an OCSP responder, http only; it is asked first. KEYID=URL limits it to the authority with that key
    /// identifier in hexadecimal; may be repeated. URLs are never taken from certificates.
    #[arg(long, value_name = "URL")]
    pub(crate) ocsp: Vec<ResponderUrl>,
    /// File that remembers the numbers of lists, so that an older list is refused the next time, too.
    #[arg(long, value_name = "FILE")]
    pub(crate) seen: Option<PathBuf>,
    /// File with what must be signed: origin, recipientId, procedure, challenge, signers. Without it binding stays
    /// unchecked.
    #[arg(long, value_name = "FILE")]
    pub(crate) expect: Option<PathBuf>,
    /// Definition of the procedure: compares an application of it with the signer's certificate. It is no expectation.
    #[arg(long, value_name = "FILE")]
    pub(crate) procedure: Option<PathBuf>,
    /// Judge as of this time (YYYY-MM-DDThh:mm:ssZ) instead of now.
    #[arg(long, value_name = "TIME", value_parser = timestamp)]
    pub(crate) at: Option<Timestamp>,
    /// The language of the report; `easy` is plain Japanese.
    #[arg(long, value_enum, default_value_t = ReportLanguage::Japanese)]
    pub(crate) language: ReportLanguage,
    /// Print the report as JSON; of several files one line each, and a last one that counts them.
    #[arg(long, conflicts_with = "html")]
    pub(crate) json: bool,
    /// Print the report of one file as a page of HTML.
    #[arg(long)]
    pub(crate) html: bool,
    /// Say on standard error how far several files are, in plain lines; on a terminal it is said anyway.
    #[arg(long)]
    pub(crate) progress: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Inspect {
    /// A certificate, revocation list or OCSP answer, in DER or PEM; `-` is standard input. Which one it is, its
    /// content says.
    pub(crate) file: PathBuf,
    /// Print the report as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// The language of the report and of the warnings.
    #[arg(long, value_enum, default_value_t = Language::Japanese)]
    pub(crate) language: Language,
    /// Compare periods with this time (YYYY-MM-DDThh:mm:ssZ) instead of now.
    #[arg(long, value_name = "TIME", value_parser = timestamp)]
    pub(crate) at: Option<Timestamp>,
}

/// The languages of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    #[value(name = "ja")]
    Japanese,
    #[value(name = "en")]
    English,
}

/// The languages of a report on signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportLanguage {
    #[value(name = "ja")]
    Japanese,
    #[value(name = "en")]
    English,
    #[value(name = "easy")]
    PlainJapanese,
}

impl From<ReportLanguage> for shomei_envelope::render::Language {
    fn from(language: ReportLanguage) -> Self {
        match language {
            ReportLanguage::Japanese => Self::Japanese,
            ReportLanguage::English => Self::English,
            ReportLanguage::PlainJapanese => Self::PlainJapanese,
        }
    }
}

fn timestamp(text: &str) -> Result<Timestamp, String> {
    Timestamp::parse(text).map_err(|error| error.to_string())
}
