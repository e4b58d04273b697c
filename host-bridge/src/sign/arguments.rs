//! What a person types after `shomei-host sign`.

use std::path::PathBuf;

use clap::Args;

use crate::subject::{FileFormat, PdfProfile};

/// Arguments of `shomei-host sign`.
#[derive(Debug, Args)]
pub struct SignArguments {
    /// The files to sign. For egov the kousei.xml first; the files that it names are taken from beside it.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The kind of signature.
    #[arg(long)]
    pub format: FileFormat,
    /// The kind of signature inside a PDF; by default pades.
    #[arg(long)]
    pub profile: Option<PdfProfile>,
    /// Where to write what is made; by default beside the files. Nothing that exists is overwritten.
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
}
