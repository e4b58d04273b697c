//! Why nothing was signed. What a person reads of it is in [`super::words`].

use std::path::PathBuf;

use shomei_envelope::{FileNameError, egov, pdf};

use super::output::WriteError;
use crate::card::Trouble;
use crate::lock::LockError;

/// Why `shomei-host sign` made no file.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// What was asked for cannot be signed. No window was opened.
    #[error(transparent)]
    Input(#[from] InputError),
    /// Another operation is under way, or the folder of the lock is unfit.
    #[error(transparent)]
    Lock(LockError),
    /// The process's memory could not be closed to others.
    #[error("the process's memory could not be closed to others")]
    Memory,
    /// Interrupts cannot be caught.
    #[error("interrupts cannot be caught")]
    Signals(#[source] std::io::Error),
    /// The window was to be opened, and no signature came of it.
    #[error(transparent)]
    NotSigned(NotSigned),
}

/// Why files cannot be signed as asked.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// A file cannot be read.
    #[error("{}: cannot be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A folder, pipe or device.
    #[error("{}: neither a file nor a link to one", path.display())]
    NotAFile {
        /// What was named.
        path: PathBuf,
    },
    /// A file, or all files together, longer than what is signed.
    #[error("{}: more than {limit} octets", path.display())]
    TooLong {
        /// The file with which the limit was passed.
        path: PathBuf,
        /// Octets.
        limit: u64,
    },
    /// More files than one operation takes.
    #[error("{count} files, more than {limit}")]
    TooMany {
        /// Files named.
        count: usize,
        /// The limit.
        limit: usize,
    },
    /// The name cannot stand in a signature, or what is made cannot have the name that follows from it.
    #[error("{}: {error}", path.display())]
    Name {
        /// The file.
        path: PathBuf,
        /// What is wrong with its name.
        error: FileNameError,
    },
    /// The name is not UTF-8.
    #[error("{}: the name is not UTF-8", path.display())]
    NameNotText {
        /// The file.
        path: PathBuf,
    },
    /// Two files of one name, which nobody could tell apart beside the signature.
    #[error("two files are called {name}")]
    Twice {
        /// The name.
        name: String,
    },
    /// The first file is not a form that can be signed.
    #[error("{}: {error}", path.display())]
    NotAForm {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: egov::EnvelopeError,
    },
    /// A file is not a PDF that a signature can be added to.
    #[error("{}: {error}", path.display())]
    NotAPdf {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: pdf::EnvelopeError,
    },
    /// A profile was named for another format.
    #[error("--profile belongs to --format pdf")]
    ProfileWithoutPdf,
    /// A form names a file that is not beside it.
    #[error("{}: names {}, which is not beside it", path.display(), name)]
    Missing {
        /// The form.
        path: PathBuf,
        /// The file.
        name: String,
    },
    /// A file cannot be covered by the form's signature.
    #[error(transparent)]
    Uncovered(egov::PrepareError),
    /// One signature lies beside its files, so they are in one folder.
    #[error("the files are in several folders")]
    SeveralFolders,
    /// The folder for what is made is not there.
    #[error("{}: not a folder", path.display())]
    NoFolder {
        /// What was named.
        path: PathBuf,
    },
    /// What is to be made exists.
    #[error("{}: exists", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
}

/// Why no signature came of the window.
#[derive(Debug, thiserror::Error)]
pub enum NotSigned {
    /// The window could not be opened.
    #[error("the window could not be opened")]
    NoWindow,
    /// The window said why.
    #[error("{0:?}")]
    Trouble(Trouble),
    /// Signed, but not written.
    #[error(transparent)]
    Written(WriteError),
    /// The person said no.
    #[error("declined")]
    Declined {
        /// Tries left after the last wrong password, if there was one.
        tries_after_wrong: Option<u8>,
    },
    /// Interrupted at the terminal.
    #[error("interrupted")]
    Interrupted {
        /// As above.
        tries_after_wrong: Option<u8>,
    },
    /// Time ran out.
    #[error("timed out")]
    TimedOut {
        /// As above.
        tries_after_wrong: Option<u8>,
    },
}

impl Problem {
    /// The code that the program ends with.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Input(_) => 2,
            Self::NotSigned(
                NotSigned::Declined { .. } | NotSigned::Interrupted { .. } | NotSigned::TimedOut { .. },
            ) => 3,
            Self::Lock(_) | Self::Memory | Self::Signals(_) | Self::NotSigned(_) => 1,
        }
    }
}
